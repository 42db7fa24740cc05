"""Made-up splits of a gap, and steps of levers, for tests of their figures."""

from dataclasses import replace
from itertools import combinations

import numpy as np

from salesim.analysis.gap.ledger import Ledger, Split
from salesim.analysis.gap.steps import NextLevers, Step
from salesim.runs.causes import CAUSES, DIMENSIONS
from salesim.statistics import Interval
from tests.firms import small_firm

MILLION = 1e6
TYPICAL = (4.6, -0.6, 6.0, 2.5, 3.0, 14.0, 9.0, 0.4, 7.0, 5.0, 4.0, 3.0)  # USD million, cause by cause
PAIRS = tuple(combinations(range(1, len(DIMENSIONS)), 2))


def ledger(parts=TYPICAL, realised=61.8, noise=0.1, replicates=8, unit=MILLION, orders=0, title="A firm"):
    """Parts with these means, and with this standard deviation over replicates."""
    means = np.array(parts, dtype=float)
    swing = np.random.default_rng(1).standard_normal((replicates, len(CAUSES)))
    swing = swing - swing.mean(axis=0)
    rows = unit * (means + noise * swing / (swing.std(axis=0, ddof=1) if replicates > 1 else 1.0))
    left = np.full(replicates, realised * unit)
    firm = small_firm().model_copy(update={"title": title})
    split = Split(
        promised=left + rows.sum(axis=1),
        realised=left,
        parts=rows,
        interactions=np.zeros((replicates, len(PAIRS))),
        pairs=PAIRS,
    )
    return Ledger(title=title, firm=firm, seed=1, orders=orders, split=split)


def with_parts(found, parts):
    """The same ledger with other parts, whatever they add up to."""
    return found.model_copy(update={"split": replace(found.split, parts=parts)})


def of_dimensions(plan=0.0, vision=0.0, price=0.0, productivity=0.0, people=0.0):
    """Parts that come from one cause of each dimension."""
    first = dict(zip(DIMENSIONS, (plan, vision, price, productivity, people), strict=True))
    return [first.pop(cause.dimension, 0.0) for cause in CAUSES]


def step(gain, half=0.1, lever="regime.discount_authority", before=0.1, after=0.15, cost=0.0):
    low, high = (MILLION * (gain + side * half) for side in (-1.0, 1.0))
    return Step(
        lever=lever,
        before=before,
        after=after,
        unit="share",
        estimate=Interval(gain * MILLION, low, high),
        contribution=(gain + cost) * MILLION,
        cost=cost * MILLION,
    )


def levers(*steps):
    return NextLevers(title="A firm", firm=small_firm(), seed=1, replicates=10, best=steps, steps=steps)
