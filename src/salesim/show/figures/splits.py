"""What a split of the gap says at a glance: how much of the promise is lost, and where most of it."""

from __future__ import annotations

from collections.abc import Sequence

from ...english import capital
from ...quantity import MINUS, Scale, Unit, percent
from ...study.gap.ledger import LEVEL, Ledger

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


def dollars_of(ledger: Ledger) -> Scale:
    """How amounts are written: in the size of the promise, as finely as intervals of causes deserve."""
    promised = ledger.totals["promised"].mean
    ends = [(each.low - each.mean, each.high - each.mean) for each in ledger.causes if each.low < each.high]
    small = SMALL * promised
    return Unit.USD.scale([promised], ends or [(small, small)], minus=MINUS)


def finding(ledger: Ledger, dollars: Scale) -> str:
    """How much of the promise is lost, and in which dimension most of it, as far as can be told."""
    promised, realised, gap = (amount.mean for amount in ledger.totals.values())
    if promised <= 0.0:
        return NO_PROMISE
    of = f"{dollars.text(realised)} realised of {dollars.number(promised)} promised"
    if ledger.totals["gap"].unclear:
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


def _where(ledger: Ledger, dollars: Scale) -> str:
    names, gap = ledger.largest, ledger.totals["gap"].mean
    parts = {amount.name: amount.mean for amount in ledger.dimensions}
    amounts = [dollars.number(parts[name]) for name in names]
    total = f"of {dollars.text(gap).removeprefix('USD ')}"
    sure = ledger.significant
    if not sure:
        return "but where cannot be told: no dimension takes more than noise"
    if names[0] not in sure:
        amount = dollars.number(parts[sure[0]])
        return f"the largest part beyond noise in {sure[0]}: USD {amount} {total}"
    if len(names) == 1 and parts[names[0]] > gap:
        return f"{names[0]} alone takes more: {dollars.text(parts[names[0]])}, and other parts add"
    if len(names) == 1:
        share = "most of it" if ledger.takes_most(names[0]) else "the largest part"
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
