"""What reps expect to be paid: the look ahead that effort, price and timing share."""

from ...rules.arithmetic import at_least
from ...rules.pay import leverage, rate_of_credit
from ...rules.payout import is_linear
from ...rules.quotas import shadow_cost
from ...rules.worth import (
    expected_curve_pay,
    kept_until,
    rest_of_period,
    spread_of_rest,
)
from ..calendar import YEAR
from ..scenario import Scenario
from ..state import Rep

STEP_OF_QUOTA = 0.01  # the rise in quota over which next year's loss is measured


def weeks_left(scenario: Scenario, t: int) -> float:
    """Weeks of the quota period from this one on."""
    return float(scenario.pay.period_weeks - t % scenario.pay.period_weeks)


def has_jumps(scenario: Scenario) -> bool:
    """Whether a lump sum waits at the quota of the period or of the year."""
    return scenario.payout.bonus > 0.0 or scenario.payout.year_bonus > 0.0


def quota_of_period(rep: Rep, scenario: Scenario, t: int) -> float:
    """Quota of this period, for the weeks in the seat (USD)."""
    return rep.quota / 52.0 * (float(rep.period_weeks) + weeks_left(scenario, t))


def quota_of_year(rep: Rep, t: int) -> float:
    """Quota of this year, for the weeks in the seat (USD)."""
    return rep.quota / 52.0 * float(rep.year_weeks + YEAR - t % YEAR)


def still_to_come(rep: Rep, credit: float, weeks: float, scenario: Scenario) -> float:
    """Credit that is likely to come in these weeks beside a deal of this credit (USD)."""
    others = at_least(rep.pipeline - credit, 0.0)
    return rest_of_period(scenario.worth, rep.run_rate, others, weeks)


def missing_for_the_period(rep: Rep, credit: float, scenario: Scenario, t: int) -> float:
    """Credit that this deal must bring to reach the period's quota, all else as expected (USD)."""
    rest = still_to_come(rep, credit, weeks_left(scenario, t), scenario)
    return quota_of_period(rep, scenario, t) - rep.credited - rest


def missing_for_the_year(rep: Rep, credit: float, scenario: Scenario, t: int) -> float:
    """The same for the year's quota (USD)."""
    rest = still_to_come(rep, credit, float(YEAR - t % YEAR), scenario)
    return quota_of_year(rep, t) - rep.credited_this_year - rest


def is_plain(scenario: Scenario) -> bool:
    """Whether pay is a rate and nothing else, so that every dollar is worth the same."""
    curve = scenario.payout
    by_period = is_linear(curve.threshold, curve.accelerator, curve.bonus, curve.cap)
    by_year = is_linear(
        curve.year_threshold, curve.year_accelerator, curve.year_bonus, curve.year_cap
    )
    return by_period and (by_year or (curve.year_share == 0.0 and curve.year_bonus == 0.0))


def expected_by_period(
    rate: float, quota: float, mean: float, spread: float, scenario: Scenario
) -> float:
    """Expected pay of a period by its own curve (USD; `rate` per dollar of credit)."""
    curve = scenario.payout
    return expected_curve_pay(
        mean, spread, quota, rate * (1.0 - curve.year_share), curve.threshold, curve.accelerator,
        curve.bonus * leverage(scenario.pay), curve.cap,
    )


def expected_by_year(
    rate: float, quota: float, mean: float, spread: float, scenario: Scenario
) -> float:
    """Expected pay of a year by its own curve (USD)."""
    curve = scenario.payout
    if curve.year_share == 0.0 and curve.year_bonus == 0.0:
        return 0.0
    return expected_curve_pay(
        mean, spread, quota, rate * curve.year_share, curve.year_threshold, curve.year_accelerator,
        curve.year_bonus * leverage(scenario.pay), curve.year_cap,
    )


def worth_in_this_period(rep: Rep, credit: float, scenario: Scenario, t: int) -> float:
    """Mean pay for a dollar over this much more credit, the ratchet's cost left out (USD per USD).

    The deal itself is taken out of what is still likely to come.
    """
    rate = rate_of_credit(scenario.pay, rep.quota)
    if credit <= 0.0 or is_plain(scenario) or rep.quota <= 0.0:
        return rate
    weekly = rep.quota / 52.0
    left = weeks_left(scenario, t)
    rest = still_to_come(rep, credit, left, scenario)
    spread = spread_of_rest(scenario.worth.rest_spread, weekly, left)
    quota = quota_of_period(rep, scenario, t)
    low = rep.credited + rest
    gain = expected_by_period(rate, quota, low + credit, spread, scenario)
    gain -= expected_by_period(rate, quota, low, spread, scenario)
    left_of_year = float(YEAR - t % YEAR)
    later = rep.run_rate * at_least(left_of_year - left, 0.0)
    spread_of_year = spread_of_rest(scenario.worth.rest_spread, weekly, left_of_year)
    year = quota_of_year(rep, t)
    low = rep.credited_this_year + rest + later
    gain += expected_by_year(rate, year, low + credit, spread_of_year, scenario)
    gain -= expected_by_year(rate, year, low, spread_of_year, scenario)
    return gain / credit


def worth_in_a_fresh_period(rep: Rep, credit: float, scenario: Scenario) -> float:
    """The same in a period of which nothing has passed and in which a usual rep is on quota."""
    rate = rate_of_credit(scenario.pay, rep.quota)
    if credit <= 0.0 or is_plain(scenario) or rep.quota <= 0.0:
        return rate
    weeks = float(scenario.pay.period_weeks)
    weekly = rep.quota / 52.0
    spread = spread_of_rest(scenario.worth.rest_spread, weekly, weeks)
    low = rep.run_rate * weeks
    gain = expected_by_period(rate, weekly * weeks, low + credit, spread, scenario)
    gain -= expected_by_period(rate, weekly * weeks, low, spread, scenario)
    spread = spread_of_rest(scenario.worth.rest_spread, weekly, float(YEAR))
    low = rep.run_rate * float(YEAR)
    gain += expected_by_year(rate, rep.quota, low + credit, spread, scenario)
    gain -= expected_by_year(rate, rep.quota, low, spread, scenario)
    return gain / credit


def cost_through_quota(rep: Rep, scenario: Scenario, t: int) -> float:
    """What a dollar sold this year costs next year, because the quota rises (USD per USD)."""
    ratchet = scenario.quotas.quota_ratchet
    if ratchet == 0.0 or rep.quota <= 0.0:
        return 0.0
    rise = STEP_OF_QUOTA * rep.quota
    kept = kept_until(scenario.worth.later_discount, float(YEAR - t % YEAR))
    return shadow_cost(
        ratchet, pay_of_next_year(rep, rep.quota, scenario),
        pay_of_next_year(rep, rep.quota + rise, scenario), rise, kept,
    )


def pay_of_next_year(rep: Rep, quota: float, scenario: Scenario) -> float:
    """Expected variable pay of a usual year against this quota (USD)."""
    weeks = float(scenario.pay.period_weeks)
    periods = 52.0 / weeks
    rate = rate_of_credit(scenario.pay, quota)
    sd, weekly = scenario.worth.rest_spread, rep.quota / 52.0
    by_period = expected_by_period(
        rate, quota / periods, rep.run_rate * weeks, spread_of_rest(sd, weekly, weeks), scenario
    )
    by_year = expected_by_year(
        rate, quota, rep.run_rate * 52.0, spread_of_rest(sd, weekly, 52.0), scenario
    )
    return periods * by_period + by_year
