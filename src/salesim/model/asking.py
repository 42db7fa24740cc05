"""What reps know of the quotas that are given for the weeks to come."""

from .calendar import YEAR
from .phases.due import weeks_left
from .scenario import Scenario
from .state import Firm, Rep


def foresee_quotas(scenario: Scenario, firm: Firm, t: int) -> None:
    """Reps know the quotas that are given for the rest of period and year, and for what comes next."""
    if len(firm.given) == 0:
        return
    left, year = int(weeks_left(scenario, t)), YEAR - t % YEAR
    for rep in firm.reps:
        rep.more_this_period = more_ahead(rep, firm, t, left)
        rep.more_this_year = more_ahead(rep, firm, t, year)
        rep.more_next = quota_in(rep, firm, t + left) - rep.quota
        rep.given_next_year = is_given(rep, firm, t + year)


def more_ahead(rep: Rep, firm: Firm, t: int, weeks: int) -> float:
    """What the rest of so many weeks asks beyond this week's quota going on (USD)."""
    more = 0.0
    for week in range(t + 1, t + weeks):
        more += quota_in(rep, firm, week) - rep.quota
    return more / 52.0


def quota_in(rep: Rep, firm: Firm, week: int) -> float:
    """The quota of a later week, as far as it is known now (USD per year)."""
    place = week * len(firm.reps) + rep.id
    if place >= len(firm.given):
        return rep.quota
    if firm.given[place] > 0.0:
        return firm.given[place]
    if not rep.given:
        return rep.quota
    return firm.quotas[place] if firm.keeping[0].quotas_given else rep.planned_quota


def is_given(rep: Rep, firm: Firm, week: int) -> bool:
    """Whether the quota of a week is given; beyond the plan it is as it was."""
    place = week * len(firm.reps) + rep.id
    return rep.given if place >= len(firm.given) else firm.given[place] > 0.0
