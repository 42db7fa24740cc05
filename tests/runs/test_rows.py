"""Managers, reps, accounts and deals one by one, as tables."""

import numpy as np
import pandas as pd
import pytest

from salesim import SalesimError, simulate
from salesim.model.books import Deal, Level, RepYear, Week
from salesim.model.columns import names
from salesim.outcomes import COMPANY, outcomes_of
from tests.firms import small_firm
from tests.messages import message_of
from tests.runs.simulating import LIVING, REPLICATES, SEED, START, raw


@pytest.fixture(scope="module")
def results():
    return simulate(LIVING, replicates=REPLICATES, seed=SEED)


@pytest.fixture(scope="module")
def tables():
    return [raw(replicate) for replicate in range(REPLICATES)]


def frames(results, level):
    """The table of one level, replicate by replicate."""
    frame = results.table(level).to_pandas()
    assert sorted(frame["replicate"].unique()) == list(range(REPLICATES))
    return [part.drop(columns="replicate").reset_index(drop=True) for _, part in frame.groupby("replicate")]


@pytest.mark.parametrize("level", ["manager", "rep", "account", "deal"])
def test_tables_hold_the_outcomes_of_their_level(results, level):
    names = results.table(level).column_names
    assert len(set(names)) == len(names)
    assert {outcome.name for outcome in outcomes_of(level)} <= set(names)


def test_other_levels_are_refused(results):
    for read, place, name, near in (
        (results.table, "level", "reps", "rep"),
        (results.arrow, "table", "rep", "reps"),
    ):
        with pytest.raises(SalesimError) as refused:
            read(name)
        message = message_of(refused.value)
        assert (message.place, message.given, message.near) == ((place,), repr(name), near)


