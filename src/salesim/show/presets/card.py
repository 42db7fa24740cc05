"""The card of a firm: in the terminal for whoever chooses one, and as an object for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import rich.table
from rich.box import ROUNDED
from rich.console import Group
from rich.panel import Panel
from rich.text import Text

from ...model.scenario import Scenario
from ...outcomes import NUMBERS
from ...quantity import percent
from ...scenario.cards import Card, card_of
from ...scenario.declared import declared_numbers
from ...scenario.differences import Difference, differences
from ...scenario.load import load_scenario
from ...scenario.refusal import chosen
from ...scenario.shipped import is_bare, published
from ...study.validating.wording import said, unit_said
from ...tables import Head, Table, listed
from ..parameters import difference_table

TYPICAL, OBJECT = "typical_firm", "presets.json"
HOLDS, MISSED, SEEN = "holds", "**does not hold**", "only looked at"
SCHEMA_VERSION = 1
KEYS_OF_CARDS = {
    "schema_version": "The form of this object; higher when a program must look again.",
    "typical_firm": "Name of the firm that the others are told beside.",
    "presets": "A list with an object for each firm.",
}
FOUND = {
    "found": "What its runs said of what was expected, with the keys that `make presets` writes; null "
    "for a firm of one's own.",
}
KEYS_OF_A_CARD = {
    "preset": "Name of the firm, which `salesim run` takes.",
    "title": "The firm in a few words.",
    "story": "What a class is told.",
    "roles": "Who sits at the table: a list of `name`, `sees` and `decides`.",
    "number": "The one number to explain: `outcome`, what it `asks`, its `meaning` and `unit`.",
    "decision": "What is to be decided.",
    "debrief": "The question to talk about afterwards.",
    "expected": "What must hold in this firm, said before it was run.",
    "ratio": "Lowest and highest realised over promised that was aimed at beforehand.",
    "sets": "What differs from the typical firm: a list of `path`, `typical`, `value`, `unit` and `kind`.",
    "commands": "What shows more of it, a list.",
}


def card_object(name: str) -> dict[str, Any]:
    """The card of a firm as an object; it holds `KEYS_OF_A_CARD`.

    Args:
        name: of a shipped firm, or the path of a file with a card.

    Raises:
        SalesimError: no such firm, one without a card, or a card that names no outcome.
    """
    card, firm = card_of(name), load_scenario(name)
    outcome = NUMBERS[chosen("card.number.outcome", card.number.outcome, tuple(NUMBERS))]
    return {
        "preset": Path(name).stem if name.endswith(".toml") else name,
        "title": firm.title,
        "story": card.story,
        "roles": [role.model_dump() for role in card.roles],
        "number": {**card.number.model_dump(), "meaning": outcome.meaning, "unit": outcome.unit},
        **{key: getattr(card, key) for key in ("decision", "debrief", "expected", "ratio")},
        "sets": [_said(each) for each in set_in(firm)],
        "commands": commands(name),
    }


def cards_object(names: list[str]) -> dict[str, Any]:
    """The cards of several firms; it holds `KEYS_OF_CARDS`."""
    cards = [{**card_object(name), "found": _found(name)} for name in names]
    return {"schema_version": SCHEMA_VERSION, "typical_firm": TYPICAL, "presets": cards}


def _found(name: str) -> dict[str, Any] | None:
    """What was kept of a firm beside its card."""
    found = kept_of(name)
    return {key: value for key, value in found.items() if key not in KEYS_OF_A_CARD} if found else None


def kept_of(name: str) -> dict[str, Any] | None:
    """What was kept of a shipped firm; nothing of a file that lies where the user stands."""
    path = published() / "presets" / OBJECT
    if not is_bare(name) or Path(name).is_file() or not path.is_file():
        return None
    presets = json.loads(path.read_text(encoding="utf-8"))["presets"]
    return next((preset for preset in presets if preset["preset"] == name), None)


def set_in(firm: Scenario) -> list[Difference]:
    """What a firm says differently from the typical firm."""
    return differences(load_scenario(TYPICAL), firm)


def _said(difference: Difference) -> dict[str, Any]:
    number = declared_numbers().get(difference.path)
    return {
        "path": difference.path,
        "typical": difference.first,
        "value": difference.second,
        "unit": number.unit if number else "",
        "kind": number.kind if number else "",
    }


def commands(name: str) -> list[str]:
    """What shows more of a firm: its run, why its promise is not kept, and what it sets."""
    return [f"salesim run {name}", f"salesim gap {name} --quick", f"salesim diff {TYPICAL} {name}"]


def small_card(name: str) -> Panel:
    """A firm at a glance: what happens in it, the number to explain and the decision."""
    card, firm = card_of(name), load_scenario(name)
    inside = Group(Text(card.story), Text(), _facts(card, ("number", "decision")))
    return Panel(
        inside,
        title=Text(firm.title, "bold"),
        title_align="left",
        box=ROUNDED,
        padding=(0, 1),
        subtitle=Text(f"salesim presets {name}"),
        subtitle_align="right",
    )


def whole_card(name: str) -> Panel:
    """A card in full, with who sits at the table, what is set and how to run it."""
    described, card, firm = card_object(name), card_of(name), load_scenario(name)
    inside = Group(
        Text(card.story),
        Text(),
        roles_table(card),
        _facts(card, ("number", "decision", "debrief")),
        Text(),
        Text("Set otherwise than in the typical firm", "bold"),
        difference_table("typical firm", "here", set_in(firm)),
        Text("For whoever leads the class: what was expected before it was run", "bold"),
        Text(card.expected),
        Text(aimed(card)),
        *_said_by_runs(name),
        Text(),
        *(Text(f"  {command}") for command in described["commands"]),
    )
    return Panel(inside, title=Text(firm.title, "bold"), title_align="left", box=ROUNDED, padding=(1, 2))


def _said_by_runs(name: str) -> Iterator[Text | Table]:
    """What was kept of a shipped firm, misses included; nothing for another."""
    found = kept_of(name)
    if found is None:
        return
    yield Text()
    yield Text("What its runs said", "bold")
    yield Text(f"It realises {percent(found['realised_over_promised']['value'])} of its promise.")
    heads = [Head("what is measured"), Head("value", right=True, whole=True), Head("unit"), Head("")]
    yield listed(heads, map(_statement, found["statements"]))


def _statement(each: Mapping[str, Any]) -> tuple[str, ...]:
    value = said(each["value"], each["unit"], each["interval"] or ())
    return each["says"], value, unit_said(each["unit"]), verdict(each).strip("*")


def verdict(each: Mapping[str, Any]) -> str:
    """Whether a statement holds, or was only looked at."""
    return (HOLDS if each["holds"] else MISSED) if each["judged"] else SEEN


def aimed(card: Card) -> str:
    """The ratio that was aimed at, in words."""
    aim = " to ".join(map(percent, card.ratio))
    return f"Realised over promised was aimed at {aim}, a prediction and no target."


def roles_table(card: Card) -> Table:
    """Who sits at the table, what is seen from there, and what can be decided."""
    return listed(
        map(Head, ("role", "sees", "decides")),
        ((role.name, role.sees, role.decides) for role in card.roles),
    )


def _facts(card: Card, names: tuple[str, ...]) -> rich.table.Table:
    facts = {
        "number": ("The number to explain", f"{card.number.outcome}. {card.number.asks}"),
        "decision": ("The decision", card.decision),
        "debrief": ("To talk about", card.debrief),
    }
    table = rich.table.Table.grid(padding=(0, 2))
    for name in names:
        label, text = facts[name]
        table.add_row(Text(label, "bold", no_wrap=True), Text(text))
    return table
