"""Account reviews: what a won, lost or stalled deal teaches."""

from ...rules.reviews import PAIRED, TEAM, clearer, lesson, lesson_of_a_pair
from ..deals import AWAITING
from ..luck import PARTNER, REVIEW, uniform
from ..scenario import Scenario
from ..state import Customer, Deal, Firm, Rep


def review_accounts(scenario: Scenario, firm: Firm, t: int) -> None:
    """Some of the week's decided deals are looked at, before next week's work begins."""
    if scenario.reviews.account_review_rate <= 0.0:
        return
    keeping = firm.keeping[0]
    for k in range(keeping.first_row, keeping.deal_rows):
        deal = firm.deals[k]
        rep = firm.reps[deal.rep]
        chosen = uniform(firm.luck, deal.need, deal.account, REVIEW)
        over = deal.outcome != AWAITING
        if over and rep.staffed and chosen < scenario.reviews.account_review_rate:
            firm.books[t].reviews += 1
            look_back(rep, deal, scenario, firm, t)


def look_back(rep: Rep, deal: Deal, scenario: Scenario, firm: Firm, t: int) -> None:
    """The rep reviews the account alone, with the team or with a colleague."""
    way = scenario.reviews.review_format
    manager = firm.managers[rep.manager]
    partner = find_partner(rep, deal, firm) if way == PAIRED else -1
    get_to_know(firm.customers[deal.account], scenario)
    take_part(rep, 1.0, scenario, firm, t)
    if way == TEAM:
        manager.review_hours += scenario.reviews.review_hours
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
    rep.understanding = clearer(
        rep.understanding, scenario.communication.strategy_clarity,
        weight * reviews.understanding_effect,
    )


def get_to_know(customer: Customer, scenario: Scenario) -> None:
    """What the account needs and is worth becomes clearer."""
    customer.known = clearer(customer.known, 1.0, scenario.reviews.customer_effect)


def find_partner(rep: Rep, deal: Deal, firm: Firm) -> int:
    """A colleague of the team by chance; -1 where there is none."""
    manager = firm.managers[rep.manager]
    others = manager.team_size - 1
    if others < 1:
        return -1
    place = int(uniform(firm.luck, deal.need, deal.account, PARTNER) * float(others))
    for k in range(manager.first_rep, manager.last_rep):
        if firm.reps[k].staffed and k != rep.id:
            if place == 0:
                return k
            place -= 1
    return -1
