"""Account reviews: what a won, lost or stalled deal teaches."""

from ...rules.communication import clarity_so_far
from ...rules.reviews import PAIRED, TEAM, clearer, lesson, lesson_of_a_pair
from ..deals import AWAITING
from ..luck import PARTNER, REVIEW, uniform
from ..scenario import Scenario
from ..state import Customer, Firm, Rep


def review_accounts(scenario: Scenario, firm: Firm, t: int) -> None:
    """Some of the week's decided deals are looked at, before next week's work begins."""
    keeping = firm.keeping[0]
    for k in range(keeping.first_row, keeping.deal_rows):
        deal = firm.deals[k]
        if deal.outcome != AWAITING:
            consider_review(firm.reps[deal.rep], firm.customers[deal.account], scenario, firm, t)


def consider_review(rep: Rep, customer: Customer, scenario: Scenario, firm: Firm, t: int) -> None:
    """An account that was won, lost or has stalled may be reviewed."""
    rate = scenario.reviews.account_review_rate
    if rate <= 0.0 or not rep.staffed:
        return
    if uniform(firm.luck, customer.need, customer.id, REVIEW) < rate:
        firm.books[t].reviews += 1
        look_back(rep, customer, scenario, firm, t)


def look_back(rep: Rep, customer: Customer, scenario: Scenario, firm: Firm, t: int) -> None:
    """The rep reviews the account alone, with the team or with a colleague."""
    way = scenario.reviews.review_format
    manager = firm.managers[rep.manager]
    partner = find_partner(rep, customer, firm) if way == PAIRED else -1
    customer.known = clearer(customer.known, 1.0, scenario.reviews.customer_effect)
    take_part(rep, 1.0, scenario, firm, t)
    if way == TEAM:
        manager.lost_hours += scenario.reviews.review_hours
        for k in range(manager.first_rep, manager.last_rep):
            if firm.reps[k].staffed and k != rep.id:
                take_part(firm.reps[k], scenario.reviews.shared_effect, scenario, firm, t)
    if partner >= 0:
        colleague = firm.reps[partner]
        mine, theirs = rep.skill, colleague.skill
        rep.skill += lesson_of_a_pair(scenario.reviews, mine, theirs)
        colleague.skill += lesson_of_a_pair(scenario.reviews, theirs, mine)
        take_part(colleague, scenario.reviews.shared_effect, scenario, firm, t)


def take_part(rep: Rep, weight: float, scenario: Scenario, firm: Firm, t: int) -> None:
    """An hour lost, and something learned for weeks and something for good."""
    reviews = scenario.reviews
    rep.lost_hours += reviews.review_hours
    firm.books[t].review_hours += reviews.review_hours
    rep.skill += lesson(reviews, rep.skill, rep.ceiling, weight)
    rep.fresh += weight * reviews.working_memory
    said = clarity_so_far(scenario.communication, t - scenario.organisation.burn_in_weeks)
    rep.understanding = clearer(rep.understanding, said, weight * reviews.understanding_effect)


def find_partner(rep: Rep, customer: Customer, firm: Firm) -> int:
    """A colleague of the team by chance; -1 where there is none."""
    manager = firm.managers[rep.manager]
    others = manager.team_size - 1
    if others < 1:
        return -1
    place = int(uniform(firm.luck, customer.need, customer.id, PARTNER) * float(others))
    for k in range(manager.first_rep, manager.last_rep):
        if firm.reps[k].staffed and k != rep.id:
            if place == 0:
                return k
            place -= 1
    return -1
