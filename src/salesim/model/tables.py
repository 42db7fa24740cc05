"""The arrays of one run: records of agents, deals and weeks."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..rules.arithmetic import at_most
from ..rules.organisation import managers_needed, upper_levels, upper_managers
from .books import Deal, Level, Office, RepYear, Week
from .calendar import YEAR
from .columns import names, record_type
from .scenario import Scenario
from .state import Customer, Firm, Keeping, Luck, Manager, Rep

Records = NDArray[np.void]
DEALS_PER_NEED = 0.6  # 0.37 to 0.48 in shipped firms; rows that are not written take no memory
HOLDERS_PER_SEAT = 1.3  # in a year
MAX_ROOM_AT_FIRST = 5e6
MIN_ROOM = 64


@dataclass
class Tables:
    """State and history of one run; every array holds records with the columns of `state`.

    `order` lists account ids rep by rep; `deals` and `years` have only the rows that were used.
    """

    managers: Records
    reps: Records
    customers: Records
    order: NDArray[np.int64]
    deals: Records
    books: Records
    levels: Records
    years: Records
    office: Records
    quotas: NDArray[np.float64]
    keeping: Records
    given: NDArray[np.float64]
    tenures: NDArray[np.int64]

    def copy(self) -> Tables:
        """The same, to be lived on from here without touching this."""
        arrays = (getattr(self, part.name) for part in fields(self))
        return Tables(*(each.view(np.uint8).copy().view(each.dtype) for each in arrays))

    def without_deals(self) -> Tables:
        """A copy without the deals of weeks that are over."""
        return replace(self, deals=room_for_deals(0)).copy()

    def hold(self, quotas: NDArray[np.float64]) -> bool:
        """Hold quotas from here on, if all weeks so far would have been the same with them held.

        They would not where a seat had none: held, it takes the mean of the others.
        """
        self.quotas = quotas
        self.keeping["quotas_given"], self.keeping["every_deal"] = True, False
        return not self.keeping["without_quota"][0]

    def cut(self) -> None:
        """Leave out the rows that were not used."""
        self.deals = self.deals[: self.keeping["deal_rows"][0]]
        self.years = self.years[: self.keeping["year_rows"][0]]

    def firm(self, luck: Luck, ideal: Any, pay_plans: Any, later: Any) -> Firm:
        """The same as the functions of the week see it."""
        tables: Any = (
            self.managers,
            self.reps,
            self.customers,
            self.order,
            self.deals,
            self.books,
            self.levels,
            self.years,
            self.office,
            self.quotas,
            self.keeping,
            pay_plans,
            later,
            self.given,
            self.tenures,
        )
        return Firm(luck, ideal, *tables)


@dataclass(frozen=True)
class Size:
    """How many of each a scenario asks for."""

    managers: int
    reps: int
    customers: int
    weeks: int
    levels: int

    @classmethod
    def of(cls, scenario: Scenario) -> Size:
        """Read the numbers off a scenario."""
        o = scenario.organisation
        teams, levels = managers_needed(o.headcount, o.span_of_control), upper_levels(o.hierarchy_hops)
        return cls(
            managers=teams + upper_managers(teams, o.upper_span, levels),
            reps=o.headcount,
            customers=o.accounts,
            weeks=o.burn_in_weeks + o.weeks,
            levels=levels + 2,
        )

    @property
    def years(self) -> int:
        """Years begun."""
        return (self.weeks + YEAR - 1) // YEAR


def empty_records(kind: Any, count: int) -> Records:
    """Records with the defaults of their kind."""
    records = np.empty(count, record_type(kind))
    records.view(f"V{records.itemsize}")[:] = _blank(kind)  # as bytes, not column by column
    return records


@cache
def _blank(kind: Any) -> np.void:
    """One such record, as bytes."""
    default = kind()
    blank = np.array([tuple(getattr(default, name) for name in names(kind))], dtype=record_type(kind))
    raw: np.void = blank.view(f"V{blank.itemsize}")[0]
    return raw


def room_for_deals(rows: int) -> Records:
    """Rows whose every column the week writes before it is read: nothing needs to be cleared."""
    return np.empty(rows, record_type(Deal))


def make_room(tables: Tables, every_deal: bool) -> None:
    """Let a table that is short grow by half; only where wanted it keeps deals of past weeks."""
    if tables.keeping["year_rows"][0] + len(tables.reps) > len(tables.years):
        more = len(tables.years) // 2 + MIN_ROOM
        tables.years = np.concatenate([tables.years, empty_records(RepYear, more)])
        return
    if every_deal:
        more = len(tables.deals) // 2 + MIN_ROOM
        tables.deals = np.concatenate([tables.deals, room_for_deals(more)])
    else:
        tables.deals = room_for_deals(len(tables.customers))  # in a week each has one at most


def empty_tables(scenario: Scenario, quotas: NDArray[np.float64] | None, every_deal: bool) -> Tables:
    """Tables for a firm that has not yet been founded, with room for the deals of a usual firm.

    Args:
        scenario: the firm.
        quotas: those of another run of the same firm, to be held fixed.
        every_deal: whether all deals are kept, or only those of the current week.
    """
    size = Size.of(scenario)
    expected = DEALS_PER_NEED * scenario.needs.rate * size.customers * size.weeks if every_deal else 0.0
    return Tables(
        managers=empty_records(Manager, size.managers),
        reps=empty_records(Rep, size.reps),
        customers=empty_records(Customer, size.customers),
        order=np.arange(size.customers, dtype=np.int64),
        deals=room_for_deals(size.customers + int(at_most(expected, MAX_ROOM_AT_FIRST))),
        books=empty_records(Week, size.weeks),
        levels=empty_records(Level, size.weeks * size.levels),
        years=empty_records(RepYear, int(HOLDERS_PER_SEAT * size.reps * (size.years + 1)) + 1),
        office=empty_records(Office, 1),
        quotas=np.zeros(size.weeks * size.reps) if quotas is None else quotas,
        keeping=keeping_of(quotas is not None, every_deal),
        given=scenario.given_by_week(),
        tenures=scenario.tenures(),
    )


def keeping_of(quotas_given: bool, every_deal: bool) -> Records:
    """How a run is kept, as its one record."""
    keeping = empty_records(Keeping, 1)
    keeping["quotas_given"] = quotas_given
    keeping["every_deal"] = every_deal
    return keeping
