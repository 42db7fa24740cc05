"""Every outcome of the company is what the raw tables say when they are added up another way."""

import warnings
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from scipy.stats import skew, spearmanr

from salesim import simulate
from salesim.errors import ImplausibleWarning
from salesim.outcomes import COMPANY, OUTCOMES, THEMES, outcomes_of
from salesim.outcomes.declaring import BANDS, DIRECTIONS, LEVELS
from tests.firms import scenarios, seeds, small_firm
from tests.runs.simulating import LIVING, REPLICATES, SEED, raw

UNITS = {
    "USD",
    "USD per year",
    "USD per unit",
    "share",
    "ratio",
    "factor",
    "skill",
    "hours",
    "requests",
    "customers",
    "accounts",
    "deals",
    "reviews",
    "seats",
    "per year",
    "word",
    "yes or no",
    "skewness",
    "correlation",
}


@pytest.fixture(scope="module")
def results():
    return simulate(LIVING, replicates=REPLICATES, seed=SEED)


@pytest.fixture(scope="module")
def tables():
    return [raw(replicate) for replicate in range(REPLICATES)]


def last_quarter(levels, which):
    """Mean over people of each column, in the last 13 weeks."""
    rows = levels[(levels["week"] > levels["week"].max() - 13) & which(levels["level"])]
    columns = ["understanding", "self_rated", "buy_in", "recall"]
    return {c: np.average(rows[c], weights=rows["people"]) for c in columns}


def reps(levels):
    return last_quarter(levels, lambda level: level == 0)


def managers(levels):
    return last_quarter(levels, lambda level: level >= 1)


def plan_of_the_years(books):
    """A year's plan counts for as many weeks as it holds."""
    return sum(plan * weeks / 52 for plan, weeks in books["operating_plan"].value_counts().items())


