"""Asking a manager for a price below authority: whether, what it takes, and the answer."""

from ...rules.approval import cost_of_asking, grant_probability, is_worth_asking, weeks_of_waiting
from ...rules.pay import target_incentive
from ...rules.team_pay import with_odds
from ..books import Deal
from ..deals import AWAITING
from ..luck import APPROVAL, draws
from ..scenario import Scenario
from ..state import Customer, Firm, Manager, Rep
from .pricing import chance_of, credit_at, gain_of
from .teams import odds_of_a_grant


def ask(
    rep: Rep, customer: Customer, deal: Deal, floor: float, scenario: Scenario, firm: Firm, t: int
) -> None:
    """The rep asks where that is worth the hours; until the answer comes there is no price.

    The same request gets the same answer: luck belongs to the opportunity.
    """
    manager = firm.managers[rep.manager]
    answer, days, _, _ = draws(firm.luck, customer.need, customer.id, APPROVAL)
    chance = chance_of_a_grant(manager, deal, floor, scenario)
    if not customer.asked:
        if not decides_to_ask(deal, floor, chance, scenario):
            return
        hand_in_request(rep, manager, scenario, firm, t)
        weeks = weeks_of_waiting(scenario.approval, days)
        if weeks > 0:
            wait_for_answer(customer, deal, t + weeks)
            return
    deal.asked = True
    deal.granted = answer < chance
    if deal.granted:
        firm.books[t].approvals_granted += 1


def chance_of_a_grant(manager: Manager, deal: Deal, floor: float, scenario: Scenario) -> float:
    """Managers who understand the strategy grant less, and more where their own pay gains by it."""
    chance = grant_probability(scenario.approval.approval_leniency, manager.understanding)
    if manager.worth_now <= 0.0:
        return chance
    lower = chance_of(deal.wanted, deal, deal.believed, scenario) * credit_at(deal.wanted, scenario)
    at_floor = chance_of(floor, deal, deal.believed, scenario) * credit_at(floor, scenario)
    return with_odds(chance, odds_of_a_grant(manager, deal.size * (lower - at_floor), scenario))


def decides_to_ask(deal: Deal, floor: float, chance: float, scenario: Scenario) -> bool:
    """Whether the lower price would earn the rep more than the hours of asking."""
    at_wanted = gain_of(deal.wanted, deal, scenario)
    at_floor = gain_of(floor, deal, scenario)
    cost = cost_of_asking(
        scenario.approval.approval_hours,
        target_incentive(scenario.pay),
        scenario.organisation.hours_per_week * scenario.accounts.selling_time_share,
    )
    return is_worth_asking(deal.worth * deal.size * (at_wanted - at_floor), chance, cost)


def hand_in_request(rep: Rep, manager: Manager, scenario: Scenario, firm: Firm, t: int) -> None:
    """Asking takes hours from next week's selling, and from the manager's coaching."""
    book = firm.books[t]
    manager.approvals += 1
    rep.lost_hours += scenario.approval.approval_hours
    book.asking_hours += scenario.approval.approval_hours
    book.approvals_asked += 1


def wait_for_answer(customer: Customer, deal: Deal, until: int) -> None:
    """The customer hears no price before the answer is there."""
    deal.outcome = AWAITING
    customer.not_before = until
    if customer.natural_week < until:
        customer.natural_week = until
    customer.quotes -= 1
