"""The card of a firm that is shown to a class: its story, who sits where, what is to be decided."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator

from ..errors import ScenarioError
from ..messages import Unfit, error_text
from .delta import CARD
from .explain import Said, explain
from .shipped import file_of, shipped_presets, shipped_scenarios
from .toml import Written, read_toml

MAX_LINES = 5
LONGEST_LINE = 120
Text = Annotated[str, Field(min_length=1, max_length=600)]
Ratio = Annotated[float, Field(ge=0.0, le=2.0)]


class Role(Said, strict=True):
    """Who sits at the table: what is seen from that chair, and what can be decided from it."""

    name: Text
    sees: Text
    decides: Text


class OneNumber(Said, strict=True):
    """The one number of a run that a class explains."""

    outcome: Text = Field(description="The name of an outcome of the company, such as price_realisation.")
    asks: Text = Field(description="What is to be explained about it.")


class Card(Said, strict=True):
    """What a class is told of a firm, and what is expected of it before anybody runs it."""

    story: Text = Field(description=f"At most {MAX_LINES} lines.")
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
        if len(lines) > MAX_LINES or max(map(len, lines), default=0) > LONGEST_LINE:
            allowed = f"{MAX_LINES} lines of {LONGEST_LINE} signs at most"
            raise Unfit("too long for a card", given=story, allowed=allowed)
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


def check_card(written: Written) -> Card | None:
    """The card that a file holds, if it does; what is wrong with it is taken note of."""
    said = written.nested()
    try:
        return Card.model_validate(said[CARD]) if CARD in said else None
    except ValidationError as error:
        explain(error, written, Card, CARD)
    return None


def check_misplaced_card(written: Written) -> None:
    """Refuse a card where only numbers can be said: in a policy or a setting."""
    for path in filter(is_of_a_card, written.values):
        written.reject(path, "is a card", allowed="in the file of a scenario")


def card_of(scenario: str | Path) -> Card:
    """The card of a firm, by its file or name.

    Raises:
        ScenarioError: no such firm, one without a card, or a card that is none.
    """
    written = read_toml(file_of(scenario, shipped_scenarios()))
    card = check_card(written)
    written.problems.check()
    if card is None:
        allowed = f"a table [{CARD}], or one of {', '.join(shipped_presets())}"
        raise ScenarioError(error_text(str(scenario), "", "has no card", allowed=allowed))
    return card
