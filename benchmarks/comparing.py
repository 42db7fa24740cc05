"""What it costs to know a difference: paired luck on the compiled engine against a Mesa twin with its own.

The question is what pay on margin does to contribution, until the 95% interval is one percent of
contribution to either side. Both sides live through the same core phases.
Runs needed follow from the scatter of the runs made here; processor time is measured in the same minutes,
taking turns. Three minutes.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import norm

from core import core_firm, core_outcome, numbers_of
from run import machine

REPS, ACCOUNTS, WEEKS = 20, 1_000, 104
WEIGHTS = (0.0, 1.0)  # of margin in pay: none, and all
FIRST = 20  # replicates that `salesim compare` takes at least
POINT = 0.01  # of the mean contribution of the first, to either side
ROUNDS = 40
Contribution = Callable[[int], float]


@dataclass
class Arm:
    """What one arm cost and brought, run by run."""

    seconds: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def live(self, contribution: Contribution, seed: int) -> None:
        """One run more."""
        start = time.process_time()
        self.values.append(contribution(seed))
        self.seconds.append(time.process_time() - start)

    @property
    def cost(self) -> float:
        """Processor time of a run: the middle one (s)."""
        return float(np.median(self.seconds))


def needed(variance: float, scale: float) -> float:
    """Replicates until half the 95% interval of a mean is a point, not rounded."""
    return variance * (norm.ppf(0.975) / (POINT * scale)) ** 2


def main() -> None:
    from twins.mesa_twin import outcome

    firms = [
        core_firm(REPS, ACCOUNTS, WEEKS).with_numbers({"pay.margin_weight": weight}) for weight in WEIGHTS
    ]
    numbers = [numbers_of(firm) for firm in firms]
    core_outcome(firms[0], 0)  # compiles
    ours, theirs = (Arm(), Arm()), (Arm(), Arm())
    for seed in range(1, ROUNDS + 1):
        for k in (0, 1):
            ours[k].live(lambda s, k=k: core_outcome(firms[k], s)["contribution"], seed)
            theirs[k].live(lambda s, k=k: outcome(numbers[k], s)["contribution"], 2 * seed + k)
    print(machine())
    report(ours, theirs)


def report(ours: tuple[Arm, Arm], theirs: tuple[Arm, Arm]) -> None:
    """Runs, processor time, and what of the factor is due to what."""
    paired = float(np.var(np.subtract(ours[1].values, ours[0].values), ddof=1))
    apart = sum(float(np.var(arm.values, ddof=1)) for arm in theirs)
    own = sum(float(np.var(arm.values, ddof=1)) for arm in ours)
    pairs = needed(paired, float(np.mean(ours[0].values)))
    singles = needed(apart, float(np.mean(theirs[0].values)))
    cost = [sum(arm.cost for arm in arms) for arms in (ours, theirs)]
    total = pairs * cost[0], singles * cost[1]
    print(f"{'':42}{'a pair':>12}{'replicates':>12}{'in all':>12}")
    for what, each, count, whole in (
        ("salesim, the same luck", cost[0], pairs, total[0]),
        ("Mesa twin, independent seeds", cost[1], singles, total[1]),
    ):
        print(f"{what:42}{each * 1e3:9.1f} ms{count:12.2f}{whole:10.3f} s")
    speed, pairing = cost[1] / cost[0], singles / pairs
    print(f"factor {total[1] / total[0]:,.0f}: {speed:.1f} by speed, {pairing:.1f} by pairing")
    whole = max(FIRST, math.ceil(pairs)) * cost[0]
    print(
        f"(pairing by our own scatter: {own / paired:.1f}; factor with {FIRST} replicates at least: "
        f"{total[1] / whole:,.0f})"
    )


if __name__ == "__main__":
    main()
