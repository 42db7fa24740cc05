"""Phase 8: leaving, empty seats, hiring and the handover of accounts."""

from ...rules.handover import fair_number, trust_after_handover
from ...rules.leaving import leaving_probability
from ..accounts import set_quotas, sort_accounts, take_habit
from ..luck import LEAVING, uniform
from ..people import join
from ..scenario import Scenario
from ..state import Customer, Firm, Manager, Rep
from .learn import skill_at_rest
from .pay import settle_pay


def staff(scenario: Scenario, firm: Firm, t: int) -> None:
    """Reps leave, seats stay empty for months, newcomers come and accounts change hands."""
    moved = False
    for manager in firm.managers:
        if see_people_off(manager, scenario, firm, t):
            sort_accounts(manager, firm)
            moved = True
        if fill_seats(manager, scenario, firm, t):
            sort_accounts(manager, firm)
            moved = True
    if moved:
        set_quotas(scenario, firm, t)
        for rep in firm.reps:
            if rep.staffed and rep.tenure == 0:
                rep.run_rate = rep.quota / 52.0


def see_people_off(manager: Manager, scenario: Scenario, firm: Firm, t: int) -> bool:
    """Let go who leaves the team; whether accounts moved."""
    moved = False
    for k in range(manager.first_rep, manager.last_rep):
        rep = firm.reps[k]
        if rep.staffed:
            rep.tenure += 1
            if decide_to_leave(rep, scenario, firm, t):
                leave(rep, scenario, firm, t)
                if firm.ideal.seats_filled:
                    succeed_at_once(rep, scenario, firm, t)
                else:
                    moved = True
                    pass_accounts_on(rep, scenario, firm)
    return moved


def decide_to_leave(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> bool:
    """Reps leave sooner when pay falls short of the market's."""
    chance = leaving_probability(scenario.leaving, rep.recent_pay, scenario.pay.market_pay)
    return uniform(firm.luck, t, rep.id, LEAVING) < chance


def leave(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> None:
    """The rep is paid what is due and goes; the seat is empty."""
    settle_pay(rep, scenario, firm, t)
    rep.staffed = False
    rep.vacant_weeks = scenario.handover.vacancy_weeks
    firm.books[t].left += 1


def succeed_at_once(rep: Rep, scenario: Scenario, firm: Firm, t: int) -> None:
    """The same successor, at once and fully able, keeps the accounts and their trust."""
    join(rep, scenario, firm)
    rep.skill = skill_at_rest(rep, scenario.coaching.coaching_share, scenario)
    firm.books[t].hired += 1


def pass_accounts_on(rep: Rep, scenario: Scenario, firm: Firm) -> None:
    """Each account goes to the colleague who has the fewest; nobody takes them if nobody is there."""
    for k in range(rep.first, rep.last):
        colleague = least_busy_colleague(rep, firm)
        if colleague >= 0:
            change_hands(firm.customers[firm.order[k]], firm.reps[colleague], scenario, firm)


def least_busy_colleague(rep: Rep, firm: Firm) -> int:
    """The staffed rep of the team with the fewest accounts, the first of equals; -1 if none."""
    manager = firm.managers[rep.manager]
    best = -1
    for k in range(manager.first_rep, manager.last_rep):
        if firm.reps[k].staffed and (best < 0 or firm.reps[k].accounts < firm.reps[best].accounts):
            best = k
    return best


def change_hands(customer: Customer, heir: Rep, scenario: Scenario, firm: Firm) -> None:
    """A new rep for the account: part of the trust is lost, and old habits with it."""
    firm.reps[customer.rep].accounts -= 1
    heir.accounts += 1
    customer.rep = heir.id
    customer.trust = trust_after_handover(customer.trust, scenario.handover.firms_share)
    take_habit(customer, heir, scenario, firm)


def fill_seats(manager: Manager, scenario: Scenario, firm: Firm, t: int) -> bool:
    """Newcomers take empty seats when their time has come; whether accounts moved."""
    moved = False
    for k in range(manager.first_rep, manager.last_rep):
        rep = firm.reps[k]
        if not rep.staffed:
            if rep.vacant_weeks > 0 and not firm.ideal.seats_filled:
                rep.vacant_weeks -= 1
            else:
                moved = True
                join(rep, scenario, firm)
                rep.skill = skill_at_rest(rep, scenario.coaching.coaching_share, scenario)
                if not firm.ideal.seats_filled:
                    rep.skill = rep.skill * scenario.learning.newcomer_share
                take_accounts(rep, scenario, firm)
                firm.books[t].hired += 1
    return moved


def take_accounts(rep: Rep, scenario: Scenario, firm: Firm) -> None:
    """A newcomer takes what empty seats hold, then a fair share from the fullest colleagues."""
    manager = firm.managers[rep.manager]
    accounts = 0
    reps = 0
    for k in range(manager.first_rep, manager.last_rep):
        accounts += firm.reps[k].accounts
        if firm.reps[k].staffed:
            reps += 1
    for k in range(manager.first_rep, manager.last_rep):
        if not firm.reps[k].staffed:
            take_all_from(firm.reps[k], rep, scenario, firm)
    while rep.accounts < fair_number(accounts, reps):
        giver = fullest_colleague(rep, firm)
        if giver < 0:
            return
        chosen = least_trusting_account(firm.reps[giver], firm)
        change_hands(firm.customers[chosen], rep, scenario, firm)


def take_all_from(empty: Rep, rep: Rep, scenario: Scenario, firm: Firm) -> None:
    """Accounts that nobody could take over wait in an empty seat for the first newcomer."""
    for k in range(empty.first, empty.last):
        if firm.customers[firm.order[k]].rep == empty.id:
            change_hands(firm.customers[firm.order[k]], rep, scenario, firm)


def fullest_colleague(rep: Rep, firm: Firm) -> int:
    """The other staffed rep of the team with the most accounts, the first of equals; -1 if none.

    Only accounts held at the start of the week can be given, so a rep who joined in the same
    week gives none.
    """
    manager = firm.managers[rep.manager]
    best = -1
    for k in range(manager.first_rep, manager.last_rep):
        colleague = firm.reps[k]
        if k != rep.id and colleague.staffed and colleague.tenure > 0 and colleague.accounts > 0:
            if best < 0 or colleague.accounts > firm.reps[best].accounts:
                best = k
    return best


def least_trusting_account(rep: Rep, firm: Firm) -> int:
    """The account that has least to lose by a change, the first of equals; at least one exists."""
    best = -1
    for k in range(rep.first, rep.last):
        customer = firm.customers[firm.order[k]]
        if customer.rep == rep.id:
            if best < 0 or customer.trust < firm.customers[best].trust:
                best = customer.id
    return best
