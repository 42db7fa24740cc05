"""Draws parameters from anywhere in their declared ranges, so that a property is one of all firms."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from salesim.rules.declaration import Group, modes_of

shares = st.floats(0, 1)
pairs_of_shares = st.tuples(shares, shares).map(sorted)
ROUNDING = 1e-12


def anything(group: type[Group], **fixed: Any) -> st.SearchStrategy[Any]:
    """This group of parameters, each anywhere that its declaration allows unless it is fixed here."""
    drawn = {name: _in_range(group, name) for name in group.model_fields if name not in fixed}
    given = {
        name: value if isinstance(value, st.SearchStrategy) else st.just(value)
        for name, value in fixed.items()
    }
    return st.builds(group, **drawn, **given)


def _in_range(group: type[Group], name: str) -> st.SearchStrategy[Any]:
    if modes_of(group, name):
        return st.sampled_from(modes_of(group, name))
    field = group.model_fields[name]
    bounds = {type(bound).__name__: bound for bound in field.metadata}
    low, high = bounds["Ge"].ge, bounds["Le"].le
    return st.integers(int(low), int(high)) if field.annotation is int else st.floats(low, high)
