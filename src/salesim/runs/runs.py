"""The runs in a folder of results: what was moved, what came out, and what is known of each mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from ..errors import ResultsError
from ..inputs.design import Study
from ..messages import chosen, error_text
from ..outcomes import COMPANY, NUMBERS, Outcome
from ..result import Framed
from ..statistics import MIDDLE
from .bits import digest_of
from .filtering import Condition, filtered, read_conditions
from .folder import folder_at
from .intervals import by_replicate, columns_for, means_of
from .keys import run_id
from .points import LABELS
from .reading import BESIDE, study_of
from .stages import stages, too_wide
from .starting import read_points
from .store import Store

if TYPE_CHECKING:
    import pandas as pd

BY = ("point", "setting")
OF_THE_COMPANY = tuple(outcome.name for outcome in COMPANY)
OF_THE_MEAN = "95% interval of the mean"
OVER_POINTS = "middle 80% of points"


@dataclass(frozen=True, eq=False, repr=False)
class Runs(Framed):
    """The runs of a study, in a folder that may still be growing: what every analysis reads.

    Args:
        folder: where they are.
        study: the design.
        store: the runs, as they were when the folder was opened.
    """

    folder: Path
    study: Study
    store: Store

    def __repr__(self) -> str:
        return f"Runs({self.study.title!r}, {len(self.store.ids)} stored, folder={str(self.folder)!r})"

    @cached_property
    def points(self) -> pd.DataFrame:
        """A row for each point: setting, sample, policy, every number moved, and its firm's key."""
        return read_points(self.folder, self.study).to_pandas()

    @cached_property
    def frame(self) -> pd.DataFrame:
        """A row for each point and replicate: what was moved, and every outcome that is a number."""
        return self.joined(list(NUMBERS))

    @cached_property
    def failed(self) -> pd.DataFrame:
        """A row for each run that failed: what was moved, the replicate, and the error.

        A point whose numbers do not fit each other has one row and no replicate.
        """
        import pandas as pd

        possible = self.points.drop(columns="error")
        failed = possible.merge(self.store.read_failed().to_pandas(), on="firm")
        rows = self.points[self.points["error"].notna()].reindex(columns=failed.columns)
        both = failed if rows.empty else rows if failed.empty else pd.concat([failed, rows])
        whole = both.astype({"replicate": "Int64", "seed": "Int64"})
        return whole.sort_values(["point", "replicate"], ignore_index=True)

    def refuse_failed(self) -> None:
        """Refuse to say anything where a run has failed.

        Raises:
            ResultsError: the first run that failed.
        """
        for _, failed in self.failed.iterrows():
            whose = f"{failed['policy']}, " if len(self.study.firms) > 1 else ""
            see = f"; see: salesim runs {self.folder} --failed"
            raise ResultsError(f"{whose}replicate {failed['replicate']}: {failed['error']}{see}")

    def joined(self, outcomes: list[str]) -> pd.DataFrame:
        """What was moved beside some outcomes, a row for each point and replicate, in their order.

        Args:
            outcomes: names of outcomes of the company; a series is a column of lists.

        Raises:
            SalesimError: another name.
        """
        for name in outcomes:
            chosen("outcome", name, OF_THE_COMPANY)
        runs = self.store.read(["firm", "seed", "replicate", *outcomes]).to_pandas()
        runs = runs[runs["seed"] == self.study.seed]
        whole = self.points.drop(columns="error").merge(runs, on="firm")
        order = [*LABELS, *self.study.axes, "replicate", "seed", "run_id", "firm", *outcomes]
        return whole[order].sort_values(["point", "replicate"], ignore_index=True)

    def by_replicate(self, outcome: Outcome) -> pd.DataFrame:
        """What each replicate (rows) says of the mean of an outcome at each point (columns)."""
        return by_replicate(outcome, self.joined([*columns_for(outcome)]), "point")

    def table(self, name: str) -> pa.Table:
        """A table that was kept beside the runs, such as "weeks"; its first column says of which run.

        Raises:
            SalesimError: another name, or one that the study did not ask for.
        """
        chosen("table", name, tuple(dict.fromkeys([*BESIDE, *self.study.tables])))
        kept = self.store.read_beside(name)
        if kept is None:
            allowed = f'tables = ["{name}"] in the study, then run it into a new folder'
            raise ResultsError(error_text(str(self.folder), name, "was not kept", allowed=allowed))
        return kept

    @cached_property
    def digest(self) -> str:
        """Sixteen digits that stand for every bit of the runs; folders with the same hold the same."""
        return digest_of(self.store.read(), "run_id")

    def summary(
        self, outcomes: list[str] | None = None, by: str = "point", where: Sequence[str] = ()
    ) -> pd.DataFrame:
        """Mean and interval of outcomes: a row for each of them and each point, or each setting.

        Of a point the interval is the 95% interval of the mean over replicates. Of a setting of a
        study with uncertain numbers it is the range of the middle 80% of its points' means.

        Args:
            outcomes: names of outcomes that are numbers; those of the study unless given.
            by: "point", or "setting" for policy and levers only.
            where: conditions such as "policy=baseline"; runs for which one does not hold are left out.

        Raises:
            SalesimError: another name, or a condition that is none.
        """
        import pandas as pd

        chosen("by", by, BY)
        names = [n for n in self.study.outcomes if n in NUMBERS] if outcomes is None else outcomes
        asked = [NUMBERS[chosen("outcome", name, tuple(NUMBERS))] for name in names]
        conditions = read_conditions(where, self.columns)
        needed = dict.fromkeys(column for outcome in asked for column in columns_for(outcome))
        rows = self.where(list(needed), conditions)
        found = [self._means(outcome, by, rows) for outcome in asked]
        return pd.concat(found, ignore_index=True) if found else pd.DataFrame()

    @property
    def columns(self) -> tuple[str, ...]:
        """What runs can be chosen by: their labels, what was moved, and outcomes that are numbers."""
        return (*LABELS, *self.study.axes, "replicate", "run_id", *NUMBERS)

    def where(self, outcomes: list[str], conditions: Sequence[Condition]) -> pd.DataFrame:
        """The rows of `joined` for which all conditions hold."""
        asked = dict.fromkeys(c.column for c in conditions if c.column in NUMBERS)
        more = [column for column in asked if column not in outcomes]
        return filtered(self.joined([*outcomes, *more]), conditions).drop(columns=more)

    def _means(self, outcome: Outcome, by: str, rows: pd.DataFrame) -> pd.DataFrame:
        several = by == "setting" and self.study.points > self.study.settings
        means = means_of(outcome, rows, "point")
        if several:
            settings = self.points.set_index("point")["setting"]
            means = over_points(means, settings.reindex(means.index).to_numpy())
        labels = self._labels(by)
        found = labels.join(means, on=by, how="inner")
        kind = OVER_POINTS if several else OF_THE_MEAN
        return found.assign(outcome=outcome.name, unit=outcome.unit, interval=kind)

    def _labels(self, by: str) -> pd.DataFrame:
        moved = self.study.axes if by == "point" else tuple(self.study.levers)
        return self.points.drop_duplicates(by)[[by, "policy", *moved]]

    @property
    def complete(self) -> bool:
        """Whether every firm was simulated as often as the study asks for."""
        return not self.missing()

    def too_wide(self) -> int:
        """How many firms have a mean that is not known as well as asked, with all replicates allowed."""
        if not self.study.replicates.outcome:
            return 0
        return len(too_wide(self.study, self.points, self.store))

    def missing(self) -> list[str]:
        """Runs that are asked for and not stored, by their digits.

        Where the number of replicates depends on what they show, those of the stage that is not done.
        """
        for replicates, firms in stages(self.study, self.points, self.store):
            asked = (run_id(firm, self.study.seed, r) for firm in firms for r in range(replicates))
            missing = [name for name in asked if name not in self.store.ids]
            if missing:
                return missing
        return []


def over_points(means: pd.DataFrame, by: Any) -> pd.DataFrame:
    """The mean over points of each group, and the range of the middle 80% of several.

    Takes the `mean` and the number of `replicates` of each point, and what pandas groups them by.
    """
    groups = means.groupby(by, sort=False)
    low, high = (groups["mean"].quantile(share) for share in MIDDLE)
    several = groups["mean"].count() > 1
    found = groups["mean"].mean().to_frame().assign(low=low.where(several), high=high.where(several))
    return found.assign(replicates=groups["replicates"].sum().astype(np.int64))


def open_results(folder: Path | str) -> Runs:
    """Open a results folder: its runs, what was moved in them, and what came out.

    Args:
        folder: what `run`, `sweep`, `compare`, `gap` or `screen` has left, also while it is being written;
            `results/NAME/latest` is the newest of NAME.

    Returns:
        The runs that are stored, the study they belong to, and their means.

    Raises:
        ResultsError: no results folder, or one that cannot be read.
    """
    folder = folder_at(folder)
    study = study_of(folder)
    store = Store(folder)
    store.look()
    return Runs(folder, study, store)
