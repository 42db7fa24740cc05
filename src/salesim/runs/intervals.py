"""What runs say of outcomes: replicate by replicate, and as means with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import statistics
from ..outcomes.declaring import Outcome

if TYPE_CHECKING:
    import pandas as pd

    from ..inputs.design import Study
    from .store import Store


def rows_of(
    study: Study, store: Store, outcomes: Sequence[Outcome], replicates: int | None = None
) -> pd.DataFrame:
    """What means of outcomes are worked out from: a row for each run, with its firm, seed and replicate.

    Args:
        study: whose seed counts.
        store: the runs.
        outcomes: numbers of the company.
        replicates: how many of them count, the first ones; all unless given.
    """
    columns = dict.fromkeys(column for outcome in outcomes for column in columns_for(outcome))
    rows = store.read(["firm", "seed", "replicate", *columns]).to_pandas()
    count = rows["seed"] == study.seed
    return rows[count if replicates is None else count & (rows["replicate"] < replicates)]


def by_replicate(outcome: Outcome, rows: pd.DataFrame, by: str = "firm") -> pd.DataFrame:
    """What each replicate (rows, in their order) says of the mean of each group of runs (columns)."""
    said = rows.assign(said=linearised(outcome, rows, by))
    return said.pivot(index="replicate", columns=by, values="said").sort_index()


def means_of(
    outcome: Outcome, rows: pd.DataFrame, by: str, level: float = statistics.LEVEL
) -> pd.DataFrame:
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
    half = statistics.half_width(spread.to_numpy(), count.to_numpy(), level)
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
    return statistics.linearised(above, below, (sums[0], sums[1].where(sums[1] > 0.0)), count)


def columns_for(outcome: Outcome) -> tuple[str, ...]:
    """The columns of runs that a mean is worked out from."""
    return outcome.summed or (outcome.name,)
