"""What a split of the gap says at a glance: how much of the promise is lost, and where most of it."""

from __future__ import annotations

from collections.abc import Sequence

from ...outcomes.history import Numbers
from ...quantity import MINUS, Scale, Unit, percent
from ...study.gap.causes import DIMENSIONS
from ...study.gap.ledger import LEVEL, Ledger
from ...study.intervals import mean_and_ends
from ..words import capital

FRACTIONS = (
    (0.25, "a quarter"),
    (1 / 3, "a third"),
    (0.5, "half"),
    (2 / 3, "two thirds"),
    (0.75, "three quarters"),
)
EXACT, NEAR = 0.005, 0.025  # of the promise
SMALL = 0.002  # of the promise, which is not written as zero where no interval is known
MOST_NAMED = 2  # dimensions in a title that cannot be told apart
NO_PROMISE = "Full execution of the strategy would earn nothing, so there is no promise to keep"


def mean_of(values: Numbers) -> float:
    """The mean over replicates."""
    return mean_and_ends(values, LEVEL)[0]


def interval_of(values: Numbers) -> tuple[float, float]:
    """Its 90% interval; not a number of one replicate."""
    _, low, high = mean_and_ends(values, LEVEL)
    return low, high


def dollars_of(ledger: Ledger) -> Scale:
    """How amounts are written: in the size of the promise, as finely as intervals of causes deserve."""
    promised = mean_of(ledger.promised)
    ends = [(each.low - each.mean, each.high - each.mean) for each in ledger.causes if each.low < each.high]
    small = SMALL * promised
    return Unit.USD.scale([promised], ends or [(small, small)], minus=MINUS)


def finding(ledger: Ledger, dollars: Scale) -> str:
    """How much of the promise is lost, and in which dimension most of it, as far as can be told."""
    promised, realised, gap = map(mean_of, (ledger.promised, ledger.realised, ledger.gap))
    if promised <= 0.0:
        return NO_PROMISE
    of = f"{dollars.text(realised)} realised of {dollars.number(promised)} promised"
    low, high = interval_of(ledger.gap)
    if low <= 0.0 <= high and low < high:
        return f"The promise is kept as far as can be told: {of}, and the gap is within noise"
    if gap <= 0.0:
        kept = "kept" if gap == 0.0 else "more than kept"
        return f"{_opening(ledger, 'the')} promise is {kept}: {of}"
    return f"{_opening(ledger, _share(gap / promised))} is lost, {_where(ledger, dollars)}"


def _opening(ledger: Ledger, words: str) -> str:
    """The first words of a sentence, which say where there is one replicate only."""
    return f"In one replicate, {words}" if ledger.replicates == 1 else capital(words)


def _share(share: float) -> str:
    """A share of the promise as one would say it."""
    if share > 1.0:
        return "more than the whole promise"
    nearest, word = min(FRACTIONS, key=lambda each: abs(each[0] - share))
    apart = abs(nearest - share)
    said = word if apart <= EXACT else f"about {word}" if apart <= NEAR else f"{percent(share)}"
    return f"{said} of the promise"


def largest(ledger: Ledger) -> list[str]:
    """The dimension that takes most, and those that cannot be told apart from it, on the same luck."""
    parts = {name: ledger.of_dimension(name) for name in DIMENSIONS}
    ranked = sorted(parts, key=lambda name: -mean_of(parts[name]))
    first = ranked[0]
    return [first, *(name for name in ranked[1:] if interval_of(parts[first] - parts[name])[0] <= 0.0)]


def beyond_noise(ledger: Ledger) -> list[str]:
    """Dimensions that take something from the promise beyond noise, or in one replicate; most first."""
    parts = {name: ledger.of_dimension(name) for name in DIMENSIONS}
    ranked = sorted(parts, key=lambda name: -mean_of(parts[name]))
    return [name for name in ranked if not interval_of(parts[name])[0] <= 0.0]


def _where(ledger: Ledger, dollars: Scale) -> str:
    names = largest(ledger)
    gap, parts = mean_of(ledger.gap), {name: ledger.of_dimension(name) for name in names}
    amounts = [dollars.number(mean_of(parts[name])) for name in names]
    total = f"of {dollars.text(gap).removeprefix('USD ')}"
    sure = beyond_noise(ledger)
    if not sure:
        return "but where cannot be told: no dimension takes more than noise"
    if names[0] not in sure:
        amount = dollars.number(mean_of(ledger.of_dimension(sure[0])))
        return f"the largest part beyond noise in {sure[0]}: USD {amount} {total}"
    if len(names) == 1 and mean_of(parts[names[0]]) > gap:
        return f"{names[0]} alone takes more: {dollars.text(mean_of(parts[names[0]]))}, and other parts add"
    if len(names) == 1:
        most = interval_of(parts[names[0]] - 0.5 * ledger.gap)[0] > 0.0
        share = "most of it" if most else "the largest part"
        return f"{share} in {names[0]}: USD {amounts[0]} {total}"
    if len(names) <= MOST_NAMED:
        both = " and ".join(amounts)
        return f"the largest parts, not told apart, in {_listed(names)}: USD {both} {total}"
    return f"and {_listed(names)} cannot be told apart as the largest part"


def _listed(names: Sequence[str]) -> str:
    """Names in a sentence."""
    return f"{', '.join(names[:-1])} and {names[-1]}"


def how_split(ledger: Ledger) -> str:
    """How the parts were worked out, for the note of a figure."""
    pairs = f"{ledger.orders:,} pair{'s' * (ledger.orders != 1)} of orders drawn for each replicate"
    how = f"sampled along {pairs}" if ledger.orders else "all combinations lived through"
    often = (
        "One replicate, so no intervals."
        if ledger.replicates == 1
        else f"Intervals: {100 * LEVEL:.0f}% over {ledger.replicates:,} replicates."
    )
    return (
        f"Parts are Shapley values of the dimensions and Owen values of the causes in them, on the same "
        f"luck ({how}); before rounding they add up to the gap exactly. {often} Shared vision works "
        f"through price and accounts and shares their credit."
    )
