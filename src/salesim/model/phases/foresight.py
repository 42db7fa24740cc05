"""What reps expect to be paid: the look ahead that effort, price and timing share."""

from ...rules.arithmetic import at_least, at_most, normal_share_above
from ...rules.expected_pay import SMALLEST_SPREAD, expected_better, expected_curve_pay
from ...rules.pay import GUARANTEED, rate_of_credit
from ...rules.payout import is_linear
from ...rules.quotas import shadow_cost
from ...rules.worth import kept_until, rest_of_period, spread_of_rest
from ..calendar import YEAR
from ..scenario import Scenario
from ..state import Firm, Rep
from .due import draw_of_a_week, weeks_left

FAR = 1e6  # weeks
STEP_OF_QUOTA = 0.01  # the rise in quota over which next year's loss is measured


def weeks_to_other_rules(firm: Firm, t: int) -> float:
    """Weeks until pay follows other rules, as far as reps know (weeks; `FAR` where they know of none)."""
    keeping = firm.keeping[0]
    known = t < keeping.rules_end and t >= keeping.rules_known
    return float(keeping.rules_end - t) if known else FAR


def weeks_alike(scenario: Scenario, firm: Firm, t: int) -> float:
    """Weeks in which a sale is paid as it would be now: to the end of the period or of the rules."""
    left, rules = weeks_left(scenario, t), weeks_to_other_rules(firm, t)
    return left if left <= rules else rules


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


def rest_until(rep: Rep, credit: float, weeks: float, scenario: Scenario, t: int) -> float:
    """Credit that is likely to come in these weeks beside a deal: of this period, then at the run rate."""
    left = weeks_left(scenario, t)
    later = rep.run_rate * at_least(weeks - left, 0.0)
    return still_to_come(rep, credit, left if left < weeks else weeks, scenario) + later


def quota_of_period(rep: Rep, scenario: Scenario, t: int) -> float:
    """Quota of the period's weeks in the seat: those so far, and the rest as it is now (USD)."""
    return rep.period_quota + rep.quota / 52.0 * weeks_left(scenario, t)


def quota_of_year(rep: Rep, t: int) -> float:
    """The same for the year (USD)."""
    return rep.year_quota + rep.quota / 52.0 * float(YEAR - t % YEAR)


def missing_for_the_period(rep: Rep, credit: float, scenario: Scenario, t: int) -> float:
    """Credit that this deal must bring to reach the period's quota, all else as expected (USD)."""
    rest = still_to_come(rep, credit, weeks_left(scenario, t), scenario)
    return quota_of_period(rep, scenario, t) - rep.credited - rest


def missing_for_the_year(rep: Rep, credit: float, scenario: Scenario, t: int) -> float:
    """The same for the year's quota (USD)."""
    rest = rest_until(rep, credit, float(YEAR - t % YEAR), scenario, t)
    return quota_of_year(rep, t) - rep.credited_this_year - rest


def is_plain(scenario: Scenario) -> bool:
    """Whether pay is a rate and nothing else, so that every dollar is worth the same."""
    curve = scenario.payout
    by_period = is_linear(curve.threshold, curve.accelerator, curve.bonus, curve.cap)
    by_year = is_linear(curve.year_threshold, curve.year_accelerator, curve.year_bonus, curve.year_cap)
    return by_period and (by_year or (curve.year_share == 0.0 and curve.year_bonus == 0.0))


def expected_by_period(quota: float, weeks: float, mean: float, spread: float, scenario: Scenario) -> float:
    """Expected pay of so many weeks of a period by its curve (USD; `quota` is that of these weeks)."""
    curve = scenario.payout
    return expected_curve_pay(
        mean,
        spread,
        quota,
        rate_of_credit(scenario.pay, quota * 52.0 / weeks) * (1.0 - curve.year_share),
        curve.threshold,
        curve.accelerator,
        curve.bonus * weeks / float(scenario.pay.period_weeks),
        curve.cap,
    )


