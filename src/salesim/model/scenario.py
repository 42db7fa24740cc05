"""Every number that a firm is made of, group by group, and its form for the compiled engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Self, TypeGuard, get_type_hints

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from ..rules.acceptance import Acceptance
from ..rules.accounts import Accounts
from ..rules.approval import Approval
from ..rules.buying import Buying
from ..rules.by_deal import ByDeal
from ..rules.calls import Calls
from ..rules.clawback import Clawback
from ..rules.coaching import Coaching
from ..rules.communication import Communication
from ..rules.declaration import Group, kind_of
from ..rules.discounting import Discounting
from ..rules.estimates import Estimates
from ..rules.handover import Handover
from ..rules.hiring import Hiring
from ..rules.information import Information
from ..rules.intensity import Effort
from ..rules.knots import MAX_LINES, Lines
from ..rules.learning import Learning
from ..rules.leaving import Leaving
from ..rules.market import Market
from ..rules.needs import Needs
from ..rules.organisation import Organisation
from ..rules.pay import Pay
from ..rules.payout import Payout
from ..rules.planning import Planning, planned_price
from ..rules.quotas import Quotas
from ..rules.reference import Reference
from ..rules.regime import Regime
from ..rules.relationship import Relationship
from ..rules.returns import Returns
from ..rules.reviews import Reviews
from ..rules.second_chance import SecondChance
from ..rules.selling import Selling
from ..rules.service import Service
from ..rules.survey import Survey
from ..rules.team_pay import TeamPay
from ..rules.territories import Territories
from ..rules.timing import Timing
from ..rules.training import Training
from ..rules.worth import Worth
from .columns import NUMPY_TYPES, record_type
from .dated import Dated, moved
from .given import GivenQuotas, check_given, given_by_week
from .pay_plans import GroupPlan, check_plans, tenures_of
from .state import Customer

PLANNED_ONLY = ("quotas.over_assignment", "quotas.quota_ratchet")  # which act on planned quotas alone
LONGEST_TITLE = 200
LONGEST_DESCRIPTION = 10_000


class Scenario(Group):
    """A firm, its market and its people, complete: the typical firm where nothing is said."""

    title: str = Field(default="The typical firm", max_length=LONGEST_TITLE)
    description: str = Field(default="", max_length=LONGEST_DESCRIPTION)
    organisation: Organisation = Field(default_factory=Organisation)
    market: Market = Field(default_factory=Market)
    needs: Needs = Field(default_factory=Needs)
    planning: Planning = Field(default_factory=Planning)
    communication: Communication = Field(default_factory=Communication)
    acceptance: Acceptance = Field(default_factory=Acceptance)
    pay: Pay = Field(default_factory=Pay)
    worth: Worth = Field(default_factory=Worth)
    effort: Effort = Field(default_factory=Effort)
    accounts: Accounts = Field(default_factory=Accounts)
    calls: Calls = Field(default_factory=Calls)
    selling: Selling = Field(default_factory=Selling)
    discounting: Discounting = Field(default_factory=Discounting)
    second_chance: SecondChance = Field(default_factory=SecondChance)
    approval: Approval = Field(default_factory=Approval)
    buying: Buying = Field(default_factory=Buying)
    relationship: Relationship = Field(default_factory=Relationship)
    learning: Learning = Field(default_factory=Learning)
    coaching: Coaching = Field(default_factory=Coaching)
    leaving: Leaving = Field(default_factory=Leaving)
    handover: Handover = Field(default_factory=Handover)
    territories: Territories = Field(default_factory=Territories)
    hiring: Hiring = Field(default_factory=Hiring)
    training: Training = Field(default_factory=Training)
    reviews: Reviews = Field(default_factory=Reviews)
    timing: Timing = Field(default_factory=Timing)
    reference: Reference = Field(default_factory=Reference)
    estimates: Estimates = Field(default_factory=Estimates)
    regime: Regime = Field(default_factory=Regime)
    service: Service = Field(default_factory=Service)
    information: Information = Field(default_factory=Information)
    quotas: Quotas = Field(default_factory=Quotas)
    payout: Payout = Field(default_factory=Payout)
    by_deal: ByDeal = Field(default_factory=ByDeal)
    team_pay: TeamPay = Field(default_factory=TeamPay)
    clawback: Clawback = Field(default_factory=Clawback)
    returns: Returns = Field(default_factory=Returns)
    survey: Survey = Field(default_factory=Survey)
    dated: tuple[Dated, ...] = Field(default=(), strict=False)
    given_quotas: tuple[GivenQuotas, ...] = Field(default=(), strict=False)
    pay_plans: tuple[GroupPlan, ...] = Field(default=(), strict=False)
    rules: dict[str, str] = Field(default_factory=dict)

    __iter__: Any = (
        None  # one value wherever it is an argument: `mesa.batch_run` takes apart what can be iterated
    )

    @model_validator(mode="after")
    def numbers_fit_each_other(self) -> Self:
        """What no single range can say holds at the start."""
        check_periods(self)
        check_planned_price(self)
        check_given(self.given_quotas, self.organisation.headcount)
        return self

    @model_validator(mode="after")
    def dated_levers_can_be_moved(self) -> Self:
        """Each dated lever exists, can be dated, and is moved by one entry at a time."""
        check_dates(self)
        return self

    @model_validator(mode="after")
    def groups_can_be_paid(self) -> Self:
        """Each pay plan of a group is for some reps and could be that of the firm."""
        check_groups(self)
        return self

    def with_moved(self, dated: tuple[Dated, ...]) -> Self:
        """The same firm with these levers moved for good."""
        if not self.dated:
            return self
        still = self.model_copy(update={"dated": ()})
        return still.with_numbers({change.lever: change.value for change in dated})

    def with_numbers(self, numbers: Mapping[str, float | str]) -> Self:
        """The same firm with other numbers, by path.

        Raises:
            ValueError: a path that is none, a number of a wrong type or out of range, or numbers that
                do not fit each other.
        """
        groups: dict[str, Group] = {}
        for path, value in numbers.items():
            group, _, name = path.partition(".")
            before = groups.get(group, getattr(self, group, None))
            if not isinstance(before, Group):
                raise ValueError(f"{path}: no such number")
            groups[group] = moved(before, name, value)
        firm = self.model_copy(update=groups)
        check_periods(firm)
        check_planned_price(firm)
        check_given(firm.given_quotas, firm.organisation.headcount)
        check_dates(firm)
        check_groups(firm)
        return firm

    def with_each_plan(self) -> tuple[Self, ...]:
        """The same firm as it pays most, and as it pays each group of reps with a plan of its own."""
        if not self.pay_plans:
            return (self,)
        alike = self.model_copy(update={"pay_plans": (), "dated": ()})
        return (self, *(alike.with_numbers(plan.levers) for plan in self.pay_plans))

    def tenures(self) -> NDArray[np.int64]:
        """From and below which weeks in the seat a group's plan holds, by plan and seat; empty for none."""
        o = self.organisation
        return tenures_of(self.pay_plans, o.headcount, o.span_of_control)

    def given_by_week(self) -> NDArray[np.float64]:
        """Given quotas by week, burn-in included, and seat (USD a year; 0 is none); empty for none."""
        o = self.organisation
        return given_by_week(self.given_quotas, o.headcount, o.burn_in_weeks, o.burn_in_weeks + o.weeks)

    def given_in_plan(self) -> NDArray[np.bool_]:
        """Whether a quota is given, by week of the plan and seat; no week where none is."""
        o = self.organisation
        return self.given_by_week().reshape(-1, o.headcount)[o.burn_in_weeks :] > 0.0

    def stretches(self) -> list[tuple[int, int, Self]]:
        """First week, one past the last, and the firm in between: burn-in, and plan by its dates."""
        start, weeks = self.organisation.burn_in_weeks, self.organisation.weeks
        days = {start, start + weeks, *(start + d.start for d in self.dated)}
        days |= {start + d.stop for d in self.dated if d.stop is not None}
        ends = sorted(day for day in days if day <= start + weeks)
        found = []
        for first, last in zip([0, *ends], ends, strict=False):
            now = tuple(d for d in self.dated if first >= start and d.holds(first - start))
            if first < last:
                found.append((first, last, self.with_moved(now)))
        return found


