"""Firms with a card: what a class is told of each, what is set in it, and what its runs have shown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import Field

from ...evidence.wording import unit_text, value_text
from ...inputs.cards import OneNumber, Role, card_of
from ...inputs.differences import Difference, differences
from ...inputs.load import load_scenario
from ...inputs.shipped import is_bare, published
from ...messages import chosen
from ...model.scenario import Scenario
from ...outcomes import NUMBERS
from ...quantity import percent
from ...result import Described, Result
from ...table import Head, Table, listed
from ..parameters import difference_table, facts_of

TYPICAL, OBJECT = "typical_firm", "presets.json"
HOLDS, MISSED, SEEN = "holds", "**does not hold**", "only looked at"
SET = ("path", "typical", "value", "unit", "kind")
FACTS = (Head("", whole=True), Head(""))  # above a fact and what it is called


class Explained(OneNumber):
    """The one number that a class explains, with its meaning and unit."""

    meaning: str
    unit: str


class PresetCard(Described):
    """The card of one firm."""

    preset: str = Field(description="Name of the firm, which `salesim run` takes.")
    title: str = Field(description="The firm in a few words.")
    story: str = Field(description="What a class is told.")
    roles: tuple[Role, ...] = Field(
        description="Who sits at the table: a list of `name`, `sees` and `decides`."
    )
    number: Explained = Field(
        description="The one number to explain: `outcome`, what it `asks`, its `meaning` and `unit`."
    )
    decision: str = Field(description="What is to be decided.")
    debrief: str = Field(description="The question to talk about afterwards.")
    expected: str = Field(description="What must hold in this firm, said before it was run.")
    ratio: tuple[float, float] = Field(
        description="Lowest and highest realised over promised that was aimed at beforehand."
    )
    sets: tuple[dict[str, Any], ...] = Field(
        description="What differs from the typical firm: `path`, `typical`, `value`, `unit` and `kind`."
    )
    commands: tuple[str, ...] = Field(description="What shows more of it, a list.")
    found: dict[str, Any] | None = Field(
        None,
        description="What its runs showed of what was expected, with the keys that `make presets` writes; "
        "null for a firm of one's own.",
    )

    def at_a_glance(self) -> Table:
        """What happens in it, the number to explain and the decision."""
        rows = [*self._facts()[:3], ("In full", f"salesim presets {self.preset}")]
        return listed(FACTS, rows, self.title)

    def in_full(self) -> Iterator[Table]:
        """With who sits at the table, what is set, what was expected, and what runs have shown."""
        yield listed(FACTS, self._facts())
        roles = ((role.name, role.sees, role.decides) for role in self.roles)
        yield listed(map(Head, ("role", "sees", "decides")), roles)
        sets = [Difference(each["path"], each["typical"], each["value"]) for each in self.sets]
        yield difference_table("typical firm", "here", sets, "Set otherwise than in the typical firm")
        aim = " to ".join(map(percent, self.ratio))
        yield listed(
            FACTS,
            [
                ("Expected", self.expected),
                ("Aimed at", f"realised over promised of {aim}, a prediction and no target"),
            ],
            "For whoever leads the class: what was expected before it was run",
        )
        if self.found is not None:
            share = percent(self.found["realised_over_promised"]["value"])
            heads = [
                Head("what is measured"),
                Head("value", right=True, whole=True),
                Head("unit"),
                Head(""),
            ]
            caption = f"What its runs showed; it realises {share} of its promise"
            yield listed(heads, map(_statement, self.found["statements"]), caption)
        yield listed(FACTS, zip(("Next", "", ""), self.commands, strict=True))

    def _facts(self) -> list[tuple[str, str]]:
        return [
            ("What happens", self.story),
            ("The number to explain", f"{self.number.outcome}. {self.number.asks}"),
            ("The decision", self.decision),
            ("To talk about", self.debrief),
        ]


class Presets(Result):
    """Firms that come with a card."""

    typical_firm: str = Field(TYPICAL, description="Name of the firm that the others are told beside.")
    presets: tuple[PresetCard, ...] = Field(description="A list with an object for each firm.")

    def records(self) -> Iterator[dict[str, Any]]:
        """A row for each firm."""
        return (card.model_dump(exclude={"found", "sets", "roles"}) for card in self.presets)

    def in_words(self) -> Iterator[str]:
        """What there is, and how to see more of it."""
        if len(self.presets) == 1:
            yield self.presets[0].title
        else:
            yield f"{len(self.presets)} firms to start from or teach with. In full: salesim presets NAME."

    def tables(self) -> tuple[Table, ...]:
        """One firm in full, or several at a glance."""
        if len(self.presets) == 1:
            return tuple(self.presets[0].in_full())
        return tuple(card.at_a_glance() for card in self.presets)


def presets_of(names: Sequence[str]) -> Presets:
    """The cards of firms, with what is published of their runs.

    Args:
        names: of shipped firms, or paths of files with a card.

    Raises:
        SalesimError: no such firm, one without a card, or a card that names no outcome.
    """
    cards = (shown_card(name).model_copy(update={"found": _published_result(name)}) for name in names)
    return Presets(title="Firms with a card", presets=tuple(cards))


def shown_card(name: str) -> PresetCard:
    """The card of a firm by itself.

    Raises:
        SalesimError: no such firm, one without a card, or a card that names no outcome.
    """
    card, firm = card_of(name), load_scenario(name)
    outcome = NUMBERS[chosen("card.number.outcome", card.number.outcome, tuple(NUMBERS))]
    return PresetCard(
        preset=Path(name).stem if name.endswith(".toml") else name,
        title=firm.title,
        story=card.story,
        roles=tuple(card.roles),
        number=Explained(**card.number.model_dump(), meaning=outcome.meaning, unit=str(outcome.unit.value)),
        decision=card.decision,
        debrief=card.debrief,
        expected=card.expected,
        ratio=(card.ratio[0], card.ratio[1]),
        sets=tuple(
            dict(zip(SET, (each.path, each.first, each.second, *facts_of(each.path)), strict=False))
            for each in set_in(firm)
        ),
        commands=(f"salesim run {name}", f"salesim gap {name} --quick", f"salesim diff {TYPICAL} {name}"),
    )


def _published_result(name: str) -> dict[str, Any] | None:
    """What is published of the runs of a shipped firm; nothing of a file of one's own."""
    path = published() / "presets" / OBJECT
    if not is_bare(name) or Path(name).is_file() or not path.is_file():
        return None
    presets = json.loads(path.read_text(encoding="utf-8"))["presets"]
    found: dict[str, Any] = next((preset for preset in presets if preset["preset"] == name), {})
    return {key: value for key, value in found.items() if key not in PresetCard.model_fields} or None


def set_in(firm: Scenario) -> list[Difference]:
    """What a firm says differently from the typical firm."""
    return differences(load_scenario(TYPICAL), firm)


def _statement(each: Mapping[str, Any]) -> tuple[str, ...]:
    value = value_text(each["value"], each["unit"], each["interval"] or ())
    return each["says"], value, unit_text(each["unit"]), verdict(each).strip("*")


def verdict(each: Mapping[str, Any]) -> str:
    """Whether a statement holds, or was only looked at."""
    return (HOLDS if each["holds"] else MISSED) if each["judged"] else SEEN
