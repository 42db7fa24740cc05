"""The parts of the protocol that repeat the code, as Markdown tables and equations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from importlib import import_module
from inspect import getdoc
from types import ModuleType
from typing import Any

from salesim.evidence.target import FITTED, HELD_OUT, Target, load_target, targets
from salesim.inputs.declared import declared_numbers, declared_values, group_names
from salesim.inputs.rivals import path_of, rule_functions
from salesim.model import books, calendar, luck, state
from salesim.model.binding import Function
from salesim.model.scenario import Scenario, is_group
from salesim.outcomes import LEVELS, THEMES, outcomes_of
from salesim.runs.causes import CAUSES
from salesim.show.parameters import summary, written
from salesim.show.week_order import first_sentence

from ..parameters import number_table
from ..rendering import code, table
from .equations import arguments_of, constants_of, equation, saying
from .reach import draws, is_rule, reached, rules_of, set_in, steps, steps_with, where_ideal

AGENTS = (state.Manager, state.Rep, state.Customer)
OTHERS = (books.Deal, books.Office)
RECORDS = (books.Week, books.Level, books.RepYear, state.Keeping)
NO_RULES = ("sources", "declaration", "knots")


def patterns() -> str:
    """The published findings that the model is fitted to or judged by."""
    found = ((name, load_target(name)) for name in targets())
    return table(
        ("finding", "pattern", "published", "fitted to", "held out", "source"),
        (
            (
                name,
                target.title,
                target.published,
                _measures(target, FITTED),
                _measures(target, HELD_OUT),
                code(target.sources),
            )
            for name, target in found
        ),
    )


def _measures(target: Target, role: str) -> str:
    return "; ".join(measure.says for measure in target.measures if measure.role == role)


def entities() -> str:
    """Every kind of entity and record, and what it is."""
    kinds = (("agent", AGENTS), ("no agent", OTHERS), ("record", RECORDS))
    return table(
        ("kind", "", "what it is", "variables"),
        (
            (f"`{kind.__name__}`", group, saying(kind), str(len(fields(kind))))
            for group, those in kinds
            for kind in those
        ),
    )


def variables() -> str:
    """Every state variable of every kind."""
    return "\n\n".join(
        f"**`{kind.__name__}`**: {saying(kind)}\n\n{_columns(kind)}"
        for kind in (*AGENTS, *OTHERS, *RECORDS)
    )


def _columns(kind: type) -> str:
    rows = (
        (
            f"`{column.name}`",
            column.metadata["meaning"],
            column.metadata["unit"],
            _at_first(column.default),
            code(set_in().get((kind, column.name), ())) or "before the start",
        )
        for column in fields(kind)
    )
    return table(("variable", "meaning", "unit", "at the start", "set in"), rows)


def _at_first(value: Any) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else written(value)


def scales() -> str:
    """How long, how many and how far."""
    numbers = [number for number in declared_numbers().values() if number.group == "organisation"]
    lengths = {"tick": 1, "quarter": calendar.QUARTER, "year": calendar.YEAR}
    rows = [(name, str(weeks), "weeks" if weeks > 1 else "week") for name, weeks in lengths.items()]
    rows += [(f"{n.meaning} (`{n.path}`)", written(n.said(n.default)), n.unit) for n in numbers]
    return table(("scale", "typical firm", "unit"), rows)


def schedule() -> str:
    """The start and the steps of a week in their order, and the rules that each asks."""
    places = ["once", "0", *(str(phase) for phase in range(1, len(steps()) - 1))]
    rows = (
        (place, f"`{name}`", first_sentence(step), code(modules_in(step)))
        for place, (name, step) in zip(places, steps().items(), strict=True)
    )
    return table(("", "step", "what happens", "rules asked, by file"), rows)


def modules_in(step: Function) -> list[str]:
    """The files of the rules that a step asks, arithmetic aside."""
    found = dict.fromkeys(_file_of(each) for each in reached(step) if is_rule(each))
    return [name for name in found if name != "arithmetic"]


def _file_of(function: Function) -> str:
    return function.__module__.rpartition(".")[2]


def purposes() -> str:
    """The purposes of random draws, and the address of each draw."""
    at: dict[str, list[tuple[str, ...]]] = {}
    for draw in draws():
        said = first_sentence(draw.by)
        at.setdefault(draw.purpose, []).append((f"`{draw.by.__name__}`: {said}", draw.occasion, draw.who))
    rows = (
        (f"`{name}`", str(number), *place)
        for name, number in luck.PURPOSES.items()
        for place in at.get(name, [("not drawn; the number stays taken", "", "")])
    )
    return table(("purpose", "number", "drawn by", "occasion", "who"), rows)


def causes() -> str:
    """What keeps the firm from its promise, the ideal of each, and where the ideal acts."""
    return table(
        ("dimension", "cause", "at its ideal", "switch", "acts in"),
        (
            (
                cause.dimension,
                cause.name,
                cause.ideal,
                code([cause.switch]) if cause.switch else "computed",
                code(f.__name__ for f in where_ideal(cause.switch)) if cause.switch else "",
            )
            for cause in CAUSES
        ),
    )


def numbers() -> str:
    """How many numbers there are, and how they stand."""
    return summary(list(declared_numbers().values()))


def outcomes() -> str:
    """Every outcome by theme and level."""
    rows = [(f"company: {theme}", code(o.name for o in those)) for theme, those in THEMES.items()]
    rows += [(f"each {level}", code(o.name for o in outcomes_of(level))) for level in LEVELS[1:]]
    return table(("of", "outcomes"), rows)


def initial() -> str:
    """What is done to found a firm, in its order."""
    return _chain(steps()["initialise"])


def _chain(step: Function) -> str:
    return table(
        ("function", "what it does", "rules used", "draws"),
        (
            (
                f"`{each.__name__}`",
                first_sentence(each),
                code(map(path_of, rules_of(each))),
                code(dict.fromkeys(draw.purpose for draw in draws() if draw.by is each)),
            )
            for each in reached(step)
            if not is_rule(each) and each.__module__ != luck.__name__
        ),
    )


@cache
def homes() -> dict[str, ModuleType]:
    """The files of the rules: in the order of the groups of a scenario, and those without numbers."""
    found = {_file_of_group(group): group for group in group_names()}
    files = dict.fromkeys((*found, *(path.partition(".")[0] for path in rule_functions())))
    return {name: import_module(f"salesim.rules.{name}") for name in files if name not in NO_RULES}


def _file_of_group(group: str) -> str:
    kind = Scenario.model_fields[group].annotation
    assert is_group(kind)
    return kind.__module__.rpartition(".")[2]


def submodels() -> str:
    """Every file of rules: its numbers, its rules, and what they compute."""
    return "\n".join("\n".join(_submodel(name, module)) for name, module in homes().items())


def _submodel(name: str, module: ModuleType) -> Iterator[str]:
    rules = [rule for path, rule in rule_functions().items() if path.partition(".")[0] == name]
    numbers = [n for n in declared_values().values() if _file_of_group(n.group) == name]
    yield f"### {name}\n\n{getdoc(module)}\n"
    if numbers:
        yield f"Numbers (`{numbers[0].group}` in a scenario):\n"
        yield number_table(numbers) + "\n"
    yield "Rules:\n"
    rows = (
        (
            f"`{path_of(rule)}`({', '.join(arguments_of(rule))})",
            saying(rule),
            code(steps_with(rule)) or "size of the firm",
        )
        for rule in rules
    )
    yield table(("rule", "what it says", "in steps"), rows) + "\n"
    given = "\n".join(f"{constant} = {written(value)}" for constant, value in constants_of(module).items())
    yield "```text\n" + "\n\n".join(filter(None, (given, *map(equation, rules)))) + "\n```\n"


BLOCKS = {
    each.__name__: each
    for each in (
        patterns,
        entities,
        variables,
        scales,
        schedule,
        purposes,
        causes,
        numbers,
        outcomes,
        initial,
        submodels,
    )
}
