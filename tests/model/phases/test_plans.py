"""Which pay plan a rep has, against a look at every week in the seat."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.pay_plans import LONGEST_TENURE, GroupPlan, tenures_of
from salesim.model.phases.plans import NEVER, bounds_of, plan_at, take_plan
from salesim.model.state import Firm, Rep
from tests.model.phases.second import firm_of, numbers, some

SEATS, SPAN, LAST = 6, 3, 40  # weeks within which all bounds lie
places = st.sets(st.integers(0, SEATS - 1), max_size=3)


@st.composite
def group_plans(draw) -> GroupPlan:
    start = draw(st.integers(0, LAST - 1))
    return GroupPlan(
        name="a",
        seats=tuple(draw(places)),
        teams=tuple(draw(st.sets(st.integers(0, SEATS // SPAN - 1), max_size=1))),
        tenure_from=start,
        tenure_below=draw(st.integers(start + 1, LAST) | st.just(LONGEST_TENURE)),
    )


def firm_with(plans: list[GroupPlan]) -> Firm:
    """A firm of settled seats that pays some of them otherwise."""
    firm = firm_of([Rep(id=seat) for seat in range(SEATS)])
    tenures = tenures_of(plans, SEATS, SPAN).tolist()
    return firm._replace(pay_plans=(numbers(),) * (1 + len(plans)), tenures=tenures)


def first_that_holds(plans: list[GroupPlan], seat: int, tenure: int) -> int:
    for place, plan in enumerate(plans, 1):
        whom = (not plan.seats or seat in plan.seats) and (not plan.teams or seat // SPAN in plan.teams)
        below = tenure < plan.tenure_below or plan.tenure_below == LONGEST_TENURE
        if whom and plan.tenure_from <= tenure and below:
            return place
    return 0


@some
@given(st.lists(group_plans(), max_size=4), st.integers(0, SEATS - 1), st.integers(0, LAST + 5))
def test_the_first_plan_that_is_for_a_rep_at_its_time_holds(plans, seat, tenure):
    firm = firm_with(plans)
    assert plan_at(firm.reps[seat], firm, tenure) == first_that_holds(plans, seat, tenure)


@some
@given(st.lists(group_plans(), max_size=4), st.integers(0, SEATS - 1), st.integers(0, LAST + 5))
def test_a_plan_holds_until_the_first_week_in_the_seat_that_has_another(plans, seat, tenure):
    firm = firm_with(plans)
    rep, weeks = firm.reps[seat], range(tenure, LAST + 1)
    take_plan(rep, firm, tenure)
    now = first_that_holds(plans, seat, tenure)
    until = next((week for week in weeks if first_that_holds(plans, seat, week) != now), NEVER)
    after = now if until == NEVER else first_that_holds(plans, seat, until)
    assert (rep.pay_plan, rep.plan_until, rep.next_plan) == (now, until, after)


@pytest.mark.parametrize("tenure", [0, 51, 2 * LONGEST_TENURE])
def test_where_all_are_paid_alike_nothing_ends(tenure):
    firm = firm_of([Rep(id=0, pay_plan=3, plan_until=5, next_plan=2)])
    take_plan(firm.reps[0], firm, tenure)
    assert (firm.reps[0].pay_plan, firm.reps[0].plan_until, firm.reps[0].next_plan) == (0, NEVER, 0)


def test_a_plan_without_an_end_outlasts_every_tenure():
    firm = firm_with([GroupPlan(name="a", seats=(1,))])
    assert [plan_at(rep, firm, 10 * LONGEST_TENURE) for rep in firm.reps] == [0, 1, 0, 0, 0, 0]


@some
@given(st.lists(group_plans(), min_size=1, max_size=4))
def test_each_plan_and_seat_has_its_two_numbers_in_the_list_of_the_firm(plans):
    firm = firm_with(plans)
    found = [bounds_of(rep, firm, k) for k in range(1, 1 + len(plans)) for rep in firm.reps]
    assert found == list(range(0, len(firm.tenures), 2))
