"""Nothing is lost and nothing appears: dollars, opportunities, hours, people and accounts."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.agents import SalesModel
from salesim.model.deals import AWAITING, LOST, NO_DECISION, RESTED, WON
from salesim.model.ideal import Ideal
from salesim.model.phases.due import on_target_rate, pay_by_period, pay_by_year
from salesim.model.scenario import Scenario
from salesim.model.tables import Tables
from salesim.outcomes.pair import FULL_EXECUTION
from salesim.rules.coaching import Coaching
from tests.firms import busy_firm, ideals, scenarios, seeds, simulated, small_firm

LINEAR = {
    "threshold": 0.0,
    "accelerator": 1.0,
    "bonus": 0.0,
    "cap": 1000.0,
    "year_threshold": 0.0,
    "year_accelerator": 1.0,
    "year_bonus": 0.0,
    "year_cap": 1000.0,
}
CUSTOMER_HOURS = 40.0 * 0.33


def by_week(run: Tables, rows: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Rows of the deal table, or an amount of theirs, added up by week."""
    return np.bincount(rows["week"], weights=weights, minlength=len(run.books))


# dollars and opportunities


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_every_dollar_belongs_to_one_deal_rep_and_account(scenario, ideal, seed):
    run = simulated(scenario, seed, 0, ideal)
    won = run.deals[run.deals["outcome"] == WON]
    sold = run.books["revenue"] + run.books["returned"]
    paid = by_week(run, won, won["size"] * won["price"])
    np.testing.assert_allclose(sold, paid, rtol=1e-9, atol=1e-6)
    for column, amount in (
        ("list_value", won["size"] * won["listed"]),
        ("unit_cost", won["size"] * won["unit_cost"]),
        ("serving_cost", won["size"] * won["serving_cost"]),
        ("credited", won["credit"]),
        ("units", won["size"]),
    ):
        if column == "credited" and scenario.returns.chance > 0.0:
            continue
        summed = by_week(run, won, amount)
        np.testing.assert_allclose(run.books[column], summed, rtol=1e-9, atol=1e-6, err_msg=column)
    assert set(won["rep"]) <= set(run.reps["id"])
    assert set(won["account"]) <= set(run.customers["id"])
    assert (run.books["target_revenue"] <= sold * (1.0 + 1e-12)).all()
    moved = run.books["pulled_forward"] + run.books["held_back"]
    assert (moved <= sold * (1.0 + 1e-12)).all()


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_every_opportunity_ends_once(scenario, ideal, seed):
    run = simulated(scenario, seed, 0, ideal)
    books = run.books
    for column, outcome in (
        ("won", WON),
        ("lost", LOST),
        ("no_decision", NO_DECISION),
        ("rested", RESTED),
        ("awaiting", AWAITING),
    ):
        assert (books[column] == by_week(run, run.deals[run.deals["outcome"] == outcome])).all(), column
    assert set(run.deals["outcome"]) <= {WON, LOST, NO_DECISION, RESTED, AWAITING}
    assert (books["quoted"] == books["won"] + books["lost"] + books["no_decision"] + books["rested"]).all()
    ended = books["won"] + books["lost"] + books["no_decision"] + books["lapsed"]
    assert (np.cumsum(books["opened"]) == np.cumsum(ended) + books["open_at_end"]).all()
    assert books["open_at_end"][-1] == run.customers["is_open"].sum()
    assert (books["opened"] <= books["needs"]).all()
    assert (run.deals["need"] <= run.customers["needs"][run.deals["account"]]).all()


def needs_of(run: Tables) -> Iterator[np.ndarray]:
    """The rows of each need, in the order in which they were written."""
    order = np.lexsort((np.arange(len(run.deals)), run.deals["need"], run.deals["account"]))
    rows = run.deals[order]
    key = np.stack([rows["account"], rows["need"]])
    cuts = np.nonzero((np.diff(key, axis=1) != 0).any(axis=0))[0] + 1
    return iter(np.split(rows, cuts) if len(rows) else [])


def check_needs(run: Tables) -> None:
    open_needs = {(c["id"], c["need"]) for c in run.customers if c["is_open"]}
    for rows in needs_of(run):
        outcomes, quotes, weeks = list(rows["outcome"]), list(rows["quote"]), list(rows["week"])
        assert weeks == sorted(set(weeks)), "one row a week"
        assert len(set(rows["generation"])) == 1
        assert len(set(rows["size"])) == 1
        assert all(outcome in (RESTED, AWAITING) for outcome in outcomes[:-1])
        number = 1
        for outcome, quote in zip(outcomes, quotes, strict=True):
            assert quote == number
            number += outcome == RESTED
        assert outcomes.count(RESTED) <= 1
        if outcomes[-1] in (WON, LOST, NO_DECISION):
            assert (rows["account"][0], rows["need"][0]) not in open_needs


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_the_rows_of_a_need_are_its_quotes_in_order(scenario, ideal, seed):
    """Quotes are numbered from 1; only the last is not one that rests or awaits an answer."""
    check_needs(simulated(scenario, seed, 0, ideal))


@pytest.mark.parametrize("ideal", [Ideal(), FULL_EXECUTION], ids=["as it is", "full execution"])
def test_the_rows_of_a_need_in_a_busy_firm(ideal):
    run = simulated(busy_firm(), 4, 1, ideal)
    check_needs(run)
    lengths = {len(rows) for rows in needs_of(run)}
    assert lengths >= {1, 2}
    assert max(lengths) >= (3 if ideal == Ideal() else 2)


