"""Studies and made-up means for tests of their figures."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from salesim.analysis.means.judges import ByPoint
from salesim.analysis.means.means import Means
from salesim.inputs.design import BASELINE, Replicates, Study
from salesim.outcomes import COMPANY
from salesim.runs.runs import MIDDLE, OF_THE_MEAN, OVER_POINTS
from salesim.show.figures import KINDS, kinds_of
from tests.firms import small_firm

AUTHORITY, PERIOD, REGIME = "regime.discount_authority", "pay.period_weeks", "regime.price_regime"
LONG = "a" * 64
OUTCOMES = {outcome.name: outcome for outcome in COMPANY}


@dataclass
class ByOverlap:
    """Made-up means are told apart where their intervals do not overlap."""

    low: np.ndarray
    high: np.ndarray
    by_point = False
    fineness = 1.0
    how = "The title compares intervals."

    def signs(self, a, others):
        above, below = self.low[a] > self.high[others], self.high[a] < self.low[others]
        known = np.isfinite(self.low[a]) & np.isfinite(self.low[others])
        return np.where(known, above.astype(float) - below, np.nan)


def study_of(levers, policies=(), uncertainties=None, title="A study"):
    firms = {name: small_firm() for name in (BASELINE, *policies)}
    return Study(
        name="study",
        title=title,
        firms=firms,
        levers=levers,
        uncertainties=uncertainties or {},
        replicates=Replicates(least=3, most=3),
        outcomes=("realised",),
    )


def made_up(means, halves, levers=None, policies=(), outcome="discount", left_out="", title="A study"):
    """Means of shares in percent, in the order of the settings; nan where nothing is known."""
    study = study_of(levers or {}, policies, title=title)
    moved = tuple(levers or {})
    rows = [
        dict(zip(("policy", *moved), setting, strict=True))
        for setting in product(study.firms, *study.levers.values())
    ]
    mean, half = np.broadcast_arrays(np.asarray(means, dtype=float), np.asarray(halves, dtype=float))
    factor = 1e6 if outcome == "realised" else 0.01
    table = pd.DataFrame(rows).assign(
        mean=mean * factor,
        low=(mean - half) * factor,
        high=(mean + half) * factor,
        replicates=3,
        interval=OF_THE_MEAN,
    )
    judge = ByOverlap(mean - half, mean + half)
    return Means(study, OUTCOMES[outcome], moved, table, judge, left_out)


def over_points(values, levers=None, policies=(), outcome="discount"):
    """Means over points of shares in percent; a row for each setting, a column for each sample."""
    values = np.asarray(values, dtype=float)
    found = made_up(values.mean(axis=1), np.nan, levers, policies, outcome)
    low, high = 0.01 * np.quantile(values, MIDDLE, axis=1)
    table = found.table.assign(low=low, high=high, interval=OVER_POINTS)
    return Means(found.study, found.outcome, found.moved, table, ByPoint(values))


def means_in(sweep, outcome):
    """What each kind of figure would draw of an outcome of a sweep, by the name of the kind."""
    found = {kind.name: kind.each(sweep, outcome) for kind in kinds_of(sweep) if kind.each}
    return {name: means for name, means in found.items() if means is not None}


def figures_for(kind):
    """The names of the figures that such results have, those of one outcome apart."""
    return [each.name for each in KINDS if each.of is kind]
