"""The results of a run again, from the tables in its folder: nothing is lived through anew."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..errors import ResultsError
from ..model.deals import WON
from ..model.scenario import Scenario
from ..model.state import Deal, Level, RepYear, Week, record_type
from ..model.tables import Records, Size
from ..outcomes.history import Numbers
from ..outcomes.pair import Pair
from ..scenario.refusal import refusal
from .manifest import RUN, read_manifest, read_part
from .opening import read_table
from .rows import FULL_EXECUTION, REALISED, RUNS
from .simulate import Results

NEEDED = ("weeks", "levels", "deals", "reps", "accounts")


def results_in(folder: Path | str) -> Results:
    """What `salesim run` has found, as it was when its folder was written.

    Rival rules are left out: they are functions, and a folder holds their names only.

    Raises:
        ResultsError: no folder of a run, or one whose tables do not hold every replicate.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    if manifest["kind"] != RUN:
        wrong = f"holds a {manifest['kind']}"
        raise ResultsError(refusal(str(folder), "", wrong, allowed="the folder of a run"))
    firm = read_part(folder, manifest, "scenario", Scenario)
    tables = {name: read_table(folder, name) for name in NEEDED}
    try:
        each = range(int(manifest["replicates"]))
        pairs = tuple(_pair(firm, replicate, tables) for replicate in each)
        return Results(firm, int(manifest["seed"]), manifest["engine"], pairs)
    except (KeyError, ValueError, IndexError, pa.ArrowException) as error:
        wrong = f"is damaged: {str(error).splitlines()[0]}"
        raise ResultsError(refusal(str(folder), "", wrong)) from None


def _pair(firm: Scenario, replicate: int, tables: Mapping[str, pa.Table]) -> Pair:
    mine = {name: _rows(table, "replicate", replicate) for name, table in tables.items()}
    runs = [_rows(mine["weeks"], "run", run) for run in RUNS]
    for table in runs:
        if len(table) != firm.organisation.weeks:
            raise ValueError(f"weeks of replicate {replicate} are missing")
    return Pair(
        replicate=replicate,
        realised_books=_records(Week, runs[REALISED]),
        ideal_books=_records(Week, runs[FULL_EXECUTION]),
        levels=_records(Level, mine["levels"]),
        years=_records(RepYear, mine["reps"]),
        deals=_records(Deal, mine["deals"]),
        teams=_teams(firm, mine["reps"]),
        accounts=len(mine["accounts"]),
        start=firm.organisation.burn_in_weeks,
    )


def _rows(table: pa.Table, column: str, value: Any) -> pa.Table:
    return table.filter(pc.equal(table[column], value))


def _records(kind: Any, table: pa.Table) -> Records:
    """Rows of a table as the engine records them; what had no value, such as an unquoted price, is 0."""
    types = record_type(kind)
    rows = np.zeros(len(table), dtype=types)
    for name in types.names or ():
        rows[name] = _column(table[name])
    return rows


def _column(column: pa.ChunkedArray) -> Numbers:
    if pa.types.is_dictionary(column.type):  # what became of a deal, whose words stand in order
        codes: Numbers = column.combine_chunks().indices.to_numpy(zero_copy_only=False) + WON
        return codes
    filled: Numbers = column.fill_null(pa.scalar(0).cast(column.type)).to_numpy()
    return filled


def _teams(firm: Scenario, reps: pa.Table) -> Numbers:
    """The first-line manager of each seat; of a seat that nobody held in the plan it does not matter."""
    teams = np.zeros(Size.of(firm).reps, dtype=np.int64)
    teams[reps["rep"].to_numpy()] = reps["manager"].to_numpy()
    return teams
