"""What is sold is paid by the rules of its day, on either side of any week in which they change."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from salesim.model.agents import SalesModel
from salesim.model.deals import WON
from salesim.model.phases.due import draw_of_a_week, pay_by_period, pay_by_year
from salesim.model.scenario import Scenario
from salesim.model.stretches import NEVER, stretches_of
from salesim.rules.knots import SHORT_FORMS
from tests.firms import seeds, simulated, small_firm

PLAIN = {"accelerator": 1.0, "bonus": 0.0}
SHAPES = {
    "pay.commission_rate": 0.08,
    "payout.threshold": 0.4,
    "payout.accelerator": 4.0,
    "payout.bonus": 9_000.0,
    "payout.cap": 1.2,
    "payout.year_share": 0.6,
    "payout.year_threshold": 0.3,
    "payout.year_accelerator": 3.0,
    "payout.year_bonus": 20_000.0,
    "payout.year_cap": 1.3,
    "payout.year_curve": "1% to 90%, 3% on all above",
}
OF_YEAR = {f"payout.{name}" for name in SHORT_FORMS["year_curve"]}
CURVE = "5% to 50%, 10% to 100%, 15% above, 900 at 80%"
RICH = {"accelerator": 1.5, "bonus": 2_500.0, "year_share": 0.3, "year_accelerator": 2.0, "year_cap": 1.6}


def dated(lever: str, value: float | str, start: int, stop: int | None = None, **more: int) -> dict:
    return {"lever": lever, "value": value, "start": start, "stop": stop, **more}


def firm_with(*entries: dict, organisation: dict | None = None, **groups: dict) -> Scenario:
    """A small firm in its first year without turnover, so that quotas stay as they are."""
    groups.setdefault("leaving", {"turnover": 0.0})
    size = {"burn_in_weeks": 0, "weeks": 52} | (organisation or {})
    firm = small_firm(organisation=size, needs={"rate": 0.3}, **groups)
    return Scenario.model_validate(firm.model_dump() | {"dated": list(entries)})


def weekly_credit(run) -> np.ndarray:
    """Credit by week and rep."""
    won = run.deals[run.deals["outcome"] == WON]
    credit = np.zeros((len(run.books), len(run.reps)))
    np.add.at(credit, (won["week"], won["rep"]), won["credit"])
    return credit


def paid_by_path(firm: Scenario, run) -> np.ndarray:
    """Pay of each rep of one year, week by week along the curve that then holds."""
    quota = run.quotas[: len(run.reps)]
    paid = np.zeros(len(run.reps))
    weeks = [(t, now) for first, last, now in firm.stretches() for t in range(first, last)]
    for rep, credit in enumerate(weekly_credit(run).T):
        in_period = in_year = 0.0
        for t, now in weeks:
            length = now.pay.period_weeks
            asked, a_year = quota[rep] * length / 52.0, quota[rep]
            to, up = in_period + credit[t], in_year + credit[t]
            for curve, args, low, high in (
                (pay_by_period, (asked, float(length), float(length), 0.0), in_period, to),
                (pay_by_year, (a_year, 52.0), in_year, up),
            ):
                paid[rep] += curve(high, *args, now) - curve(low, *args, now)
            in_period, in_year = to, up
            if (t + 1) % length == 0:
                in_period = 0.0
    return paid


@given(
    st.lists(st.sampled_from(sorted(SHAPES)), min_size=1, max_size=4, unique=True),
    st.integers(1, 40),
    st.integers(1, 12),
    seeds,
)
def test_every_dollar_is_paid_the_slope_of_its_day_where_the_period_stands(levers, start, weeks, seed):
    assume("payout.year_curve" not in levers or not {*levers} & OF_YEAR)  # one of the two
    entries = [dated(lever, SHAPES[lever], start + k, start + k + weeks) for k, lever in enumerate(levers)]
    firm = firm_with(*entries, payout=RICH)
    run = simulated(firm, seed)
    assert (np.diff(run.quotas.reshape(52, -1), axis=0) == 0.0).all()
    paid = np.zeros(len(run.reps))
    np.add.at(paid, run.years["rep"], run.years["variable_pay"])
    np.testing.assert_allclose(paid, paid_by_path(firm, run), rtol=1e-9, atol=1e-6)


@pytest.mark.parametrize("period", [4, 13, 52])
@pytest.mark.parametrize(("start", "stop"), [(26, None), (7, 31)])
def test_a_plain_rate_that_moves_to_the_year_is_still_that_rate(period, start, stop):
    firm = firm_with(
        dated("payout.year_share", 0.5, start, stop),
        payout=PLAIN,
        pay={"period_weeks": period},
        leaving={"turnover": 0.6},
    )
    books = simulated(firm, 5).books
    assert books["variable_pay"].sum() == pytest.approx(0.033 * books["credited"].sum(), rel=1e-12)


@pytest.mark.parametrize("period", [4, 13, 52])
def test_a_double_commission_inside_a_quarter_is_paid_for_its_weeks(period):
    firm = firm_with(dated("pay.commission_rate", 0.066, 3, 8), payout=PLAIN, pay={"period_weeks": period})
    books = simulated(firm, 5).books
    rate = np.where((books["week"] >= 3) & (books["week"] < 8), 0.066, 0.033)
    assert books["variable_pay"].sum() == pytest.approx((rate * books["credited"]).sum(), rel=1e-12)
    assert books["on_target_pay"].sum() == pytest.approx(books["variable_pay"].sum(), rel=1e-12)


def test_extra_commission_on_targets_for_two_months_is_paid_for_those_months():
    everybody = {"target_fit": 0.0, "other_fit": 0.0}
    firm = firm_with(dated("pay.target_rate", 0.03, 2, 10), payout=PLAIN, market=everybody)
    books = simulated(firm, 5).books
    rate = 0.033 + np.where((books["week"] >= 2) & (books["week"] < 10), 0.03, 0.0)
    assert books["variable_pay"].sum() == pytest.approx((rate * books["credited"]).sum(), rel=1e-12)


def test_a_quota_relief_from_its_week_lowers_the_quota_of_the_periods_by_their_weeks():
    """20% lower from week 10 to 40, in a plan that no year's end falls into."""
    plain, relieved = (
        simulated(firm_with(*entries), 5)
        for entries in ((), (dated("quotas.over_assignment", -0.25, 10, 40),))
    )
    usual = plain.quotas.reshape(52, -1)
    ratio = relieved.quotas.reshape(52, -1) / usual
    less = 0.75 / (1.0 - 0.05788)
    np.testing.assert_allclose(ratio[:10], 1.0)
    np.testing.assert_allclose(ratio[10:40], less, rtol=1e-9)
    np.testing.assert_allclose(ratio[40:], 1.0, rtol=1e-9)
    rows = relieved.years
    np.testing.assert_allclose(
        rows["quota"], relieved.quotas.reshape(52, -1).sum(axis=0)[rows["rep"]] / 52.0
    )