def expected_by_year(quota: float, weeks: float, mean: float, spread: float, scenario: Scenario) -> float:
    """Expected pay of so many weeks of a year by its curve (USD; `quota` is that of these weeks)."""
    curve = scenario.payout
    if curve.year_share == 0.0 and curve.year_bonus == 0.0:
        return 0.0
    return expected_curve_pay(
        mean,
        spread,
        quota,
        rate_of_credit(scenario.pay, quota * 52.0 / weeks) * curve.year_share,
        curve.year_threshold,
        curve.year_accelerator,
        curve.year_bonus * weeks / 52.0,
        curve.year_cap,
    )


def more_by_period(
    rep: Rep, credit: float, low: float, ahead: float, rules: Scenario, scenario: Scenario, t: int
) -> float:
    """What this much more credit adds to the period's pay by these rules (USD).

    It comes on top of `low`, the mean of what is likely after `ahead` weeks.
    """
    quota, weeks = quota_of_period(rep, scenario, t), weeks_of_period(rep, scenario, t)
    spread = spread_of_weeks(rep, ahead, scenario)
    gain = expected_by_period(quota, weeks, low + credit, spread, rules)
    return gain - expected_by_period(quota, weeks, low, spread, rules)


def more_by_year(
    rep: Rep, credit: float, low: float, ahead: float, rules: Scenario, scenario: Scenario, t: int
) -> float:
    """The same by the year's curve (USD)."""
    quota, weeks = quota_of_year(rep, t), weeks_of_year(rep, t)
    spread = spread_of_weeks(rep, ahead, scenario)
    gain = expected_by_year(quota, weeks, low + credit, spread, rules)
    return gain - expected_by_year(quota, weeks, low, spread, rules)


def worth_in_this_period(rep: Rep, credit: float, scenario: Scenario, firm: Firm, t: int) -> float:
    """Mean pay for a dollar over this much more credit sold now, the ratchet's cost left out (USD per USD).

    The deal itself is taken out of what is still likely to come. Where other rules begin before the
    period or the year ends, the deal is paid by today's where it then stands, and lifts what later
    sales are paid by theirs.
    """
    rules = weeks_to_other_rules(firm, t)
    if credit <= 0.0 or rep.quota <= 0.0 or (is_plain(scenario) and rules >= FAR):
        return rate_of_credit(scenario.pay, rep.quota) * chance_above_draw(rep, scenario, t)
    left, year = weeks_left(scenario, t), float(YEAR - t % YEAR)
    by_then = rep.credited + still_to_come(rep, credit, at_most(left, rules), scenario)
    gain = more_by_period(rep, credit, by_then, at_most(left, rules), scenario, scenario, t)
    in_year = rep.credited_this_year + rest_until(rep, credit, at_most(year, rules), scenario, t)
    gain += more_by_year(rep, credit, in_year, at_most(year, rules), scenario, scenario, t)
    if rules < left:
        gain += lift_of_later_pay(rep, credit, by_then, rules, left, scenario, firm, t)
    if rules < year:
        end = rep.credited_this_year + rest_until(rep, credit, year, scenario, t)
        gain += more_by_year(rep, credit, end, year, firm.later, scenario, t)
        gain -= more_by_year(rep, credit, in_year, rules, firm.later, scenario, t)
    return gain / credit * chance_above_draw(rep, scenario, t)


def lift_of_later_pay(
    rep: Rep,
    credit: float,
    by_then: float,
    rules: float,
    left: float,
    scenario: Scenario,
    firm: Firm,
    t: int,
) -> float:
    """What sales by the later rules of this period are paid more, standing on this deal (USD)."""
    end = rep.credited + still_to_come(rep, credit, left, scenario)
    lift = more_by_period(rep, credit, end, left, firm.later, scenario, t)
    return lift - more_by_period(rep, credit, by_then, rules, firm.later, scenario, t)


