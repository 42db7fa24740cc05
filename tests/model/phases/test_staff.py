"""Leaving, empty seats and handover: who goes, who comes, and that no account is lost on the way."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.accounts import sort_accounts, take_habit
from salesim.model.ideal import Ideal
from salesim.model.luck import LEAVING, uniform
from salesim.model.people import join
from salesim.model.phases.learn import skill_at_rest
from salesim.model.phases.staff import (
    ANY_INDUSTRY,
    busiest_rep,
    change_hands,
    decide_to_leave,
    fill_seats,
    get_acquainted,
    heir_of,
    least_busy_rep,
    least_trusting_account,
    leave,
    see_people_off,
    share_out,
    staff,
    start_anew,
    succeed_at_once,
    take_accounts,
)
from salesim.model.state import Customer, Rep
from tests.model.phases.second import (
    changed,
    facts,
    numbers,
    running_model,
    shares,
    some,
    teams,
    weeks_of_run,
)

RESTLESS = {
    "pay_response": 20.0
}  # who remembers no pay at all is then sure to leave, who remembers much to stay
FILLED = Ideal(seats_filled=True)
INDUSTRY = 2
counts = st.lists(st.integers(0, 5), min_size=3, max_size=5)
flags = st.lists(st.booleans(), min_size=5, max_size=5)


@st.composite
def sales_teams(draw):
    """A team of one, the team that is looked at, and a team of two; anybody may be missing in the second."""
    firm = teams([1], draw(counts), [2, 2])
    manager = firm.managers[1]
    staffed, knowing = draw(flags), draw(flags)
    trust = draw(st.lists(st.sampled_from([0.1, 0.3, 0.3, 0.7]), min_size=25, max_size=25))
    for k in range(manager.first_rep, manager.last_rep):
        rep = firm.reps[k]
        rep.staffed, rep.industries = staffed[k - 1], 0b100 if knowing[k - 1] else 0b011
    for k in range(manager.first_account, manager.last_account):
        firm.customers[k].trust, firm.customers[k].industry = trust[k - 1], k % 3
    sort_accounts(manager, firm)
    return firm


def team_of(firm, m=1):
    return firm.reps[firm.managers[m].first_rep : firm.managers[m].last_rep]


def owners(firm):
    return [customer.rep for customer in firm.customers]


@some
@given(st.floats(0, 3e5), st.floats(0, 0.9), st.floats(0, 5), weeks_of_run)
def test_reps_leave_as_luck_has_it_and_sooner_when_pay_falls_short(pay, turnover, response, t):
    scenario = numbers(leaving={"turnover": turnover, "pay_response": response}, pay={"market_pay": 2e5})
    firm = teams([0] * 40)
    pressure = 2.718281828459045 ** (response * (1.0 - pay / 2e5))
    stays = (1.0 - turnover) ** (pressure / 52.0)
    for rep in firm.reps:
        rep.recent_pay = pay
        assert decide_to_leave(rep, scenario, firm, t) == (
            uniform(firm.luck, t, rep.id, LEAVING) < 1.0 - stays
        )


@some
@given(
    st.floats(0, 3e5),
    st.floats(0, 1e6),
    st.integers(1, 12),
    st.integers(13, 51),
    shares,
    st.integers(0, 50),
)
def test_who_leaves_is_paid_for_the_period_and_the_year_and_leaves_an_empty_seat(
    credit, more, weeks, of_year, share, v
):
    payout = {"accelerator": 1.0, "bonus": 0.0, "year_share": share}
    scenario = numbers(payout=payout, handover={"vacancy_weeks": v})
    firm = teams([1], scenario=scenario)
    rep = firm.reps[0]
    rep.period_weeks, rep.year_weeks, rep.credited, rep.credited_this_year = (
        weeks,
        of_year,
        credit,
        credit + more,
    )
    leave(rep, scenario, firm, 9)
    due = 0.033 * (credit * (1.0 - share) + (credit + more) * share)
    assert firm.books[9].variable_pay == pytest.approx(due)
    assert firm.years[0].variable_pay == pytest.approx(due)
    assert firm.years[0].credited == credit + more
    assert (firm.keeping[0].year_rows, firm.books[9].left, firm.books[9].hired) == (1, 1, 0)
    assert (rep.staffed, rep.vacant_weeks) == (False, v)
    assert (rep.period_weeks, rep.year_weeks, rep.credited, rep.credited_this_year) == (0, 0, 0.0, 0.0)


@pytest.mark.parametrize("ideal", [Ideal(), FILLED])
@some
@given(sales_teams(), flags)
def test_a_week_more_for_who_stays_and_an_empty_seat_or_a_successor_for_who_goes(ideal, firm, unhappy):
    firm, scenario = firm._replace(ideal=ideal), numbers(leaving=RESTLESS)
    there = [rep.staffed for rep in team_of(firm)]
    for rep in firm.reps:
        rep.recent_pay = 0.0 if unhappy[rep.id % 5] else 3e6
    others = [facts(rep) for rep in (firm.reps[0], *team_of(firm, 2))]
    go = [is_there and unhappy[rep.id % 5] for rep, is_there in zip(team_of(firm), there, strict=True)]
    emptied = see_people_off(firm.managers[1], scenario, firm, 9)
    assert emptied == (any(go) and not ideal.seats_filled)
    for rep, goes, was_there in zip(team_of(firm), go, there, strict=True):
        assert rep.staffed == (was_there and not (goes and not ideal.seats_filled))
        assert rep.hires == int(goes and ideal.seats_filled)
        assert rep.tenure == (0 if goes and ideal.seats_filled else 53 if was_there else 52)
    assert firm.books[9].left == sum(go)
    assert firm.books[9].hired == sum(go) * ideal.seats_filled
    again = (firm.reps[0], *team_of(firm, 2))
    assert all(changed(before, rep) == set() for before, rep in zip(others, again, strict=True))


@some
@given(sales_teams(), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_a_seat_stays_empty_for_its_weeks_and_is_filled_in_the_next(firm, waits):
    scenario, manager = numbers(), firm.managers[1]
    there = [rep.staffed for rep in team_of(firm)]
    for rep, wait in zip(team_of(firm), waits, strict=False):
        rep.vacant_weeks = wait
    for week in range(5):
        due = [not was and wait == week for was, wait in zip(there, waits, strict=False)]
        assert fill_seats(manager, scenario, firm, week) == any(due)
        assert firm.books[week].hired == sum(due)
        came = [rep.hires > 0 for rep in team_of(firm)]
        assert came == [not was and wait <= week for was, wait in zip(there, waits, strict=False)]
    assert all(rep.staffed for rep in team_of(firm))


@some
@given(st.integers(0, 4), shares, st.floats(0.01, 1), st.floats(0.01, 1))
def test_a_newcomer_can_do_a_part_and_a_successor_all_of_what_is_usual(hires, share, trust, known):
    scenario = numbers(training={"newcomer_share": share}, coaching={"coaching_share": 0.4})
    for start in (start_anew, succeed_at_once):
        firm = teams([2], [2, 3])
        for customer in firm.customers:
            customer.trust, customer.known = trust, known
        before = [facts(customer) for customer in firm.customers]
        rep = firm.reps[2]
        rep.hires, rep.staffed = hires, False
        start(rep, scenario, firm, 7)
        expected = replace(rep, hires=hires)
        join(expected, scenario, firm)
        rest = skill_at_rest(expected, 0.4, scenario)
        assert rep.skill == pytest.approx(rest * (share if start is start_anew else 1.0))
        assert (rep.staffed, rep.hires, rep.tenure, firm.books[7].hired) == (True, hires + 1, 0, 1)
        assert rep.ability == expected.ability
        for k, customer in enumerate(firm.customers):
            touched = {"habit", "misjudged"} | ({"trust", "known"} if start is start_anew else set())
            assert changed(before[k], customer) == (touched if k >= 4 else set())


@some
@given(shares, shares, st.booleans(), shares, shares, shares)
def test_a_new_person_keeps_the_firms_trust_and_what_a_like_mind_can_carry_on(
    trust, known, knows, share, port, strange
):
    handover = {"firms_share": share, "portability": port, "strangeness": strange}
    scenario = numbers(handover=handover)
    rep = Rep(id=3, industries=0b100 if knows else 0b1011)
    for ideal in (Ideal(), FILLED):
        firm = teams([1], ideal=ideal)
        customer = Customer(id=9, trust=trust, known=known, industry=INDUSTRY)
        get_acquainted(customer, rep, scenario, firm)
        lost = 0.0 if ideal.seats_filled else (1.0 - share) * (1.0 - port * (1.0 if knows else strange))
        assert customer.trust == pytest.approx(trust * (1.0 - lost))
        assert customer.known == pytest.approx(known if ideal.seats_filled else known * share)
        habit = Customer(id=9)
        take_habit(habit, rep, scenario, firm)
        assert (customer.habit, customer.misjudged) == (habit.habit, habit.misjudged)


@some
@given(sales_teams(), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_the_least_busy_and_the_busiest_are_the_first_of_the_present_with_fewest_and_most(firm, many):
    manager = firm.managers[1]
    for rep, accounts in zip(team_of(firm), many, strict=False):
        rep.accounts = accounts
    there = [rep for rep in team_of(firm) if rep.staffed]
    knowing = [rep for rep in there if rep.industries == 0b100]
    for industry, able in ((ANY_INDUSTRY, there), (INDUSTRY, knowing)):
        fewest = min(able, key=lambda rep: (rep.accounts, rep.id)).id if able else -1
        assert least_busy_rep(manager, industry, firm) == fewest
    most = min(there, key=lambda rep: (-rep.accounts, rep.id)).id if there else -1
    assert busiest_rep(manager, firm) == most
    customer = Customer(industry=INDUSTRY)
    anybody = least_busy_rep(manager, ANY_INDUSTRY, firm)
    similar = least_busy_rep(manager, INDUSTRY, firm) if knowing else anybody
    heirs = {"existing_rep": anybody, "similar_rep": similar}
    for way, heir in heirs.items():
        assert heir_of(customer, manager, numbers(handover={"account_handover": way}), firm) == heir


@pytest.mark.parametrize("industry", range(4))
@pytest.mark.parametrize("expert", range(3))
def test_who_alone_knows_an_industry_inherits_its_accounts_however_busy(industry, expert):
    scenario, firm = numbers(handover={"account_handover": "similar_rep"}), teams([2, 2, 2])
    firm.reps[expert].industries, firm.reps[expert].accounts = 1 << industry, 9
    assert heir_of(Customer(industry=industry), firm.managers[0], scenario, firm) == expert


def test_the_first_seat_and_the_first_account_of_all_are_the_first_of_equals():
    firm = teams([2, 2, 2])
    assert least_busy_rep(firm.managers[0], ANY_INDUSTRY, firm) == busiest_rep(firm.managers[0], firm) == 0
    assert least_trusting_account(firm.reps[0], firm) == 0


@some
@given(sales_teams(), st.randoms(use_true_random=False))
def test_the_account_with_least_trust_is_the_first_of_those_that_are_still_the_reps(firm, random):
    for rep in team_of(firm):
        mine = [firm.customers[k] for k in firm.order[rep.first : rep.last]]
        gone = [customer for customer in mine if random.random() < 0.3]
        for customer in gone:
            customer.rep = 0
        left = [customer for customer in mine if customer not in gone]
        if left:
            least = min(left, key=lambda customer: (customer.trust, customer.id))
            assert least_trusting_account(rep, firm) == least.id


def test_an_account_that_changes_hands_is_counted_once():
    firm = teams([1], [3, 2])
    firm.customers[2].trust = 0.8
    change_hands(firm.customers[2], firm.reps[2], numbers(), firm)
    assert [rep.accounts for rep in firm.reps] == [1, 2, 3]
    assert owners(firm) == [0, 1, 2, 1, 2, 2]
    assert 0.0 < firm.customers[2].trust < 0.8


@some
@given(sales_teams())
def test_a_newcomer_takes_a_fair_share_each_from_the_busiest_and_least_trusting_first(firm):
    manager, scenario = firm.managers[1], numbers(handover={"account_handover": "existing_rep"})
    for rep in team_of(firm):
        rep.staffed = True
    newcomer = min(team_of(firm), key=lambda rep: rep.accounts)
    fair = (manager.last_account - manager.first_account) // len(team_of(firm))
    mine = {rep.id: [c for c in firm.customers if c.rep == rep.id] for rep in team_of(firm)}
    trust = {customer.id: customer.trust for customer in firm.customers}
    while len(mine[newcomer.id]) < fair:
        giver = min(mine, key=lambda k: (-len(mine[k]), k))
        given_up = min(mine[giver], key=lambda customer: (trust[customer.id], customer.id))
        mine[giver].remove(given_up)
        mine[newcomer.id].append(given_up)
    take_accounts(newcomer, fair, scenario, firm)
    for rep in team_of(firm):
        assert rep.accounts == len(mine[rep.id])
        assert all(customer.rep == rep.id for customer in mine[rep.id])


@some
@given(sales_teams(), st.integers(0, 4), st.sampled_from(["existing_rep", "similar_rep"]))
def test_accounts_of_empty_seats_go_to_the_least_busy_and_newcomers_get_a_fair_share(firm, new, way):
    manager, scenario = firm.managers[1], numbers(handover={"account_handover": way})
    before, mine = owners(firm), {rep.id: rep.accounts for rep in team_of(firm)}
    there = [rep for rep in team_of(firm) if rep.staffed]
    manager.team_size = 99
    expected = list(before)
    for k in range(manager.first_account, manager.last_account):
        if not firm.reps[before[k]].staffed and there:
            alike = [rep for rep in there if (rep.industries >> k % 3) & 1] if way == "similar_rep" else []
            heir = min(alike or there, key=lambda rep: (mine[rep.id], rep.id)).id
            mine[before[k]], mine[heir], expected[k] = mine[before[k]] - 1, mine[heir] + 1, heir
    share_out(manager, scenario, firm)
    assert owners(firm) == expected
    assert manager.team_size == len(there)
    assert_sorted(firm)
    if there:
        newcomer = there[new % len(there)]
        newcomer.tenure, fair = 0, (manager.last_account - manager.first_account) // len(there)
        many = {rep.id: rep.accounts for rep in there}
        share_out(manager, scenario, firm)
        taken = max(fair - many[newcomer.id], 0)
        assert newcomer.accounts == max(many[newcomer.id], fair)
        assert sum(max(many[rep.id] - rep.accounts, 0) for rep in there) == taken
        assert_sorted(firm)


def assert_sorted(firm):
    """Every account is listed once, with its owner, and each seat's accounts in their order."""
    assert sorted(firm.order) == list(range(len(firm.customers)))
    for rep in firm.reps:
        mine = firm.order[rep.first : rep.last]
        assert mine == sorted(k for k, owner in enumerate(owners(firm)) if owner == rep.id)
        assert rep.accounts == len(mine)


