"""What a pay plan pays a rep who reaches so much of quota, at an even pace over the year."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from pydantic import Field, computed_field

from ..english import capital, phrase
from ..inputs.declared import value_of
from ..inputs.plausible import CLOSE
from ..model.calendar import YEAR
from ..model.phases.due import pay_by_period, pay_by_year, period_terms, usual_factor, year_terms
from ..model.phases.foresight import sums_per_dollar
from ..model.phases.periods import usual_period
from ..model.scenario import Scenario
from ..quantity import Quantity, Unit, percent
from ..result import Described
from ..rules.curve import pay_at
from ..rules.needs import mean_units
from ..rules.pay import base_salary, target_incentive, weekly_draw
from ..rules.payout import after_advance, topped_up
from ..runs.estimating import Estimate

ATTAINMENTS = tuple(step / 10 for step in range(21))  # shares of quota: exactly those at which knots lie

EXTRAS = {  # commission that depends on which accounts buy
    "pay.target_rate": "planned target accounts",
    "by_deal.new_rate": "the first purchases of accounts",
}


class PayLevel(Described):
    """What is paid for one attainment of quota."""

    attainment: float = Field(description="Credit over quota.")
    credit: float = Field(description="Credit of the year (USD).")
    variable_pay: float = Field(description="Commission, bonuses and draw (USD per year).")
    base_pay: float = Field(description="Paid whatever is sold (USD per year).")
    total_pay: float = Field(description="Both (USD per year).")
    effective_rate: float | None = Field(description="Variable pay over credit; null without credit.")
    marginal_rate: float = Field(description="Variable pay of the next dollar of credit (USD per USD).")


class CostOfPay(Described):
    """What pay costs in simulated runs, at the attainment that comes about there."""

    attainment: Estimate = Field(description="Mean of reps in the seat most of the year.")
    variable_share: Estimate = Field(description="Variable pay over revenue.")
    pay_share: Estimate = Field(description="Pay of reps and managers over revenue.")


class PayParts(NamedTuple):
    """Variable pay of a year in parts (USD): by rates, bonuses on reaching a knot, fixed sums, and draw."""

    rates: float
    bonuses: float
    sums: float
    draw: float


class PayPlan(Described):
    """A pay plan at the quota of a rep: the one place where its curves become a year's pay."""

    name: str = Field(description="Of its policy; `baseline` is the firm's own plan.")
    title: str = Field(description="In words.")
    group: str = Field("", description="Of which reps; empty where all have the same.")
    in_ramp: bool = Field(False, description="Whether it is for newcomers in ramp, who have their draw.")
    scenario: Scenario = Field(exclude=True)
    quota: float = Field(description="Of a rep (USD per year).")
    cost: CostOfPay | None = Field(None, description="In simulated runs; null where there are none.")

    @property
    def called(self) -> str:
        """Its title, and of which reps."""
        return f"{self.title} ({self.group})" if self.group else self.title

    @computed_field  # type: ignore[prop-decorator]
    @property
    def target_incentive(self) -> float:
        """Variable pay on target, as pay mix and target pay say it (USD per year)."""
        return target_incentive(self.scenario.pay)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def at_quota(self) -> dict[str, float]:
        """Variable pay at quota in parts: `rates`, `bonuses`, `sums` and `draw` (USD per year)."""
        return self.parts(1.0)._asdict()

    @computed_field  # type: ignore[prop-decorator]
    @cached_property
    def levels(self) -> tuple[PayLevel, ...]:
        """A list: what is paid from no credit to twice the quota."""
        return tuple(map(self._level, ATTAINMENTS))

    def _level(self, attainment: float) -> PayLevel:
        base, credit, paid = base_salary(self.scenario.pay), attainment * self.quota, self.paid(attainment)
        return PayLevel(
            attainment=attainment,
            credit=credit,
            variable_pay=paid,
            base_pay=base,
            total_pay=base + paid,
            effective_rate=paid / credit if credit else None,
            marginal_rate=round(self.paid(attainment + 1.0 / self.quota) - paid, 8),
        )

    def paid(self, attainment: float) -> float:
        """Variable pay for this attainment of quota, reached evenly by periods (USD per year)."""
        return sum(self.parts(attainment))

    def parts(self, attainment: float) -> PayParts:
        """The same in parts, as paydays of a year in the seat add them up.

        Fixed sums are those of deals of mean size, and margins those of the planned price.
        """
        firm, quota = self.scenario, self.quota
        all_earned = bonuses = draw = owed = 0.0
        sure = weekly_draw(firm.pay, self.in_ramp) * usual_period(firm)
        sums = attainment * quota * sums_per_dollar(mean_units(firm.needs), firm)
        for earned, bonus, of_year in self._periods(attainment):
            by_period = earned + sums * usual_period(firm) / YEAR
            added = topped_up(by_period + of_year, sure)
            if value_of(firm, "pay.draw_kind") == "recoverable":
                added = after_advance(by_period, owed, sure) - by_period
                owed = max(owed + added, 0.0)
            all_earned, bonuses, draw = all_earned + earned, bonuses + bonus, draw + added
        by_year = usual_factor(firm) * pay_by_year(attainment * quota, quota, float(YEAR), firm)
        terms = year_terms(quota, float(YEAR), firm)._replace(jump=0.0)
        bonuses += by_year - usual_factor(firm) * pay_at(firm.payout.by_year, terms, attainment * quota)
        draw += after_advance(by_year, owed, 0.0) - by_year
        return PayParts(all_earned + by_year - bonuses, bonuses, sums, draw)

    def _periods(self, attainment: float) -> Iterator[tuple[float, float, float]]:
        """Of each period its pay, the bonuses in it, and by how much the year's pay grows (USD)."""
        firm, weeks = self.scenario, usual_period(self.scenario)
        number, factor = round(YEAR / weeks), usual_factor(firm)
        quota = self.quota / number
        credit, before = attainment * quota, 0.0
        for period in range(number):
            gate = quota * (number - period * attainment)
            earned = factor * pay_by_period(credit, quota, weeks, weeks, gate, firm)
            terms = period_terms(quota, weeks, weeks, gate, firm)._replace(jump=0.0)
            so_far = factor * pay_by_year(credit * (period + 1), self.quota, float(YEAR), firm)
            by_rates = factor * pay_at(firm.payout.by_period, terms, credit)
            earned += float(value_of(firm, "team_pay.team_bonus")) if attainment >= 1.0 else 0.0
            yield earned, earned - by_rates, so_far - before
            before = so_far

    def sentences_at_quota(self) -> Iterator[str]:
        """What it pays at quota and of what, and how that compares with the target incentive."""
        parts, base = self.parts(1.0), base_salary(self.scenario.pay)
        rate = Quantity(parts.rates / self.quota, Unit.SHARE).text(2)
        of = [f"{dollars(parts.rates)} by rates ({rate} of credit)"]
        of += [f"{dollars(parts.bonuses)} of bonuses"] * (round(parts.bonuses) > 0)
        of += [f"{dollars(parts.sums)} of sums for deals and units"] * (round(parts.sums) > 0)
        of += [f"{dollars(parts.draw)} to fill up the draw"] * (round(parts.draw) != 0)
        paid, name = dollars(sum(parts)), capital(self.called)
        yield f"{name} pays a rep {paid} of variable pay at a quota of {dollars(self.quota)}: {phrase(of)}."
        target = base + self.target_incentive
        share = f"{percent(self.target_incentive / target if target else 0.0)} of {dollars(target)}"
        yield f"{name}: that is {self.against_target()} ({share})."
        for lever, of_what in EXTRAS.items():
            if extra_rate := float(value_of(self.scenario, lever)):
                extra = Quantity(extra_rate, Unit.SHARE).text()
                yield f"{name}: {extra} more for revenue from {of_what} is not in it."
        if value_of(self.scenario, "clawback.clawback_weeks"):
            yield f"{name}: what is taken back when customers leave is not in it."

    def against_target(self) -> str:
        """What it pays at quota against the target incentive, in words."""
        paid, aim = self.paid(1.0), self.target_incentive
        words = f"the target incentive of {dollars(aim)}"
        if abs(paid - aim) <= CLOSE * aim:
            return f"about {words}"
        size = f"{percent(abs(paid / aim - 1.0))} " if aim else ""
        return f"{size}{'more' if paid > aim else 'less'} than {words}"


def dollars(amount: float) -> str:
    """An amount of pay, to the dollar."""
    return f"USD {round(amount):,}"
