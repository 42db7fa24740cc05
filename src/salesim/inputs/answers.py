"""How a study is answered: which settings are set against which, and what they are called in words.

What is said here names things only. Whether one raises or lowers another, by how much, and whether that
is significant comes from the runs.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from ..outcomes import NUMBERS
from .explain import OneOf, Said, by_path

POLICY = "policy"
ANSWER = "answer"
LONGEST = 200  # signs of a name in a sentence
A_SETTING = "Values by path, and the policy; what is not said is as in the firm."
Setting = Annotated[
    dict[str, int | float | str],
    BeforeValidator(by_path),
    WithJsonSchema({"type": "object", "description": A_SETTING}),
]
Words = Annotated[str, Field(max_length=LONGEST)]
Name = Annotated[str, OneOf(["", *NUMBERS])]


class Where(Said):
    """A part of a claim: in what circumstances, or which measure of several.

    Args:
        said: in words that fit into a sentence, such as "in a calm market".
        at: the numbers that are so there, on both sides of a comparison.
        arm, base: what differs between the sides there.
    """

    said: Words = ""
    at: Setting = Field({})
    arm: Setting = Field({})
    base: Setting = Field({})


class Effect(Said):
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
    outcome: Name = ""
    arm: Setting = Field({})
    base: Setting = Field({})
    where: tuple[Where, ...] = Field((Where(),), min_length=1)
    compare: bool = True
    label: Words = ""


class Together(Said):
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
    outcome: Name = ""
    whole: Setting
    parts: tuple[Where, ...] = Field(min_length=2)
    base: Setting = Field({})
    label: Words = ""


class Best(Said):
    """Which value of a lever, or which policy, is best, in each of some circumstances.

    Args:
        along: the path of the lever, or "policy".
        outcome: in what; that of the answer unless given.
        base: what the best is compared with; today's firm unless given.
        where: the circumstances.
    """

    kind: Literal["best"]
    along: str
    outcome: Name = ""
    base: Setting = Field({})
    where: tuple[Where, ...] = Field((Where(),), min_length=1)


Claim = Annotated[Effect | Together | Best, Field(discriminator="kind")]


class Answer(Said):
    """How the question of a study is answered.

    Args:
        outcome: what it is about, unless a claim says otherwise.
        figure: which figure shows it.
        claims: what is said, in this order, in one sentence.
    """

    outcome: Name
    figure: Literal["effects", "heat_map", "response", "policies"] = "effects"
    claims: tuple[Claim, ...] = Field(min_length=1)

    def outcome_of(self, claim: Effect | Together | Best) -> str:
        """What a claim is about."""
        return claim.outcome or self.outcome