@pytest.mark.parametrize("period", [1, 4, 13, 26, 52])
def test_who_stays_a_guaranteed_quarter_gets_it_in_full_whatever_the_period(period):
    """Nothing but the guarantee is paid, so each newcomer's pay is that of the weeks in ramp."""
    firm = firm_with(
        pay={"commission_rate": 0.0, "ramp_draw": 1.0, "ramp_weeks": 13, "period_weeks": period},
        payout=PLAIN,
        leaving={"turnover": 0.8},
        handover={"vacancy_weeks": 2},
        organisation={"weeks": 104, "headcount": 12},
    )
    rows = simulated(firm, 5).years
    total, weeks = {}, {}
    for row in rows[rows["hire"] > 0]:
        person = row["rep"], row["hire"]
        total[person] = total.get(person, 0.0) + row["variable_pay"]
        weeks[person] = weeks.get(person, 0) + row["weeks"]
    assert sum(n >= 13 for n in weeks.values()) >= 5
    for person, paid in total.items():
        assert paid == pytest.approx(min(weeks[person], 13) * 60_000.0 / 52.0)
    assert rows[rows["hire"] == 0]["variable_pay"].sum() == 0.0


@pytest.mark.parametrize("period", [4, 13, 52])
def test_a_guarantee_for_everyone_and_for_a_time_lifts_the_weeks_that_it_covers(period):
    """12,000 a quarter for half a year: paid is what the weeks earn, and what the covered ones lack."""
    firm = firm_with(dated("pay.draw", 0.8, 0, 26), payout=PLAIN, pay={"period_weeks": period})
    run = simulated(firm, 5)
    credit = 0.033 * weekly_credit(run)
    ends = sorted({0, 26, *range(0, 53, period)})
    expected = sum(
        np.maximum(credit[a:b].sum(axis=0), (b - a) * 0.8 * 60_000.0 / 52.0 if b <= 26 else 0.0)
        for a, b in pairwise(ends)
    )
    if period == 52:
        sure = 26 * 0.8 * 60_000.0 / 52.0
        expected = np.maximum(credit[:26].sum(axis=0), sure) + credit[26:].sum(axis=0)
    paid = np.zeros(len(run.reps))
    np.add.at(paid, run.years["rep"], run.years["variable_pay"])
    np.testing.assert_allclose(paid, expected, rtol=1e-9)
    lifted = expected.sum() - credit.sum()
    assert run.books["guarantees"].sum() == pytest.approx(lifted, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("turnover", [0.0, 0.8])
def test_all_that_is_paid_is_earned_guaranteed_or_advanced(turnover):
    """Accrued, guarantees and advances are paid; what is still owed is a leaver's, or stands."""
    kinds = {"guaranteed": 0.0, "recoverable": 0.0}
    for kind in kinds:
        firm = firm_with(
            pay={"draw": 1.0, "draw_kind": kind, "commission_rate": 0.02},
            payout=PLAIN,
            leaving={"turnover": turnover},
            handover={"vacancy_weeks": 2},
            organisation={"weeks": 104},
        )
        run = simulated(firm, 5)
        books = run.books
        earned = 0.02 * books["credited"].sum()
        added = books["guarantees"].sum() + books["advances"].sum()
        assert books["variable_pay"].sum() == pytest.approx(earned + added, rel=1e-12)
        standing = run.reps["owed"].sum() + books["written_off"].sum()
        assert books["advances"].sum() == pytest.approx(standing, abs=1e-6)
        kinds[kind] = added
    assert kinds["guaranteed"] > kinds["recoverable"] > 0.0


def won_in(weeks: range, *entries: dict, runs: int = 12) -> float:
    """Deals won in these weeks of a firm whose customers are free to sign within eight weeks."""
    firm = firm_with(
        *entries,
        payout=PLAIN,
        timing={"timing_slack_weeks": 8, "waiting_cost": 0.1},
        organisation={"headcount": 20, "accounts": 400},
    )
    return sum(
        float(simulated(firm, seed, every_deal=False).books["won"][weeks.start : weeks.stop].sum())
        for seed in range(runs)
    )


def test_a_better_rate_pulls_deals_in_and_an_announced_one_holds_them_back():
    usual, soon = dated("pay.commission_rate", 0.066, 20, 25), range(25, 29)
    told = usual | {"announced": 6}
    before = range(16, 20)
    assert won_in(soon, usual) < 0.8 * won_in(soon)
    assert won_in(range(24, 25), usual) > 1.2 * won_in(range(24, 25))
    assert won_in(before, usual) == won_in(before)
    assert won_in(before, told) < 0.8 * won_in(before)


def test_reps_know_when_rules_end_and_of_new_ones_when_they_are_told():
    firm = firm_with(
        dated("pay.commission_rate", 0.05, 3, 8, announced=2),
        dated("payout.bonus", 9e3, 20),
        dated("quotas.over_assignment", 0.1, 30),
        organisation={"burn_in_weeks": 13},
    )
    found = [(s.first, s.last, s.rules_end, s.rules_known, s.quotas_begin) for s in stretches_of(firm)]
    assert found == [
        (0, 13, NEVER, NEVER, NEVER),
        (13, 16, 16, 14, NEVER),
        (16, 21, 21, 14, NEVER),
        (21, 33, 33, 33, NEVER),
        (33, 43, NEVER, NEVER, NEVER),
        (43, 65, NEVER, NEVER, 43),
    ]
    assert [s.later[0].pay.commission_rate for s in stretches_of(firm)] == [0.033, 0.05, *4 * [0.033]]


def test_only_new_rules_of_pay_can_be_announced():
    with pytest.raises(ValueError, match="announced: got 2"):
        firm_with(dated("regime.discount_authority", 0.1, 5, announced=2))


def test_pay_of_a_week_follows_the_numbers_that_hold_in_it():
    """The numbers of a model may be set between its steps, and what a rep is sure of follows."""
    model = SalesModel(firm_with(dated("pay.draw", 0.5, 3, 5)), seed=1)
    sure = []
    for _ in range(7):
        model.step()
        sure.append(draw_of_a_week(model.reps[0], model.parameters) > 0.0)
    assert sure == [False, False, False, True, True, False, False]


@pytest.mark.parametrize("period", [4, 13, 52])
def test_managers_and_overlays_are_paid_by_the_rules_of_the_day(period):
    firm = firm_with(
        dated("team_pay.manager_curve", "3% above", 5, 31),
        dated("team_pay.overlay_rate", 0.02, 7, 22),
        pay={"period_weeks": period},
        team_pay={"manager_curve": "1% above", "overlay_rate": 0.01},
    )
    books = simulated(firm, 5).books
    rate = np.where((books["week"] >= 5) & (books["week"] < 31), 0.03, 0.01)
    assert books["manager_pay"].sum() == pytest.approx((rate * books["credited"]).sum(), rel=1e-9)
    rate = np.where((books["week"] >= 7) & (books["week"] < 22), 0.02, 0.01)
    assert books["overlay_pay"] == pytest.approx(rate * books["revenue"], rel=1e-9)


def test_a_clawback_that_ends_still_takes_back_what_was_sold_before():
    """And one that begins takes back nothing of what was sold before it."""
    leave, one_year = {"churn": 0.6}, {"clawback_weeks": 52}
    taken = {}
    for name, entries, clawback in (
        ("always", (), one_year),
        ("ended", (dated("clawback.clawback_weeks", 0, 20),), one_year),
        ("begun", (dated("clawback.clawback_weeks", 52, 20),), {}),
    ):
        firm = firm_with(*entries, clawback=clawback, relationship=leave, payout=PLAIN)
        taken[name] = simulated(firm, 5).books["taken_back"]
    assert taken["always"][:20].tolist() == taken["ended"][:20].tolist()
    assert taken["ended"][20:].sum() > 0.0
    assert taken["begun"][:20].sum() == 0.0
    assert taken["begun"][20:].sum() > 0.0