def test_a_deal_that_awaits_an_answer_has_no_price_yet():
    rows = simulated(busy_firm(), 4, 1).deals
    waiting = rows[rows["outcome"] == AWAITING]
    assert len(waiting) > 10
    for column in ("credit", "price", "at_floor", "asked", "granted", "tested"):
        assert not waiting[column].any(), column


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_every_request_is_asked_once_and_answered_once(scenario, ideal, seed):
    """A request waits for its answer or gets it at once; nothing is granted that was not asked."""
    check_requests(simulated(scenario, seed, 0, ideal))


def check_requests(run: Tables) -> int:
    deals, books = run.deals, run.books
    assert (deals["asked"] | ~deals["granted"]).all()
    assert (books["approvals_granted"] == by_week(run, deals[deals["granted"]])).all()
    asked = np.zeros(len(books), dtype=int)
    for rows in needs_of(run):
        waiting = False
        for row in rows:
            asked[row["week"]] += (row["outcome"] == AWAITING) or (row["asked"] and not waiting)
            assert not (row["outcome"] == AWAITING and waiting), "waits twice for one answer"
            waiting = row["outcome"] == AWAITING
    assert (books["approvals_asked"] == asked).all()
    return int(asked.sum())


def test_requests_of_a_busy_firm():
    assert check_requests(simulated(busy_firm(), 4, 1)) > 20