def test_rep_years_are_those_of_the_engine(results, tables):
    for frame, table in zip(frames(results, "rep"), tables, strict=True):
        years = table.years.reset_index(drop=True)
        for column in names(RepYear):
            np.testing.assert_array_equal(frame[column], years[column])
        np.testing.assert_allclose(frame["attainment"], years["credited"] / years["quota"])
        np.testing.assert_allclose(frame["pay"], years["salary"] + years["variable_pay"])
        np.testing.assert_array_equal(frame["year"], years["week"] // 52 + 1)
        np.testing.assert_array_equal(frame["manager"], years["rep"] // 3)
        np.testing.assert_array_equal(frame["most_of_the_year"], years["weeks"] >= 26)
        assert not frame.duplicated(["year", "rep", "hire"]).any()
        assert frame.duplicated(["year", "rep"]).any(), "nobody was replaced within a year"
        assert frame["credited"].sum() == pytest.approx(table.books["credited"].sum())
        assert frame["variable_pay"].sum() == pytest.approx(table.books["variable_pay"].sum())


def test_pay_and_credit_of_reps_add_up_to_the_ledger_when_nobody_leaves():
    stable = LIVING.model_copy(update={"leaving": LIVING.leaving.model_copy(update={"turnover": 0.0})})
    results = simulate(stable, replicates=1, seed=SEED)
    reps, books = results.table("rep").to_pandas(), results.pairs[0].realised_books
    managers = len(results.table("manager").to_pandas()["manager"].unique()) + 1  # one upper level
    assert reps["variable_pay"].sum() == pytest.approx(books["variable_pay"].sum())
    assert reps["credited"].sum() == pytest.approx(books["credited"].sum())
    of_managers = managers * stable.pay.manager_salary * 130 / 52
    assert reps["salary"].sum() + of_managers == pytest.approx(books["salaries"].sum())
    assert (reps.groupby("year")["accounts"].sum() == 320).all()


def test_years_of_reps_start_with_the_plan():
    """With a burn-in of a year the first year of the plan is year 1, and nothing before it is there."""
    results = simulate(small_firm(organisation={"burn_in_weeks": 52, "weeks": 104}), replicates=2)
    frame = results.table("rep").to_pandas()
    assert set(frame["year"]) == {1, 2}
    assert frame["week"].min() >= 52


def test_teams_are_sums_over_their_reps(results, tables):
    for frame, table in zip(frames(results, "manager"), tables, strict=True):
        years = table.years.assign(year=table.years["week"] // 52 + 1, manager=table.years["rep"] // 3)
        won = table.won.assign(year=table.won["week"] // 52 + 1, manager=table.won["rep"] // 3)
        teams = years.groupby(["year", "manager"])
        expected = teams[["credited", "quota"]].sum()
        index = pd.MultiIndex.from_frame(frame[["year", "manager"]])
        assert list(index) == list(expected.index)
        np.testing.assert_allclose(frame["attainment"], expected["credited"] / expected["quota"])
        np.testing.assert_allclose(frame["skill"], teams["skill"].mean())
        np.testing.assert_array_equal(frame["people"], teams.size())
        credit = won.groupby(["year", "manager"])["credit"].sum().reindex(expected.index, fill_value=0.0)
        np.testing.assert_allclose(frame["credited"], credit)
        assert frame["credited"].sum() == pytest.approx(table.books["credited"].sum())


def test_accounts_add_up_to_the_ledger(results, tables):
    for frame, table in zip(frames(results, "account"), tables, strict=True):
        assert list(frame["account"]) == list(range(320))
        assert frame["deals"].sum() == table.books["quoted"].sum()
        assert frame["won"].sum() == table.books["won"].sum()
        assert frame["revenue"].sum() == pytest.approx(table.books["revenue"].sum())
        paid = table.books["contribution"].sum() + table.books["variable_pay"].sum()
        assert frame["contribution"].sum() == pytest.approx(paid)
        by_account = table.won.groupby("account")[["revenue", "list_value", "margin"]].sum()
        bought = frame.loc[by_account.index]
        np.testing.assert_allclose(bought["contribution"], by_account["margin"])
        np.testing.assert_allclose(
            bought["discount"], 1 - by_account["revenue"] / by_account["list_value"], atol=1e-12
        )
        assert frame["discount"].isna().equals(frame["won"] == 0)


def test_deals_are_what_the_engine_wrote(results, tables):
    """Every quote, and every week in which an answer was awaited: without a price."""
    assert sum((table.deals["outcome"] == 5).sum() for table in tables) > 0, "no answer was awaited"
    words = {1: "won", 2: "lost", 3: "no decision", 4: "rests", 5: "no price yet"}
    for frame, table in zip(frames(results, "deal"), tables, strict=True):
        deals = table.deals.reset_index(drop=True)
        for column in set(names(Deal)) - {"outcome", "price"}:
            np.testing.assert_array_equal(frame[column], deals[column])
        assert list(frame["outcome"]) == [words[code] for code in deals["outcome"]]
        waiting = frame["outcome"] == "no price yet"
        assert frame["price"].isna().equals(waiting)
        assert frame["discount"].isna().equals(waiting)
        quoted = frame[~waiting]
        np.testing.assert_array_equal(quoted["price"], table.quoted["price"])
        assert (quoted["price"] > 0.0).all()
        np.testing.assert_allclose(
            quoted["discount"], 1 - table.quoted["price"] / table.quoted["listed"], atol=1e-12
        )
        assert frame["revenue"].sum() == pytest.approx(table.books["revenue"].sum())
        assert frame["contribution"].sum() == pytest.approx(table.won["margin"].sum())
        counts = frame["outcome"].value_counts()
        for word, column in (
            ("won", "won"),
            ("lost", "lost"),
            ("no decision", "no_decision"),
            ("rests", "rested"),
            ("no price yet", "awaiting"),
        ):
            assert counts[word] == table.books[column].sum()


def test_weeks_and_levels_are_what_the_engine_wrote(results, tables):
    for run, name in (("realised", "books"), ("full_execution", "full")):
        weeks = results.weeks[results.weeks["run"] == run]
        for replicate, table in enumerate(tables):
            mine = weeks[weeks["replicate"] == replicate].reset_index(drop=True)
            expected = getattr(table, name)
            pd.testing.assert_frame_equal(mine[names(Week)], expected, check_exact=True)
            assert list(mine["plan_week"]) == list(range(130))
    for replicate, table in enumerate(tables):
        mine = results.levels[results.levels["replicate"] == replicate]
        for column in names(Level):
            np.testing.assert_array_equal(mine[column], table.levels[column])


def test_frames_hold_weeks_of_the_plan_only(results):
    for name in ("weeks", "levels", "deals", "reps"):
        frame = getattr(results, name)
        assert (frame["week"] - frame["plan_week"] == START).all(), name
        assert frame["plan_week"].between(0, 129).all(), name


def test_the_ledger_of_full_execution_gives_the_promise(results):
    """As the page on data says it."""
    weeks = results.weeks[results.weeks["run"] == "full_execution"]
    costs = weeks["unit_cost"] + weeks["serving_cost"] + weeks["on_target_pay"]
    promised = (1 + weeks["optimism"]) * (weeks["revenue"] - costs)
    np.testing.assert_allclose(promised.groupby(weeks["replicate"]).sum(), results.values["promised"])


def test_the_company_has_a_row_for_each_outcome_and_place(results):
    frame = results.table("company").to_pandas()
    index_of = {outcome.name: outcome.index and outcome.index.name for outcome in COMPANY}
    assert set(frame["outcome"]) == set(index_of)
    revenue = frame[frame["outcome"] == "revenue"]
    assert list(revenue["value"]) == results.values["revenue"]
    weeks = frame[(frame["outcome"] == "discount_by_week") & (frame["replicate"] == 1)]
    assert list(weeks["place"]) == list(range(1, 14))
    assert set(weeks["index"]) == {index_of["discount_by_week"]}
    np.testing.assert_allclose(weeks["value"], results.values["discount_by_week"][1])
    series = {outcome.name for outcome in COMPANY if outcome.index}
    assert set(frame["outcome"][frame["index"].notna()]) == series


def test_undefined_values_are_null():
    results = simulate(small_firm(needs={"rate": 0.0}), replicates=2)
    company = results.table("company")
    frame = company.to_pandas()
    assert frame["value"][frame["outcome"] == "win_rate"].isna().all()
    assert company.column("value").null_count > 0
    assert results.table("account").column("discount").null_count == 96
    assert results.table("deal").num_rows == len(results.deals) == 0
    values = company.column("value").drop_null().to_numpy()
    assert np.isfinite(values).all()
