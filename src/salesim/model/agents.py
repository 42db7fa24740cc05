"""The readable engine: the same functions as methods of Mesa agents."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from types import FunctionType
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from . import state
from .binding import Function, Rivals, bind, is_shared
from .books import Deal, Level, Office, RepYear, Week
from .columns import names
from .fingerprint import fingerprint_of
from .ideal import Ideal
from .initialise import initialise
from .run import Run
from .scenario import Scenario
from .state import Firm, Keeping, Luck
from .stretches import DATES, stretches_of
from .tables import Records, Size, Tables, empty_records
from .week import missing_deals, missing_years, week


class Manager(mesa.Agent, state.Manager):
    """A manager; every behaviour is a method and can be overridden in a subclass."""


class Rep(mesa.Agent, state.Rep):
    """A seat in the sales force; every behaviour is a method and can be overridden in a subclass."""


class Customer(mesa.Agent, state.Customer):
    """An account; every behaviour is a method and can be overridden in a subclass."""


# Whose behaviour a function is, by the name of its first argument: the one who acts.
ACTORS: dict[str, tuple[type[mesa.Agent], ...]] = {
    "manager": (Manager,),
    "rep": (Rep,),
    "customer": (Customer,),
    "person": (Manager, Rep),
}


def _method_call(name: str) -> Function:
    def call(agent: Any, *arguments: Any) -> Any:
        return getattr(agent, name)(*arguments)

    return call


@dataclass(frozen=True)
class _Bound:
    """The functions of the week, bound to agents' methods, and the classes that carry these."""

    initialise: Function
    week: Function
    kinds: dict[type[mesa.Agent], type[mesa.Agent]]
    behaviours: dict[type[mesa.Agent], tuple[str, ...]]


@cache
def _bound_to_agents(rivals: Rivals, _: str) -> _Bound:
    """Make every behaviour a method, and let the week call it through the agent.

    With rivals the methods belong to classes of their own, which stand between the plain classes
    and those of the user.
    """
    kinds = {
        kind: type(kind.__name__, (kind,), {}) if rivals else kind for kind in (Manager, Rep, Customer)
    }
    behaviours: dict[type[mesa.Agent], tuple[str, ...]] = {}

    def as_method(function: FunctionType) -> Any:
        first = next(iter(inspect.signature(function).parameters), "")
        actors = ACTORS.get(first, ()) if is_shared(function) else ()
        for actor in actors:
            setattr(kinds[actor], function.__name__, function)
            behaviours[actor] = (*behaviours.get(actor, ()), function.__name__)
        return _method_call(function.__name__) if actors else function

    bound: dict[Function, Any] = {}
    initialise_, week_ = (bind(entry, as_method, bound, dict(rivals)) for entry in (initialise, week))
    return _Bound(initialise_, week_, kinds, behaviours)


BEHAVIOURS = _bound_to_agents((), fingerprint_of(())).behaviours


