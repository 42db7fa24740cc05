"""What reps expect to be paid: the look ahead that effort, price and timing share."""

from ...rules.arithmetic import at_least, at_most, normal_share_above
from ...rules.booking import expected_of_the_better
from ...rules.by_deal import sums_of_a_deal
from ...rules.curve import expected_pay, next_jumps
from ...rules.expected_pay import SMALLEST_SPREAD
from ...rules.needs import mean_units
from ...rules.pay import GUARANTEED
from ...rules.quotas import shadow_cost
from ...rules.worth import kept_until, rest_of_period, spread_of_rest
from ..accounts import planned_price_of
from ..calendar import YEAR
from ..scenario import Scenario
from ..state import Firm, Rep
from .due import (
    draw_of_a_week,
    gate_of_year,
    period_quota_with,
    period_terms,
    usual_factor,
    usual_rate,
    weeks_left,
    weeks_left_of_year,
    year_quota_with,
    year_terms,
)
from .periods import period_length, usual_period
from .teams import bonus_in_a_fresh_period, chance_added

FAR = 1e6  # weeks
STEP_OF_QUOTA = 0.01  # the rise in quota over which next year's loss is measured


def weeks_to_dated_rules(firm: Firm, t: int) -> float:
    """Weeks until the firm pays by other rules, as far as reps know (`FAR` where they know of none)."""
    keeping = firm.keeping[0]
    known = t < keeping.rules_end and t >= keeping.rules_known
    return float(keeping.rules_end - t) if known else FAR


def weeks_in_plan(rep: Rep) -> float:
    """Weeks until the rep's time in the seat brings another plan (`FAR` where it does not)."""
    return float(rep.plan_until - rep.tenure) if rep.plan_until > rep.tenure else FAR


def weeks_to_other_rules(rep: Rep, firm: Firm, t: int) -> float:
    """Weeks until the rep is paid by other rules, as far as the rep knows."""
    return at_most(weeks_to_dated_rules(firm, t), weeks_in_plan(rep))


def rules_after(rep: Rep, firm: Firm, t: int) -> Scenario:
    """The rules that then follow."""
    dated, own = weeks_to_dated_rules(firm, t), weeks_in_plan(rep)
    place = rep.next_plan if own <= dated else rep.pay_plan
    rules: Scenario = firm.pay_plans[place] if own < dated else firm.later[place]
    return rules


