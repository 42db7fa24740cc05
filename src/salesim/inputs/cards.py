"""The card of a firm that is shown to a class: its story, who sits where, what is to be decided."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ..errors import ScenarioError
from ..messages import nearest, refusal
from .delta import CARD, Delta, read_delta
from .shipped import file_of, shipped_presets, shipped_scenarios

MOST_LINES = 5
LONGEST_LINE = 120
Text = Annotated[str, Field(min_length=1, max_length=600)]
Ratio = Annotated[float, Field(ge=0.0, le=2.0)]


class Role(BaseModel):
    """Who sits at the table: what is seen from that chair, and what can be decided from it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Text
    sees: Text
    decides: Text


class OneNumber(BaseModel):
    """The one number of a run that a class explains."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    outcome: Text = Field(description="The name of an outcome of the company, such as price_realisation.")
    asks: Text = Field(description="What is to be explained about it.")


class Card(BaseModel):
    """What a class is told of a firm, and what is expected of it before anybody runs it.

    Args:
        story: at most five lines.
        roles: who sits at the table.
        number: the one number to explain.
        decision: what is to be decided.
        debrief: the question to talk about afterwards.
        expected: what must hold in this firm, said beforehand.
        ratio: lowest and highest realised over promised that was aimed at beforehand.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    story: Text = Field(description=f"At most {MOST_LINES} lines.")
    roles: list[Role] = Field(min_length=1, description="Who sits at the table.")
    number: OneNumber
    decision: Text = Field(description="What is to be decided.")
    debrief: Text = Field(description="The question to talk about afterwards.")
    expected: Text = Field(description="What must hold in this firm, said before it was run.")
    ratio: list[Ratio] = Field(
        min_length=2,
        max_length=2,
        description="Lowest and highest realised over promised that was aimed at beforehand.",
    )

    @field_validator("story")
    @classmethod
    def story_is_short(cls, story: str) -> str:
        """It fits on a card."""
        lines = story.strip().splitlines()
        if len(lines) > MOST_LINES or max(map(len, lines), default=0) > LONGEST_LINE:
            allowed = f"{MOST_LINES} lines of {LONGEST_LINE} signs at most"
            raise ValueError(f"too long for a card; allowed: {allowed}")
        return story.strip()

    @field_validator("ratio")
    @classmethod
    def lower_end_stands_first(cls, ratio: list[float]) -> list[float]:
        """A band has a lower and an upper end."""
        if ratio[0] > ratio[1]:
            raise ValueError("the lower end stands first")
        return ratio


def is_of_a_card(path: str) -> bool:
    """Whether a path of a file belongs to the card and not to the firm."""
    return path.partition(".")[0] == CARD


def wrong_in_card(delta: Delta) -> list[str]:
    """What is wrong with the card that a file holds, a line each; nothing where it holds none."""
    try:
        _card_in(delta)
    except ValidationError as error:
        return [_explain(each, delta) for each in error.errors()]
    return []


def misplaced_card(delta: Delta) -> list[str]:
    """Refuse a card where only numbers can be said: in a policy or a setting."""
    return [
        refusal(delta.place(path), path, "is a card", allowed="in the file of a scenario")
        for path in delta.values
        if is_of_a_card(path)
    ]


def presets() -> dict[str, Card]:
    """The card of every firm that comes with one, by its name.

    Raises:
        ScenarioError: a card that is none.
    """
    return {name: card_of(name) for name in shipped_presets()}


def card_of(scenario: str | Path) -> Card:
    """The card of a firm, by its file or name.

    Raises:
        ScenarioError: no such firm, one without a card, or a card that is none.
    """
    path = file_of(scenario, shipped_scenarios())
    delta = read_delta(path)
    problems = wrong_in_card(delta)
    if problems:
        raise ScenarioError("\n".join(problems))
    card = _card_in(delta)
    if card is None:
        allowed = f"a table [{CARD}], or one of {', '.join(shipped_presets())}"
        raise ScenarioError(refusal(str(scenario), "", "has no card", allowed=allowed))
    return card


def _card_in(delta: Delta) -> Card | None:
    said = _nested(delta)
    return None if said is None else Card.model_validate(said)


def _nested(delta: Delta) -> Any:
    """What a file says of its card, as its tables were; nothing where it says nothing."""
    if CARD in delta.values:
        return delta.values[CARD]
    whole: dict[str, Any] = {}
    for path, value in delta.values.items():
        if is_of_a_card(path):
            _, *above, last = path.split(".")
            table = whole
            for name in above:
                table = table.setdefault(name, {})
            table[last] = value
    return whole or None


def _explain(error: Any, delta: Delta) -> str:
    """One thing that is wrong with a card, in one line."""
    path = ".".join([CARD, *map(str, error["loc"])])
    place, kind = _place_of(error["loc"], delta), error["type"]
    if kind == "extra_forbidden":
        fields = list(_model_at(error["loc"]).model_fields)
        near = nearest(str(error["loc"][-1]), fields)
        return refusal(place, path, "unknown key", allowed="" if near else ", ".join(fields), near=near)
    if kind == "missing":
        return refusal(place, path, "is missing")
    given = error["input"] if isinstance(error["input"], str | int | float | list) else None
    if kind == "value_error":
        return refusal(place, path, str(error["ctx"]["error"]))
    return refusal(place, path, error["msg"][:1].lower() + error["msg"][1:], given=given)


def _model_at(loc: tuple[Any, ...]) -> type[BaseModel]:
    if loc[0] == "roles" and len(loc) > 1:
        return Role
    return OneNumber if loc[0] == "number" and len(loc) > 1 else Card


def _place_of(loc: tuple[Any, ...], delta: Delta) -> str:
    """The line of what is wrong, or of the nearest thing above it that has one."""
    above = [CARD]
    for part in loc:
        above.append(f"{above[-1]}[{part}]" if isinstance(part, int) else f"{above[-1]}.{part}")
    written = [path for path in reversed(above) if path in delta.places]
    written += [path for path in delta.values if is_of_a_card(path)]
    return delta.place(written[0])
