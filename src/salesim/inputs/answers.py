"""How a study is answered: which settings are set against which, and what they are called in words.

What is said here names things only. Whether one raises or lowers another, by how much, and whether that
is significant comes from the runs.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
    field_validator,
)

from ..outcomes import NUMBERS
from .delta import read_mapping
from .written import Written

POLICY = "policy"
ANSWER = "answer"
LONGEST = 200  # signs of a name in a sentence
A_SETTING = "Values by path, and the policy; what is not said is as in the firm."
Setting = Annotated[
    dict[str, int | float | str], WithJsonSchema({"type": "object", "description": A_SETTING})
]
Words = Annotated[str, Field(max_length=LONGEST)]


class Part(BaseModel):
    """What is said in an answer, as it stands in a file: nothing unknown, nothing changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("at", "arm", "base", "whole", mode="before", check_fields=False)
    @classmethod
    def by_path(cls, said: Any) -> Any:
        """Tables within tables are paths."""
        return read_mapping(ANSWER, said).values if isinstance(said, dict) else said


class Where(Part):
    """A part of a claim: in what circumstances, or which measure of several.

    Args:
        said: in words that fit into a sentence, such as "in a calm market".
        at: the numbers that are so there, on both sides of a comparison.
        arm, base: what differs between the sides there.
    """

    said: Words = ""
    at: Setting = {}
    arm: Setting = {}
    base: Setting = {}


class Effect(Part):
    """What a measure changes: one setting less another, in each of some circumstances.

    Args:
        what: the measure, as the subject of a sentence in the singular.
        outcome: what it changes; that of the answer unless given.
        arm, base: the settings.
        where: the circumstances.
        compare: whether it is said if it is larger in the last of these than in the first.
        label: the measure beside a row of a figure; as in the sentence unless given.
    """

    kind: Literal["effect"]
    what: Words
    outcome: str = ""
    arm: Setting = {}
    base: Setting = {}
    where: tuple[Where, ...] = Field((Where(),), min_length=1)
    compare: bool = True
    label: Words = ""


class Together(Part):
    """Whether measures do more, or less, together than the sum of what each does alone.

    Args:
        what: all of them, as the subject of a sentence in the plural.
        outcome: what they change; that of the answer unless given.
        whole: the setting under all of them.
        parts: the setting under each alone, with its name.
        base: the setting under none.
        label: all of them beside a row of a figure; as in the sentence unless given.
    """

    kind: Literal["together"]
    what: Words
    outcome: str = ""
    whole: Setting
    parts: tuple[Where, ...] = Field(min_length=2)
    base: Setting = {}
    label: Words = ""


class Best(Part):
    """Which value of a lever, or which policy, is best, in each of some circumstances.

    Args:
        along: the path of the lever, or "policy".
        outcome: in what; that of the answer unless given.
        base: what the best is compared with; today's firm unless given.
        where: the circumstances.
    """

    kind: Literal["best"]
    along: str
    outcome: str = ""
    base: Setting = {}
    where: tuple[Where, ...] = Field((Where(),), min_length=1)


Claim = Annotated[Effect | Together | Best, Field(discriminator="kind")]


class Answer(Part):
    """How the question of a study is answered.

    Args:
        outcome: what it is about, unless a claim says otherwise.
        figure: which figure shows it.
        claims: what is said, in this order, in one sentence.
    """

    outcome: str
    figure: Literal["effects", "heat_map", "response", "policies"] = "effects"
    claims: tuple[Claim, ...] = Field(min_length=1)

    def outcome_of(self, claim: Effect | Together | Best) -> str:
        """What a claim is about."""
        return claim.outcome or self.outcome


def read_answer(written: Written) -> Answer | None:
    """How a study says that it is answered, if it does; what is wrong is taken note of."""
    said = written.under(ANSWER)
    if not said:
        return None
    try:
        answer = TypeAdapter(Answer).validate_python(said)
    except ValidationError as error:
        for each in error.errors()[:1]:
            _refuse(written, each)
        return None
    for name in dict.fromkeys([answer.outcome, *(claim.outcome for claim in answer.claims)]):
        if name and name not in NUMBERS:
            written.refuse_name(f"{ANSWER}.outcome", name, list(NUMBERS))
    return answer


def _refuse(written: Written, error: Any) -> None:
    """Take note of the first thing that is wrong in an answer."""
    path = ".".join([ANSWER, *map(str, error["loc"])])
    if error["type"] == "extra_forbidden":
        written.refuse(path, "unknown key")
    elif error["type"] == "missing":
        written.refuse(path, "is missing")
    else:
        given = error["input"] if isinstance(error["input"], str | int | float) else None
        wrong = error["msg"]
        written.refuse(path, wrong[:1].lower() + wrong[1:], given=given)
