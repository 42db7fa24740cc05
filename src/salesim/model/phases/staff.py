"""Phase 8: leaving, empty seats, hiring and the handover of accounts."""

from ...rules.handover import NEW_HIRE, SIMILAR_REP, fair_number, similarity, trust_after_handover
from ...rules.leaving import leaving_probability
from ..accounts import set_quotas, sort_accounts, take_habit
from ..luck import LEAVING, uniform
from ..people import join, know_team, knows_industry
from ..scenario import Scenario
from ..state import Customer, Firm, Manager, Rep
from .learn import skill_at_rest
from .pay import settle_period, settle_year, write_off

ANY_INDUSTRY = -1


def staff(scenario: Scenario, firm: Firm, t: int) -> None:
    """Reps leave, seats stay empty for months, newcomers come and accounts change hands."""
    changed = False
    for manager in firm.managers:
        left = see_people_off(manager, scenario, firm, t)
        joined = fill_seats(manager, scenario, firm, t)
        if (left or joined) and scenario.handover.account_handover != NEW_HIRE:
            share_out(manager, scenario, firm)
            changed = True
    if changed:
        set_quotas(scenario, firm, t)


def see_people_off(manager: Manager, scenario: Scenario, firm: Firm, t: int) -> bool:
    """Let go who leaves the team; whether a seat stays empty."""
    emptied = False
    for k in range(manager.first_rep, manager.last_rep):
        rep = firm.reps[k]
        if rep.staffed:
            rep.tenure += 1
            if decide_to_leave(rep, scenario, firm, t):
                leave(rep, scenario, firm, t)
                if firm.ideal.seats_filled:
                    succeed_at_once(rep, scenario, firm, t)
                else:
                    emptied = True
    return emptied


def decide_to_leave(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> bool:
    """Reps leave sooner when pay falls short of the market's."""
    chance = leaving_probability(scenario.leaving, rep.recent_pay, scenario.pay.market_pay)
    return uniform(firm.luck, t, rep.id, LEAVING) < chance


def leave(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> None:
    """The rep is paid what is due and goes; the seat is empty."""
    own = firm.pay_plans[rep.pay_plan]
    settle_period(rep, own, firm, t)
    settle_year(rep, own, firm, t)
    write_off(rep, firm, t)
    rep.staffed = False
    rep.vacant_weeks = scenario.handover.vacancy_weeks
    firm.books[t].left += 1


def succeed_at_once(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> None:
    """The same successor, at once and fully able, keeps the accounts and their trust."""
    join(rep, scenario, firm)
    rep.skill = skill_at_rest(rep, scenario.coaching.coaching_share, scenario)
    for k in range(rep.first, rep.last):
        take_habit(firm.customers[firm.order[k]], rep, scenario, firm)
    firm.books[t].hired += 1


def fill_seats(manager: Manager, scenario: Scenario, firm: Firm, t: int) -> bool:
    """Newcomers take empty seats when their time has come; whether anybody came."""
    joined = False
    for k in range(manager.first_rep, manager.last_rep):
        rep = firm.reps[k]
        if not rep.staffed:
            if rep.vacant_weeks > 0:
                rep.vacant_weeks -= 1
            else:
                start_anew(rep, scenario, firm, t)
                joined = True
    return joined


def start_anew(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> None:
    """A newcomer has much to learn, and is new to the accounts that waited in the seat."""
    join(rep, scenario, firm)
    at_rest = skill_at_rest(rep, scenario.coaching.coaching_share, scenario)
    rep.skill = scenario.training.newcomer_share * at_rest
    for k in range(rep.first, rep.last):
        get_acquainted(firm.customers[firm.order[k]], rep, scenario, firm)
    firm.books[t].hired += 1


def share_out(manager: Manager, scenario: Scenario, firm: Firm) -> None:
    """Accounts of empty seats go to colleagues; then newcomers get their fair share."""
    for k in range(manager.first_account, manager.last_account):
        customer = firm.customers[k]
        if not firm.reps[customer.rep].staffed:
            colleague = heir_of(customer, manager, scenario, firm)
            if colleague >= 0:
                change_hands(customer, firm.reps[colleague], scenario, firm)
    sort_accounts(manager, firm)
    know_team(manager, firm)
    fair = fair_number(manager.last_account - manager.first_account, manager.team_size)
    for k in range(manager.first_rep, manager.last_rep):
        if firm.reps[k].staffed and firm.reps[k].tenure == 0:
            take_accounts(firm.reps[k], fair, scenario, firm)
    sort_accounts(manager, firm)


def heir_of(customer: Customer, manager: Manager, scenario: Scenario, firm: Firm) -> int:
    """Who takes an account over: the least busy, or the least busy who know the industry."""
    best = -1
    if scenario.handover.account_handover == SIMILAR_REP:
        best = least_busy_rep(manager, customer.industry, firm)
    return best if best >= 0 else least_busy_rep(manager, ANY_INDUSTRY, firm)


def least_busy_rep(manager: Manager, industry: int, firm: Firm) -> int:
    """Who has the fewest accounts of those who know the industry, the first of equals; -1 is nobody."""
    best = -1
    for k in range(manager.first_rep, manager.last_rep):
        rep = firm.reps[k]
        if rep.staffed and (industry == ANY_INDUSTRY or knows_industry(rep, industry)):
            if best < 0 or rep.accounts < firm.reps[best].accounts:
                best = k
    return best


def busiest_rep(manager: Manager, firm: Firm) -> int:
    """Who has the most accounts, the first of equals; -1 if the team is empty."""
    best = -1
    for k in range(manager.first_rep, manager.last_rep):
        if firm.reps[k].staffed and (best < 0 or firm.reps[k].accounts > firm.reps[best].accounts):
            best = k
    return best


def take_accounts(rep: Rep, fair: int, scenario: Scenario, firm: Firm) -> None:
    """A newcomer takes from the busiest, those accounts first that have least trust to lose."""
    manager = firm.managers[rep.manager]
    while rep.accounts < fair:
        giver = firm.reps[busiest_rep(manager, firm)]
        chosen = least_trusting_account(giver, firm)
        change_hands(firm.customers[chosen], rep, scenario, firm)


def least_trusting_account(rep: Rep, firm: Firm) -> int:
    """The account that has least to lose by a change, the first of equals; at least one exists.

    Whoever has more than a fair share has received nothing since accounts were last sorted.
    """
    best = -1
    for k in range(rep.first, rep.last):
        customer = firm.customers[firm.order[k]]
        if customer.rep == rep.id:
            if best < 0 or customer.trust < firm.customers[best].trust:
                best = customer.id
    return best


def change_hands(customer: Customer, heir: Rep, scenario: Scenario, firm: Firm) -> None:
    """The account has a new rep."""
    firm.reps[customer.rep].accounts -= 1
    heir.accounts += 1
    customer.rep = heir.id
    get_acquainted(customer, heir, scenario, firm)


def get_acquainted(customer: Customer, rep: Rep, scenario: Scenario, firm: Firm) -> None:
    """A new person: the old one's trust passes on as far as the new one knows the business."""
    if not firm.ideal.seats_filled:
        similar = similarity(knows_industry(rep, customer.industry), scenario.handover.strangeness)
        customer.trust = trust_after_handover(scenario.handover, customer.trust, similar)
        customer.known = customer.known * scenario.handover.firms_share
    take_habit(customer, rep, scenario, firm)
