"""Numbers with their units, as people read them: money in millions, shares in percent, no idle digits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, floor, isfinite, log10, nan

MINUS = "\u2212"  # for figures
MAX_DECIMALS = 6
DIGITS, MAX_DIGITS = 3, 4  # of a number of which no interval is known, and at most
COARSEST = 0.9  # the last digit, in halves of an interval
NEAREST = 1.8  # a number that is not zero rounds to at least one where the last digit is no larger
MILLION, ROUNDED_UP = 1e6, 0.9995  # so much of a million reads as one
SIZES = ((1e9, "USD billion"), (MILLION, "USD million"), (1e3, "USD thousand"), (1.0, "USD"))


class Unit(StrEnum):
    """What a number is counted in, by its name in files.

    Args:
        shown: what it is counted in where people read it.
        factor: how many of these one of the unit is.
        decimals: at most, where no interval is known.
    """

    USD = "USD", "USD", 1.0, 1
    USD_PER_YEAR = "USD per year", "USD a year"
    USD_PER_UNIT = "USD per unit", "USD per unit", 1.0, 2
    SHARE = "share", "%", 100.0, 1
    RATIO = "ratio", "%", 100.0, 1
    TIMES = "times", "times", 1.0, 1
    PER_YEAR = "per year", "% a year", 100.0, 1
    POINTS = "percentage points", "percentage points", 100.0, 1
    POINTS_A_YEAR = "percentage points a year", "percentage points a year", 100.0, 1
    PROMISE = "points of the promise", "points of the promise", 1.0, 1
    BASELINE = "percent of the baseline", "% of the baseline", 1.0, 1
    PROFIT = "percent of profit", "% of profit", 1.0, 1
    ELASTICITY = "percent per percent", "percent per percent", 1.0, 3
    CURVATURE = "per unit of authority squared", "per unit of authority squared", 1.0, 3
    FACTOR = "factor", "", 1.0, 3
    SKILL = "skill", "", 1.0, 3
    CORRELATION = "correlation", "", 1.0, 3
    SKEWNESS = "skewness", "", 1.0, 3
    ACCOUNTS = "accounts", "accounts"
    CUSTOMERS = "customers", "customers"
    DEALS = "deals", "deals"
    HOURS = "hours", "hours", 1.0, 2
    REQUESTS = "requests", "requests"
    REVIEWS = "reviews", "reviews"
    SEATS = "seats", "seats", 1.0, 1
    WORD = "word", ""
    YES_OR_NO = "yes or no", "%", 100.0, 1

    def __new__(cls, name: str, *_: str | float) -> Unit:
        """A unit whose value is its name in files."""
        unit = str.__new__(cls, name)
        unit._value_ = name
        return unit

    def __init__(self, _: str, shown: str = "", factor: float = 1.0, decimals: int = 0) -> None:
        self.shown = shown
        self.factor = factor
        self.decimals = decimals

    @property
    def difference(self) -> Unit:
        """What differences of such numbers are counted in: points where the numbers are percent."""
        points = {"%": Unit.POINTS, "% a year": Unit.POINTS_A_YEAR}
        return points.get(self.shown, self)

    def scale(
        self,
        values: Iterable[float],
        intervals: Iterable[tuple[float, float]] = (),
        *,
        size: float = 0.0,
        minus: str = "-",
    ) -> Scale:
        """How some numbers are written beside each other: in one size, and with one number of decimals.

        Args:
            values: the numbers.
            intervals: their intervals, as far as they are known; a number that must not look like zero
                is both ends of one.
            size: dollars that are counted as one; what suits the largest unless given.
            minus: the sign of numbers below zero.
        """
        largest = max((abs(float(value)) for value in values if isfinite(value)), default=0.0)
        plain = Scale(self.shown, self.factor, 0, minus)
        if self is Unit.USD:
            fits = size or largest / ROUNDED_UP
            dollars, words = next((each for each in SIZES if each[0] <= fits), SIZES[-1])
            plain = Scale(words, 1.0 / dollars, 0, minus)
        most = 0 if plain.shown == "USD" else self.decimals
        ends = [(low * plain.factor, high * plain.factor) for low, high in intervals]
        step = _step(largest * plain.factor, most, ends)
        return replace(plain, decimals=min(max(ceil(-log10(step)), 0), MAX_DECIMALS))


def _step(largest: float, most: int, intervals: list[tuple[float, float]]) -> float:
    """What the last digit may count at most: as much as intervals deserve, less than hides a number."""
    halves = sorted(0.5 * (high - low) for low, high in intervals if 0.0 < high - low < float("inf"))
    first = floor(log10(largest)) + 1 if largest > 0.0 else 1
    if halves:
        step = max(COARSEST * halves[len(halves) // 2], 10.0 ** (first - MAX_DIGITS))
    else:
        step = max(10.0**-most, 10.0 ** (first - DIGITS))
    ends = [min(abs(low), abs(high)) for low, high in intervals if low * high > 0.0]
    ends += [largest] if largest > 0.0 and not halves else []
    return max(min([step, *(NEAREST * end for end in ends)]), 10.0**-MAX_DECIMALS)


def yearly(
    dollars: Iterable[float], intervals: Iterable[tuple[float, float]], years: float, minus: str = "-"
) -> Scale:
    """How dollars over a plan of so many years are written: as dollars a year."""
    ends = [(low / years, high / years) for low, high in intervals]
    scale = Unit.USD.scale([amount / years for amount in dollars], ends, minus=minus)
    return replace(scale, factor=scale.factor / years, shown=f"{scale.shown} a year")


@dataclass(frozen=True)
class Scale:
    """How numbers of one unit are written together.

    Args:
        shown: what they are counted in, such as "USD million" or "%", as it stands above a column.
        factor: what a number is multiplied by before so many decimals of it are written.
    """

    shown: str
    factor: float
    decimals: int
    minus: str = "-"

    def number(self, value: float, *, signed: bool = False) -> str:
        """A number without its unit, as in a table; never a zero with a sign."""
        if not isfinite(value):
            return "unknown"
        scaled = round(float(value) * self.factor, self.decimals) + 0.0
        sign = "+" if signed and scaled > 0.0 else ""
        return f"{sign}{scaled:,.{self.decimals}f}".replace("-", self.minus)

    def interval(self, low: float, high: float, *, signed: bool = False) -> str:
        """Both ends without their unit; nothing where they are not known."""
        known = isfinite(low) and isfinite(high)
        return f"{self.number(low, signed=signed)} to {self.number(high, signed=signed)}" if known else ""

    def text(self, value: float, *, signed: bool = False) -> str:
        """A number with its unit, as in a sentence."""
        number = self.number(value, signed=signed)
        if self.shown.startswith("USD"):
            return f"USD {number}{self.shown.removeprefix('USD')}"
        return f"{number}{self.shown}" if self.shown.startswith("%") else f"{number} {self.shown}".rstrip()

    def part(self, part: float, whole: float) -> str:
        """Dollars of more dollars, as in a sentence: USD 52.0 of 93.1 million a year."""
        return f"USD {self.number(part)} of {self.number(whole)}{self.shown.removeprefix('USD')}"


@dataclass(frozen=True)
class Quantity:
    """A number with its unit and, where it is known, its interval.

    Args:
        value: the number.
        unit: what it is counted in.
        low, high: the ends of its interval; not a number where none is known.
    """

    value: float
    unit: Unit
    low: float = nan
    high: float = nan

    @property
    def scale(self) -> Scale:
        """How it is written by itself."""
        return self.unit.scale([self.value], [(self.low, self.high)])

    def text(self, decimals: int | None = None) -> str:
        """It with its unit, as in a sentence; with as many decimals as it deserves unless given."""
        scale = self.scale if decimals is None else replace(self.scale, decimals=decimals)
        return scale.text(self.value)


def percent(share: float) -> str:
    """A share as whole percent, where a glance is enough."""
    return Quantity(share, Unit.SHARE).text(0)
