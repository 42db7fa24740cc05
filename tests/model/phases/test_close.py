"""The books close on what happened, answers are averaged, and plans come when they are due."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom

from salesim.model.books import Level
from salesim.model.ideal import Ideal
from salesim.model.luck import DRIFT, draws
from salesim.model.phases.close import (
    add_up,
    ask_person,
    average,
    carry_forward,
    close_books,
    count_coverage,
    drift,
    forget_old_plan,
    plan_next_year,
    refresh,
    refresh_is_due,
    revise_guide,
    survey,
)
from salesim.model.state import Manager, Rep
from tests.model.phases.first import bell, between, columns, each, few, moved, near, picture, seeds, world

shares = st.floats(0.0, 1.0)
COSTS = ("unit_cost", "serving_cost", "variable_pay")


def halfway(scenario):
    """The fit from which on an account counts as a target."""
    return 0.5 * (scenario.market.target_fit + scenario.market.other_fit)


@each
@given(seed=seeds)
def test_what_the_firm_earned_is_what_it_took_in_less_every_cost(seed):
    scenario, firm, t = world(seed)
    for rep in firm.reps:
        rep.tenure = scenario.pay.ramp_weeks + (seed >> rep.id) % 3 - 1
    before, was = picture(firm), dict(vars(firm.books[t]))
    add_up(scenario, firm, t)
    book, seated = firm.books[t], [rep for rep in firm.reps if rep.staffed]
    ended = sum(was[name] for name in ("won", "lost", "no_decision", "lapsed"))
    assert book.open_at_end == was["open_at_end"] + was["opened"] - ended
    assert book.contribution == near(was["revenue"] - sum(was[name] for name in COSTS))
    assert book.overhead == firm.office[0].overhead
    training = scenario.training
    days = (8.0 * training.training_days + training.value_selling_training) / 52.0 / 8.0
    people = len(seated) * days * training.cost_of_a_day + was["hired"] * training.cost_of_a_hire
    assert book.people_cost == near(was["people_cost"] + people)
    profit = book.operating_profit + book.overhead + book.people_cost + was["salaries"]
    assert profit == near(book.contribution, abs=1e-6)
    assert book.staffed == was["staffed"] + len(seated)
    in_ramp = [rep for rep in seated if rep.hires > 0 and rep.tenure < scenario.pay.ramp_weeks]
    assert book.in_ramp == was["in_ramp"] + len(in_ramp)
    calm = scenario.planning.voice_effect * scenario.acceptance.sales_voice
    assert book.optimism == near(scenario.planning.optimism - scenario.planning.optimism * calm)
    assert moved(firm, before).keys() <= {("books", t)}
    assert columns(moved(firm, before), "books") <= {
        "open_at_end",
        "contribution",
        "overhead",
        "people_cost",
        "operating_profit",
        "staffed",
        "in_ramp",
        "optimism",
    }


def said(person, scenario):
    """Understanding, buy-in, what people think they understand, and recall, of one person."""
    questions, knows = scenario.survey, person.understanding
    yes, no = (share * questions.recall_concentration for share in (knows, 1.0 - knows))
    three = 1.0 if no == 0.0 else 0.0 if yes == 0.0 else betabinom.sf(2, 5, yes, no)
    return [knows, person.buy_in, 1.0 - (1.0 - knows) ** questions.self_rating, three]


ANSWERS = ("understanding", "buy_in", "self_rated", "recall")


@each
@given(seed=seeds, people=st.lists(st.tuples(st.floats(0.01, 0.99), shares), min_size=1, max_size=6))
def test_answers_are_added_and_then_averaged(seed, people):
    scenario, _, _ = world(seed)
    level = Level(week=4, level=2)
    asked = [Rep(understanding=u, buy_in=b) for u, b in people]
    asked = [*asked, Manager(understanding=0.5, buy_in=0.25)]
    for person in asked:
        ask_person(person, level, scenario)
    answers = np.array([said(person, scenario) for person in asked])
    np.testing.assert_allclose([getattr(level, name) for name in ANSWERS], answers.sum(axis=0), rtol=1e-7)
    average(level)
    np.testing.assert_allclose([getattr(level, name) for name in ANSWERS], answers.mean(axis=0), rtol=1e-7)
    assert (level.people, level.week, level.level) == (len(asked), 4, 2)


@pytest.mark.parametrize("people", [0, 1, 4])
def test_a_mean_of_nobody_stays_as_it_is(people):
    level = Level(people=people, understanding=2.0, buy_in=3.0, self_rated=5.0, recall=7.0)
    average(level)
    assert [getattr(level, name) * max(people, 1) for name in ANSWERS] == [2.0, 3.0, 5.0, 7.0]


MEANS = ("skill", "intensity", "articulation", "adoption")


@few
@given(seed=seeds)
def test_every_level_is_asked_once_and_the_books_hold_the_means(seed):
    scenario, firm, t = world(seed)
    for rep in firm.reps:
        rep.staffed = rep.staffed and seed % 10 > 0
    book, seated = firm.books[t], [rep for rep in firm.reps if rep.staffed]
    book.staffed = len(seated)
    for name in (*MEANS, "managers_understanding"):
        setattr(book, name, 0.0)
    before = picture(firm)
    survey(scenario, firm, t)
    groups = [seated, *([m for m in firm.managers if m.level == level] for level in (1, 2, 3))]
    assert [len(group) for group in groups[1:]] == [3, 2, 1]
    for k, group in enumerate(groups):
        level = firm.levels[4 * t + k]
        assert (level.week, level.level, level.people) == (t, k, len(group))
        answers = np.mean([said(person, scenario) for person in group] or [[0.0] * 4], axis=0)
        np.testing.assert_allclose([getattr(level, name) for name in ANSWERS], answers, rtol=1e-7)
    for name in MEANS:
        assert getattr(book, name) == near(np.mean([getattr(rep, name) for rep in seated] or [0.0])), name
    for name in ("understanding", "buy_in"):
        assert getattr(book, name) == near(np.mean([getattr(rep, name) for rep in seated] or [0.0])), name
    assert book.managers_understanding == near(np.mean([m.understanding for m in firm.managers]))
    assert set(moved(firm, before)) <= {("books", t), *(("levels", 4 * t + k) for k in range(4))}
    assert columns(moved(firm, before), "books") <= {
        *MEANS,
        "understanding",
        "buy_in",
        "managers_understanding",
    }


@each
@given(
    seed=seeds, surprise=st.floats(-40.0, 40.0), evidence=st.floats(0.0, 60.0), start=st.floats(-20.0, 20.0)
)
def test_the_guide_follows_the_quarters_surprise_in_steps_of_one_at_most(seed, surprise, evidence, start):
    scenario, firm, _ = world(seed)
    office = firm.office[0]
    office.guide_intercept, office.surprise, office.evidence = start, surprise, evidence
    before = picture(firm)
    revise_guide(scenario, firm)
    step = 4.0 * surprise / (4.0 * evidence + scenario.estimates.guide_caution)
    assert office.guide_intercept == near(between(-20.0, start + between(-1.0, step, 1.0), 20.0))
    assert (office.surprise, office.evidence) == (0.0, 0.0)
    assert columns(moved(firm, before), "office") <= {"guide_intercept", "surprise", "evidence"}


@each
@given(seed=seeds, fits=st.sampled_from([-0.01, 0.0, 0.2]), seen=st.sampled_from([-0.01, 0.0, 0.2]))
def test_targets_are_covered_from_half_the_response_on(seed, fits, seen):
    scenario, firm, t = world(seed)
    customer, book = firm.customers[5], firm.books[t]
    customer.fit = halfway(scenario) + fits
    customer.attention = scenario.calls.half_response + seen * scenario.calls.half_response
    targets, covered = book.targets, book.covered
    before = picture(firm)
    count_coverage(customer, scenario, firm, t)
    assert book.targets == targets + (fits >= 0.0)
    assert book.covered == covered + (fits >= 0.0 and seen >= 0.0)
    assert columns(moved(firm, before), "books") <= {"targets", "covered"}


@each
@given(seed=seeds, changed=shares, understood=st.booleans())
def test_a_changed_plan_must_be_understood_anew_as_far_as_it_changed(seed, changed, understood):
    scenario, firm, _ = world(seed, Ideal(understood=understood))
    for person in (firm.reps[1], firm.managers[4]):
        was, before = person.understanding, picture(firm)
        forget_old_plan(person, changed, scenario, firm)
        lost = 0.0 if understood else scenario.planning.confusion * changed
        assert person.understanding == near(was - was * lost)
        assert set().union(*moved(firm, before).values()) <= {"understanding"}


@pytest.mark.parametrize("ideal", [Ideal(), Ideal(plan_is_fresh=True), Ideal(understood=True)])
@few
@given(seed=seeds)
def test_a_refresh_sees_every_account_and_confuses_by_the_share_that_it_changed(ideal, seed):
    scenario, firm, _ = world(seed, ideal)
    before = picture(firm)
    refresh(scenario, firm)
    rows = zip(firm.customers, before["customers"], strict=True)
    share = np.mean([customer.planned_target != row["planned_target"] for customer, row in rows])
    assert firm.office[0].plan_changed == near(share)
    assert [customer.seen_fit for customer in firm.customers] == [
        customer.fit for customer in firm.customers
    ]
    if ideal.plan_is_fresh:
        assert [customer.planned_fit for customer in firm.customers] == [c.fit for c in firm.customers]
    confusing = not ideal.plan_is_fresh and not ideal.understood
    kept = 1.0 - share * scenario.planning.confusion * confusing
    for table in ("managers", "reps"):
        for person, row in zip(getattr(firm, table), before[table], strict=True):
            assert person.understanding == near(row["understanding"] * kept)
    assert columns(moved(firm, before), "office") <= {"plan_changed"}
    assert columns(moved(firm, before), "reps") <= {"understanding"}


def test_a_firm_without_accounts_changes_no_plan():
    scenario, firm, _ = world(2)
    firm.customers.clear()
    understanding = [rep.understanding for rep in firm.reps]
    refresh(scenario, firm)
    assert firm.office[0].plan_changed == 0.0
    assert [rep.understanding for rep in firm.reps] == understanding


@each
@given(seed=seeds, t=st.integers(0, 64))
def test_fit_drifts_by_a_draw_of_the_account_and_the_week(seed, t):
    scenario, firm, _ = world(seed, market__fit_drift=0.2)
    before = picture(firm)
    for customer in firm.customers:
        u, v, _, _ = draws(firm.luck, t, customer.id, DRIFT)
        expected = between(0.0, customer.fit + 0.2 * bell(u, v), 1.0)
        drift(customer, scenario, firm, t)
        assert customer.fit == near(expected)
    assert columns(moved(firm, before), "customers") == {"fit"}


@pytest.mark.parametrize("ideal", [Ideal(), Ideal(plan_is_fresh=True)])
@pytest.mark.parametrize("burn_in", [0, 7, 26])
@pytest.mark.parametrize(("months", "weeks"), [(1, 4), (3, 13), (7, 30), (12, 52)])
def test_the_market_is_looked_at_when_the_plan_starts_and_every_so_many_months(
    ideal, burn_in, months, weeks
):
    scenario, firm, _ = world(
        9, ideal, planning__strategy_refresh_months=months, organisation__burn_in_weeks=burn_in
    )
    due = set(range(burn_in - 1, 120, weeks))
    if ideal.plan_is_fresh:
        due |= {t for t in range(12, 120, 13) if t >= burn_in - 1}
    before = picture(firm)
    assert {t for t in range(120) if refresh_is_due(scenario, firm, t)} == due - {-1}
    assert moved(firm, before) == {}


@each
@given(seed=seeds, t=st.sampled_from([0, 30, 63, 64]))
def test_the_next_week_starts_where_this_one_ended(seed, t):
    _, firm, _ = world(seed)
    book = firm.books[t]
    book.open_at_end, book.operating_plan = 77, 12345.0
    before = picture(firm)
    carry_forward(firm, t)
    if t < 64:
        assert moved(firm, before) == {("books", t + 1): {"open_at_end", "operating_plan"}}
        assert (firm.books[t + 1].open_at_end, firm.books[t + 1].operating_plan) == (77, 12345.0)
    else:
        assert moved(firm, before) == {}


@each
@given(seed=seeds, t=st.sampled_from([51, 57, 63, 64]))
def test_next_years_quotas_share_out_the_revenue_of_the_last_year_and_its_growth(seed, t):
    scenario, firm, _ = world(seed)
    for customer in firm.customers:
        customer.need_rate *= 1.0 + customer.fit
    revenue = sum(book.revenue for week, book in enumerate(firm.books) if 0 <= t - week < 52)
    before = picture(firm)
    plan_next_year(scenario, firm, t)
    if t == 64:
        assert moved(firm, before) == {}
        return
    plan = revenue + revenue * scenario.planning.growth
    assert firm.books[t + 1].operating_plan == near(plan)
    quotas = [rep.planned_quota for rep in firm.reps]
    assert all(rep.quota == rep.planned_quota for rep in firm.reps if not rep.given)
    assert sum(quotas) == near(plan + plan * scenario.quotas.over_assignment)
    weights = np.array([rep.quota_weight for rep in firm.reps])
    np.testing.assert_allclose(quotas, sum(quotas) * weights / weights.sum())
    for rep in firm.reps:
        own = [c for c in firm.customers if c.rep == rep.id]
        assert rep.potential == near(sum(c.need_rate * c.units for c in own), abs=1e-12)
        assert sorted(firm.order[rep.first : rep.last]) == [c.id for c in own]
    after = moved(firm, before)
    assert {where for where in after if where[0] != "reps"} == {("books", t + 1)}
    assert columns(after, "books") == {"operating_plan"}
    assert columns(after, "reps") <= {
        "potential",
        "quota",
        "planned_quota",
        "quota_weight",
        "accounts",
        "first",
        "last",
    }


@pytest.mark.parametrize("months", [1, 3])
@pytest.mark.parametrize("t", [5, 6, 11, 12, 13, 25, 38, 50, 51, 52, 63, 64])
def test_a_week_is_closed_with_its_date_and_what_is_due(t, months):
    scenario, firm, _ = world(t, planning__strategy_refresh_months=months)
    for book in firm.books:
        book.week = -1
    before, asked = picture(firm), [rep.understanding for rep in firm.reps if rep.staffed]
    firm.books[t].staffed = 0
    close_books(scenario, firm, t)
    book, row, after = firm.books[t], before["books"][t], moved(firm, before)
    assert [book.week for book in firm.books] == [t if week == t else -1 for week in range(65)]
    assert book.staffed == len(asked)
    assert book.understanding == near(np.mean(asked) if asked else 0.0)
    assert firm.levels[4 * t].people == len(asked)
    quarter = t in (12, 25, 38, 51, 64)
    assert ("fit" in columns(after, "customers")) == quarter
    assert firm.office[0].surprise == (0.0 if quarter else before["office"][0]["surprise"])
    assert book.guide_intercept == firm.office[0].guide_intercept
    fits = [row["fit"] for row in before["customers"]]
    assert book.targets - row["targets"] == (
        sum(fit >= halfway(scenario) for fit in fits) if quarter else 0
    )
    due = t in range(6, 65, {1: 4, 3: 13}[months])
    assert ("seen_fit" in columns(after, "customers")) == due
    if due:
        assert [customer.seen_fit for customer in firm.customers] == [
            customer.fit for customer in firm.customers
        ]
    assert ("quota" in columns(after, "reps")) == (t == 51)
    if t < 64:
        following = firm.books[t + 1]
        assert following.open_at_end == book.open_at_end
        assert (following.operating_plan == book.operating_plan) == (t != 51)