def by_year(years, measure):
    """Mean over years; each rep stands five times, so that a fifth of them is a whole number."""
    found = []
    for _, rows in years.groupby(years["week"] // 52):
        found.append(measure(np.repeat(np.sort(rows["credited"] / rows["weeks"]), 5)))
    return np.mean(found)


def fifth(sorted_credit):
    return len(sorted_credit) // 5


def rank_correlation(counted):
    """Reps of one year beside the same reps in the next, by SciPy."""
    rows = counted.assign(year=counted["week"] // 52, weekly=counted["credited"] / counted["weeks"])
    wide = rows.pivot(index=["rep", "hire"], columns="year", values="weekly")
    pairs = [wide[[a, b]].dropna() for a, b in pairwise(wide.columns)]
    return np.mean(
        [spearmanr(pair.iloc[:, 0], pair.iloc[:, 1]).statistic for pair in pairs if len(pair) >= 3]
    )


INDEPENDENTLY = {
    "realised": lambda r: r.won["margin"].sum() - r.books["variable_pay"].sum(),
    "contribution": lambda r: r.won["margin"].sum() - r.books["variable_pay"].sum(),
    "full_execution": lambda r: r.full_contribution.sum(),
    "promised": lambda r: r.full_contribution.mul(1 + r.full["optimism"]).sum(),
    "promised_revenue": lambda r: r.full["revenue"].mul(1 + r.full["optimism"]).sum(),
    "promised_operating_profit": lambda r: (
        (r.full_contribution - r.full["salaries"] - r.full["people_cost"] - r.full["overhead"])
        .mul(1 + r.full["optimism"])
        .sum()
    ),
    "revenue": lambda r: r.won["revenue"].sum(),
    "operating_profit": lambda r: (
        r.won["margin"].sum() - r.books[["variable_pay", "salaries", "people_cost", "overhead"]].sum().sum()
    ),
    "target_share": lambda r: r.books["target_revenue"].sum() / r.won["revenue"].sum(),
    "plan_attainment": lambda r: r.won["revenue"].sum() / plan_of_the_years(r.books),
    "understanding": lambda r: reps(r.levels)["understanding"],
    "self_rated": lambda r: reps(r.levels)["self_rated"],
    "buy_in": lambda r: reps(r.levels)["buy_in"],
    "recall": lambda r: reps(r.levels)["recall"],
    "managers_understanding": lambda r: managers(r.levels)["understanding"],
    "managers_self_rated": lambda r: managers(r.levels)["self_rated"],
    "managers_recall": lambda r: managers(r.levels)["recall"],
    "price_realisation": lambda r: r.won["revenue"].sum() / r.won["list_value"].sum(),
    "discount": lambda r: 1 - np.average(r.won["price"] / r.won["listed"], weights=r.won["list_value"]),
    "at_floor_share": lambda r: r.quoted["at_floor"].mean(),
    "win_rate": lambda r: (r.deals["outcome"] == 1).sum() / r.deals["outcome"].isin([1, 2, 3]).sum(),
    "lost_share": lambda r: (r.deals["outcome"] == 2).sum() / r.deals["outcome"].isin([1, 2, 3]).sum(),
    "no_decision_share": lambda r: (
        (r.deals["outcome"] == 3).sum() / r.deals["outcome"].isin([1, 2, 3]).sum()
    ),
    "late_bookings": lambda r: r.won["revenue"][r.won["week"] % 13 >= 11].sum() / r.won["revenue"].sum(),
    "pulled_forward_value": lambda r: r.won["revenue"][
        r.won["natural_week"] // 13 > r.won["week"] // 13
    ].sum(),
    "held_back_value": lambda r: r.won["revenue"][r.won["natural_week"] // 13 < r.won["week"] // 13].sum(),
    "attainment": lambda r: r.counted["attainment"].mean(),
    "median_attainment": lambda r: r.counted["attainment"].median(),
    "attainment_skewness": lambda r: skew(r.counted["attainment"]),
    "rank_correlation": lambda r: rank_correlation(r.counted),
    "reps_at_quota": lambda r: (r.counted["credited"] >= r.counted["quota"]).mean(),
    "pay": lambda r: (
        r.books["contribution"]
        - r.books["operating_profit"]
        - r.books["people_cost"]
        - r.books["overhead"]
        + r.books["variable_pay"]
    ).sum(),
    "pay_per_rep": lambda r: (
        (r.years["salary"] + r.years["variable_pay"]).sum() / (r.years["weeks"].sum() / 52)
    ),
    "variable_pay": lambda r: r.won["margin"].sum() - r.books["contribution"].sum(),
    "cost_of_people": lambda r: (
        r.books["contribution"] - r.books["operating_profit"] - r.books["overhead"]
    ).sum(),
    "ccos": lambda r: (r.books["variable_pay"] + r.books["salaries"]).sum() / r.won["revenue"].sum(),
    "cost_of_selling": lambda r: (
        (
            r.books["contribution"]
            - r.books["operating_profit"]
            - r.books["overhead"]
            + r.books["variable_pay"]
        ).sum()
        / r.won["revenue"].sum()
    ),
    "intensity": lambda r: np.average(r.books["intensity"], weights=r.books["staffed"]),
    "skill": lambda r: np.average(r.books["skill"].iloc[-13:], weights=r.books["staffed"].iloc[-13:]),
    "adoption": lambda r: np.average(r.books["adoption"].iloc[-13:], weights=r.books["staffed"].iloc[-13:]),
    "top_fifth_share": lambda r: by_year(r.counted, lambda c: c[-fifth(c) :].sum() / c.sum()),
    "quintile_ratio": lambda r: by_year(r.counted, lambda c: c[-fifth(c) :].sum() / c[: fifth(c)].sum()),
    "approvals_granted_share": lambda r: r.quoted["granted"][r.quoted["asked"]].mean(),
    "asking_hours": lambda r: r.books["approvals_asked"].sum() * LIVING.approval.approval_hours,
    "account_coverage": lambda r: r.books["covered"].sum() / r.books["targets"].sum(),
    "churn": lambda r: r.books["churned"].sum() / 320 / (130 / 52),
    "cost_to_serve": lambda r: (r.won["size"] * r.won["serving_cost"]).sum(),
    "turnover": lambda r: r.books["left"].sum() / (r.books["staffed"].sum() / 52),
    "vacancy": lambda r: (8 - r.books["staffed"]).mean() / 8,
    "staffed": lambda r: r.books["staffed"].mean(),
    "in_ramp": lambda r: r.books["in_ramp"].mean() / 8,
    **{
        name: lambda r, name=name: r.books[name].sum()
        for name in ("coaching_hours", "training_hours", "reviews", "approvals_asked", "churned")
    },
}
RATIOS = {
    "realisation_ratio": ("realised", "promised"),
    "realisation_ratio_without_optimism": ("realised", "full_execution"),
    "realisation_ratio_of_revenue": ("revenue", "promised_revenue"),
    "realisation_ratio_of_profit": ("operating_profit", "promised_operating_profit"),
}
SERIES = {
    "promised_by_quarter": lambda r: [
        part.sum() for part in np.split(r.full_contribution * (1 + r.full["optimism"]), 10)
    ],
    "realised_by_quarter": lambda r: r.books["contribution"].groupby(r.books.index // 13).sum(),
    "discount_by_week": lambda r: (
        1
        - (
            r.won.groupby(r.won["week"] % 13)["revenue"].sum()
            / r.won.groupby(r.won["week"] % 13)["list_value"].sum()
        )
    ),
    "bookings_by_week": lambda r: (
        r.won.groupby(r.won["week"] % 13)["revenue"].sum() / r.won["revenue"].sum()
    ),
    "revenue_by_quarter_of_year": lambda r: (
        lambda rows: rows.groupby(rows["week"] % 52 // 13)["revenue"].sum() / rows["revenue"].sum()
    )(r.won[(r.won["week"] >= 52) & (r.won["week"] < 104)]),
    "attainment_distribution": lambda r: pd.cut(
        r.counted["attainment"], [*BANDS, np.inf], right=False
    ).value_counts(sort=False, normalize=True),
    **{
        f"{column}_by_level": lambda r, column=column: [
            last_quarter(r.levels, lambda level, k=k: level == k)[column]
            for k in range(r.levels["level"].max() + 1)
        ]
        for column in ("understanding", "self_rated", "buy_in", "recall")
    },
}


def test_every_outcome_of_the_company_is_checked_here():
    assert {*INDEPENDENTLY, *RATIOS, *SERIES} == {outcome.name for outcome in COMPANY}


@pytest.mark.parametrize("name", INDEPENDENTLY)
def test_numbers_are_what_the_raw_tables_say(name, results, tables):
    expected = [INDEPENDENTLY[name](table) for table in tables]
    np.testing.assert_allclose(results.values[name], expected, rtol=1e-9)
    assert np.ptp(expected) > 0 or name.startswith(("managers", "buy_in")), "the firm is too quiet to tell"
    measure = results.measures[name]
    assert measure.mean == pytest.approx(np.mean(expected))
    assert measure.interval == pytest.approx(np.percentile(expected, [10, 90]))


@pytest.mark.parametrize("name", RATIOS)
def test_ratios_to_the_promise_are_sums_over_sums(name, results, tables):
    above, below = ([INDEPENDENTLY[part](table) for table in tables] for part in RATIOS[name])
    assert results.measures[name].mean == pytest.approx(sum(above) / sum(below))
    each = [a / b for a, b in zip(above, below, strict=True)]
    assert results.measures[name].interval == pytest.approx(np.percentile(each, [10, 90]))


@pytest.mark.parametrize("name", SERIES)
def test_series_are_what_the_raw_tables_say(name, results, tables):
    expected = np.array([list(SERIES[name](table)) for table in tables])
    np.testing.assert_allclose(np.array(results.values[name]), expected, rtol=1e-9, atol=1e-12)
    series = results.series[name]
    assert len(series.places) == expected.shape[1]
    np.testing.assert_allclose(series.mean, expected.mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(series.interval, np.percentile(expected, [10, 90], axis=0), atol=1e-12)


def test_a_promise_of_nothing_in_some_replicates_leaves_them_out_of_the_range(results):
    from salesim.runs.estimating import estimate_of

    ratio = next(outcome for outcome in COMPANY if outcome.name == "realisation_ratio")
    values = {"realised": [1.0, 2.0], "promised": [-1.0, 4.0], "realisation_ratio": [None, 0.5]}
    measure = estimate_of(ratio, values)
    assert measure.mean == pytest.approx(1.0)
    assert measure.interval == (0.5, 0.5)
    assert estimate_of(ratio, values | {"promised": [-5.0, 4.0]}) is None


def test_series_add_up_to_their_totals(results):
    for pair in range(REPLICATES):
        of = {name: values[pair] for name, values in results.values.items()}
        assert of["bookings_by_week"].sum() == pytest.approx(1.0)
        assert of["bookings_by_week"][-2:].sum() == pytest.approx(of["late_bookings"])
        assert of["promised_by_quarter"].sum() == pytest.approx(of["promised"])
        assert of["realised_by_quarter"].sum() == pytest.approx(of["realised"])
        assert of["attainment_distribution"].sum() == pytest.approx(1.0)
        at_quota = of["attainment_distribution"][np.array(BANDS) >= 1.0].sum()
        assert at_quota == pytest.approx(of["reps_at_quota"])
        assert of["win_rate"] + of["lost_share"] + of["no_decision_share"] == pytest.approx(1.0)
        assert of["price_realisation"] + of["discount"] == pytest.approx(1.0)


def test_the_ledger_and_the_deals_tell_the_same_story(results):
    """Revenue by week is the same whether the books or the deals are asked."""
    for pair in results.pairs:
        deals = pair.history.deals
        won = deals[deals["outcome"] == 1]
        weekly = np.bincount(won["week"] - 13, won["size"] * won["price"], minlength=130)
        np.testing.assert_allclose(weekly, pair.realised_books["revenue"])
        assert (deals["outcome"] != 5).sum() == pair.realised_books["quoted"].sum()


def test_outcomes_are_declared_with_unit_direction_level_and_meaning():
    keys = [(outcome.level, outcome.name) for outcome in OUTCOMES]
    assert len(set(keys)) == len(keys)
    assert {outcome.level for outcome in OUTCOMES} == set(LEVELS)
    for outcome in OUTCOMES:
        assert outcome.unit in UNITS, outcome.name
        assert outcome.better in DIRECTIONS, outcome.name
        assert outcome.meaning.endswith("."), outcome.name
        assert not outcome.undefined.endswith("."), outcome.name
        assert outcome.index is None or outcome.level == "company", outcome.name
    assert sum(len(outcomes_of(level)) for level in LEVELS) == len(OUTCOMES)
    assert [outcome for theme in THEMES.values() for outcome in theme] == list(outcomes_of("company"))


def check(outcome, value, history):
    """Defined and finite, or undefined for a reason that is declared; shares lie in 0 to 1."""
    if value is None:
        assert outcome.undefined, outcome.name
        return
    if outcome.index is None and outcome.level == "company":
        assert type(value) is float, outcome.name
    if outcome.index is not None:
        assert len(outcome.index.places(history)) == len(value), outcome.name
    known = np.ma.compressed(np.ma.atleast_1d(value))
    if outcome.unit == "word":
        return
    assert np.isfinite(known).all(), outcome.name
    if outcome.unit == "share":
        assert (known >= 0.0).all(), outcome.name
        assert (known <= 1.0 + 1e-12).all(), outcome.name
    if np.ma.getmaskarray(value).any():
        assert outcome.undefined or outcome.index is not None, outcome.name


def check_all(results):
    for pair in results.pairs:
        for outcome in OUTCOMES:
            check(outcome, outcome.of(pair.history), pair.history)
    for level in LEVELS:
        results.table(level)
    measured = {**results.measures, **results.series}
    for outcome in COMPANY:
        assert measured[outcome.name] is not None or outcome.undefined, outcome.name


def test_everything_is_defined_in_a_living_firm(results):
    check_all(results)
    for outcome in OUTCOMES:
        value = outcome.of(results.pairs[0].history)
        assert value is not None, outcome.name
        masked = np.ma.getmaskarray(value).all()
        assert not masked, outcome.name


DEAD = {
    "no needs": {"needs": {"rate": 0.0}},
    "no customers": {"organisation": {"accounts": 0}},
    "one rep": {"organisation": {"headcount": 1, "span_of_control": 1, "accounts": 8}},
    "one week": {"organisation": {"weeks": 1, "burn_in_weeks": 0}},
    "part of a quarter": {"organisation": {"weeks": 20, "burn_in_weeks": 7}},
    "nobody stays": {
        "organisation": {"burn_in_weeks": 104},
        "leaving": {"turnover": 0.99},
        "handover": {"vacancy_weeks": 520},
    },
    "no hours": {"organisation": {"hours_per_week": 0.0}},
    "one rep who leaves": {
        "organisation": {"headcount": 1, "accounts": 8, "burn_in_weeks": 104},
        "leaving": {"turnover": 0.99},
        "handover": {"vacancy_weeks": 520},
    },
}


@pytest.mark.parametrize("case", DEAD)
def test_what_is_not_defined_is_none_and_nothing_warns(case):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", ImplausibleWarning)
        results = simulate(small_firm(**DEAD[case]), replicates=3)
        check_all(results)


def test_a_dead_firm_has_no_ratios_and_an_empty_one_no_skill():
    dead = simulate(small_firm(needs={"rate": 0.0}), replicates=2)
    for name in ("realisation_ratio", "win_rate", "discount", "ccos", "attainment", "top_fifth_share"):
        assert dead.measures[name] is None
    assert dead.series["discount_by_week"] is None
    assert dead.measures["revenue"].mean == 0.0
    left = simulate(small_firm(**DEAD["one rep who leaves"]), replicates=2)
    for name in ("skill", "understanding", "turnover", "pay_per_rep", "top_fifth_share"):
        assert left.measures[name] is None
    assert left.measures["vacancy"].mean == 1.0
    assert left.series["understanding_by_level"].mean[0] is None
    assert left.series["understanding_by_level"].mean[1] is not None


@given(scenario=scenarios(), seed=seeds)
def test_no_firm_has_an_outcome_that_is_not_a_number(scenario, seed):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", ImplausibleWarning)
        check_all(simulate(scenario, replicates=1, seed=seed))
