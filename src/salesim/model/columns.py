"""How the variables of agents and the columns of tables are declared, once for both engines."""

from __future__ import annotations

from dataclasses import field, fields
from functools import cache
from typing import Any, get_type_hints

import numpy as np

SEATS_AT_MOST = 1_000_000
NUMPY_TYPES = {float: "f8", int: "i8", bool: "?"}


def column(default: float, unit: str, meaning: str, stored_as: str = "") -> Any:
    """One variable of an agent or one column of a table."""
    facts = {"unit": unit, "meaning": meaning, "stored_as": stored_as}
    return field(default=default, metadata=facts)


def names(kind: Any) -> list[str]:
    """Names of the variables of an agent or table, in their order."""
    return [f.name for f in fields(kind)]


@cache
def record_type(kind: Any) -> np.dtype[np.void]:
    """The record that holds one agent, or one row of a table, in the compiled engine."""
    hints = get_type_hints(kind)
    types = [(f.name, f.metadata.get("stored_as") or NUMPY_TYPES[hints[f.name]]) for f in fields(kind)]
    return np.dtype(types, align=True)
