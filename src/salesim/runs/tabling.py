"""Tables of results as Arrow tables, whose columns say what they are: files and frames are made of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from ..outcomes.history import History
from .coalitions import COLUMNS, orders_in
from .recording import ADDRESS, FAILED, OF_A_FAILURE, RUN_ID, RUNS, field_of, runs_schema, version_said
from .rows import REPLICATE, SHEETS, Cells, Sheet
from .schema import Column


def table_of(name: str, replicates: Sequence[tuple[int, History]]) -> pa.Table:
    """One table of results by its name; undefined values are null."""
    sheet = SHEETS[name]
    return pa.concat_tables(
        [
            _part(sheet, replicate, cells)
            for replicate, history in replicates
            for cells in sheet.parts(history)
        ]
    )


def _part(sheet: Sheet, replicate: int, cells: Cells) -> pa.Table:
    arrays = [_array(column, cells[column.name]) for column in sheet.columns]
    replicates = pa.array(np.full(len(arrays[0]), replicate))
    return pa.Table.from_arrays([replicates, *arrays], schema=schema_of(sheet))


def _array(column: Column, values: Any) -> pa.Array:
    array = pa.array(values, pa.type_for_alias(column.stored_as))
    return pa.DictionaryArray.from_arrays(array, list(column.words)) if column.words else array


def schema_of(sheet: Sheet) -> pa.Schema:
    """Columns with their types, each with unit and meaning, and the version of the schema."""
    return pa.schema(map(field_of, (REPLICATE, *sheet.columns)), metadata=version_said())


@cache
def form_of(kind: str) -> pa.Schema:
    """The columns of a part of a store, nullable where there may be no value.

    Raises:
        KeyError: a table that no store keeps.
    """
    if kind == RUNS:
        always = {column.name for column in ADDRESS}
        return pa.schema([field.with_nullable(field.name not in always) for field in runs_schema()])
    columns: tuple[Column, ...]
    if kind == FAILED:
        columns = OF_A_FAILURE
    elif orders_in(kind) is not None:
        columns = (RUN_ID, *COLUMNS)
    else:
        columns = (RUN_ID, REPLICATE, *SHEETS[kind].columns)
    return pa.schema([field_of(c).with_nullable(bool(c.undefined)) for c in columns])
