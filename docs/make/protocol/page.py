"""The pages of the protocol: written by hand around what is generated, or generated as a whole."""

from __future__ import annotations

from importlib import import_module

from salesim.inputs.rivals import path_of
from salesim.model import calendar, deals, luck, state
from salesim.model.binding import Function
from salesim.show.parameters import written
from salesim.show.week_order import first_sentence, phases

from ..rendering import BLOCK, code, filled, rendered, table
from .blocks import BLOCKS
from .equations import constants_of, equation, saying
from .reach import draws, is_rule, processes, reached, rules_of, steps, written_by

DRAWING: tuple[Function, ...] = (luck.draws, luck.uniform, luck.normal, luck.philox)


def odd_page(page: str) -> str:
    """The protocol, given its text, with its generated blocks as the code gives them now."""
    return filled(page, {name: block() for name, block in BLOCKS.items()})


def written_by_hand(page: str) -> str:
    """What of a page is not generated."""
    return BLOCK.sub("", page)


def processes_page() -> str:
    """Every function of the week as text."""
    shown = {"steps": steps(), "first_met": _first_met(), "luck": luck, "drawing": DRAWING}
    said = {"constants": _constants(), "process": _process, "saying": saying}
    return rendered("docs/processes.md", {**shown, **said})


def week_page() -> str:
    """The phases of a week in their order, and where the code of each is."""
    rows = (
        (str(number), each.__name__, first_sentence(each), f"`src/{each.__module__.replace('.', '/')}.py`")
        for number, each in enumerate(phases(), 1)
    )
    return rendered("docs/week.md", {"phases": table(("", "phase", "what happens", "code"), rows)})


def _constants() -> str:
    homes = (calendar, deals, state, *(import_module(each.__module__) for each in processes()))
    every = (each for home in homes for each in constants_of(home).items())
    named = {name: value for name, value in every if name not in luck.PURPOSES}
    return table(("constant", "value"), ((f"`{name}`", written(value)) for name, value in named.items()))


def _first_met() -> dict[str, list[Function]]:
    """The functions of each step that no step before came to."""
    shown: set[Function] = set()
    found: dict[str, list[Function]] = {}
    for name, step in steps().items():
        found[name] = [f for f in reached(step) if f not in shown and _is_shown(f)]
        shown.update(found[name])
    return found


def _is_shown(each: Function) -> bool:
    return not is_rule(each) and each.__module__ != luck.__name__


def _process(each: Function) -> str:
    home = f"`src/{each.__module__.replace('.', '/')}.py`"
    columns = (f"{kind.__name__}.{column}" for kind, column in written_by(each))
    facts = {
        "Rules": code(map(path_of, rules_of(each))),
        "Draws": code(dict.fromkeys(draw.purpose for draw in draws() if draw.by is each)),
        "Sets": code(columns),
    }
    said = " ".join(f"{name}: {value}." for name, value in facts.items() if value)
    return f"**{each.__name__}** ({home}). {saying(each)} {said}\n\n```text\n{equation(each)}\n```"
