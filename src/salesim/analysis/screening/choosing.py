"""Which numbers are screened: those that nobody decides and nobody has measured, size aside."""

from __future__ import annotations

from collections.abc import Sequence

from ...errors import SalesimError
from ...inputs.declared import Declared, declared_numbers, numbers_under
from ...messages import error_text, nearest
from ...rules.sources import ASSUMED

UNMEASURED, ALL = "assumed", "all"
FITTED = "fitted"  # findings pin down combinations, and hardly a number by itself
SIZE = "organisation"  # its numbers set the size of the firm and how long it is watched, by design
WHY_LEFT_OUT = "they set the size of the firm and how long it is watched"
ALLOWED = f"{UNMEASURED}, {ALL}, or a group or number that is no lever, such as buying or market.value"


def chosen_numbers(over: Sequence[str]) -> tuple[list[Declared], list[Declared]]:
    """The numbers to be moved, and those that are left out because they set the size of the firm.

    Args:
        over: "assumed" for all settings and behaviours whose number nobody has measured, "all" for every
            setting and behaviour, groups, or paths; several of them add up.

    Raises:
        SalesimError: no such group or number, a lever, or nothing that is left to be moved.
    """
    found = {number.path for name in over for number in _meant(name)}
    numbers = [number for path, number in declared_numbers().items() if path in found]
    moved = [number for number in numbers if number.group != SIZE]
    if not moved:
        wrong = f"nothing to screen: {WHY_LEFT_OUT}" if numbers else "nothing to screen"
        raise SalesimError(error_text("over", "", wrong, given=", ".join(over), allowed=ALLOWED))
    return moved, [number for number in numbers if number.group == SIZE]


def _meant(name: str) -> list[Declared]:
    """What a name stands for, levers aside."""
    free = [number for number in declared_numbers().values() if number.kind != "lever"]
    if name == ALL:
        return free
    if name == UNMEASURED:
        return [number for number in free if ASSUMED in number.standing or number.standing == FITTED]
    if name in declared_numbers() and declared_numbers()[name].kind == "lever":
        wrong = "is a lever, which somebody decides"
        raise SalesimError(error_text("over", name, wrong, allowed=ALLOWED))
    groups = {number.group for number in free}
    if name not in groups and name not in declared_numbers():
        near = nearest(name, [UNMEASURED, ALL, *sorted(groups), *declared_numbers()])
        raise SalesimError(error_text("over", "", "no such number", given=name, allowed=ALLOWED, near=near))
    return [number for number in numbers_under(name) if number.kind != "lever"]
