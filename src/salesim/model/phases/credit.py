"""Whose credit a sale is, and what sellers lose when goods come back or customers leave."""

from ...rules.clawback import share_kept, still_at_risk
from ...rules.market import is_target
from ...rules.relationship import leaving_rate
from ...rules.returns import chance_of_return, credit_left
from ...rules.team_pay import part_of_each
from ..books import Deal
from ..luck import RETURNS, uniform
from ..scenario import Scenario
from ..state import Customer, Firm, Rep


def give_credit(rep: Rep, credit: float, scenario: Scenario, firm: Firm) -> None:
    """A sale counts for its rep and, as far as credit is shared, for the whole team."""
    shared = scenario.team_pay.shared_credit
    if shared > 0.0:
        manager = firm.managers[rep.manager]
        each = credit * part_of_each(shared, manager.team_size)
        for k in range(manager.first_rep, manager.last_rep):
            if firm.reps[k].staffed and k != rep.id:
                count_credit(firm.reps[k], each)
    count_credit(rep, credit * rep.own_part)


def count_credit(rep: Rep, credit: float) -> None:
    """Credit of this week; below zero it is taken back."""
    rep.credited += credit
    rep.credited_this_week += credit


def put_at_risk(rep: Rep, customer: Customer, money: float, scenario: Scenario, t: int) -> None:
    """Pay for the sales of one seller stays at risk from the last of them on."""
    clawback, before, left = scenario.clawback, 0.0, 0
    if is_seller(rep, customer):
        since = t - customer.contract_week
        before = still_at_risk(customer.at_risk, since, customer.at_risk_weeks, clawback.clawback_kind)
        left = customer.at_risk_weeks - since
    customer.at_risk = before
    if clawback.clawback_weeks > 0:
        customer.at_risk += clawback.clawback_share * money
    customer.at_risk_weeks = clawback.clawback_weeks if clawback.clawback_weeks > left else left


def sold_by(rep: Rep, customer: Customer) -> None:
    """The customer remembers who sold to it; nobody answers for goods that another sold."""
    if not is_seller(rep, customer):
        customer.return_credit = 0.0
    customer.sold_by = rep.id
    customer.sold_by_hire = rep.hires


def is_seller(rep: Rep, customer: Customer) -> bool:
    """Whether this person, and not a successor, made the last sale."""
    return rep.staffed and customer.sold_by == rep.id and customer.sold_by_hire == rep.hires


def take_back_pay(customer: Customer, firm: Firm, t: int) -> None:
    """The customer leaves: its seller owes what is still at risk."""
    seller = firm.reps[customer.sold_by]
    if customer.at_risk > 0.0 and is_seller(seller, customer):
        kind = firm.pay_plans[seller.pay_plan].clawback.clawback_kind
        since = t - customer.contract_week
        taken = still_at_risk(customer.at_risk, since, customer.at_risk_weeks, kind)
        seller.taken_back += taken
        firm.books[t].taken_back += taken
    customer.at_risk = 0.0


def may_come_back(customer: Customer, deal: Deal, scenario: Scenario, firm: Firm, t: int) -> None:
    """Part of what suits a customer badly will come back."""
    returns = scenario.returns
    if returns.chance <= 0.0:
        return
    drawn = uniform(firm.luck, customer.need, customer.id, RETURNS)
    if drawn < chance_of_return(returns, customer.fit):
        if customer.return_week <= t:
            customer.return_week = t + returns.weeks
        customer.return_value += returns.part * deal.size * deal.price
        customer.return_credit += returns.part * deal.credit * scenario.clawback.returned_credit


def bring_back(customer: Customer, scenario: Scenario, firm: Firm, t: int) -> None:
    """Goods come back: they are paid back, their cost is lost, and their seller loses credit."""
    book = firm.books[t]
    book.returned += customer.return_value
    book.revenue -= customer.return_value
    if is_target(scenario.market, customer.fit):
        book.target_revenue -= customer.return_value
    seller = firm.reps[customer.sold_by]
    if is_seller(seller, customer):
        book.credited -= customer.return_credit
        give_credit(seller, -customer.return_credit, scenario, firm)
    customer.return_value = 0.0
    customer.return_credit = 0.0


def credit_kept(customer: Customer, scenario: Scenario) -> float:
    """What is left of a sale's credit on average after returns, as fit is believed to be (share)."""
    if scenario.returns.chance <= 0.0:
        return 1.0
    return credit_left(scenario.returns, customer.planned_fit, scenario.clawback.returned_credit)


def pay_kept(customer: Customer, scenario: Scenario) -> float:
    """What reps expect to keep of the pay for a sale to a customer who may leave (share)."""
    if scenario.clawback.clawback_weeks <= 0:
        return 1.0
    return share_kept(scenario.clawback, leaving_rate(scenario.relationship, customer.satisfaction))


def usually_kept(rep: Rep, scenario: Scenario, firm: Firm) -> float:
    """The same for both, over all accounts of a rep (share)."""
    many = rep.last - rep.first
    if many <= 0 or (scenario.clawback.clawback_weeks <= 0 and scenario.returns.chance <= 0.0):
        return 1.0
    total = 0.0
    for k in range(rep.first, rep.last):
        customer = firm.customers[firm.order[k]]
        total += credit_kept(customer, scenario) * pay_kept(customer, scenario)
    return total / float(many)
