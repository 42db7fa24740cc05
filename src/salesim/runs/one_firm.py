"""A firm by itself: the study of it, which keeps all tables, and its results again from these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..inputs.design import BASELINE, Replicates, Study
from ..messages import integer
from ..model.books import Deal, Level, RepYear, Week
from ..model.columns import record_type
from ..model.deals import WON
from ..model.scenario import Scenario
from ..model.tables import Records, Size
from ..outcomes.history import Numbers
from ..outcomes.pair import Pair
from .checked import damaged
from .manifest import read_manifest
from .reading import folder_name
from .results import Results
from .rows import FULL_EXECUTION, REALISED, RUNS, SHEETS
from .runs import Runs
from .simulate import LARGEST_SEED, MAX_REPLICATES

HEADLINE = ("realisation_ratio", "promised", "realised")
KEPT = tuple(name for name in SHEETS if name not in ("outcomes", "totals"))  # which follow from the others
OUTCOME = "outcome"
WORDS = next(column.words for column in SHEETS["deals"].columns if column.name == OUTCOME)
NEEDED = ("weeks", "levels", "deals", "reps", "accounts")


def study_of_firm(firm: Scenario, name: str, replicates: int, seed: int) -> Study:
    """The study that simulates one firm and keeps everything of it.

    Raises:
        SalesimError: a number that is out of range.
    """
    number = integer("replicates", replicates, 1, MAX_REPLICATES)
    return Study(
        name=folder_name(name),
        title=firm.title,
        firms={BASELINE: firm},
        seed=integer("seed", seed, 0, LARGEST_SEED),
        replicates=Replicates(least=number, most=number),
        outcomes=HEADLINE,
        tables=KEPT,
    )


def is_of_one_firm(study: Study) -> bool:
    """Whether a study keeps all that is recorded of one firm."""
    return study.points == 1 and {*NEEDED} <= {*study.tables}


def results_of(found: Runs) -> Results:
    """What `simulate` has found, as it was when the runs were stored.

    Rival rules are left out: they are functions, and a folder holds their names only.

    Args:
        found: runs of one firm, with all their tables.

    Raises:
        ResultsError: runs that failed, or tables that do not hold every replicate.
    """
    found.refuse_failed()
    study = found.study
    firm, tables = study.firms[BASELINE], {name: found.table(name) for name in NEEDED}
    try:
        pairs = tuple(_pair(firm, replicate, tables) for replicate in range(study.replicates.most))
        return Results(
            title=firm.title,
            folder=str(found.folder),
            scenario=study.name,
            seed=study.seed,
            engine=read_manifest(found.folder)["engine"],
            firm=firm,
            pairs=pairs,
        )
    except (KeyError, ValueError, IndexError, pa.ArrowException) as error:
        raise damaged(found.folder, str(error).splitlines()[0]) from None


def _pair(firm: Scenario, replicate: int, tables: Mapping[str, pa.Table]) -> Pair:
    mine = {name: _rows(table, "replicate", replicate) for name, table in tables.items()}
    runs = [_rows(mine["weeks"], "run", run) for run in RUNS]
    weeks, there = firm.organisation.weeks, [len(runs[REALISED]), len(runs[FULL_EXECUTION])]
    there += [len(mine["levels"]), len(mine["accounts"]), min(1, len(mine["reps"]))]
    if there != [weeks, weeks, weeks * Size.of(firm).levels, firm.organisation.accounts, 1]:
        raise ValueError(f"rows of replicate {replicate} are missing")
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
        rows[name] = _outcomes(table[name]) if name == OUTCOME else _filled(table[name])
    return rows


def _outcomes(column: pa.ChunkedArray) -> Numbers:
    """What became of deals, which is said in words, as the codes of the engine."""
    codes: Numbers = pc.index_in(column.cast(pa.string()), pa.array(WORDS)).to_numpy() + WON
    return codes


def _filled(column: pa.ChunkedArray) -> Numbers:
    filled: Numbers = column.fill_null(pa.scalar(0).cast(column.type)).to_numpy()
    return filled


def _teams(firm: Scenario, reps: pa.Table) -> Numbers:
    """The first-line manager of each seat; of a seat that nobody held in the plan it does not matter."""
    teams = np.zeros(Size.of(firm).reps, dtype=np.int64)
    teams[reps["rep"].to_numpy()] = reps["manager"].to_numpy()
    return teams