def check_periods(scenario: Scenario) -> None:
    """Quota periods end with the year, because quotas are set by the year."""
    if 52 % scenario.pay.period_weeks:
        raise ValueError(
            f"pay.period_weeks: got {scenario.pay.period_weeks}; allowed: 1, 2, 4, 13, 26 or 52, "
            "so that periods end with the year"
        )


def check_planned_price(scenario: Scenario) -> None:
    """Credit for margin is scaled by the planned margin, which must exist."""
    price = planned_price(scenario.market.list_price, scenario.planning.planned_discount)
    if price <= scenario.market.unit_cost:
        raise ValueError(
            f"market.unit_cost: got {scenario.market.unit_cost:g}; allowed: below the planned "
            f"price, {price:g} (market.list_price less planning.planned_discount)"
        )


def check_dates(scenario: Scenario) -> None:
    """Each dated lever exists, can be dated, and is moved by one entry at a time."""
    all_given = bool(scenario.given_quotas) and scenario.given_in_plan().all()
    for number, dated in enumerate(scenario.dated):
        where = f"dated: {dated.lever}"
        if dated.lever not in datable_levers():
            allowed = "any lever but those of organisation"
            raise ValueError(f"{where}: no lever that can be dated; allowed: {allowed}")
        if dated.stop is not None and dated.stop <= dated.start:
            allowed = f"after its start, {dated.start}"
            raise ValueError(f"{where}: stop: got {dated.stop}; allowed: {allowed}")
        if dated.announced and not dated.is_about_pay:
            allowed = "0: only new rules of pay can be announced"
            raise ValueError(f"{where}: announced: got {dated.announced}; allowed: {allowed}")
        if any(dated.overlaps(other) for other in scenario.dated[:number]):
            raise ValueError(f"{where}: moved twice in the same week; allowed: one after the other")
        if dated.lever in PLANNED_ONLY and all_given:
            allowed = "quotas that are planned: those of all seats and weeks are given"
            raise ValueError(f"{where}: can never act; allowed: {allowed}")
    if scenario.dated:
        scenario.stretches()  # each of which must be a firm whose numbers fit