def worth_when_that_ends(rep: Rep, credit: float, scenario: Scenario, firm: Firm, t: int) -> float:
    """The same for a sale in the next period, or by the rules that follow if they come first."""
    left, rules = weeks_left(scenario, t), weeks_to_other_rules(firm, t)
    if rules >= left:
        return worth_in_a_fresh_period(rep, credit, firm.later if rules <= left else scenario)
    if credit <= 0.0 or rep.quota <= 0.0 or is_plain(firm.later):
        return rate_of_credit(firm.later.pay, rep.quota)
    end = rep.credited + still_to_come(rep, credit, left, scenario)
    gain = more_by_period(rep, credit, end, left, firm.later, scenario, t)
    year = float(YEAR - t % YEAR)
    end = rep.credited_this_year + rest_until(rep, credit, year, scenario, t)
    return (gain + more_by_year(rep, credit, end, year, firm.later, scenario, t)) / credit


def chance_above_draw(rep: Rep, scenario: Scenario, t: int) -> float:
    """Chance that a sale adds to pay: that what the rep is sure of will be earned anyway (probability).

    An advance is taken back, so it takes nothing from what a sale is worth.
    """
    sure = draw_of_a_week(rep, scenario)
    if sure <= 0.0 or scenario.pay.draw_kind != GUARANTEED:
        return 1.0
    weeks = weeks_left(scenario, t)
    if scenario.pay.draw * scenario.pay.target_pay * scenario.pay.pay_mix < 52.0 * sure:
        weeks = at_most(weeks, float(scenario.pay.ramp_weeks - rep.tenure))
    rate = rate_of_credit(scenario.pay, rep.quota)
    missing = rep.sure + sure * weeks - rep.covered_pay - rate * rep.run_rate * weeks
    spread = at_least(rate * spread_of_weeks(rep, weeks, scenario), SMALLEST_SPREAD)
    return normal_share_above(missing / spread)


def worth_in_a_fresh_period(rep: Rep, credit: float, scenario: Scenario) -> float:
    """The same in a period and a year of which nothing has passed."""
    if credit <= 0.0 or is_plain(scenario) or rep.quota <= 0.0:
        return rate_of_credit(scenario.pay, rep.quota)
    weeks, year = float(scenario.pay.period_weeks), float(YEAR)
    quota = rep.quota * weeks / 52.0
    spread = spread_of_weeks(rep, weeks, scenario)
    low = rep.run_rate * weeks
    gain = expected_by_period(quota, weeks, low + credit, spread, scenario)
    gain -= expected_by_period(quota, weeks, low, spread, scenario)
    spread = spread_of_weeks(rep, year, scenario)
    low = rep.run_rate * year
    gain += expected_by_year(rep.quota, year, low + credit, spread, scenario)
    gain -= expected_by_year(rep.quota, year, low, spread, scenario)
    return gain / credit


def worth_with_a_choice(
    rep: Rep, credit: float, later: float, scenario: Scenario, firm: Firm, t: int
) -> float:
    """Worth of a dollar that can still go into this period or the next when this one ends (USD per USD).

    Where the rules end first there is nothing to choose by.
    """
    left = weeks_left(scenario, t)
    if credit <= 0.0 or rep.quota <= 0.0 or is_plain(scenario) or weeks_to_other_rules(firm, t) < left:
        return later
    curve = scenario.payout
    weeks, year = weeks_of_period(rep, scenario, t), float(YEAR - t % YEAR)
    quota = quota_of_period(rep, scenario, t)
    low = rep.credited_this_year + rest_until(rep, credit, year, scenario, t)
    by_year = more_by_year(rep, credit, low, year, scenario, scenario, t)
    return expected_better(
        later,
        by_year / credit,
        rep.credited + still_to_come(rep, credit, left, scenario),
        spread_of_weeks(rep, left, scenario),
        credit,
        quota,
        rate_of_credit(scenario.pay, quota * 52.0 / weeks) * (1.0 - curve.year_share),
        curve.threshold,
        curve.accelerator,
        curve.bonus * weeks / float(scenario.pay.period_weeks),
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
        quota * weeks / 52.0, weeks, rep.run_rate * weeks, spread_of_weeks(rep, weeks, scenario), scenario
    )
    by_year = expected_by_year(
        quota, year, rep.run_rate * year, spread_of_weeks(rep, year, scenario), scenario
    )
    return year / weeks * by_period + by_year
