"""Dollars in a figure: in the unit that suits them, and with the digits that they deserve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from ...study.outcomes.history import Numbers

MINUS = "\u2212"
UNITS = ((1e9, " billion"), (1e6, " million"), (1e3, " thousand"), (1.0, ""))
LARGE, WHOLE = 10.0, 1000.0  # from how many units on a tenth is as fine as one wants it, and a whole one


@dataclass(frozen=True)
class Dollars:
    """What dollars are counted in.

    Args:
        unit: " million" or another, to stand behind a number; empty for single dollars.
        size: how many dollars that is.
        decimals: how many are written.
    """

    unit: str
    size: float
    decimals: int

    def number(self, amount: float) -> str:
        """An amount (USD) without its unit."""
        value = round(amount / self.size, self.decimals) + 0.0  # no zero with a minus
        return f"{value:,.{self.decimals}f}".replace("-", MINUS)

    def signed(self, amount: float) -> str:
        """The same with its sign, also where it is above zero."""
        said = self.number(amount)
        return f"+{said}" if round(amount / self.size, self.decimals) > 0.0 else said

    def said(self, amount: float) -> str:
        """An amount in a sentence."""
        return f"USD {self.number(amount)}{self.unit}"

    @property
    def label(self) -> str:
        """The unit, for an axis."""
        return f"USD{self.unit}"


def dollars_for(amounts: Sequence[float] | Numbers, whole_from: float = WHOLE) -> Dollars:
    """What some amounts (USD) are best counted in, by the largest of them.

    Args:
        amounts: what will be written.
        whole_from: from how many units on only whole ones are written.
    """
    largest = max((abs(float(amount)) for amount in amounts if isfinite(amount)), default=0.0)
    size, unit = next((each for each in UNITS if largest >= 0.9995 * each[0]), UNITS[-1])
    number = largest / size
    return Dollars(unit, size, 0 if size == 1.0 or number >= whole_from else 1 if number >= LARGE else 2)
