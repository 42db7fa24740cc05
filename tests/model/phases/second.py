"""States of a small firm, built by hand or simulated through, for tests of one function at a time."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, cast

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from salesim.model.agents import SalesModel
from salesim.model.books import Deal, Office, RepYear, Week
from salesim.model.columns import names
from salesim.model.ideal import Ideal
from salesim.model.scenario import Scenario
from salesim.model.state import Customer, Firm, Keeping, Luck, Manager, Rep
from salesim.rules.payout import NO_CAP

some = settings()
shares = st.floats(0, 1)
weeks_of_run = st.integers(0, 150)
lengths = st.sampled_from([1, 2, 4, 13, 26, 52])
quotas = st.floats(3e5, 2e6)


def numbers(**groups: dict[str, Any]) -> Scenario:
    """The typical firm with some numbers changed, by group."""
    return Scenario.model_validate(groups)


@st.composite
def plans(draw):
    """A pay plan of any shape; thresholds that are none, or too high for credit below zero to count."""
    pay = {
        "plan_kind": draw(st.sampled_from(["commission", "quota"])),
        "pay_mix": draw(st.floats(0.1, 0.9)),
        "period_weeks": draw(lengths),
        "commission_rate": draw(st.floats(0.01, 0.1)),
    }
    payout = {"year_share": draw(st.sampled_from([0.0, 0.3, 0.7]))}
    for year in ("", "year_"):
        payout[f"{year}threshold"] = draw(st.sampled_from([0.0, 0.1, 0.5, 0.9]))
        payout[f"{year}accelerator"] = draw(st.sampled_from([0.5, 1.0, 2.5]))
        payout[f"{year}bonus"] = draw(st.sampled_from([0.0, 5_000.0]))
        payout[f"{year}cap"] = draw(st.sampled_from([NO_CAP, 1.2, 1.6]))
    worth = {
        "rest_spread": draw(st.floats(0.3, 2)),
        "usual_cycle": draw(st.floats(2, 20)),
        "pipeline_share": draw(shares),
        "later_discount": draw(st.floats(0.001, 0.05)),
    }
    return numbers(pay=pay, payout=payout, worth=worth, quotas={"quota_ratchet": draw(st.floats(0.1, 1))})


@st.composite
def reps(draw):
    """Somebody who is anywhere between nothing and far above quota."""
    quota = draw(quotas)
    period_weeks, year_weeks = draw(st.integers(0, 12)), draw(st.integers(0, 51))
    return Rep(
        quota=quota,
        credited=quota / 4.0 * draw(st.floats(0, 1.5)),
        credited_this_year=quota * draw(st.floats(0, 1.5)),
        run_rate=quota / 52.0 * draw(st.floats(0, 1.5)),
        pipeline=draw(st.floats(0, 3e5)),
        period_weeks=period_weeks,
        year_weeks=year_weeks,
        period_quota=quota / 52.0 * period_weeks * draw(st.floats(0.5, 1.5)),
        year_quota=quota / 52.0 * year_weeks * draw(st.floats(0.5, 1.5)),
    )


def firm_of(
    reps: Sequence[Rep] = (),
    customers: Sequence[Customer] = (),
    managers: Sequence[Manager] = (),
    deals: Sequence[Deal] = (),
    ideal: Ideal | None = None,
    scenario: Scenario | None = None,
    later: Scenario | None = None,
) -> Firm:
    """A firm of these people and accounts, with an empty book for every week that is looked at."""
    return Firm(
        Luck(3, 0),
        ideal or Ideal(),
        list(managers) or [Manager()],
        list(reps),
        list(customers),
        list(range(len(customers))),
        list(deals),
        cast(Any, defaultdict(Week)),
        [],
        [RepYear() for _ in range(8)],
        [Office()],
        [],
        [Keeping()],
        (scenario or Scenario(),),
        (later or scenario or Scenario(),),
    )


def teams(*counts: Sequence[int], ideal: Ideal | None = None, scenario: Scenario | None = None) -> Firm:
    """A team for each list of numbers: so many accounts for each of its seats."""
    managers, reps, customers = [], [], []
    for m, team in enumerate(counts):
        manager = Manager(id=m, first_rep=len(reps), first_account=len(customers), team_size=len(team))
        for many in team:
            rep = Rep(
                id=len(reps), manager=m, first=len(customers), last=len(customers) + many, accounts=many
            )
            rep.tenure = 52
            customers += [
                Customer(id=rep.first + k, rep=rep.id, units=10.0, need_rate=0.1) for k in range(many)
            ]
            reps.append(rep)
        manager.last_rep, manager.last_account = len(reps), len(customers)
        managers.append(manager)
    return firm_of(reps, customers, managers, ideal=ideal, scenario=scenario)


def running_model(
    weeks: int, seed: int = 5, ideal: Ideal | None = None, **groups: dict[str, Any]
) -> SalesModel:
    """Two teams of three with eight accounts or so each, after so many weeks."""
    size = {"headcount": 6, "span_of_control": 3, "accounts": 48, "burn_in_weeks": 13, "weeks": 130}
    model = SalesModel(numbers(organisation=size, **groups), seed=seed, ideal=ideal)
    for _ in range(weeks):
        model.step()
    return model


def facts(thing: Any) -> dict[str, Any]:
    """All that is known of an agent or a row."""
    kind = next(kind for kind in (Manager, Rep, Customer, Deal, Week, Office) if isinstance(thing, kind))
    return {name: getattr(thing, name) for name in names(kind)}


def changed(before: dict[str, Any], thing: Any) -> set[str]:
    """What of it is no longer as it was."""
    after = facts(thing)
    return {name for name, value in before.items() if after[name] != value}


def logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))


NODES, WEIGHTS = np.polynomial.legendre.leggauss(40)


def mean_over(value: Callable[[Any], Any], mean: float, sd: float, knots: Sequence[float]) -> float:
    """Mean of a function of a normal that bends or jumps at the knots only, by quadrature."""
    low, high = mean - 9.0 * sd, mean + 9.0 * sd
    inner = [*knots, mean - 3.0 * sd, mean, mean + 3.0 * sd]
    edges = sorted({low, high, *(knot for knot in inner if low < knot < high)})
    total = 0.0
    for a, b in pairwise(edges):
        x = 0.5 * (a + b) + 0.5 * (b - a) * NODES
        density = np.exp(-0.5 * ((x - mean) / sd) ** 2) / (sd * math.sqrt(2.0 * math.pi))
        total += 0.5 * (b - a) * float(np.sum(WEIGHTS * density * value(x)))
    return total


def best_of(value: Callable[[float], float], low: float, high: float, steps: int = 60) -> float:
    """Where a function with one peak is greatest, by golden section."""
    ratio = 0.5 * (math.sqrt(5.0) - 1.0)
    for _ in range(steps):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if value(left) < value(right):
            low = left
        else:
            high = right
    return 0.5 * (low + high)
