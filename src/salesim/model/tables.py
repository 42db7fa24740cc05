"""The arrays of one run: records of agents, deals and weeks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..rules.arithmetic import at_most
from ..rules.organisation import upper_levels
from .scenario import Scenario
from .state import Customer, Deal, Manager, Rep, Week, names, record_type

Records = NDArray[np.void]
DEALS_PER_NEED = 0.6
MOST_ROOM_AT_FIRST = 5e6


@dataclass
class Tables:
    """State and history of one run; every array holds records with the columns of `state`.

    `order` lists account ids rep by rep; `deals` has only the rows that were used.
    """

    managers: Records
    reps: Records
    customers: Records
    order: NDArray[np.int64]
    deals: Records
    books: Records


@dataclass(frozen=True)
class Size:
    """How many of each a scenario asks for."""

    managers: int
    reps: int
    customers: int
    weeks: int

    @classmethod
    def of(cls, scenario: Scenario) -> Size:
        """Read the numbers off a scenario."""
        o = scenario.organisation
        reps = o.managers * o.span_of_control
        return cls(
            managers=o.managers + upper_levels(o.hierarchy_hops),
            reps=reps,
            customers=reps * o.accounts_per_rep,
            weeks=o.burn_in_weeks + o.weeks,
        )


def empty_records(kind: Any, count: int) -> Records:
    """Records with the defaults of their kind."""
    default = kind()
    blank = np.array(tuple(getattr(default, name) for name in names(kind)), dtype=record_type(kind))
    return np.full(count, blank)


def room_for_deals(rows: int) -> Records:
    """Rows whose every column the week writes before it is read: nothing needs to be cleared."""
    return np.empty(rows, record_type(Deal))


def empty_tables(scenario: Scenario) -> Tables:
    """Tables for a firm that has not yet been founded, with room for the deals of a usual firm."""
    size = Size.of(scenario)
    expected = DEALS_PER_NEED * scenario.needs.rate * size.customers * size.weeks
    return Tables(
        managers=empty_records(Manager, size.managers),
        reps=empty_records(Rep, size.reps),
        customers=empty_records(Customer, size.customers),
        order=np.arange(size.customers, dtype=np.int64),
        deals=room_for_deals(int(at_most(expected, MOST_ROOM_AT_FIRST)) + size.customers),
        books=empty_records(Week, size.weeks),
    )
