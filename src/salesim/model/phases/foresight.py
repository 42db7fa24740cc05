"""What reps expect to be paid: the look ahead that effort, price and timing share."""

from ...rules.arithmetic import at_least
from ...rules.expected_pay import expected_better, expected_curve_pay
from ...rules.pay import leverage, rate_of_credit
from ...rules.payout import is_linear
from ...rules.quotas import shadow_cost
from ...rules.worth import kept_until, rest_of_period, spread_of_rest
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


def weeks_of_period(rep: Rep, scenario: Scenario, t: int) -> float:
    """Weeks of this period that the rep spends in the seat."""
    return float(rep.period_weeks) + weeks_left(scenario, t)


def weeks_of_year(rep: Rep, t: int) -> float:
    """Weeks of this year that the rep spends in the seat."""
    return float(rep.year_weeks + YEAR - t % YEAR)


def still_to_come(rep: Rep, credit: float, weeks: float, scenario: Scenario) -> float:
    """Credit that is likely to come in these weeks beside a deal of this credit (USD)."""
    others = at_least(rep.pipeline - credit, 0.0)
    return rest_of_period(scenario.worth, rep.run_rate, others, weeks)


def rest_of_year(rep: Rep, credit: float, scenario: Scenario, t: int) -> float:
    """Credit that is likely to come this year beside a deal: of this period, then at the run rate."""
    left = weeks_left(scenario, t)
    later = rep.run_rate * at_least(float(YEAR - t % YEAR) - left, 0.0)
    return still_to_come(rep, credit, left, scenario) + later


def missing_for_the_period(rep: Rep, credit: float, scenario: Scenario, t: int) -> float:
    """Credit that this deal must bring to reach the period's quota, all else as expected (USD)."""
    rest = still_to_come(rep, credit, weeks_left(scenario, t), scenario)
    return rep.quota / 52.0 * weeks_of_period(rep, scenario, t) - rep.credited - rest


def missing_for_the_year(rep: Rep, credit: float, scenario: Scenario, t: int) -> float:
    """The same for the year's quota (USD)."""
    rest = rest_of_year(rep, credit, scenario, t)
    return rep.quota / 52.0 * weeks_of_year(rep, t) - rep.credited_this_year - rest


def is_plain(scenario: Scenario) -> bool:
    """Whether pay is a rate and nothing else, so that every dollar is worth the same."""
    curve = scenario.payout
    by_period = is_linear(curve.threshold, curve.accelerator, curve.bonus, curve.cap)
    by_year = is_linear(curve.year_threshold, curve.year_accelerator, curve.year_bonus, curve.year_cap)
    return by_period and (by_year or (curve.year_share == 0.0 and curve.year_bonus == 0.0))


def expected_by_period(quota: float, weeks: float, mean: float, spread: float, scenario: Scenario) -> float:
    """Expected pay of so many weeks of a period by its curve (USD; `quota` is a year's)."""
    curve = scenario.payout
    bonus = curve.bonus * leverage(scenario.pay) * weeks / float(scenario.pay.period_weeks)
    return expected_curve_pay(
        mean,
        spread,
        quota * weeks / 52.0,
        rate_of_credit(scenario.pay, quota) * (1.0 - curve.year_share),
        curve.threshold,
        curve.accelerator,
        bonus,
        curve.cap,
    )


def expected_by_year(quota: float, weeks: float, mean: float, spread: float, scenario: Scenario) -> float:
    """Expected pay of so many weeks of a year by its curve (USD; `quota` is a year's)."""
    curve = scenario.payout
    if curve.year_share == 0.0 and curve.year_bonus == 0.0:
        return 0.0
    bonus = curve.year_bonus * leverage(scenario.pay) * weeks / 52.0
    return expected_curve_pay(
        mean,
        spread,
        quota * weeks / 52.0,
        rate_of_credit(scenario.pay, quota) * curve.year_share,
        curve.year_threshold,
        curve.year_accelerator,
        bonus,
        curve.year_cap,
    )


