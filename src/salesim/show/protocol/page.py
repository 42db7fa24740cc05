"""The pages of the protocol: one written by hand around what is generated, one generated as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from ...model import calendar, deals, luck, state
from ...model.binding import Function
from ...scenario.rivals import path_of
from ..parameters import written
from .blocks import BLOCKS, code, table
from .equations import constants_of, equation, saying
from .reach import draws, is_rule, processes, reached, rules_of, steps, written_by

BLOCK = re.compile(r"<!-- generated: (\w+) -->\n.*?<!-- end of (\w+) -->", re.S)
HEAD = """\
# Every process, step by step

What the functions of the week do, in the order in which the week comes to them; the rules that they ask
are in the [protocol](odd.md#7-submodels). This page is generated from the code by
`python docs/generate.py`.

Each function stands under the first step that comes to it. What is handed to all of them is left out: the
firm, its numbers, and where a rule takes a group of numbers, that group. `pay.pay_mix` is a number of a
scenario, `rep.skill` a variable. `ln` is the natural logarithm, `floor` leaves the whole part, `x div y` is
the whole part of a quotient and `x mod y` the rest, `**` a power, `is` compares, and places in lists count
from 0. Bits are shifted (`<<`, `>>`) before they meet in and (`&`), exclusive or (`^`) and or (`|`), in
this order.

"""


def filled(page: str, blocks: Mapping[str, Callable[[], str]] = BLOCKS) -> str:
    """A page with each of its generated blocks as the code gives it now.

    Args:
        page: the text, with marks around what is generated.
        blocks: what writes each block, by name.

    Raises:
        ValueError: a block that is none, or one that stands in the page never or twice.
    """
    there = [found[1] for found in BLOCK.finditer(page)]
    if sorted(there) != sorted(blocks):
        raise ValueError(f"blocks are {', '.join(there)}; wanted is each of {', '.join(blocks)} once")
    return BLOCK.sub(lambda found: _marked(found[1], blocks[found[1]]()), page)


def _marked(name: str, block: str) -> str:
    """A generated block between its marks."""
    return f"<!-- generated: {name} -->\n\n{block}\n<!-- end of {name} -->"


def written_by_hand(page: str) -> str:
    """What of a page is not generated."""
    return BLOCK.sub("", page)


def processes_page() -> str:
    """Every function of the week as text."""
    return HEAD + "\n".join((_constants(), *_by_step()))


def _constants() -> str:
    homes = (calendar, deals, state, *(import_module(each.__module__) for each in processes()))
    every = (each for home in homes for each in constants_of(home).items())
    named = {name: value for name, value in every if name not in luck.PURPOSES}
    return table(("constant", "value"), ((f"`{name}`", written(value)) for name, value in named.items()))


def _by_step() -> Iterator[str]:
    shown: set[Function] = set()
    for name, step in steps().items():
        yield f"## {name}\n\n{saying(step)}\n"
        for each in reached(step):
            if not is_rule(each) and each not in shown and each.__module__ != luck.__name__:
                shown.add(each)
                yield _process(each)
    yield f"## luck\n\n{saying(luck)}\n"
    drawing: tuple[Function, ...] = (luck.draws, luck.uniform, luck.normal, luck.philox)
    yield from map(_process, drawing)


def _process(each: Function) -> str:
    home = f"`src/{each.__module__.replace('.', '/')}.py`"
    columns = (f"{kind.__name__}.{column}" for kind, column in written_by(each))
    facts = {
        "Rules": code(map(path_of, rules_of(each))),
        "Luck": code(dict.fromkeys(draw.purpose for draw in draws() if draw.by is each)),
        "Sets": code(columns),
    }
    said = " ".join(f"{name}: {value}." for name, value in facts.items() if value)
    return f"**{each.__name__}** ({home}). {saying(each)} {said}\n\n```text\n{equation(each)}\n```\n"