@pytest.mark.parametrize("ideal", [Ideal(), FILLED])
@pytest.mark.parametrize("way", ["new_hire", "existing_rep", "similar_rep"])
def test_people_come_and_go_and_accounts_stay_in_their_team_with_quotas_that_add_up(way, ideal):
    handover = {"account_handover": way, "vacancy_weeks": 2}
    model = running_model(20, ideal=ideal, handover=handover, leaving={"turnover": 0.95})
    seen = set()
    for t in range(20, 60):
        firm, scenario = model.firm, model.parameters
        firm.books[t].operating_plan = 1e7 + t
        before, quotas = owners(firm), [rep.quota for rep in firm.reps]
        there = [[rep.staffed for rep in team_of(firm, m)] for m in range(2)]
        tenure = [rep.tenure for rep in firm.reps if rep.staffed]
        staff(scenario, firm, t)
        book = firm.books[t]
        after = [[rep.staffed for rep in team_of(firm, m)] for m in range(2)]
        assert sum(map(sum, after)) == sum(map(sum, there)) - book.left + book.hired
        assert_sorted(firm)
        for m in range(2):
            team = team_of(firm, m)
            own = firm.managers[m]
            assert {c.rep for c in firm.customers[own.first_account : own.last_account]} <= {
                r.id for r in team
            }
            if way != "new_hire" and any(after[m]) and there[m] != after[m]:
                assert all(rep.staffed or rep.accounts == 0 for rep in team)
                fair = (own.last_account - own.first_account) // sum(after[m])
                assert all(rep.accounts >= fair for rep in team if rep.staffed and rep.tenure == 0)
        moved = way != "new_hire" and there != after
        seen.add((book.left > 0, book.hired > 0))
        if moved:
            total = (1e7 + t) * (1.0 + scenario.quotas.over_assignment)
            assert sum(rep.quota for rep in firm.reps) == pytest.approx(total)
        elif way == "new_hire" or not (book.left or book.hired):
            assert owners(firm) == before
            assert [rep.quota for rep in firm.reps] == quotas
        assert (
            max([rep.tenure for rep in firm.reps if rep.staffed], default=0) <= max(tenure, default=0) + 1
        )
    assert len(seen) >= 2
    assert sum(book.left for book in model.books[20:60]) > 5