def weeks_alike(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> float:
    """Weeks in which a sale is paid as it would be now: to the end of the period or of the rules."""
    return at_most(weeks_left(scenario, t), weeks_to_other_rules(rep, firm, t))


def weeks_of_period(rep: Rep, scenario: Scenario, t: int) -> float:
    """Weeks of this period that the rep spends in the seat."""
    return float(rep.period_weeks) + weeks_left(scenario, t)


def weeks_of_year(rep: Rep, t: int) -> float:
    """Weeks of this year that the rep spends in the seat."""
    return float(rep.year_weeks + YEAR - t % YEAR)


def still_to_come(rep: Rep, credit: float, weeks: float, scenario: Scenario) -> float:
    """Credit that is likely to come in these weeks beside a deal of this credit (USD)."""
    own = at_least(rep.own_part * rep.pipeline - credit, 0.0)
    others = own + rep.from_colleagues
    return rest_of_period(scenario.worth, rep.run_rate, others, weeks)


def rest_until(rep: Rep, credit: float, weeks: float, scenario: Scenario, t: int) -> float:
    """Credit that is likely to come in these weeks beside a deal: of this period, then at the run rate."""
    left = weeks_left(scenario, t)
    later = rep.run_rate * at_least(weeks - left, 0.0)
    return still_to_come(rep, credit, left if left < weeks else weeks, scenario) + later


def quota_of_period(rep: Rep, scenario: Scenario, t: int) -> float:
    """Quota of the period's weeks in the seat: those so far, and the rest as far as known (USD)."""
    return period_quota_with(rep, weeks_left(scenario, t))


def quota_of_year(rep: Rep, t: int) -> float:
    """The same for the year (USD)."""
    return year_quota_with(rep, weeks_left_of_year(t))


def credit_of_period(rep: Rep, credit: float, scenario: Scenario, t: int) -> float:
    """Credit that the period is likely to end with beside a deal of this credit (USD)."""
    return rep.credited + still_to_come(rep, credit, weeks_left(scenario, t), scenario)


def credit_of_year(rep: Rep, credit: float, scenario: Scenario, t: int) -> float:
    """The same for the year (USD)."""
    return rep.credited_this_year + rest_until(rep, credit, weeks_left_of_year(t), scenario, t)


def jumps_of_period(rep: Rep, low: float, scenario: Scenario, t: int) -> tuple[float, float]:
    """The next two amounts of credit above this one at which the period's pay jumps (USD)."""
    weeks, gate = weeks_of_period(rep, scenario, t), gate_of_year(rep, weeks_left_of_year(t))
    length = float(period_length(scenario, t))
    terms = period_terms(quota_of_period(rep, scenario, t), weeks, length, gate, scenario)
    return next_jumps(scenario.payout.by_period, terms, low)


def jumps_of_year(rep: Rep, low: float, scenario: Scenario, t: int) -> tuple[float, float]:
    """The same for the year (USD)."""
    terms = year_terms(quota_of_year(rep, t), weeks_of_year(rep, t), scenario)
    return next_jumps(scenario.payout.by_year, terms, low)


def is_plain(scenario: Scenario) -> bool:
    """Whether pay is a rate and nothing else, so that every dollar is worth the same."""
    curve = scenario.payout
    return curve.by_period.size == 1 and (curve.by_year.size == 1 or not pays_by_year(scenario))


def pays_by_year(scenario: Scenario) -> bool:
    """Whether anything is paid by the year's own curve."""
    curve = scenario.payout
    return curve.year_share > 0.0 or curve.year_bonus > 0.0 or not curve.by_year.short


def expected_by_period(
    quota: float, weeks: float, length: float, gate: float, mean: float, spread: float, scenario: Scenario
) -> float:
    """Expected pay of so many weeks of a period of this length by its curve (USD; `quota` is theirs)."""
    terms = period_terms(quota, weeks, length, gate, scenario)
    return expected_pay(scenario.payout.by_period, terms, mean, spread)


def expected_by_year(quota: float, weeks: float, mean: float, spread: float, scenario: Scenario) -> float:
    """Expected pay of so many weeks of a year by its curve (USD; `quota` is that of these weeks)."""
    if not pays_by_year(scenario):
        return 0.0
    return expected_pay(scenario.payout.by_year, year_terms(quota, weeks, scenario), mean, spread)


def more_by_period(
    rep: Rep, credit: float, until: float, rules: Scenario, scenario: Scenario, t: int
) -> float:
    """What a deal adds to the period's pay by these rules, after so many weeks more (USD)."""
    low = rep.credited + still_to_come(rep, credit, until, scenario)
    weeks, gate = weeks_of_period(rep, scenario, t), gate_of_year(rep, weeks_left_of_year(t))
    length = float(period_length(rules, t))
    terms = period_terms(quota_of_period(rep, scenario, t), weeks, length, gate, rules)
    lines, spread = rules.payout.by_period, spread_of_weeks(rep, until, scenario)
    return expected_pay(lines, terms, low + credit, spread) - expected_pay(lines, terms, low, spread)


def more_by_year(
    rep: Rep, credit: float, until: float, rules: Scenario, scenario: Scenario, t: int
) -> float:
    """The same by the year's curve (USD)."""
    if not pays_by_year(rules):
        return 0.0
    low = rep.credited_this_year + rest_until(rep, credit, until, scenario, t)
    terms = year_terms(quota_of_year(rep, t), weeks_of_year(rep, t), rules)
    lines, spread = rules.payout.by_year, spread_of_weeks(rep, until, scenario)
    return expected_pay(lines, terms, low + credit, spread) - expected_pay(lines, terms, low, spread)


def worth_in_this_period(rep: Rep, credit: float, scenario: Scenario, firm: Firm, t: int) -> float:
    """Mean pay for a dollar over this much more credit sold now, the ratchet's cost left out (USD per USD).

    The deal itself is taken out of what is still likely to come. Where other rules begin before the
    period or the year ends, the deal is paid by today's where it then stands, and lifts what later
    sales are paid by theirs.
    """
    end, own = weeks_to_other_rules(rep, firm, t), credit * rep.own_part
    if own <= 0.0 or rep.quota <= 0.0 or (is_plain(scenario) and end >= FAR):
        worth = usual_rate(rep.quota, scenario) * rep.own_part
    else:
        left, year = weeks_left(scenario, t), weeks_left_of_year(t)
        gain = more_by_period(rep, own, at_most(left, end), scenario, scenario, t)
        gain += more_by_year(rep, own, at_most(year, end), scenario, scenario, t)
        if end < year:
            gain += lift_of_later_pay(rep, own, end, scenario, firm, t)
        worth = gain / credit
    worth += bonus_per_dollar(rep, credit, end, scenario, firm, t)
    return worth * chance_above_draw(rep, scenario, t)


def bonus_per_dollar(rep: Rep, credit: float, end: float, scenario: Scenario, firm: Firm, t: int) -> float:
    """What a dollar of this much credit sold now adds to the bonus of the team (USD per USD).

    It is paid in the week in which the team reaches its quota, by the rules of that week; other rules
    follow after `end` weeks.
    """
    bonus, later = scenario.team_pay.team_bonus, 0.0
    if bonus <= 0.0 and end >= FAR:
        return 0.0
    left = weeks_left(scenario, t)
    if end < left:
        later = rules_after(rep, firm, t).team_pay.team_bonus
    if credit <= 0.0 or (bonus <= 0.0 and later <= 0.0):
        return 0.0
    manager = firm.managers[rep.manager]
    by_then = chance_added(manager, credit, at_most(left, end))
    gain = bonus * by_then
    if end < left:
        gain += later * (chance_added(manager, credit, left) - by_then)
    return gain * weeks_of_period(rep, scenario, t) / float(period_length(scenario, t)) / credit


def lift_of_later_pay(rep: Rep, credit: float, end: float, scenario: Scenario, firm: Firm, t: int) -> float:
    """What sales by the later rules of this period and year are paid more, standing on this deal (USD)."""
    left, year, later = weeks_left(scenario, t), weeks_left_of_year(t), rules_after(rep, firm, t)
    lift = more_by_year(rep, credit, year, later, scenario, t)
    lift -= more_by_year(rep, credit, end, later, scenario, t)
    if end < left:
        lift += more_by_period(rep, credit, left, later, scenario, t)
        lift -= more_by_period(rep, credit, end, later, scenario, t)
    return lift


def worth_when_that_ends(rep: Rep, credit: float, scenario: Scenario, firm: Firm, t: int) -> float:
    """The same for a sale in the next period, or by the rules that follow if they come first."""
    left, end = weeks_left(scenario, t), weeks_to_other_rules(rep, firm, t)
    later = rules_after(rep, firm, t) if end <= left else scenario
    if end >= left:
        return worth_in_a_fresh_period(rep, credit, later, firm)
    own = credit * rep.own_part
    if own <= 0.0 or rep.quota <= 0.0:
        return usual_rate(rep.quota, later) * rep.own_part
    bonus = later.team_pay.team_bonus
    by_team = bonus * chance_added(firm.managers[rep.manager], credit, left) if bonus > 0.0 else 0.0
    if is_plain(later):
        return usual_rate(rep.quota, later) * rep.own_part + by_team / credit
    gain = more_by_period(rep, own, left, later, scenario, t)
    gain += more_by_year(rep, own, weeks_left_of_year(t), later, scenario, t)
    return (gain + by_team) / credit


def rules_next(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> Scenario:
    """The rules when this period ends, or those that come before, as far as the rep knows."""
    ends = weeks_to_other_rules(rep, firm, t) <= weeks_left(scenario, t)
    return rules_after(rep, firm, t) if ends else scenario


def sums_per_dollar(units: float, scenario: Scenario) -> float:
    """Fixed sums for a deal of so many units, for a dollar of it at the planned price (USD per USD)."""
    sums = sums_of_a_deal(scenario.by_deal, units)
    if units <= 0.0 or sums <= 0.0:
        return 0.0
    return sums * usual_factor(scenario) / (units * planned_price_of(scenario))


def sums_now(rep: Rep, units: float, scenario: Scenario, t: int) -> float:
    """The same for a sale in this period: a guarantee that is out of reach leaves nothing of them."""
    sums = sums_per_dollar(units, scenario)
    return sums * chance_above_draw(rep, scenario, t) if sums > 0.0 else 0.0


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
    rate = usual_rate(rep.quota, scenario) * usual_factor(scenario)
    rate += sums_per_dollar(mean_units(scenario.needs), scenario)
    missing = rep.sure + sure * weeks - rep.covered_pay - rate * rep.run_rate * weeks
    spread = at_least(rate * spread_of_weeks(rep, weeks, scenario), SMALLEST_SPREAD)
    return normal_share_above(missing / spread)


def worth_in_a_fresh_period(rep: Rep, credit: float, scenario: Scenario, firm: Firm) -> float:
    """The same in a period and a year of which nothing has passed."""
    own, part = credit * rep.own_part, rep.own_part
    by_team = bonus_in_a_fresh_period(rep, credit, scenario, firm) / credit if credit > 0.0 else 0.0
    if own <= 0.0:
        return usual_rate(rep.quota + rep.more_next, scenario) * part + by_team
    return worth_of_credit(rep, own, scenario) * part + by_team


def worth_of_credit(rep: Rep, credit: float, scenario: Scenario) -> float:
    """Mean pay for a dollar of the rep's own credit there (USD per USD)."""
    asked = rep.quota + rep.more_next
    if is_plain(scenario) or asked <= 0.0:
        return usual_rate(asked, scenario)
    weeks, year = usual_period(scenario), float(YEAR)
    quota, gate = asked * weeks / 52.0, usual_gate(rep, asked, scenario)
    spread = spread_of_weeks(rep, weeks, scenario)
    low = rep.run_rate * weeks
    terms, lines = period_terms(quota, weeks, weeks, gate, scenario), scenario.payout.by_period
    gain = expected_pay(lines, terms, low + credit, spread) - expected_pay(lines, terms, low, spread)
    if not pays_by_year(scenario):
        return gain / credit
    spread = spread_of_weeks(rep, year, scenario)
    low = rep.run_rate * year
    gain += expected_by_year(asked, year, low + credit, spread, scenario)
    gain -= expected_by_year(asked, year, low, spread, scenario)
    return gain / credit


def usual_gate(rep: Rep, quota: float, scenario: Scenario) -> float:
    """Credit with which the last period of a usual year reaches the year's quota (USD)."""
    return quota - rep.run_rate * (float(YEAR) - usual_period(scenario))


def worth_with_a_choice(
    rep: Rep, credit: float, later: float, scenario: Scenario, firm: Firm, t: int
) -> float:
    """Worth of a dollar that can still go into this period or the next when this one ends (USD per USD).

    Where the rules end first there is nothing to choose by.
    """
    left, own = weeks_left(scenario, t), credit * rep.own_part
    if own <= 0.0 or rep.quota <= 0.0 or is_plain(scenario) or weeks_to_other_rules(rep, firm, t) < left:
        return later
    weeks, gate = weeks_of_period(rep, scenario, t), gate_of_year(rep, weeks_left_of_year(t))
    by_team = bonus_per_dollar(rep, credit, FAR, scenario, firm, t)
    by_year = more_by_year(rep, own, weeks_left_of_year(t), scenario, scenario, t) / own
    length = float(period_length(scenario, t))
    booked = expected_of_the_better(
        scenario.payout.by_period,
        period_terms(quota_of_period(rep, scenario, t), weeks, length, gate, scenario),
        credit_of_period(rep, own, scenario, t),
        spread_of_weeks(rep, left, scenario),
        own,
        (later - by_team) / rep.own_part - by_year,
    )
    return (booked / own + by_year) * rep.own_part + by_team


def spread_of_weeks(rep: Rep, weeks: float, scenario: Scenario) -> float:
    """How uncertain the credit of so many weeks is (sd, USD)."""
    return spread_of_rest(scenario.worth.rest_spread, rep.quota / 52.0, weeks) * rep.own_spread


def cost_through_quota(rep: Rep, scenario: Scenario, t: int) -> float:
    """What a dollar sold this year costs next year, because the quota rises (USD per USD)."""
    ratchet = scenario.quotas.quota_ratchet
    if ratchet == 0.0 or rep.quota <= 0.0 or rep.given_next_year:
        return 0.0
    rise = STEP_OF_QUOTA * rep.quota
    kept = kept_until(scenario.worth.later_discount, weeks_left_of_year(t))
    return shadow_cost(
        ratchet,
        pay_of_next_year(rep, rep.quota, scenario),
        pay_of_next_year(rep, rep.quota + rise, scenario),
        rise,
        kept,
    )


def pay_of_next_year(rep: Rep, quota: float, scenario: Scenario) -> float:
    """Expected variable pay of a usual year against this quota (USD)."""
    weeks, year = usual_period(scenario), float(YEAR)
    by_period = expected_by_period(
        quota * weeks / 52.0,
        weeks,
        weeks,
        usual_gate(rep, quota, scenario),
        rep.run_rate * weeks,
        spread_of_weeks(rep, weeks, scenario),
        scenario,
    )
    by_year = expected_by_year(
        quota, year, rep.run_rate * year, spread_of_weeks(rep, year, scenario), scenario
    )
    return year / weeks * by_period + by_year
