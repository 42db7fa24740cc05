"""Studies and made-up means for tests of their figures."""

from itertools import product

import numpy as np
import pandas as pd

from salesim.show.figures.means import Means
from salesim.study.outcomes import COMPANY
from salesim.study.sweeps.design import AS_IS, Replicates, Study
from salesim.study.sweeps.swept import OF_THE_MEAN
from tests.firms import small_firm

AUTHORITY, PERIOD, REGIME = "regime.discount_authority", "pay.period_weeks", "regime.price_regime"
LONG = "a" * 64
OUTCOMES = {outcome.name: outcome for outcome in COMPANY}


def study_of(levers, policies=(), uncertainties=None, title="A study"):
    firms = {name: small_firm() for name in (AS_IS, *policies)}
    return Study(
        name="study", title=title, firms=firms, levers=levers, uncertainties=uncertainties or {},
        replicates=Replicates(least=3, most=3), outcomes=("realised",),
    )


def made_up(means, halves, levers=None, policies=(), outcome="discount", left_out="", title="A study"):
    """Means of shares in percent, in the order of the settings; nan where nothing is known."""
    study = study_of(levers or {}, policies, title=title)
    moved = tuple(levers or {})
    rows = [dict(zip(("policy", *moved), setting, strict=True))
            for setting in product(study.firms, *study.levers.values())]
    mean, half = np.broadcast_arrays(np.asarray(means, dtype=float), np.asarray(halves, dtype=float))
    factor = 1e6 if outcome == "realised" else 0.01
    table = pd.DataFrame(rows).assign(
        mean=mean * factor, low=(mean - half) * factor, high=(mean + half) * factor, replicates=3,
        interval=OF_THE_MEAN,
    )
    return Means(study, OUTCOMES[outcome], moved, table, left_out)
