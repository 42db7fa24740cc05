"""Scenarios as TOML files with a comment on every number, made from the declarations."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

import tomli_w

from ..messages import readable
from ..model.scenario import Scenario
from .declared import Declared, declared_values, group_meaning, group_names, value_of
from .delta import DATED, GIVEN, PLANS, RULES, TEXTS, delta_of

SCHEMA_VERSION = 1
WIDTH = 100
BASE = """
Every number of a scenario with its value in the typical firm, its unit, what is allowed, its kind
(lever, setting or behaviour) and its source. Made from the declarations in src/salesim/rules: edit
those, or write a scenario of your own that says what differs (salesim new NAME).
"""
WHOLE = """
Every number of this firm, with its unit, what is allowed, its kind and its source.
"""
NEW_SCENARIO = """
What is not said here is as in the scenario that this one extends. Take the # away from a line to
say something else. Levers are what head office decides, settings what it finds; how people behave
is shown by `salesim params`, and can be said here too.
"""
NEW_POLICY = """
A policy: it changes levers only, of whatever scenario it is laid over. Take the # away from a line
to move that lever; the values are those of the typical firm.
"""


def base_scenario() -> str:
    """The complete scenario, every number said."""
    title = _said("title", Scenario().title)
    head = ["#:schema ./scenario.schema.json", *_remark("scenario", BASE), "", title]
    return _text(head, _groups(Scenario(), list(declared_values().values()), mark=""))


def whole_scenario(firm: Scenario) -> str:
    """A firm as a file that needs no other: every number, dated lever, pay plan and rule."""
    firm = firm.model_copy(update={name: readable(getattr(firm, name)) for name in TEXTS})
    texts = [_said(name, getattr(firm, name)) for name in TEXTS]
    numbers = _groups(firm, list(declared_values().values()), mark="")
    said = {path: value for path, value in delta_of(firm).values.items() if path.startswith(RULES)}
    rules = [f"[{RULES.rstrip('.')}]", *(_said(path.removeprefix(RULES), v) for path, v in said.items())]
    lists = [(name, entry) for name in (DATED, GIVEN, PLANS) for entry in delta_of(firm).values[name]]
    tables = [_listed(name, entry) for name, entry in lists]
    head = [*_remark("scenario", WHOLE), "", *texts]
    return _text(head, iter([*numbers, *(rules if said else []), *tables]))


def new_scenario(title: str, extends: str, firm: Scenario) -> str:
    """A scenario that says nothing yet but what it extends, with the lines to be filled in."""
    numbers = [n for n in declared_values().values() if n.kind != "behaviour"]
    head = [*_remark("scenario", NEW_SCENARIO), "", _said("title", title), _said("extends", extends)]
    return _text(head, _groups(firm, numbers, mark="# "))


def new_policy(title: str, extends: str = "") -> str:
    """A policy that moves no lever yet, with the lines to be filled in."""
    levers = [n for n in declared_values().values() if n.kind == "lever"]
    head = [*_remark("policy", NEW_POLICY), "", _said("title", title)]
    if extends:
        head.append(_said("extends", extends))
    return _text(head, _groups(Scenario(), levers, mark="# "))


def _remark(kind: str, text: str) -> list[str]:
    first = f"# salesim {kind}, schema version {SCHEMA_VERSION}"
    return [first, *(f"# {line}" for line in text.strip().splitlines())]


def _groups(firm: Scenario, numbers: list[Declared], mark: str) -> Iterator[str]:
    for group in group_names():
        mine = [number for number in numbers if number.group == group]
        if mine:
            yield from ("", f"# {group_meaning(group)}", f"[{group}]")
        for number in mine:
            yield from _comment(number)
            yield mark + _said(number.name, value_of(firm, number.path))


def _comment(number: Declared) -> list[str]:
    allowed = number.allowed[0].upper() + number.allowed[1:]
    facts = f"{number.meaning} {allowed}; {number.kind}; {number.origin}."
    return [f"# {line}" for line in wrap(facts, WIDTH - 2, break_on_hyphens=False)]


def _said(name: str, value: Any) -> str:
    return tomli_w.dumps({name: value}).strip()


def _listed(name: str, entry: Any) -> str:
    """One of several tables of a name, with the tables in it."""
    return tomli_w.dumps({name: entry}).strip().replace(f"[{name}]", f"[[{name}]]", 1)


def _text(head: list[str], body: Iterator[str]) -> str:
    return "\n".join([*head, *body]) + "\n"
