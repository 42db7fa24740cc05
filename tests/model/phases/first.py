"""Small firms of plain objects, in which every number and every variable was drawn."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from salesim.inputs.declared import Declared, declared_numbers
from salesim.model.accounts import sort_all_accounts
from salesim.model.books import Deal, Level, Office, RepYear, Week
from salesim.model.ideal import Ideal
from salesim.model.initialise import initialise
from salesim.model.people import know_team
from salesim.model.scenario import Scenario
from salesim.model.state import Customer, Firm, Keeping, Luck, Manager, Rep
from salesim.model.tables import Size
from tests.firms import nested

SIZE = {
    "headcount": 7,
    "span_of_control": 3,
    "accounts": 33,
    "hierarchy_hops": 4,
    "upper_span": 2,
    "burn_in_weeks": 7,
    "weeks": 58,
}
WEEKS = 65
TABLES = ("managers", "reps", "customers", "deals", "books", "levels", "years", "office", "keeping")
SHAKEN = ("managers", "reps", "customers", "deals", "books", "office")
INTEGERS = {"people": 3, "weeks": 60, "week": 60, "bits": 16, "quotes": 4}
LIKELY = {
    "USD per unit": (40.0, 120.0),
    "USD per USD": (0.01, 0.1),
    "utility": (-1.0, 6.0),
    "utility per USD": (0.03, 0.09),
    "log USD per year": (8.0, 14.0),
    "log weight": (-1.0, 1.0),
    "sd": (-1.5, 1.5),
    "USD": (0.0, 50_000.0),
    "USD per year": (100_000.0, 900_000.0),
    "USD per week": (1_000.0, 20_000.0),
    "factor": (0.5, 1.8),
    "hours": (0.0, 6.0),
    "weight": (0.1, 3.0),
    "units": (1.0, 200.0),
    "hours per week": (0.0, 0.5),
}
KEPT = {"index", "level"}
CAPS = {"payout.cap": (1.1, 1.8), "payout.year_cap": (1.1, 1.8)}
LASTING = {"accounts", "first", "last", "contract_week", "units", "need_rate", "plan_until"}
LASTING |= {"own_part", "own_spread", "from_colleagues", "taken_back", "at_risk", "return_week"}
BESIDE = ("team_pay", "clawback", "returns")  # have tests of their own

seeds = st.integers(0, 2**32 - 1)
each = settings()
few = settings(max_examples=settings.default.max_examples // 2)


def near(value: float, **how: float) -> Any:
    return pytest.approx(value, **({"rel": 1e-9, "abs": 1e-12} | how))


def scenario_of(luck: Random, beside: bool = False, **paths: Any) -> Scenario:
    """Every number anywhere in what is plausible, so that hardly one is neutral."""
    fixed = ("organisation", *(() if beside else BESIDE))
    free = {p: n for p, n in declared_numbers().items() if p.partition(".")[0] not in fixed}
    drawn = {path: _number(luck, number) for path, number in free.items()}
    size = {f"organisation.{name}": value for name, value in SIZE.items()}
    more = {
        "organisation.hours_per_week": luck.uniform(35.0, 50.0),
        "pay.period_weeks": luck.choice([4, 13, 26]),
        "payout.calendar": "even",  # months have tests of their own
    }
    return Scenario.model_validate(nested(drawn | size | more | paths))


def _number(luck: Random, number: Declared) -> float | int | str:
    if number.modes:
        return luck.choice(number.modes)
    low, high = CAPS.get(number.path, number.sweep)
    return luck.randint(int(low), int(high)) if number.type is int else luck.uniform(low, high)


def firm_of(scenario: Scenario, ideal: Ideal, luck: Luck) -> Firm:
    """The firm on the day before its first week."""
    size = Size.of(scenario)
    firm = Firm(
        luck,
        ideal,
        [Manager() for _ in range(size.managers)],
        [Rep() for _ in range(size.reps)],
        [Customer() for _ in range(size.customers)],
        list(range(size.customers)),
        [],
        [Week() for _ in range(size.weeks)],
        [Level() for _ in range(size.weeks * size.levels)],
        [RepYear() for _ in range(30)],
        [Office()],
        [0.0] * (size.weeks * size.reps),
        [Keeping()],
        scenario.with_each_plan(),
        scenario.with_each_plan(),
        tenures=scenario.tenures().tolist(),
    )
    initialise(scenario, firm)
    return firm


def world(
    seed: int, ideal: Ideal | None = None, beside: bool = False, **paths: Any
) -> tuple[Scenario, Firm, int]:
    """A firm, what lives in it, and a week; all that is not who belongs to whom is drawn.

    Numbers can be given by their path, two underscores for the dot. Pay by the team, clawback and
    returns are drawn only where `beside` says so.
    """
    luck = Random(seed)
    given = {path.replace("__", "."): value for path, value in paths.items()}
    scenario = scenario_of(luck, beside, **given)
    firm = firm_of(scenario, ideal or Ideal(), Luck(luck.getrandbits(62), luck.getrandbits(31)))
    hand_over_some(firm, luck)
    firm.deals.extend(Deal() for _ in range(12))
    for table in SHAKEN:
        for item in getattr(firm, table):
            shake(item, luck)
    for rep in firm.reps:
        rep.staffed = luck.random() < 0.75
    for manager in firm.managers:
        if manager.level == 1:
            know_team(manager, firm)
            manager.worth_now = manager.worth_next = 0.0
    for deal, account in zip(firm.deals, luck.sample(range(len(firm.customers)), 12), strict=True):
        deal.account, deal.rep = account, firm.customers[account].rep
    firm.keeping[0].first_row, firm.keeping[0].deal_rows, firm.keeping[0].year_rows = 3, 10, 2
    return scenario, firm, luck.randrange(WEEKS)


def hand_over_some(firm: Firm, luck: Random) -> None:
    """Some accounts belong to a colleague, so that no seat has a block of them."""
    for customer in firm.customers:
        manager = firm.managers[firm.reps[customer.rep].manager]
        if luck.random() < 0.4:
            customer.rep = luck.randrange(manager.first_rep, manager.last_rep)
    sort_all_accounts(firm)


def shake(item: Any, luck: Random) -> None:
    """Draw every variable that is not a place."""
    draw = luck.random
    for name, kind, low, width in drawable(type(item)):
        setattr(item, name, kind(low + width * draw()))


@cache
def drawable(kind: type) -> list[tuple[str, Callable[[float], float], float, float]]:
    """The variables to draw: of which type, from where on and how far."""
    found: list[tuple[str, Callable[[float], float], float, float]] = []
    for column in fields(kind):
        unit = column.metadata["unit"]
        if column.name in LASTING or unit in KEPT:
            continue
        if isinstance(column.default, bool):
            found.append((column.name, (0.5).__lt__, 0.0, 1.0))
        elif isinstance(column.default, int):
            found.append((column.name, int, 0.0, INTEGERS.get(unit, 6)))
        else:
            low, high = LIKELY.get(unit, (0.02, 0.98))
            found.append((column.name, float, low, high - low))
    return found


def picture(firm: Firm) -> dict[str, list[dict[str, Any]]]:
    """Everything as it is now."""
    return {table: [dict(vars(item)) for item in getattr(firm, table)] for table in TABLES}


def moved(firm: Firm, before: dict[str, list[dict[str, Any]]]) -> dict[tuple[str, int], set[str]]:
    """What differs from a picture: the columns, by table and place."""
    found: dict[tuple[str, int], set[str]] = {}
    for table, rows in before.items():
        for k, (item, row) in enumerate(zip(getattr(firm, table), rows, strict=True)):
            now = vars(item)
            if now != row:
                found[table, k] = {name for name in now if now[name] != row[name]}
    return found


def columns(differing: dict[tuple[str, int], set[str]], table: str) -> set[str]:
    """The columns of a table that differ anywhere."""
    return set().union(*(names for (where, _), names in differing.items() if where == table))


def bell(u: float, v: float) -> float:
    """A standard normal from two uniforms, by the angle from the other axis."""
    return math.sqrt(2.0 * math.log(1.0 / u)) * math.sin(0.5 * math.pi - 2.0 * math.pi * v)


def between(low: float, value: float, high: float) -> float:
    return sorted((low, value, high))[1]
