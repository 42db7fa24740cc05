"""The points of a study as a table: which firm stands at each, and what was moved to get there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..errors import ScenarioError
from ..inputs.design import Study
from .keys import firm_key
from .recording import FIRM, field_of
from .schema import Column

PLACE = (
    Column("point", "int64", "index", "Which point, counted from 0."),
    Column("setting", "int64", "index", "Which combination of policy and levers, counted from 0."),
    Column("sample", "int64", "index", "Which combination of uncertain numbers, counted from 0."),
    Column("policy", "string", "name", "The policy; `baseline` is today's firm."),
)
WHAT_STANDS_THERE = (
    FIRM,
    Column("error", "string", "text", "Why there is no firm.", undefined="its numbers fit each other"),
)
LABELS = tuple(column.name for column in PLACE)


def points_table(study: Study, model: str) -> pa.Table:
    """A row for each point: its setting, sample and policy, the numbers moved, and its firm's key.

    Where numbers do not fit each other there is no firm, and `error` says why.
    """
    schema = points_form(study)
    columns: dict[str, list[Any]] = {name: [] for name in schema.names}
    for row in _rows(study, model):
        for name, column in columns.items():
            column.append(row.get(name))
    return pa.Table.from_pydict(columns, schema=schema)


def points_form(study: Study) -> pa.Schema:
    """The columns of the points of a study."""
    moved = [pa.field(path, _type_of(study, path), nullable=False) for path in study.axes]
    place = [field_of(column).with_nullable(False) for column in PLACE]
    return pa.schema([*place, *moved, *map(field_of, WHAT_STANDS_THERE)])


def stand_as_said(study: Study, points: pa.Table) -> bool:
    """Whether points have the places, policies and numbers of a study; their firms are not looked at."""
    index = np.arange(study.points)
    rest, drawn = np.divmod(index, study.samples_each)
    setting, sample = np.divmod(index, study.points // study.settings)
    said: dict[str, Any] = {"point": index, "setting": setting, "sample": sample}
    said |= {path: np.array(values, object)[drawn] for path, values in study.samples.items()}
    crossed = {"policy": list(study.firms), **study.levers, **study.uncertainties}
    for name, values in reversed(crossed.items()):
        rest, places = np.divmod(rest, len(values))
        said[name] = np.array(values, object)[places]
    return all(points[name].to_pylist() == values.tolist() for name, values in said.items())


def check_points(study: Study, points: pa.Table) -> None:
    """Refuse a study whose crossed numbers do not fit each other; of drawn ones some may not.

    Raises:
        ScenarioError: numbers that fit at no sample, with the first point where they stand.
    """
    possible = np.asarray(pc.is_null(points["error"])).reshape(-1, study.samples_each)
    impossible = np.flatnonzero(~possible.any(axis=1))
    if len(impossible):
        point = study.point(int(impossible[0]) * study.samples_each)
        numbers = ", ".join([point.policy, *(f"{path} {value}" for path, value in point.numbers.items())])
        where = f"{study.name}: point {point.index} ({numbers})"
        raise ScenarioError(f"{where}: {points['error'][point.index]}")


def _rows(study: Study, model: str) -> Iterator[dict[str, Any]]:
    for point in study.each_point():
        said = {
            "point": point.index,
            "setting": point.setting,
            "sample": point.sample,
            "policy": point.policy,
            **point.numbers,
        }
        try:
            yield {**said, "firm": firm_key(study.firm(point), study.key_of_runs(model))}
        except ValueError as error:
            yield {**said, "error": str(error)}


def _type_of(study: Study, path: str) -> pa.DataType:
    value = (study.levers | study.uncertainties | study.samples)[path][0]
    return pa.string() if isinstance(value, str) else pa.int64() if isinstance(value, int) else pa.float64()
