"""Arms and the baseline replicate by replicate: how often an arm is ahead, and what pairing is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...english import capital
from ...outcomes import NUMBERS, Outcome
from ...outcomes.history import Numbers
from ...quantity import MINUS
from .comparison import DIFFERS, UNCLEAR, Comparison, Difference, scaled_amount

MAX_ROWS = 5


@dataclass(frozen=True, eq=False)
class Paired:
    """Arms and the baseline in one outcome.

    Args:
        comparison: what they are from.
        outcome: what is compared.
        differences: of the arms that are drawn, the best first.
        left_out: how many arms are not drawn.
    """

    comparison: Comparison
    outcome: Outcome
    differences: list[Difference]
    left_out: int

    @property
    def base(self) -> str:
        """The baseline in a sentence."""
        return self.comparison.called(self.comparison.base)


def paired(comparison: Comparison, name: str) -> Paired | None:
    """What there is to draw of an outcome; None where no arm is a firm of its own."""
    outcome = NUMBERS[name]
    ranked = comparison.best_first(outcome)
    chosen = ranked[:MAX_ROWS]
    return Paired(comparison, outcome, chosen, len(ranked) - len(chosen)) if chosen else None


def levels(comparison: Comparison, outcome: Outcome, arm: str) -> tuple[Numbers, Numbers]:
    """The outcome of the baseline and of an arm in every replicate that both have met."""
    rows = comparison.sweep.joined([outcome.name]).dropna(subset=[outcome.name])
    first, second = (
        rows[rows["point"] == comparison.places[name]].set_index("replicate")[outcome.name].astype(float)
        for name in (comparison.base, arm)
    )
    both = first.index.intersection(second.index)
    return first[both].to_numpy(), second[both].to_numpy()


def finding(found: Paired) -> str:
    """In how many replicates the best arm is ahead, and what the mean difference comes to."""
    best, scale = found.differences[0], scaled_amount(found.differences, MINUS)
    values = best.paired[np.isfinite(best.paired)]
    ahead = int((values < 0.0).sum() if best.outcome.better == "lower" else (values > 0.0).sum())
    name, noun = capital(found.comparison.called(best.arm)), best.outcome.noun
    often = f"{ahead:,} of {len(values):,} replicates"
    higher = "higher" if best.outcome.better == "neither" else "ahead"
    if best.verdict == UNCLEAR:
        return f"{name} shows no clear difference from {found.base} in {noun}: it is {higher} in {often}"
    if best.verdict == DIFFERS:
        said = scale.text(best.mean, signed=True)
        return f"{name} differs from {found.base} in {noun} by {said} on average; it is higher in {often}"
    if 2 * ahead <= len(values):
        said = scale.text(best.mean, signed=True)
        return f"{name} is ahead of {found.base} in {noun} in {often}; the mean difference is {said}"
    return f"{name} beats {found.base} in {noun} in {often}, by {scale.text(abs(best.mean))} on average"


def worth_of_pairing(found: Paired) -> str:
    """What the same random draws are worth, in words."""
    ratio = found.differences[0].variance_ratio
    if not np.isfinite(ratio):
        return "on the same random draws no difference varies"
    if ratio <= 1.0:
        return "the same random draws save no replicates here"
    return f"the same random draws do the work of {_times(ratio)} as many replicates"


def _times(ratio: float) -> str:
    return f"{ratio:,.0f} times" if ratio >= 10.0 else f"{ratio:.1f} times"