# people and accounts


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_every_account_has_one_owner_and_stands_once_in_the_order(scenario, ideal, seed):
    run = simulated(scenario, seed, 0, ideal)
    assert sorted(run.order) == list(range(len(run.customers)))
    for rep in run.reps:
        own = run.order[rep["first"] : rep["last"]]
        assert list(own) == sorted(own)
        assert (run.customers["rep"][own] == rep["id"]).all()
        assert rep["accounts"] == len(own)
    assert (run.books["open_at_end"] <= len(run.customers)).all()


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_every_rep_has_one_manager_and_every_account_stays_in_its_team(scenario, ideal, seed):
    run = simulated(scenario, seed, 0, ideal)
    span = scenario.organisation.span_of_control
    first_line = run.managers[run.managers["level"] == 1]
    assert list(first_line["id"]) == list(range(-(-len(run.reps) // span)))
    led = [k for manager in first_line for k in range(manager["first_rep"], manager["last_rep"])]
    assert led == list(range(len(run.reps)))
    assert (run.reps["manager"] == np.arange(len(run.reps)) // span).all()
    owned = [k for manager in first_line for k in range(manager["first_account"], manager["last_account"])]
    assert owned == list(range(len(run.customers)))
    for manager in first_line:
        theirs = run.customers["rep"][manager["first_account"] : manager["last_account"]]
        assert (run.reps["manager"][theirs] == manager["id"]).all()


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_people_add_up(scenario, ideal, seed):
    run = simulated(scenario, seed, 0, ideal)
    seats = len(run.reps)
    left, hired = np.cumsum(run.books["left"]), np.cumsum(run.books["hired"])
    assert (run.books["staffed"] == seats - left + hired).all()
    assert run.reps["hires"].sum() == hired[-1]
    assert run.reps["staffed"].sum() == run.books["staffed"][-1]
    levels = run.levels.reshape(len(run.books), -1)
    assert (levels["people"][:, 0] == run.books["staffed"]).all()
    for level in range(1, levels.shape[1]):
        assert (levels["people"][:, level] == (run.managers["level"] == level).sum()).all()
    assert run.managers["level"].max() == scenario.organisation.hierarchy_hops - 1


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_accounts_leave_an_empty_seat_only_where_colleagues_take_them(scenario, ideal, seed):
    run = simulated(scenario, seed, 0, ideal)
    moves = [d.value for d in scenario.dated if d.lever == "handover.account_handover"]
    if scenario.handover.account_handover == 0 and not moves and not ideal.seats_filled:
        territories = simulated(
            scenario.model_copy(
                update={
                    "organisation": scenario.organisation.model_copy(
                        update={"weeks": 1, "burn_in_weeks": 0}
                    )
                }
            ),
            seed,
        )
        assert run.customers["rep"].tobytes() == territories.customers["rep"].tobytes()
    elif scenario.handover.account_handover > 0 and not moves:
        for manager in run.managers[run.managers["level"] == 1]:
            team = run.reps[manager["first_rep"] : manager["last_rep"]]
            if team["staffed"].any():
                assert team["accounts"][~team["staffed"]].sum() == 0


@pytest.mark.parametrize(("handover", "least"), [("existing_rep", 1.0), ("similar_rep", 0.5)])
def test_a_team_that_starts_anew_shares_its_accounts(handover, least):
    """Everybody leaves and everybody is replaced: nobody keeps all accounts, nobody stays without.

    Where accounts go to whoever knows their industry the shares are less even.
    """
    firm = small_firm(
        organisation={
            "headcount": 4,
            "span_of_control": 4,
            "accounts": 32,
            "burn_in_weeks": 0,
            "weeks": 156,
        },
        leaving={"turnover": 0.97},
        handover={"vacancy_weeks": 10, "account_handover": handover},
    )
    model = SalesModel(firm, seed=3)  # a history in which all have left at once
    emptied = renewed = False
    while model.running:
        model.step()
        staffed = [rep for rep in model.reps if rep.staffed]
        emptied = emptied or not staffed
        if emptied and len(staffed) > 1:
            renewed = True
            assert min(rep.accounts for rep in staffed) >= least * (32 // len(staffed) - 1)
    assert emptied
    assert renewed


@pytest.mark.parametrize("handover", ["new_hire", "existing_rep", "similar_rep"])
def test_a_newcomer_to_a_team_of_one_is_new_to_its_accounts(handover):
    """The accounts wait in the empty seat, but what trust was the leaver's is lost with the leaver."""
    firm = small_firm(
        organisation={
            "headcount": 1,
            "span_of_control": 1,
            "accounts": 8,
            "burn_in_weeks": 0,
            "weeks": 104,
        },
        leaving={"turnover": 0.9},
        handover={"vacancy_weeks": 1, "firms_share": 0.0, "portability": 0.0, "account_handover": handover},
    )
    model = SalesModel(firm, seed=4)
    while not model.books[model.week - 1].hired:
        model.step()
    assert all(customer.trust == 0.0 for customer in model.customers)


# credit and quotas of empty seats


def test_sales_of_an_empty_seat_are_credited_to_nobody():
    """The team sells for the seat, and neither its quota nor anybody's pay knows of it."""
    firm = small_firm(
        organisation={"weeks": 104},
        needs={"rate": 0.4},
        leaving={"turnover": 0.8},
        handover={"vacancy_weeks": 12, "cover_share": 1.0},
    )
    model = SalesModel(firm, seed=5)
    sold = 0.0
    while model.running:
        empty = {rep.id for rep in model.reps if not rep.staffed}
        held = {rep.id: rep.year_pay for rep in model.reps if rep.id in empty}
        model.step()
        t = model.week - 1
        rows = [d for d in model.deals[: model.keeping[0].deal_rows] if d.week == t]
        assert all(d.credit == 0.0 for d in rows if d.rep in empty)
        assert all(d.credit > 0.0 for d in rows if d.rep not in empty and d.outcome != AWAITING)
        sold += sum(d.size * d.price for d in rows if d.rep in empty and d.outcome == WON)
        for k in empty:
            rep = model.reps[k]
            if not rep.staffed:
                assert (rep.credited, rep.credited_this_week, rep.target_this_week) == (0.0, 0.0, 0.0)
                assert (rep.period_weeks, rep.year_weeks, rep.year_pay) == (0, 0, held[k])
    assert sold > 0.0
    books = model.tables().books
    assert sold == pytest.approx((books["revenue"] - books["credited"]).sum(), rel=1e-9)


# hours


@pytest.mark.parametrize("ideal", [Ideal(), Ideal(best_accounts=True)], ids=["as it is", "best accounts"])
@pytest.mark.parametrize(
    "firm", [small_firm(leaving={"turnover": 0.7}), busy_firm()], ids=["small", "busy"]
)
def test_hours_in_accounts_are_the_selling_hours_of_their_reps(firm, ideal):
    model = SalesModel(firm, seed=2, ideal=ideal)
    while model.running:
        model.step()
        book = model.books[model.week - 1]
        assert sum(c.hours for c in model.customers) == pytest.approx(
            book.selling_hours, rel=1e-9, abs=1e-9
        )
        assert sum(r.hours for r in model.reps) == pytest.approx(book.selling_hours, rel=1e-9, abs=1e-9)
        assert sum(r.service_hours for r in model.reps) == pytest.approx(
            book.service_hours, rel=1e-9, abs=1e-9
        )


def hours_of_customers(scenario: Scenario) -> float:
    training = scenario.training
    trained = training.training_days * 8.0 / 52.0 + training.value_selling_training / 52.0
    usual = scenario.organisation.hours_per_week * scenario.accounts.selling_time_share
    return max(usual - trained, 0.0)


BUSY = busy_firm()
HOUR_FIRMS = {
    "small": small_firm(
        leaving={"turnover": 0.7}, approval={"approval_leniency": 1.0}, needs={"rate": 0.3}
    ),
    "busy": BUSY,
    "much asking": busy_firm(approval={"approval_hours": 30.0}, needs={"rate": 1.0}),
    "much training": busy_firm(training={"training_days": 60.0}),
    "reviews in pairs": busy_firm(
        reviews={"account_review_rate": 1.0, "review_format": "paired", "review_hours": 6.0}
    ),
    "targets pay": small_firm(
        leaving={"turnover": 0.7},
        approval={"approval_leniency": 1.0},
        needs={"rate": 0.3},
        market={"target_fit": 0.0, "other_fit": 0.0},
        pay={"target_rate": 0.2},
        regime={"discount_authority": 0.0},
    ),
    "a colleague takes over": busy_firm(handover={"account_handover": "existing_rep"}),
}


@pytest.mark.parametrize("name", HOUR_FIRMS)
def test_every_hour_of_every_rep_is_spent_once(name):
    """Selling, service, cover for empty seats and paying back hours lost make up the time of a rep.

    Whoever is in onboarding or has no account sells nothing and covers for nobody; hours lost are
    carried on until paid.
    """
    model = SalesModel(HOUR_FIRMS[name], seed=2)
    before: dict[int, tuple[int, float]] = {}
    busy_weeks = 0
    while model.running:
        staffed = {rep.id for rep in model.reps if rep.staffed}
        before = {rep.id: (rep.hires, rep.lost_hours) for rep in model.reps}
        new = newcomers(model)
        covered_by = covers(model)
        model.step()
        scenario, book = model.parameters, model.books[model.week - 1]
        usual = hours_of_customers(scenario)
        covered = 0.0
        given = 0.0
        for manager in (m for m in model.managers if m.level == 1):
            seats = range(manager.first_rep, manager.last_rep)
            here = [k for k in seats if k in staffed]
            empty = [k for k in seats if k not in staffed]
            cover = covered_by[manager.first_rep]
            hands = [k for k in here if k not in new]
            given += cover * len(hands)
            for k in empty:
                rep = model.reps[k]
                covered += rep.hours + rep.service_hours
                assert rep.hours + rep.service_hours <= cover * len(hands) / len(empty) + 1e-9
            for k in here:
                rep = model.reps[k]
                lost = before[k][1]
                free = max(usual - cover - lost, 0.0)
                spent = rep.hours + rep.service_hours
                if rep.hires == before[k][0]:  # still the same person
                    expected = 0.0 if k in new else free
                    assert spent in (pytest.approx(expected, abs=1e-9), 0.0)
                    assert spent > 0.0 or expected == 0.0 or rep.accounts == 0
                    busy_weeks += spent > 0.0
                    left = max(lost - max(usual - cover, 0.0), 0.0)
                    assert rep.lost_hours >= left - 1e-9
                assert spent + cover <= usual + 1e-9
        assert covered <= given + 1e-9
        training = scenario.training
        trained = (training.training_days * 8.0 + training.value_selling_training) / 52.0 * len(staffed)
        assert book.training_hours == pytest.approx(trained)
    assert busy_weeks > 100


@pytest.mark.parametrize("name", HOUR_FIRMS)
def test_hours_of_asking_and_reviews_are_taken_from_those_who_spent_them(name):
    """Every hour booked for a request or a review is owed by a rep, and paid back from selling."""
    model = SalesModel(HOUR_FIRMS[name], seed=2)
    booked = 0.0
    while model.running:
        owed = {rep.id: rep.lost_hours for rep in model.reps}
        empty = {rep.id for rep in model.reps if not rep.staffed}
        cover = covers(model)
        model.step()
        book = model.books[model.week - 1]
        usual = hours_of_customers(model.parameters)
        if book.left or book.hired:
            continue
        more = sum(
            rep.lost_hours - max(owed[rep.id] - max(usual - cover[rep.id], 0.0), 0.0)
            for rep in model.reps
            if rep.id not in empty
        )
        assert more == pytest.approx(book.asking_hours + book.review_hours, abs=1e-6)
        booked += more
    assert booked > 0.0


def newcomers(model: SalesModel) -> set[int]:
    """Seats whose holders are in onboarding this week."""
    weeks = model.parameters.training.onboarding
    return {rep.id for rep in model.reps if rep.staffed and rep.hires and rep.tenure < weeks}


def covers(model: SalesModel) -> dict[int, float]:
    """What each free hand of a team gives to its empty seats (hours per week)."""
    usual = hours_of_customers(model.parameters)
    share = model.parameters.handover.cover_share
    new = newcomers(model)
    found = {}
    for manager in (m for m in model.managers if m.level == 1):
        seats = range(manager.first_rep, manager.last_rep)
        here = [k for k in seats if model.reps[k].staffed]
        hands = len([k for k in here if k not in new])
        each = min(share * usual * (len(seats) - len(here)) / hands, 0.5 * usual) if hands else 0.0
        found |= dict.fromkeys(seats, each)
    return found


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_the_firm_never_spends_more_hours_on_customers_than_its_people_have(scenario, ideal, seed):
    run = simulated(scenario, seed, 0, ideal)
    staffed = np.concatenate([[len(run.reps)], run.books["staffed"][:-1]])
    if ideal.seats_filled:
        staffed = np.maximum(staffed, run.books["staffed"])
    most = max(hours_of_customers(now) for _, _, now in scenario.stretches())
    spent = run.books["selling_hours"] + run.books["service_hours"]
    assert (spent <= staffed * most * (1.0 + 1e-9)).all()


@pytest.mark.parametrize("lever", [{"training_days": 20.0}, {"value_selling_training": 160.0}])
def test_all_hours_of_a_settled_firm_add_up_in_the_books(lever):
    """Nobody leaves and everybody has accounts: the ledger alone accounts for every hour."""
    firm = small_firm(
        leaving={"turnover": 0.0},
        needs={"rate": 0.2},
        training=lever,
        approval={"approval_leniency": 1.0, "approval_hours": 1.0},
        reviews={"account_review_rate": 0.5},
    )
    books = simulated(firm, 2).books
    lost = books["asking_hours"] + books["review_hours"]
    assert lost.sum() > 50.0
    spent = books["selling_hours"] + books["service_hours"] + books["training_hours"]
    np.testing.assert_allclose(spent[1:] + lost[:-1], 6 * CUSTOMER_HOURS, rtol=1e-9)


def test_asking_takes_its_hours_from_next_weeks_selling():
    firm = small_firm(
        approval={"approval_hours": 1.0, "approval_leniency": 1.0},
        needs={"rate": 0.3},
        reviews={"account_review_rate": 0.0},
        leaving={"turnover": 0.0},
        training={"training_days": 0.0},
    )
    books = simulated(firm, 2).books
    assert books["asking_hours"].sum() == books["approvals_asked"].sum() > 0
    spent = books["selling_hours"] + books["service_hours"]
    np.testing.assert_allclose(spent[1:] + books["asking_hours"][:-1], 6 * CUSTOMER_HOURS, rtol=1e-9)


@pytest.mark.parametrize("focus", ["weakest", "equal", "middle", "strongest"])
@pytest.mark.parametrize("team", [1, 2, 3, 5])
def test_coaching_hours_are_the_same_under_every_focus(focus, team):
    """What a manager has left for coaching is given in full, to whomever, as long as anybody is there."""
    firm = small_firm(
        organisation={"headcount": 2 * team, "span_of_control": team},
        leaving={"turnover": 0.5},
        handover={"vacancy_weeks": 8},
        coaching={"coaching_focus": focus},
        approval={"approval_hours": 0.5, "approval_leniency": 1.0},
        reviews={"account_review_rate": 0.0},
        needs={"rate": 0.3},
    )
    model = SalesModel(firm, seed=3)
    share = Coaching().coaching_share
    while model.running:
        staffed = {rep.id for rep in model.reps if rep.staffed}
        model.step()
        given = 0.0
        for manager in (m for m in model.managers if m.level == 1):
            seats = range(manager.first_rep, manager.last_rep)
            team_gets = sum(model.reps[k].coaching for k in seats if k in staffed)
            assert all(model.reps[k].coaching == 0.0 for k in seats if k not in staffed)
            assert 0.0 <= manager.coaching_hours <= 40.0 * share
            if any(k in staffed for k in seats):
                assert team_gets == pytest.approx(manager.coaching_hours, rel=1e-9, abs=1e-12), model.week
            given += team_gets
        assert given == pytest.approx(model.books[model.week - 1].coaching_hours, rel=1e-9, abs=1e-12)


def test_exceptions_and_team_reviews_eat_into_coaching():
    """What a week's coaching cannot give is owed to the next; no hour is forgotten."""
    for reviews in ({"account_review_rate": 0.0}, {"account_review_rate": 0.5, "review_format": "team"}):
        firm = small_firm(
            approval={"approval_hours": 2.0, "approval_leniency": 1.0, "days_per_hour": 0.0},
            needs={"rate": 0.4},
            leaving={"turnover": 0.0},
            reviews=reviews,
            organisation={"headcount": 3},
            regime={"discount_authority": 0.0},
        )
        run = simulated(firm, 3)
        assert run.books["approvals_asked"].sum() > 20
        lost = run.books["asking_hours"] + (run.books["reviews"] if reviews["account_review_rate"] else 0.0)
        assert (lost > 40.0 * Coaching().coaching_share).any()
        owed = 0.0
        for book, more in zip(run.books, lost, strict=True):
            owed += more
            week = 40.0 * Coaching().coaching_share
            assert book["coaching_hours"] == pytest.approx(max(week - owed, 0.0), rel=1e-9, abs=1e-9)
            owed = max(owed - week, 0.0)
        assert run.managers["lost_hours"][0] == pytest.approx(owed)


# pay


@pytest.mark.parametrize("year_share", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("mix", [0.0, 0.4, 0.8])
def test_linear_pay_is_rate_times_credit(year_share, mix):
    """Leavers and newcomers included, by the period or by the year, whatever the pay mix."""
    firm = small_firm(
        pay={"commission_rate": 0.05, "pay_mix": mix},
        payout=LINEAR | {"year_share": year_share},
        organisation={"weeks": 45, "burn_in_weeks": 0},
        leaving={"turnover": 0.6},
        handover={"vacancy_weeks": 3},
    )
    books = simulated(firm, 2).books
    assert books["credited"].sum() > 0.0
    assert books["left"].sum() > 0
    assert books["variable_pay"].sum() == pytest.approx(0.05 * books["credited"].sum(), rel=1e-12)


@pytest.mark.parametrize("handover", ["new_hire", "existing_rep"])
def test_linear_pay_pays_the_target_rate_besides(handover):
    """Every account is a planned target: each credited dollar earns commission and the target rate."""
    firm = small_firm(
        market={"target_fit": 0.0, "other_fit": 0.0},
        pay={"commission_rate": 0.05, "target_rate": 0.02, "pay_mix": 0.6},
        payout=LINEAR,
        leaving={"turnover": 0.6},
        handover={"vacancy_weeks": 3, "account_handover": handover},
    )
    books = simulated(firm, 2).books
    assert books["variable_pay"].sum() == pytest.approx(0.07 * books["credited"].sum(), rel=1e-12)
    assert books["on_target_pay"].sum() == pytest.approx(books["variable_pay"].sum(), rel=1e-12)


def test_the_target_rate_pays_for_planned_targets_only():
    """Pay less commission is the target rate times what planned targets paid."""
    firm = small_firm(
        pay={"commission_rate": 0.05, "target_rate": 0.02},
        payout=LINEAR,
        leaving={"turnover": 0.0},
        organisation={"burn_in_weeks": 0},
        needs={"rate": 0.3},
        market={"fit_drift": 0.2},
        planning={"strategy_refresh_months": 3},
    )
    model = SalesModel(firm, seed=2)
    on_targets = 0.0
    while model.running:
        targets = {c.id for c in model.customers if c.planned_target}
        model.step()
        rows = model.deals[: model.keeping[0].deal_rows]
        on_targets += sum(
            d.size * d.price
            for d in rows
            if d.week == model.week - 1 and d.outcome == WON and d.account in targets
        )
    paid = sum(book.variable_pay for book in model.books)
    credited = sum(book.credited for book in model.books)
    assert paid == pytest.approx(0.05 * credited + 0.02 * on_targets, rel=1e-12)
    assert 0.0 < on_targets < credited


@pytest.mark.parametrize("handover", ["new_hire", "existing_rep"])
def test_fixed_sums_pay_for_each_credited_deal_and_unit(handover):
    """What is sold from an empty seat earns nobody a sum; the promise pays the same sums."""
    firm = small_firm(
        pay={"commission_rate": 0.05},
        by_deal={"per_deal": 120.0, "per_unit": 1.5},
        payout=LINEAR,
        leaving={"turnover": 0.6},
        handover={"vacancy_weeks": 3, "cover_share": 1.0, "account_handover": handover},
    )
    run = simulated(firm, 2)
    credited = run.deals[(run.deals["outcome"] == WON) & (run.deals["credit"] > 0.0)]
    sums = 120.0 * len(credited) + 1.5 * credited["size"].sum()
    paid = 0.05 * run.books["credited"].sum() + sums
    assert run.books["variable_pay"].sum() == pytest.approx(paid, rel=1e-12)
    assert run.books["on_target_pay"].sum() == pytest.approx(paid, rel=1e-12)


@pytest.mark.parametrize("period", [4, 13, 52])
@pytest.mark.parametrize("payout", [LINEAR, LINEAR | {"threshold": 0.3, "bonus": 900.0, "year_bonus": 2e3}])
def test_the_margin_of_a_deal_multiplies_what_that_deal_earns(period, payout):
    """Week by week and deal by deal along the curves, in the order in which deals are decided."""
    bands = {"low_margin": 0.32, "low_margin_factor": 0.5, "high_margin": 0.37, "high_margin_factor": 2.0}
    firm = small_firm(
        pay={"commission_rate": 0.05, "period_weeks": period},
        by_deal={"per_deal": 50.0, **bands},
        payout=payout | {"year_share": 0.4},
        leaving={"turnover": 0.0},
        needs={"rate": 0.3},
        organisation={"burn_in_weeks": 0},
        regime={"discount_authority": 0.3},
    )
    run, paid, promised = simulated(firm, 2), np.zeros(6), 0.0
    factors = set()
    for k in range(6):
        quota, in_year, last, in_period = run.quotas[k], 0.0, 0, 0.0
        rows = run.deals[(run.deals["rep"] == k) & (run.deals["outcome"] == WON)]
        for row in rows:
            in_period = in_period if row["week"] // period == last else 0.0
            last, to, up = row["week"] // period, in_period + row["credit"], in_year + row["credit"]
            gate, asked = 0.0, quota * period / 52.0
            earned = pay_by_period(to, asked, float(period), float(period), gate, firm)
            earned -= pay_by_period(in_period, asked, float(period), float(period), gate, firm)
            earned += pay_by_year(up, quota, 52.0, firm) - pay_by_year(in_year, quota, 52.0, firm)
            margin = 1.0 - row["unit_cost"] / row["price"]
            factor = 0.5 if margin < 0.32 else 2.0 if margin >= 0.37 else 1.0
            factors.add(factor)
            paid[k] += factor * (earned + 50.0)
            promised += factor * (on_target_rate(quota, firm) * row["credit"] + 50.0)
            in_period, in_year = to, up
    assert len(factors) > 1
    np.testing.assert_allclose(run.years["variable_pay"][np.argsort(run.years["rep"])], paid, rtol=1e-9)
    assert run.books["on_target_pay"].sum() == pytest.approx(promised, rel=1e-9)


def test_the_rate_for_new_accounts_pays_for_the_first_purchase_of_each_customer():
    """A customer who takes the place of one that was lost is new again."""
    firm = small_firm(
        pay={"commission_rate": 0.05},
        by_deal={"new_rate": 0.1},
        payout=LINEAR,
        leaving={"turnover": 0.0},
        needs={"rate": 0.3},
        relationship={"churn": 0.5},
    )
    run = simulated(firm, 2)
    won = run.deals[run.deals["outcome"] == WON]
    _, first = np.unique(np.stack([won["account"], won["generation"]]), axis=1, return_index=True)
    on_new = (won["size"] * won["price"])[first].sum()
    paid = 0.05 * run.books["credited"].sum() + 0.1 * on_new
    assert run.books["variable_pay"].sum() == pytest.approx(paid, rel=1e-12)
    assert run.books["on_target_pay"].sum() == pytest.approx(paid, rel=1e-12)
    assert 48 < len(first) < len(won)


@given(
    seed=seeds, f=st.floats(0, 3e3), u=st.floats(0, 3), start=st.integers(0, 30), weeks=st.integers(1, 20)
)
def test_sums_are_those_of_the_day_of_sale(seed, f, u, start, weeks):
    firm = small_firm(
        pay={"commission_rate": 0.05},
        payout=LINEAR,
        organisation={"burn_in_weeks": 0},
        needs={"rate": 0.3},
        approval={"approval_leniency": 0.0},
    )
    levers = {"by_deal.per_deal": f, "by_deal.per_unit": u}
    entries = [{"lever": k, "value": v, "start": start, "stop": start + weeks} for k, v in levers.items()]
    run = simulated(Scenario.model_validate(firm.model_dump() | {"dated": entries}), seed)
    won = run.deals[(run.deals["outcome"] == WON) & (run.deals["credit"] > 0.0)]
    held = won[(won["week"] >= start) & (won["week"] < start + weeks)]
    paid = 0.05 * won["credit"].sum() + f * len(held) + u * held["size"].sum()
    assert run.books["variable_pay"].sum() == pytest.approx(paid, rel=1e-9)


@pytest.mark.parametrize("year_share", [0.0, 0.5, 1.0])
def test_a_quota_plan_pays_target_incentive_times_attainment(year_share):
    firm = small_firm(
        pay={"plan_kind": "quota", "target_pay": 200_000.0, "pay_mix": 0.3, "margin_weight": 0.5},
        payout=LINEAR | {"year_share": year_share},
        organisation={"burn_in_weeks": 26, "weeks": 130},
        leaving={"turnover": 0.5},
        handover={"vacancy_weeks": 3},
    )
    rows = simulated(firm, 2).years
    rows = rows[rows["weeks"] > 0]
    assert len(rows) > 12
    attained = rows["credited"] / rows["quota"]
    np.testing.assert_allclose(rows["variable_pay"], 60_000.0 * rows["weeks"] / 52.0 * attained, rtol=1e-9)


def test_a_draw_is_a_floor_under_the_pay_of_newcomers():
    """Where nothing is sold, newcomers in ramp are paid the draw, and nobody else is paid anything."""
    firm = small_firm(
        needs={"rate": 0.0},
        pay={"ramp_draw": 0.5, "ramp_weeks": 520},
        leaving={"turnover": 0.5},
        handover={"vacancy_weeks": 2},
        organisation={"weeks": 104},
    )
    run = simulated(firm, 2)
    rows = run.years[run.years["weeks"] > 0]
    draw = 0.5 * 60_000.0 * rows["weeks"] / 52.0
    assert (rows["hire"] > 0).any()
    assert (rows["hire"] == 0).any()
    np.testing.assert_allclose(rows["variable_pay"], np.where(rows["hire"] > 0, draw, 0.0), rtol=1e-9)


def test_a_draw_never_takes_away():
    """With sales, every newcomer in ramp gets at least the draw, and at least what was earned."""
    firms = [
        small_firm(
            payout=LINEAR,
            pay={"ramp_draw": draw, "ramp_weeks": 520},
            leaving={"turnover": 0.7},
            handover={"vacancy_weeks": 2},
            organisation={"burn_in_weeks": 0, "weeks": 52},
            needs={"rate": 0.3},
        )
        for draw in (0.0, 0.5)
    ]
    without, with_draw = (simulated(firm, 2).years for firm in firms)
    new = with_draw["hire"] > 0
    assert new.any()
    earned = 0.033 * with_draw["credited"]
    floor = 0.5 * 60_000.0 * with_draw["weeks"] / 52.0
    assert (with_draw["variable_pay"] >= np.maximum(earned, np.where(new, floor, 0.0)) * (1.0 - 1e-9)).all()
    np.testing.assert_allclose(without["variable_pay"], 0.033 * without["credited"], rtol=1e-9)


@pytest.mark.parametrize("period", [1, 4, 13, 52])
def test_the_plan_does_not_pay_for_sales_of_the_burn_in(period):
    """With a burn-in of half a year, credit and pay still meet on either side of it."""
    firm = small_firm(
        pay={"commission_rate": 0.05, "period_weeks": period},
        payout=LINEAR,
        organisation={"burn_in_weeks": 26, "weeks": 39},
        leaving={"turnover": 0.0},
    )
    books = simulated(firm, 2).books
    for part in (books[:26], books[26:]):
        assert part["variable_pay"].sum() == pytest.approx(0.05 * part["credited"].sum(), rel=1e-12)


def test_salaries_follow_the_seats_filled():
    firm = small_firm(leaving={"turnover": 0.6}, pay={"pay_mix": 0.3})
    run = simulated(firm, 2)
    before = np.concatenate([[6], run.books["staffed"][:-1]])
    expected = before * 105_000.0 / 52.0 + len(run.managers) * 180_000.0 / 52.0
    np.testing.assert_allclose(run.books["salaries"], expected, rtol=1e-12)
    assert len(run.managers) == 4


def test_the_years_of_the_seats_are_those_of_the_books():
    """Year by year, holders who left on the way included; burn-in and plan are closed apart."""
    firm = small_firm(
        leaving={"turnover": 0.6},
        handover={"vacancy_weeks": 3},
        organisation={"burn_in_weeks": 52, "weeks": 104},
        needs={"rate": 0.3},
    )
    run = simulated(firm, 2)
    assert len(run.years) > 3 * 6
    for year in range(3):
        weeks = run.books[52 * year : 52 * year + 52]
        rows = run.years[run.years["week"] // 52 == year]
        for column in ("credited", "variable_pay"):
            assert rows[column].sum() == pytest.approx(weeks[column].sum(), rel=1e-9), column
        managers = len(run.managers) * 180_000.0
        assert rows["salary"].sum() == pytest.approx(weeks["salaries"].sum() - managers, rel=1e-9)
        assert sorted(set(rows["rep"])) == list(range(6))
        before = run.books["staffed"] - run.books["hired"] + run.books["left"]
        assert rows["weeks"].sum() == before[52 * year : 52 * year + 52].sum()


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_the_years_of_all_holders_add_up_to_the_books(scenario, ideal, seed):
    """Each holder of a seat has one row for each year in it, and two where burn-in and plan meet."""
    run = simulated(scenario, seed, 0, ideal)
    for column in ("credited", "variable_pay"):
        assert run.years[column].sum() == pytest.approx(run.books[column].sum(), rel=1e-9, abs=1e-6), column
    assert ((run.years["weeks"] >= 1) & (run.years["weeks"] <= 52)).all()
    start = scenario.organisation.burn_in_weeks
    keys = {(row["rep"], row["hire"], row["week"] // 52, row["week"] < start) for row in run.years}
    assert len(keys) == len(run.years)


# the ledger


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_contribution_and_operating_profit_are_what_is_left(scenario, ideal, seed):
    books = simulated(scenario, seed, 0, ideal).books
    left = books["revenue"] - books["unit_cost"] - books["serving_cost"] - books["variable_pay"]
    np.testing.assert_allclose(books["contribution"], left, rtol=1e-12, atol=1e-6)
    left = left - books["salaries"] - books["people_cost"] - books["overhead"]
    np.testing.assert_allclose(books["operating_profit"], left, rtol=1e-9, atol=1e-6)


def test_people_cost_what_training_and_hiring_cost():
    firm = small_firm(
        leaving={"turnover": 0.6},
        handover={"vacancy_weeks": 2},
        training={"training_days": 10.0, "value_selling_training": 80.0},
    )
    books = simulated(firm, 2).books
    each = 486.0 / 8.0 * (10.0 * 8.0 + 80.0) / 52.0
    expected = each * books["staffed"] + 100_000.0 * books["hired"]
    np.testing.assert_allclose(books["people_cost"], expected, rtol=1e-12)
    assert books["hired"].sum() > 0


def test_overhead_is_a_share_of_the_first_plan():
    firm = small_firm()
    books = simulated(firm, 2).books
    np.testing.assert_allclose(
        books["overhead"], firm.organisation.overhead * books["operating_plan"][0] / 52.0, rtol=1e-12
    )


@pytest.mark.parametrize("shared", [0.0, 0.4])
@pytest.mark.parametrize("kind", ["guaranteed", "recoverable"])
def test_all_that_reps_managers_and_overlays_earn_is_paid_or_owed(shared, kind):
    """Customers leave, goods come back, teams reach their quotas, and draws are advances or guarantees.

    Pay is what curves and bonuses earned and draws added, less what was taken back; credit that was given
    less what goods took is that of the reps; revenue is what was sold less what came back.
    """
    firm = small_firm(
        organisation={"weeks": 104, "span_of_control": 6},
        needs={"rate": 0.4},
        pay={"commission_rate": 0.04, "draw": 0.9, "draw_kind": kind},
        payout=LINEAR,
        team_pay={
            "shared_credit": shared,
            "team_bonus": 3_000.0,
            "manager_curve": "1% above",
            "overlay_rate": 0.005,
        },
        clawback={"clawback_weeks": 40, "clawback_kind": "pro_rata", "returned_credit": 0.8},
        returns={"chance": 0.5, "part": 0.3},
        relationship={"churn": 0.6},
        leaving={"turnover": 0.6},
        handover={"vacancy_weeks": 3, "cover_share": 1.0},
    )
    model = SalesModel(firm, seed=3)
    bonuses = 0.0
    while model.running:
        (manager, *_), t = model.managers, model.week
        so_far = 0.0 if t % 13 == 0 else manager.credited
        done = t % 13 > 0 and manager.reached
        weeks = [rep.period_weeks + 13 - t % 13 for rep in model.reps if rep.staffed]
        model.step()
        if not done and so_far + model.books[t].credited >= manager.whole_quota > 0.0:
            bonuses += 3_000.0 * sum(weeks) / 13.0
    run = model.tables()
    total = {name: run.books[name].sum() for name in run.books.dtype.names}
    won = run.deals[run.deals["outcome"] == WON]
    assert total["returned"] > 0.0
    assert total["revenue"] == pytest.approx((won["size"] * won["price"]).sum() - total["returned"])
    assert total["credited"] == pytest.approx(run.years["credited"].sum())
    assert total["credited"] < won["credit"].sum()
    assert total["manager_pay"] == pytest.approx(0.01 * total["credited"])
    assert total["overlay_pay"] == pytest.approx(0.005 * (total["revenue"] + total["returned"]))
    earned = 0.04 * total["credited"] + bonuses - total["taken_back"]
    added = total["guarantees"] + total["advances"]
    beside = total["manager_pay"] + total["overlay_pay"]
    assert total["variable_pay"] - beside == pytest.approx(earned + added, rel=1e-9)
    assert run.years["variable_pay"].sum() == pytest.approx(earned + added, rel=1e-9)
    standing = run.reps["owed"].sum() + total["written_off"]
    assert total["advances"] == pytest.approx(standing, abs=1e-6)
    assert bonuses > 0.0
    assert total["taken_back"] > 0.0
