"""Which pay plan a rep has, until when, and which comes after it: the one place that knows."""

from ..state import Firm, Rep

NEVER = -1


def take_plan(rep: Rep, firm: Firm, tenure: int) -> None:
    """A rep with so many weeks in the seat has the first plan that is for it, till another is."""
    rep.pay_plan = plan_at(rep, firm, tenure)
    rep.plan_until = NEVER
    for k in range(1, len(firm.pay_plans)):
        for side in range(2):
            bound = firm.tenures[bounds_of(rep, firm, k) + side]
            sooner = rep.plan_until == NEVER or bound < rep.plan_until
            if bound > tenure and sooner and plan_at(rep, firm, bound) != rep.pay_plan:
                rep.plan_until = bound
    rep.next_plan = rep.pay_plan if rep.plan_until == NEVER else plan_at(rep, firm, rep.plan_until)


def plan_at(rep: Rep, firm: Firm, tenure: int) -> int:
    """The place of the plan in the firm's list; 0 is that of everybody else."""
    for k in range(1, len(firm.pay_plans)):
        first = bounds_of(rep, firm, k)
        below = firm.tenures[first + 1]
        if firm.tenures[first] <= tenure and (tenure < below or below == NEVER):
            return k
    return 0


def bounds_of(rep: Rep, firm: Firm, plan: int) -> int:
    """Where the firm's list says from and below which weeks in the seat a plan holds."""
    return 2 * ((plan - 1) * len(firm.reps) + rep.id)