def worth_in_this_period(rep: Rep, credit: float, scenario: Scenario, t: int) -> float:
    """Mean pay for a dollar over this much more credit, the ratchet's cost left out (USD per USD).

    The deal itself is taken out of what is still likely to come.
    """
    if credit <= 0.0 or is_plain(scenario) or rep.quota <= 0.0:
        return rate_of_credit(scenario.pay, rep.quota)
    left = weeks_left(scenario, t)
    weeks = weeks_of_period(rep, scenario, t)
    spread = spread_of_weeks(rep, left, scenario)
    low = rep.credited + still_to_come(rep, credit, left, scenario)
    gain = expected_by_period(rep.quota, weeks, low + credit, spread, scenario)
    gain -= expected_by_period(rep.quota, weeks, low, spread, scenario)
    weeks = weeks_of_year(rep, t)
    spread = spread_of_weeks(rep, float(YEAR - t % YEAR), scenario)
    low = rep.credited_this_year + rest_of_year(rep, credit, scenario, t)
    gain += expected_by_year(rep.quota, weeks, low + credit, spread, scenario)
    gain -= expected_by_year(rep.quota, weeks, low, spread, scenario)
    return gain / credit


def worth_in_a_fresh_period(rep: Rep, credit: float, scenario: Scenario) -> float:
    """The same in a period and a year of which nothing has passed."""
    if credit <= 0.0 or is_plain(scenario) or rep.quota <= 0.0:
        return rate_of_credit(scenario.pay, rep.quota)
    weeks, year = float(scenario.pay.period_weeks), float(YEAR)
    spread = spread_of_weeks(rep, weeks, scenario)
    low = rep.run_rate * weeks
    gain = expected_by_period(rep.quota, weeks, low + credit, spread, scenario)
    gain -= expected_by_period(rep.quota, weeks, low, spread, scenario)
    spread = spread_of_weeks(rep, year, scenario)
    low = rep.run_rate * year
    gain += expected_by_year(rep.quota, year, low + credit, spread, scenario)
    gain -= expected_by_year(rep.quota, year, low, spread, scenario)
    return gain / credit


def worth_with_a_choice(rep: Rep, credit: float, later: float, scenario: Scenario, t: int) -> float:
    """Worth of a dollar that can still go into this period or the next when this one ends (USD per USD)."""
    if credit <= 0.0 or is_plain(scenario) or rep.quota <= 0.0:
        return later
    curve, left = scenario.payout, weeks_left(scenario, t)
    weeks, year = weeks_of_period(rep, scenario, t), weeks_of_year(rep, t)
    spread = spread_of_weeks(rep, float(YEAR - t % YEAR), scenario)
    low = rep.credited_this_year + rest_of_year(rep, credit, scenario, t)
    by_year = expected_by_year(rep.quota, year, low + credit, spread, scenario)
    by_year -= expected_by_year(rep.quota, year, low, spread, scenario)
    return expected_better(
        later,
        by_year / credit,
        rep.credited + still_to_come(rep, credit, left, scenario),
        spread_of_weeks(rep, left, scenario),
        credit,
        rep.quota * weeks / 52.0,
        rate_of_credit(scenario.pay, rep.quota) * (1.0 - curve.year_share),
        curve.threshold,
        curve.accelerator,
        curve.bonus * leverage(scenario.pay) * weeks / float(scenario.pay.period_weeks),
        curve.cap,
    )


def spread_of_weeks(rep: Rep, weeks: float, scenario: Scenario) -> float:
    """How uncertain the credit of so many weeks is (sd, USD)."""
    return spread_of_rest(scenario.worth.rest_spread, rep.quota / 52.0, weeks)


def cost_through_quota(rep: Rep, scenario: Scenario, t: int) -> float:
    """What a dollar sold this year costs next year, because the quota rises (USD per USD)."""
    ratchet = scenario.quotas.quota_ratchet
    if ratchet == 0.0 or rep.quota <= 0.0:
        return 0.0
    rise = STEP_OF_QUOTA * rep.quota
    kept = kept_until(scenario.worth.later_discount, float(YEAR - t % YEAR))
    return shadow_cost(
        ratchet,
        pay_of_next_year(rep, rep.quota, scenario),
        pay_of_next_year(rep, rep.quota + rise, scenario),
        rise,
        kept,
    )


def pay_of_next_year(rep: Rep, quota: float, scenario: Scenario) -> float:
    """Expected variable pay of a usual year against this quota (USD)."""
    weeks, year = float(scenario.pay.period_weeks), float(YEAR)
    by_period = expected_by_period(
        quota, weeks, rep.run_rate * weeks, spread_of_weeks(rep, weeks, scenario), scenario
    )
    by_year = expected_by_year(
        quota, year, rep.run_rate * year, spread_of_weeks(rep, year, scenario), scenario
    )
    return year / weeks * by_period + by_year
