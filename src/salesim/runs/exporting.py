"""Runs as one flat table for a spreadsheet or for another program."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import SalesimError
from ..inputs.whole_files import put_file
from ..messages import chosen, error_text
from ..outcomes import COMPANY, NUMBERS
from .filtering import read_conditions
from .runs import Runs

if TYPE_CHECKING:
    import pandas as pd

SUFFIXES = (".csv", ".parquet")
TABLE, MAX_ROWS = "runs.csv", 10_000  # which stands in every folder of not more


def export_runs(
    runs: Runs, path: Path, outcomes: Sequence[str] | None = None, where: Sequence[str] = ()
) -> int:
    """Write a row for each point and replicate: what was moved, and what came out; how many rows.

    Args:
        runs: what was opened.
        path: a .csv or a .parquet file.
        outcomes: names of outcomes; all that are numbers unless given. A series gets a column for
            each of its places, such as `discount_by_week.1`.
        where: conditions, of which all must hold.

    Raises:
        SalesimError: another suffix, a place among the results, an unknown outcome, a condition that
            is none, or a place that cannot be written.
    """
    check_kind(path)
    if path.resolve().is_relative_to(runs.folder.resolve()):
        raise SalesimError(error_text(str(path), "", "lies in the results folder", allowed="another place"))
    flat = _flat(chosen_runs(runs, outcomes, where))
    _put(path, flat)
    return len(flat)


def export_rows(rows: pd.DataFrame, path: Path) -> None:
    """Write the rows of a result into a .csv or a .parquet file.

    Raises:
        SalesimError: another suffix, or a place that cannot be written.
    """
    check_kind(path)
    _put(path, rows)


def check_kind(path: Path) -> None:
    """Refuse a file that is no table.

    Raises:
        SalesimError: another suffix than .csv or .parquet.
    """
    if path.suffix.lower() not in SUFFIXES:
        wrong, allowed = "no kind of file for a table", " or ".join(SUFFIXES)
        raise SalesimError(error_text(str(path), "", wrong, given=path.suffix, allowed=allowed))


def keep_table(runs: Runs, *, anew: bool) -> None:
    """Write all numbers of the runs into their folder, a row for each, where that is not too long.

    Args:
        runs: what is stored.
        anew: whether a table that is there already lacks some of them.

    Raises:
        SalesimError: a place that cannot be written.
    """
    path = runs.folder / TABLE
    if 0 < len(runs.store.ids) <= MAX_ROWS and (anew or not path.is_file()):
        _put(path, runs.frame)


def _put(path: Path, rows: pd.DataFrame) -> None:
    content = io.BytesIO()
    if path.suffix.lower() == ".csv":
        rows.to_csv(content, index=False)
    else:
        rows.to_parquet(content, index=False)
    put_file(path, content.getvalue())


def chosen_runs(runs: Runs, outcomes: Sequence[str] | None, where: Sequence[str]) -> pd.DataFrame:
    """Runs for which all conditions hold, with what was moved and the outcomes asked for.

    Raises:
        SalesimError: an unknown outcome, or a condition that is none.
    """
    known = tuple(outcome.name for outcome in COMPANY)
    names = [chosen("--outcome", name, known) for name in (outcomes or list(NUMBERS))]
    return runs.where(names, read_conditions(where, runs.columns))


def _flat(rows: pd.DataFrame) -> pd.DataFrame:
    """Columns of lists taken apart, a column for each place."""
    import pandas as pd

    columns = []
    for name in rows.columns:
        lists = rows[name].map(lambda value: hasattr(value, "__len__") and not isinstance(value, str))
        if not lists.any():
            columns.append(rows[name])
            continue
        wide = pd.DataFrame([list(v) if known else [] for v, known in zip(rows[name], lists, strict=True)])
        columns.append(
            wide.set_axis([f"{name}.{k + 1}" for k in wide.columns], axis=1).set_index(rows.index)
        )
    return pd.concat(columns, axis=1)