def check_groups(scenario: Scenario) -> None:
    """Each pay plan of a group is for some reps and could be that of the firm."""
    o = scenario.organisation
    check_plans(scenario.pay_plans, datable_levers(), o.headcount, o.span_of_control)
    for number, plan in enumerate(scenario.pay_plans):
        try:
            scenario.model_copy(update={"pay_plans": (), "dated": ()}).with_numbers(plan.levers)
        except ValueError as error:
            raise ValueError(f"pay_plans.{number}.{error}") from None


def gigabytes_for(accounts: int) -> int:
    """The memory that the accounts of a firm alone would take, in whole gigabytes."""
    return accounts * record_type(Customer).itemsize // 10**9


@cache
def datable_levers() -> frozenset[str]:
    """Paths of the levers that may be moved on a day; the size of the firm is not among them."""
    return frozenset(
        f"{group}.{name}"
        for group, field in Scenario.model_fields.items()
        if is_group(field.annotation) and group != "organisation"
        for name, number in field.annotation.model_fields.items()
        if kind_of(number) == "lever"
    )


def is_group(kind: Any) -> TypeGuard[type[Group]]:
    """Whether a field of a scenario holds numbers of one part of the firm."""
    return isinstance(kind, type) and issubclass(kind, Group)


def record_of(group: Group) -> np.void:
    """The same numbers as one nested record, for the compiled engine."""
    record: np.void = records_of([group])[0]
    return record


def records_of(groups: Sequence[Group]) -> NDArray[np.void]:
    """Groups of one kind as such records."""
    return np.array([_values(group) for group in groups], dtype=_record_type(type(groups[0])))


@cache
def _record_type(kind: type[Group]) -> np.dtype[np.void]:
    types: list[tuple[str, Any]] = []
    for name, declared in kind.model_fields.items():
        annotation: Any = declared.annotation
        if is_group(annotation):
            types.append((name, _record_type(annotation)))
        elif annotation in NUMPY_TYPES:
            types.append((name, NUMPY_TYPES[annotation]))
    types += [(name, _lines_type()) for name in kind.LINES]
    return np.dtype(types, align=True)


def _lines_type() -> np.dtype[np.void]:
    hints = get_type_hints(Lines).items()
    types: list[Any] = [
        (n, NUMPY_TYPES[h]) if h in NUMPY_TYPES else (n, "f8", (MAX_LINES,)) for n, h in hints
    ]
    return np.dtype(types, align=True)


def _values(group: Group) -> tuple[Any, ...]:
    fields = (getattr(group, name) for name in _record_type(type(group)).names or ())
    return tuple(_values(value) if isinstance(value, Group) else value for value in fields)
