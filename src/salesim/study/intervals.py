"""What is known of a mean: its 95% interval over independent replicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .outcomes.declaring import Outcome
from .outcomes.history import Numbers

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.95


def means_of(outcome: Outcome, rows: pd.DataFrame, by: str, level: float = LEVEL) -> pd.DataFrame:
    """Mean, interval and number of replicates of an outcome for each group of runs.

    A ratio of sums has the interval of a ratio of means (by linearisation), like its mean.

    Args:
        outcome: a number of the company.
        rows: runs, one a row, with the columns that `columns_for` names.
        by: the column that says which runs belong together.
        level: how often the interval holds the true mean.

    Returns:
        A row for each group: `mean`, `low`, `high`, `replicates`; not a number where nothing is
        known, and no interval of fewer than two replicates.
    """
    import pandas as pd

    if outcome.summed is None:
        known = rows[[by, outcome.name]].dropna().rename(columns={outcome.name: "value"})
        groups = known.groupby(by)["value"]
        mean, spread, count = groups.mean(), groups.std(), groups.count()
    else:
        above, below = outcome.summed
        known = rows[[by, above, below]].dropna()
        sums = known.groupby(by)[[above, below]].sum()
        mean = (sums[above] / sums[below]).where(sums[below] > 0.0)
        each = known[above] - mean.reindex(known[by]).to_numpy() * known[below]
        groups = each.groupby(known[by])
        count = groups.count()
        spread = groups.std() / (sums[below] / count)
    half = half_width(spread.to_numpy(), count.to_numpy(), level)
    found = pd.DataFrame({"mean": mean, "low": mean - half, "high": mean + half, "replicates": count})
    every = found.reindex(rows[by].drop_duplicates().sort_values())
    return every.assign(replicates=every["replicates"].fillna(0).astype(np.int64))


def columns_for(outcome: Outcome) -> tuple[str, ...]:
    """The columns of runs that a mean is worked out from."""
    return outcome.summed or (outcome.name,)


def half_width(spread: Numbers, count: Numbers, level: float = LEVEL) -> Numbers:
    """Half the width of the interval of a mean, by Student's distribution.

    Args:
        spread: standard deviations over replicates.
        count: how many replicates; of fewer than two nothing is known.
        level: how often the interval holds the true mean.
    """
    from scipy.special import stdtrit

    degrees = np.maximum(count - 1, 1)
    width = stdtrit(degrees, 0.5 + 0.5 * level) * spread / np.sqrt(np.maximum(count, 1))
    return np.where(count >= 2, width, np.nan)
