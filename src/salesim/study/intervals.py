"""What is known of a mean: its 95% interval over independent replicates."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any

import numpy as np

from ..outcomes.declaring import Outcome
from ..outcomes.history import Numbers

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

    known = rows[[by, *columns_for(outcome)]].dropna()
    groups = linearised(outcome, known, by).groupby(known[by])
    mean, spread, count = groups.mean(), groups.std(), known.groupby(by).size()
    half = half_width(spread.to_numpy(), count.to_numpy(), level)
    found = pd.DataFrame({"mean": mean, "low": mean - half, "high": mean + half, "replicates": count})
    every = found.reindex(rows[by].drop_duplicates().sort_values())
    return every.assign(replicates=every["replicates"].fillna(0).astype(np.int64))


def linearised(outcome: Outcome, rows: pd.DataFrame, by: str) -> pd.Series[Any]:
    """What each run says of the mean of its group: the mean of these is that of the group.

    Of a ratio of sums each says how it moves that ratio; not a number where nothing is promised.

    Args:
        outcome: a number of the company.
        rows: runs, one a row, with the columns that `columns_for` names.
        by: the column that says which runs belong together.
    """
    if outcome.summed is None:
        return rows[outcome.name].astype(float)
    known = rows[[*outcome.summed]].notna().all(axis=1)
    above, below = (rows[name].where(known) for name in outcome.summed)
    sums = [part.groupby(rows[by]).transform("sum") for part in (above, below)]
    count = below.groupby(rows[by]).transform("count")
    ratio = (sums[0] / sums[1]).where(sums[1] > 0.0)
    return ratio + (above - ratio * below) * count / sums[1]


def columns_for(outcome: Outcome) -> tuple[str, ...]:
    """The columns of runs that a mean is worked out from."""
    return outcome.summed or (outcome.name,)


def mean_and_ends(values: Numbers, level: float = LEVEL) -> tuple[float, float, float]:
    """The mean of independent values, and the ends of its interval: not a number of one value."""
    count = len(values)
    mean = fsum(values) / count
    spread = np.array(np.std(values, ddof=1) if count > 1 else np.nan)
    half = float(half_width(spread, np.array(count), level))
    return mean, mean - half, mean + half


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
