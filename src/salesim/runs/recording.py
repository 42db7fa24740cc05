"""What is kept of a run in a store: one row with its address and every outcome of the company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from ..inputs.design import OF_THE_PROMISE
from ..outcomes import COMPANY
from ..outcomes.history import History
from .schema import SCHEMA_VERSION, Column

RUNS, FAILED = "runs", "failed"
Row = dict[str, Any]

RUN_ID = Column(
    "run_id", "string", "name", "Twenty digits that name a run: model, measures, firm, random draws."
)
FIRM = Column("firm", "string", "name", "Twenty digits that name a firm as this model simulates it.")
ADDRESS = (
    RUN_ID,
    FIRM,
    Column("seed", "int64", "number", "Random seed."),
    Column(
        "replicate", "int64", "index", "Which replicate, counted from 0; each has its own random draws."
    ),
)
OF_A_FAILURE = (
    *ADDRESS,
    Column("error", "string", "text", "What went wrong, in one line."),
    Column("trace", "string", "text", "Where in the code it went wrong."),
)


def measured_row(history: History, promise: bool = True) -> Row:
    """Every outcome of the company; a series as a list, what is not defined as None."""
    left_out = set() if promise else OF_THE_PROMISE
    return {o.name: None if o.name in left_out else _plain(o.of(history)) for o in COMPANY}


def _plain(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray) else value


def runs_schema() -> pa.Schema:
    """The columns of stored runs: their address and every outcome."""
    outcomes = [
        pa.field(
            o.name,
            pa.float64() if o.index is None else pa.list_(pa.float64()),
            metadata={"unit": o.unit, "meaning": o.meaning},
        )
        for o in COMPANY
    ]
    return pa.schema([*map(field_of, ADDRESS), *outcomes], metadata=version_said())


def failed_schema() -> pa.Schema:
    """The columns of runs that failed."""
    return pa.schema([field_of(column) for column in OF_A_FAILURE], metadata=version_said())


SCHEMAS = {RUNS: runs_schema, FAILED: failed_schema}


def table_of_rows(kind: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows of stored or failed runs as an Arrow table."""
    return pa.Table.from_pylist([dict(row) for row in rows], schema=SCHEMAS[kind]())


def labelled(table: pa.Table, run: str) -> pa.Table:
    """A table of one run with the run it is of in front."""
    ids = pa.array([run] * len(table), pa.string())
    return table.add_column(0, field_of(RUN_ID), ids)


def field_of(column: Column) -> pa.Field:
    """A column as Arrow describes it, with unit and meaning; one of words is a dictionary."""
    kind = pa.type_for_alias(column.stored_as)
    said = {"unit": column.unit, "meaning": column.meaning, "undefined": column.undefined}
    return pa.field(
        column.name,
        pa.dictionary(kind, pa.string()) if column.words else kind,
        metadata={name: text for name, text in said.items() if text},
    )


def version_said() -> dict[str, str]:
    """The version of the form, as files say it."""
    return {"salesim_schema_version": str(SCHEMA_VERSION)}
