"""When a ready deal comes to its price: the customer's date, the rep's, and waiting."""

from ...rules.arithmetic import at_least
from ...rules.timing import (
    after_concession,
    customer_waits,
    is_worth_holding,
    is_worth_hurrying,
    natural_delay,
    worth_if_watched,
)
from ...rules.worth import kept_until
from ..accounts import planned_price_of
from ..luck import LAPSE, SIGNATURE, WATCH, draws, uniform
from ..scenario import Scenario
from ..state import Customer, Firm, Rep
from .credit import credit_kept, pay_kept
from .due import rate_of_new, usual_factor, weeks_left
from .foresight import (
    rules_next,
    sums_now,
    sums_per_dollar,
    weeks_alike,
    worth_in_this_period,
    worth_when_that_ends,
    worth_with_a_choice,
)
from .teams import chance_of_watch


def become_ready(customer: Customer, scenario: Scenario, firm: Firm, t: int) -> None:
    """The customer could sign, and left alone would do so within its slack."""
    a, _, _, _ = draws(firm.luck, customer.need, customer.id, SIGNATURE)
    customer.is_ready = True
    customer.ready_week = t
    customer.natural_week = t + natural_delay(scenario.timing.timing_slack_weeks, a)
    customer.not_before = t


def comes_to_price(rep: Rep, customer: Customer, scenario: Scenario, firm: Firm, t: int) -> bool:
    """Whether the deal gets its price this week."""
    if t < customer.not_before:
        return False
    if firm.ideal.calendar_ignored or t >= customer.ready_week + scenario.timing.timing_slack_weeks:
        return t >= customer.natural_week
    if t < customer.natural_week:
        return hurries(rep, customer, scenario, firm, t)
    waits = customer_wants_to_wait(customer, scenario, t)
    return not waits and not holds(rep, customer, scenario, firm, t)


def hurries(rep: Rep, customer: Customer, scenario: Scenario, firm: Firm, t: int) -> bool:
    """In the last week of a period, or of its rules, a rep asks for signatures that would come too late.

    The customer wants something for signing before its own date.
    """
    if weeks_alike(rep, scenario, firm, t) > 1.0:
        return False
    now, then = worth_now_and_next(rep, customer, scenario, firm, t)
    return is_worth_hurrying(moved(now, float(customer.natural_week - t), scenario), then)


def holds(rep: Rep, customer: Customer, scenario: Scenario, firm: Firm, t: int) -> bool:
    """A rep holds a deal back when the next period or rules pay better, or may and can be waited for.

    A held deal keeps the choice between both periods until this one ends, when its pay is known; the
    customer wants something for signing after its own date, and the manager may want the deal now.
    """
    weeks = weeks_alike(rep, scenario, firm, t)
    last = customer.ready_week + scenario.timing.timing_slack_weeks
    if float(last - t) < weeks:
        return False
    now, then = worth_now_and_next(rep, customer, scenario, firm, t)
    if weeks <= 1.0:
        return pays_to_hold(now, then, weeks, scenario) and not is_watched(rep, customer, scenario, firm, t)
    watch = chance_of_watch(rep, scenario, firm)
    if pays_to_hold(now, worth_if_watched(now, then, watch), weeks, scenario):
        return True
    if not rep.staffed:
        return False
    credit, beside = customer.size * planned_price_of(scenario), paid_beside(rep, customer, scenario, t)
    kept = pay_kept(customer, scenario)
    factor = usual_factor(scenario) * credit_kept(customer, scenario)
    choice = at_least(then, beside * kept)
    if factor > 0.0 and kept > 0.0:
        by_curve = worth_with_a_choice(rep, credit, (then / kept - beside) / factor, scenario, firm, t)
        choice = (factor * by_curve + beside) * kept
    return pays_to_hold(now, worth_if_watched(now, choice, watch), weeks - 1.0, scenario)


def pays_to_hold(now: float, held: float, weeks: float, scenario: Scenario) -> bool:
    """Whether a deal that is held so long is worth more, with what that costs (USD per USD)."""
    return is_worth_holding(now, moved(held, weeks, scenario), kept_while_held(weeks, scenario))


def is_watched(rep: Rep, customer: Customer, scenario: Scenario, firm: Firm, t: int) -> bool:
    """A manager who goes through what could be signed this period sees that this deal is held."""
    return uniform(firm.luck, t, customer.id, WATCH) < chance_of_watch(rep, scenario, firm)


def moved(worth: float, weeks: float, scenario: Scenario) -> float:
    """Worth of a deal that is signed so many weeks off its natural date (USD per USD)."""
    return after_concession(worth, scenario.timing.waiting_cost, weeks, planned_price_of(scenario))


def kept_while_held(weeks: float, scenario: Scenario) -> float:
    """What is left of the worth of a deal that is held so long: it may lapse, and later pay counts less."""
    return kept_until(scenario.worth.later_discount + scenario.timing.impatience, weeks)


def worth_now_and_next(
    rep: Rep, customer: Customer, scenario: Scenario, firm: Firm, t: int
) -> tuple[float, float]:
    """What a dollar of this deal pays now, and next, as far as it is kept (USD per USD)."""
    if not rep.staffed:
        return 0.0, 0.0
    credit = customer.size * planned_price_of(scenario)
    now = worth_in_this_period(rep, credit, scenario, firm, t) * credit_kept(customer, scenario)
    now = now * usual_factor(scenario) + paid_beside(rep, customer, scenario, t)
    rules = rules_next(rep, scenario, firm, t)
    then = worth_when_that_ends(rep, credit, scenario, firm, t) * credit_kept(customer, rules)
    then = (then + rate_of_new(customer, rules)) * usual_factor(rules)
    then += sums_per_dollar(customer.size, rules)
    return now * pay_kept(customer, scenario), then * pay_kept(customer, rules)


def paid_beside(rep: Rep, customer: Customer, scenario: Scenario, t: int) -> float:
    """What this deal would pay now beside its credit, for a dollar at the planned price (USD per USD)."""
    rate = rate_of_new(customer, scenario) * usual_factor(scenario)
    return sums_now(rep, customer.size, scenario, t) + rate


def customer_wants_to_wait(customer: Customer, scenario: Scenario, t: int) -> bool:
    """Customers who have learned that period ends are cheaper wait for one within their slack."""
    weeks = int(weeks_left(scenario, t)) - 1
    last = customer.ready_week + scenario.timing.timing_slack_weeks
    if t + weeks > last:
        return False
    return customer_waits(customer.gap, scenario.timing.waiting_cost, weeks)


def lapses(customer: Customer, scenario: Scenario, firm: Firm, t: int) -> bool:
    """A deal that is held beyond its natural date may be lost for good."""
    if t <= customer.natural_week:
        return False
    return uniform(firm.luck, t, customer.id, LAPSE) < scenario.timing.impatience
