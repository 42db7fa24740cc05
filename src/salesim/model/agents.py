"""The readable engine: the same functions as methods of Mesa agents."""

from __future__ import annotations

import inspect
from types import FunctionType
from typing import Any

import mesa
import numpy as np

from . import state
from .binding import Function, bind
from .founding import found
from .scenario import Scenario
from .state import Deal, Firm, Ideal, Level, Luck, Office, RepYear, Week, names
from .tables import Records, Size, Tables, empty_records
from .week import week


class Manager(mesa.Agent, state.Manager):
    """A manager; every behaviour is a method and can be overridden in a subclass."""


class Rep(mesa.Agent, state.Rep):
    """A seat in the sales force; every behaviour is a method and can be overridden in a subclass."""


class Customer(mesa.Agent, state.Customer):
    """An account; every behaviour is a method and can be overridden in a subclass."""


# Whose behaviour a function is, by the name of its first argument: the one who acts.
ACTORS: dict[str, tuple[type[mesa.Agent], ...]] = {
    "manager": (Manager,), "rep": (Rep,), "customer": (Customer,), "person": (Manager, Rep),
}


def _method_call(name: str) -> Function:
    def call(agent: Any, *arguments: Any) -> Any:
        return getattr(agent, name)(*arguments)

    return call


def _bind_to_agents() -> tuple[Any, Any, dict[type[mesa.Agent], tuple[str, ...]]]:
    """Make every behaviour a method, and let the week call it through the agent."""
    behaviours: dict[type[mesa.Agent], tuple[str, ...]] = {}

    def as_method(function: FunctionType) -> Any:
        kinds = ACTORS.get(next(iter(inspect.signature(function).parameters), ""), ())
        for kind in kinds:
            setattr(kind, function.__name__, function)
            behaviours[kind] = (*behaviours.get(kind, ()), function.__name__)
        return _method_call(function.__name__) if kinds else function

    bound: dict[Function, Any] = {}
    return bind(found, as_method, bound), bind(week, as_method, bound), behaviours


_found, _week, BEHAVIOURS = _bind_to_agents()


class SalesModel(mesa.Model):
    """A sales organisation that can be watched, changed and extended while it lives.

    `step()` lives through one week; agents are ordinary Mesa agents whose state may be read and
    set between steps; the numbers of the firm are `parameters`. Subclasses of Manager, Rep and
    Customer can be passed to change behaviour. A Mesa DataCollector, when given, collects at the
    end of every week.

    Args:
        scenario: every number of the firm.
        seed: start of all luck, 0 to 2**63 - 1.
        replicate: which replicate of that seed, 0 to 2**32 - 1.
        ideal: causes of the gap at their ideal from the first week of the plan.
    """

    def __init__(
        self,
        scenario: Scenario | None = None,
        seed: int = 1,
        replicate: int = 0,
        ideal: Ideal | None = None,
        *,
        manager_class: type[Manager] = Manager,
        rep_class: type[Rep] = Rep,
        customer_class: type[Customer] = Customer,
        datacollector: mesa.DataCollector | None = None,
    ) -> None:
        super().__init__(rng=seed)
        self.parameters = scenario or Scenario()
        self.week = 0
        self.ideal_in_plan = ideal or Ideal()
        self.datacollector = datacollector
        size = Size.of(self.parameters)
        self.managers = [manager_class(self) for _ in range(size.managers)]
        self.reps = [rep_class(self) for _ in range(size.reps)]
        self.customers = [customer_class(self) for _ in range(size.customers)]
        self.order = list(range(size.customers))
        self.deals: list[Deal] = []
        self.books = [Week() for _ in range(size.weeks)]
        self.levels = [Level() for _ in range(size.weeks * size.levels)]
        self.years = [RepYear() for _ in range(size.years * size.reps)]
        self.office = [Office()]
        self.quotas = [0.0] * (size.weeks * size.reps)
        self.luck = Luck(seed, replicate)
        _found(self.parameters, self.firm)

    @property
    def firm(self) -> Firm:
        """The firm as the functions of the week see it; ideals hold once the plan has started."""
        in_plan = self.week >= self.parameters.organisation.burn_in_weeks
        ideal = self.ideal_in_plan if in_plan else Ideal()
        return Firm(
            self.luck, ideal, self.managers, self.reps, self.customers, self.order, self.deals,
            self.books, self.levels, self.years, self.office, self.quotas,
        )

    def step(self) -> None:
        """Live through one week; after the last week of the plan nothing happens any more."""
        if self.week >= len(self.books):
            self.running = False
            return
        self._make_room_for_deals()
        _week(self.parameters, self.firm, self.week)
        self.week += 1
        self.running = self.week < len(self.books)
        if self.datacollector is not None:
            self.datacollector.collect(self)

    def _make_room_for_deals(self) -> None:
        needed = self.books[self.week].deals + len(self.customers) - len(self.deals)
        self.deals.extend(Deal() for _ in range(needed))

    def tables(self) -> Tables:
        """State and history as the same records that the compiled engine gives."""
        last = self.week - 1
        used = self.books[last].deals if last >= 0 else 0
        return Tables(
            managers=_records(state.Manager, self.managers),
            reps=_records(state.Rep, self.reps),
            customers=_records(state.Customer, self.customers),
            order=np.array(self.order, dtype=np.int64),
            deals=_records(Deal, self.deals[:used]),
            books=_records(Week, self.books),
            levels=_records(Level, self.levels),
            years=_records(RepYear, self.years),
            office=_records(Office, self.office),
            quotas=np.array(self.quotas, dtype=np.float64),
        )

    def release(self) -> None:
        """Let go of the model: Mesa 3.3 keeps every model alive in a table of its Agent class."""
        self.remove_all_agents()
        ids = getattr(mesa.Agent, "_ids", None)
        if ids is not None:
            ids.pop(self, None)


def _records(kind: type[Any], items: list[Any]) -> Records:
    records = empty_records(kind, len(items))
    for name in names(kind):
        records[name] = [getattr(item, name) for item in items]
    return records


def run_mesa(scenario: Scenario, seed: int, replicate: int, ideal: Ideal) -> Tables:
    """Live through burn-in and plan on Mesa agents; ideals hold from the first week of the plan."""
    model = SalesModel(scenario, seed, replicate, ideal)
    while model.running:
        model.step()
    tables = model.tables()
    model.release()
    return tables
