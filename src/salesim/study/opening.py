"""Open a results folder, whatever it holds, as runs with what was moved and what came out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..errors import ResultsError
from ..model.scenario import Scenario
from ..scenario.refusal import chosen, reason_of, refusal
from .bits import digest_of
from .keys import model_key, run_id
from .manifest import RUN, read_manifest, read_part
from .rows import SHEETS
from .store import Store
from .sweeps.design import AS_IS, Replicates, Study
from .sweeps.points import points_table
from .sweeps.swept import Sweep, open_sweep

if TYPE_CHECKING:
    import pandas as pd

HEADLINE = ("realisation_ratio", "promised", "realised")


@dataclass(frozen=True, eq=False, repr=False)
class OneFirm(Sweep):
    """The replicates of one firm, as `salesim run` leaves them, seen as a sweep of one point.

    Args:
        key: what names all of them, rival rules included.
    """

    key: str

    @property
    def points(self) -> pd.DataFrame:
        """The one point that there is."""
        return points_table(self.study, model_key()).to_pandas().assign(firm=self.key)

    def joined(self, outcomes: list[str]) -> pd.DataFrame:
        """Outcomes, a row for each replicate; a series is a column of lists."""
        import pandas as pd

        told = read_table(self.folder, "outcomes").to_pandas()
        columns: dict[str, Any] = {}
        for name in outcomes:
            mine = told[told["outcome"] == name].groupby("replicate")["value"]
            series = told.loc[told["outcome"] == name, "index"].notna().any()
            columns[name] = mine.agg(list) if series else mine.first()
        replicates = range(self.study.replicates.most)
        labels = {
            "point": 0,
            "setting": 0,
            "sample": 0,
            "policy": AS_IS,
            "replicate": replicates,
            "seed": self.study.seed,
            "run_id": [run_id(self.key, self.study.seed, r) for r in replicates],
            "firm": self.key,
        }
        return pd.DataFrame(labels).join(pd.DataFrame(columns), on="replicate")

    def table(self, name: str) -> pa.Table:
        """A table of the run, such as "weeks"; its first column says of which replicate.

        Raises:
            SalesimError: another name, or a table that is damaged.
        """
        return read_table(self.folder, chosen("table", name, tuple(SHEETS)))

    @cached_property
    def digest(self) -> str:
        """Sixteen digits that stand for every bit of the outcomes that are numbers."""
        return digest_of(pa.Table.from_pandas(self.runs, preserve_index=False), "run_id")

    def missing(self) -> list[str]:
        """Nothing: such a folder is written as a whole."""
        return []


def open_results(folder: Path | str) -> Sweep:
    """Open a results folder: its runs, what was moved in them, and what came out.

    Args:
        folder: what `salesim run` or `salesim sweep` left, also while it is being written.

    Raises:
        ResultsError: no results folder, or one that cannot be read.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    if manifest["kind"] != RUN:
        return open_sweep(folder)
    firm = read_part(folder, manifest, "scenario", Scenario)
    number = int(manifest["replicates"])
    study = Study(
        name=folder.name,
        title=firm.title,
        firms={AS_IS: firm},
        seed=manifest["seed"],
        replicates=Replicates(least=number, most=number),
        outcomes=HEADLINE,
    )
    return OneFirm(folder, study, Store(folder), str(manifest["key"]))


def read_table(folder: Path, name: str) -> pa.Table:
    """One table of the folder of a run.

    Raises:
        ResultsError: a table that is missing or damaged.
    """
    path = folder / f"{name}.parquet"
    try:
        return pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        wrong = f"cannot be read: {reason_of(error).splitlines()[0]}"
        raise ResultsError(refusal(str(path), "", wrong)) from None
