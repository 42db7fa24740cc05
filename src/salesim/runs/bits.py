"""Compare tables bit for bit: what is not defined is the same as what is not defined, and nothing else."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def digest_of(table: pa.Table, order: str) -> str:
    """Sixteen digits that stand for every bit of a table, whatever the order of its rows.

    Args:
        table: columns of numbers, texts, or lists of numbers.
        order: the column, different in every row, by which rows are put in order.
    """
    digest = hashlib.sha256()
    rows = table.take(pc.sort_indices(table, [(order, "ascending")]))
    for name in rows.column_names:
        digest.update(name.encode())
        for part in _bits(rows[name]):
            digest.update(part)
    return digest.hexdigest()[:16]


def same_bits(one: Any, other: Any) -> bool:
    """Whether two columns hold the same bits at every place."""
    return len(one) == len(other) and list(_bits(one)) == list(_bits(other))


def differing_columns(one: pa.Table, other: pa.Table) -> list[str]:
    """Names of the columns that do not hold the same bits, or that only one of two tables has."""
    names = dict.fromkeys([*one.column_names, *other.column_names])
    both = {*one.column_names} & {*other.column_names}
    return [name for name in names if name not in both or not same_bits(one[name], other[name])]


def _bits(column: Any) -> list[bytes]:
    """A column as bytes: where values are, and the values."""
    whole = isinstance(column, pa.Array)
    array = column if whole else pa.concat_arrays(column.chunks or [pa.array([], column.type)])
    if pa.types.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    known = np.asarray(array.is_valid()).tobytes()
    if pa.types.is_list(array.type) or pa.types.is_large_list(array.type):
        lengths = np.asarray(pc.list_value_length(array).fill_null(0))
        return [known, lengths.tobytes(), *_bits(array.flatten())]
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        return [known, *(text.encode() + b"\0" for text in array.fill_null("").to_pylist())]
    if not pa.types.is_primitive(array.type):
        raise TypeError(f"no bits are known of {array.type}")
    zero = pa.scalar(0).cast(array.type)
    return [known, np.ascontiguousarray(array.fill_null(zero)).tobytes()]