class SalesModel(mesa.Model):
    """A sales organisation that can be watched, changed and extended while it lives.

    `step()` simulates one week; agents are ordinary Mesa agents whose state may be read and
    set between steps; the numbers of the firm are `parameters`. Subclasses of Manager, Rep and
    Customer can be passed to change behaviour. A Mesa DataCollector, when given, collects at the
    end of every week.

    Args:
        scenario: every number of the firm.
        seed: random seed, 0 to 2**63 - 1.
        replicate: which replicate of that seed, 0 to 2**32 - 1.
        ideal: causes of the gap at their ideal from the first week of the plan.
        quotas: quotas of another run of the same firm, held fixed; by week and seat (USD a year).
        every_deal: whether the deals of all weeks are kept, or only those of the last.
        rivals: functions in the place of rules, as `salesim.rival_rules` gives them.
    """

    def __init__(
        self,
        scenario: Scenario | None = None,
        seed: int = 1,
        replicate: int = 0,
        ideal: Ideal | None = None,
        *,
        quotas: NDArray[np.float64] | None = None,
        every_deal: bool = True,
        rivals: Rivals = (),
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
        self._bound = _bound_to_agents(rivals, fingerprint_of(rivals))
        self.managers = [self._kind(manager_class, Manager)(self) for _ in range(size.managers)]
        self.reps = [self._kind(rep_class, Rep)(self) for _ in range(size.reps)]
        self.customers = [self._kind(customer_class, Customer)(self) for _ in range(size.customers)]
        self.order = list(range(size.customers))
        self.deals: list[Deal] = []
        self.books = [Week() for _ in range(size.weeks)]
        self.levels = [Level() for _ in range(size.weeks * size.levels)]
        self.years: list[RepYear] = []
        self.office = [Office()]
        self.quotas = [0.0] * (size.weeks * size.reps) if quotas is None else quotas.tolist()
        self.given = self.parameters.given_by_week().tolist()
        self.tenures = self.parameters.tenures().tolist()
        self.keeping = [Keeping(every_deal=every_deal, quotas_given=quotas is not None)]
        self.luck = Luck(seed, replicate)
        dated = stretches_of(self.parameters) if self.parameters.dated else []
        self._stretches = {stretch.first: stretch for stretch in dated}
        self._pay_plans = self.parameters.with_each_plan()
        self._later: tuple[Scenario, ...] = ()
        self._begin_stretch()
        self._bound.initialise(self.parameters, self.firm)

    def _kind(self, wanted: type[Any], plain: type[Any]) -> Any:
        """The class that agents get: the user's, with the methods of rivals beneath it."""
        bound = self._bound.kinds[plain]
        if bound is plain:
            return wanted
        return bound if wanted is plain else type(wanted.__name__, (wanted, bound), {})

    @property
    def firm(self) -> Firm:
        """The firm as the functions of the week see it; ideals hold once the plan has started."""
        in_plan = self.week >= self.parameters.organisation.burn_in_weeks
        ideal = self.ideal_in_plan if in_plan else Ideal()
        return Firm(
            self.luck,
            ideal,
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
            self.pay_plans,
            self._later or self.pay_plans,
            self.given,
            self.tenures,
        )

    @property
    def pay_plans(self) -> tuple[Scenario, ...]:
        """The numbers of the firm, and the same as they are for groups with a pay plan of their own."""
        if self._pay_plans[0] is not self.parameters:
            self._pay_plans = self.parameters.with_each_plan()
        return self._pay_plans

    def _begin_stretch(self) -> None:
        """The numbers of the week hold, if they are others than before."""
        stretch = self._stretches.get(self.week)
        if stretch is not None:
            self.parameters, self._pay_plans = stretch.scenario, stretch.pay_plans
            self._later = stretch.later
            for name in DATES:
                setattr(self.keeping[0], name, getattr(stretch, name))

    def step(self) -> None:
        """Simulate one week; after the last week of the plan nothing happens any more."""
        if self.week >= len(self.books):
            self.running = False
            return
        self._begin_stretch()
        self.deals.extend(Deal() for _ in range(missing_deals(self.firm, self.week)))
        self.years.extend(RepYear() for _ in range(missing_years(self.firm)))
        self._bound.week(self.parameters, self.firm, self.week)
        self.week += 1
        self.running = self.week < len(self.books)
        if self.datacollector is not None:
            self.datacollector.collect(self)

    def tables(self) -> Tables:
        """State and history as the same records that the compiled engine gives."""
        tables = Tables(
            managers=_records(state.Manager, self.managers),
            reps=_records(state.Rep, self.reps),
            customers=_records(state.Customer, self.customers),
            order=np.array(self.order, dtype=np.int64),
            deals=_records(Deal, self.deals),
            books=_records(Week, self.books),
            levels=_records(Level, self.levels),
            years=_records(RepYear, self.years),
            office=_records(Office, self.office),
            quotas=np.array(self.quotas, dtype=np.float64),
            keeping=_records(Keeping, self.keeping),
            given=np.array(self.given, dtype=np.float64),
            tenures=np.array(self.tenures, dtype=np.int64),
        )
        tables.cut()
        return tables

    def go_on(self, tables: Tables, week: int) -> None:
        """Stand where a run of the same firm stood before a week, its deals left out."""
        self.week, self.order = week, tables.order.tolist()
        self.years = [RepYear() for _ in tables.years]
        for name in ("managers", "reps", "customers", "books", "levels", "years", "office", "keeping"):
            _put(getattr(self, name), getattr(tables, name))

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


def _put(items: list[Any], records: Records) -> None:
    for name in records.dtype.names or ():
        for item, value in zip(items, records[name].tolist(), strict=True):
            setattr(item, name, value)


def _model_of(run: Run) -> SalesModel:
    return SalesModel(
        run.scenario,
        run.luck.seed,
        run.luck.replicate,
        run.ideal,
        quotas=run.quotas,
        every_deal=run.every_deal,
        rivals=run.rivals,
    )


def weeks_on_mesa(run: Run) -> Iterator[Tables]:
    """The firm on its first day, and then at the end of every week, as tables of their own."""
    model = _model_of(run)
    try:
        yield model.tables()
        while model.running:
            model.step()
            yield model.tables()
    finally:
        model.release()


def run_mesa(run: Run) -> Tables:
    """Simulate burn-in and plan on Mesa agents; ideals hold from the first week of the plan."""
    return _live_to_the_end(_model_of(run))


def branch_mesa(run: Run, ideals: Iterable[Ideal]) -> Iterator[Tables]:
    """A run, and its plan with each set of ideals while quotas are held; they share one burn-in."""
    model, start = _model_of(run), run.scenario.organisation.burn_in_weeks
    while model.week < start:
        model.step()
    before = model.tables()
    realised = _live_to_the_end(model)
    yield realised
    held = run.held(realised.quotas)
    shared = start > 0 and before.hold(realised.quotas)
    for ideal in ideals:
        model = _model_of(replace(held, ideal=ideal))
        if shared:
            model.go_on(before, start)
        yield _live_to_the_end(model)


def _live_to_the_end(model: SalesModel) -> Tables:
    while model.running:
        model.step()
    tables = model.tables()
    model.release()
    return tables
