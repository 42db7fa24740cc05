"""What stands behind a cause: every number that is printed is worked out again from two plain runs."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from salesim.errors import SalesimError
from salesim.model.phases.decide import choose
from salesim.model.state import Customer, Deal, Firm, Ideal, Luck, names
from salesim.rules.reference import sense_of_loss
from salesim.show import explanations
from salesim.show.explanations import ALONE, KEYS_OF_AN_EXPLANATION, explanation_object, money, sentences
from salesim.study.gap.causes import CAUSES, SWITCHED
from salesim.study.gap.explaining import explain
from salesim.study.simulate import simulate
from tests.firms import lived, small_firm
from tests.model.test_ideals import AT_IDEAL, lively

SEED = 4
FIRM = small_firm(
    organisation={"accounts": 96},
    needs={"rate": 0.2},
    leaving={"turnover": 0.5},
    market={"fit_drift": 0.2},
    payout={"accelerator": 2.0, "bonus": 4_000.0},
    planning={"plan_error": 0.3},
    handover={"vacancy_weeks": 26},
    timing={"timing_slack_weeks": 8},
)
START = 13
WON, AWAITING = 1, 5
SAID = {1: "won", 2: "lost to a rival", 3: "ended in no decision", 4: "left to rest by the customer"}
TRAIT = {"understanding": "understanding", "buy-in": "buy_in", "intensity": "intensity", "skill": "skill"}

M = r"(-?USD [\d,.]+(?: million)?)"
N = r"([\d,]+)"
S = r"(\d+\.\d+)"
WOULD = rf"(?:the customer would have paid up to {S}|the customer would not have bought at any price)"
TIMING = (
    r"(?: \((the last of the pay period|\d+ weeks? before the last of the pay period),"
    r" (in|\d+ weeks? (?:after|before)) the week the customer would have chosen\))?"
)
QUOTE = (
    rf"week {N}{TIMING}: quoted {S} of list( in the second quote)?(?: with {S} of the value shown)?,"
    rf" ([a-z ]+); {WOULD}"
)
INSTEAD = rf"Contribution before variable pay {M} instead of {M}\."
DEAL = re.compile(
    rf"[Rr]ep {N}, account {N}(?:, {QUOTE}\.|: no price was quoted for need number {N}\.)"
    rf" [A-Z][^,\d]+, (?:rep {N}, )?{QUOTE}\. {INSTEAD}"
)
SOLD = rf"{M} before variable pay from {N} deals? won of {N} quotes?"
BROUGHT = (
    rf"{SOLD}(?:, at {S} of list)?(?:, with {S} of the value shown)?"
    rf"(?:, ([a-z-]+) {S} at the end(?: \(usual is 1\))?)?(?:, filled for {N} weeks? by {N} holders?)?"
)
SEAT = re.compile(rf"Seat {N}: {BROUGHT}\. [A-Z][^:\d]+: {BROUGHT}\.(?: For example, (.*))?")
CALLED = rf"{SOLD}(?:, its fit seen as {S} at the end)?, called on {S} hours a week at the end"
ACCOUNT = re.compile(rf"Account {N}: {CALLED}\. [A-Z][^:\d]+: {CALLED}\.")
LEAD = re.compile(
    rf"[A-Z][a-z ]+ in replicate {N} of seed {N}: with this alone at its ideal \([^\d]+\) and the same luck,"
    rf" contribution before variable pay, {M} over the plan, would have been {M} (more|less)\."
)
REST = re.compile(
    rf"The other {M} (more|less) lie outside these: in what was there in only one of the two lives, and in what"
    r" followed\."
)
COMMON = re.compile(
    rf"In {N} of {N} [^\d]*(?:0\.05)?[^\d]*; together these would have brought {M} (more|less)\."
    r" The (?:(\d) that gain|one that gains) most:"
)


def amount(text):
    return float(re.sub(r"[^\d.-]", "", text)) * (1e6 if "million" in text else 1.0)


def count(text):
    return int(text.replace(",", ""))


def same_money(text, value):
    """Three digits or more are printed."""
    assert amount(text) == pytest.approx(value, rel=0.0051, abs=0.51), text


def same_share(text, value):
    digits = len(text.partition(".")[2])
    assert 2 <= digits <= 4
    assert float(text) == pytest.approx(value, abs=0.5001 * 10.0**-digits), text


class Life:
    """A run as its raw tables tell it, read without the study's help."""

    def __init__(self, tables):
        self.tables = tables
        deals = pd.DataFrame({name: tables.deals[name] for name in tables.deals.dtype.names})
        deals = deals[(deals["week"] >= START) & (deals["outcome"] != AWAITING)].copy()
        margin = deals["price"] - deals["unit_cost"] - deals["serving_cost"]
        deals["brought"] = (margin * deals["size"]).where(deals["outcome"] == WON, 0.0)
        self.deals = deals
        self.brought = deals.groupby(["account", "generation", "need"])["brought"].sum()
        books = tables.books[START:]
        self.total = books["contribution"].sum() + books["variable_pay"].sum()

    def need(self, account, *, need=None, week=None):
        """The quotes for a need of an account, found by its number or by the week of the last quote."""
        rows = self.deals[self.deals["account"] == account]
        if need is None:
            need = rows[rows["week"] == week - 1 + START]["need"].iloc[0]
        return rows[rows["need"] == need].sort_values("quote")


@cache
def life(switch):
    realised = lived(FIRM, SEED)
    if not switch:
        return Life(realised)
    return Life(lived(FIRM, SEED, 0, Ideal(**{switch: True}), quotas=realised.quotas))


@cache
def explained(name):
    return explain(FIRM, name, seed=SEED)


def buys(row, price):
    deal = Deal(**{name: row[name] for name in names(Deal)} | {"price": price})
    firm = Firm(Luck(SEED, 0), Ideal(), *[[] for _ in range(11)])
    return choose(Customer(id=int(row["account"]), need=int(row["need"])), deal, FIRM, firm) == WON


def check_quote(rows, groups):
    """One quote as it is printed: its week, price, value shown, answer and what would have been paid."""
    week, when, chosen, price, second, argued, outcome, most = groups
    row = rows.iloc[-1]
    assert count(week) == row["week"] - START + 1
    same_share(price, row["price"] / row["listed"])
    assert (second is not None) == (row["quote"] == 2)
    assert outcome == SAID[row["outcome"]]
    if argued:
        same_share(argued, row["argued"])
    if when:
        left = 12 - row["week"] % 13
        assert when.partition(" ")[0] == (str(left) if left else "the")
        late = row["week"] - row["natural_week"]
        assert chosen == "in" if late == 0 else chosen.startswith(str(abs(late)))
        assert late == 0 or chosen.endswith("after" if late > 0 else "before")
    if most is None:
        assert not buys(row, 0.0)
        return
    step = 0.5001 * 10.0 ** -len(most.partition(".")[2])
    assert buys(row, (float(most) - step) * row["listed"])
    assert not buys(row, (float(most) + step) * row["listed"])


def check_deal(sentence, before, after, seat=None):
    found = DEAL.fullmatch(sentence)
    assert found, sentence
    rep, account, *rest = found.groups()
    was, (need, other), would, (gained, instead) = rest[:8], rest[8:10], rest[10:18], rest[18:]
    account = count(account)
    rows = after.need(account, need=count(need) if need else None, week=count(would[0]))
    first = before.need(account, need=rows["need"].iloc[0])
    assert (len(first) == 0) == (need is not None)
    assert seat is None or rows["rep"].iloc[-1] == seat
    assert count(rep) == (first if len(first) else rows)["rep"].iloc[-1]
    assert count(other or rep) == rows["rep"].iloc[-1]
    check_quote(rows, would)
    if len(first):
        check_quote(first, was)
    same_money(gained, rows["brought"].sum())
    same_money(instead, first["brought"].sum())
    return rows["brought"].sum() - first["brought"].sum()


def check_seat(sentence, before, after):
    found = SEAT.fullmatch(sentence)
    assert found, sentence
    seat, *rest = found.groups()
    gains = []
    for part, groups in ((before, rest[:9]), (after, rest[9:18])):
        money_, won, quotes, price, argued, trait, value, weeks, holders = groups
        rows = part.deals[part.deals["rep"] == count(seat)]
        sold = rows[rows["outcome"] == WON]
        same_money(money_, rows["brought"].sum())
        assert (count(won), count(quotes)) == (len(sold), len(rows))
        assert (price is None, argued is None) == (len(sold) == 0, len(rows) == 0)
        if price:
            same_share(price, (sold["price"] * sold["size"]).sum() / (sold["listed"] * sold["size"]).sum())
        if argued:
            same_share(argued, rows["argued"].mean())
        if trait:
            assert part.tables.reps["staffed"][count(seat)]
            same_share(value, part.tables.reps[TRAIT[trait]][count(seat)])
        if weeks:
            years = pd.DataFrame({n: part.tables.years[n] for n in ("week", "rep", "hire", "weeks")})
            years = years[(years["week"] >= START) & (years["rep"] == count(seat))]
            assert (count(weeks), count(holders)) == (years["weeks"].sum(), years["hire"].nunique())
        gains.append(rows["brought"].sum())
    if rest[18]:
        check_deal(rest[18], before, after, count(seat))
    return gains[1] - gains[0]


def check_account(sentence, before, after):
    found = ACCOUNT.fullmatch(sentence)
    assert found, sentence
    account, *rest = found.groups()
    gains = []
    for part, (money_, won, quotes, fit, calls) in ((before, rest[:5]), (after, rest[5:])):
        rows = part.deals[part.deals["account"] == count(account)]
        same_money(money_, rows["brought"].sum())
        assert (count(won), count(quotes)) == ((rows["outcome"] == WON).sum(), len(rows))
        customer = part.tables.customers[count(account)]
        same_share(calls, customer["attention"])
        if fit:
            same_share(fit, customer["planned_fit"])
        gains.append(rows["brought"].sum())
    return gains[1] - gains[0]


def shown(switch, before, after):
    """Kind, how many there were, and what each that shows the cause gains; worked out anew."""
    if switch in ("value_argued", "best_prices", "calendar_ignored"):
        last = [
            part.deals.groupby(["account", "generation", "need"])
            .tail(1)
            .set_index(["account", "generation", "need"], drop=False)
            for part in (before, after)
        ]
        both = last[0].index.intersection(last[1].index)
        a, b = (part.loc[both] for part in last)
        if switch == "value_argued":
            showing = (a["argued"] != b["argued"]).to_numpy()
        elif switch == "calendar_ignored":
            showing = ((a["quote"] == 1) & (b["quote"] == 1) & (a["week"] != b["week"])).to_numpy()
        else:
            showing = np.array(
                [
                    x["price"] != y["price"] and buys(x, y["price"]) == (y["outcome"] == WON)
                    for (_, x), (_, y) in zip(a.iterrows(), b.iterrows(), strict=True)
                ]
            )
        return len(both), (after.brought.loc[both] - before.brought.loc[both])[showing]
    owner, many = ("rep", 6) if switch not in ("plan_is_fresh", "best_accounts") else ("account", 96)
    sums = [
        part.deals.groupby(owner)["brought"].sum().reindex(range(many), fill_value=0.0)
        for part in (before, after)
    ]
    if owner == "account":
        a, b = before.tables.customers, after.tables.customers
        showing = (a["generation"] == b["generation"]) & (b["attention"] > a["attention"])
        if switch == "plan_is_fresh":
            showing &= b["planned_fit"] - a["planned_fit"] >= 0.05
    else:
        showing = np.array([_seat_shows(switch, k, before, after) for k in range(many)])
    return many, (sums[1] - sums[0])[showing]


def differs(trait, seat, before, after):
    """Whether any number that is said of a seat, or the trait of who sits there at the end, is another."""
    told = []
    for part in (before, after):
        rep, deals, years = part.tables.reps[seat], part.deals, part.tables.years
        deals = deals[deals["rep"] == seat]
        years = years[(years["week"] >= START) & (years["rep"] == seat)]
        told.append(
            (
                len(deals),
                deals["brought"].sum(),
                (deals["outcome"] == WON).sum(),
                deals["argued"].sum(),
                set(years["hire"].tolist()),
                years["weeks"].sum(),
                rep[trait] if rep["staffed"] else None,
            )
        )
    return told[0] != told[1]


def _seat_shows(switch, seat, before, after):
    trait = {
        "understood": "understanding",
        "accepted": "buy_in",
        "best_effort": "intensity",
        "best_skill": "skill",
    }.get(switch)
    if trait:
        return differs(trait, seat, before, after)
    lives = []
    for part in (before, after):
        years = part.tables.years
        mine = years[(years["week"] >= START) & (years["rep"] == seat)]
        lives.append((len(set(mine["hire"].tolist())), int(mine["weeks"].sum())))
    return lives[0] != lives[1] or lives[0][0] > 1


@pytest.mark.parametrize("cause", SWITCHED, ids=[cause.name for cause in SWITCHED])
def test_every_printed_number_comes_from_two_replays(cause):
    before, after = life(""), life(cause.switch)
    lead, common, *cases, alone = sentences(explained(cause.name))
    assert alone == ALONE
    rest = cases.pop() if cases[-1].startswith("The other ") else ""
    found = LEAD.fullmatch(lead)
    assert found, lead
    replicate, seed, was, change, way = found.groups()
    assert (count(replicate), count(seed)) == (0, SEED)
    same_money(was, before.total)
    same_money(change, abs(after.total - before.total))
    assert way == ("more" if after.total >= before.total else "less")
    many, gains = shown(cause.switch, before, after)
    found = COMMON.fullmatch(common)
    assert found, common
    showing, compared, gain, way, listed = found.groups()
    assert (count(showing), count(compared)) == (len(gains), many)
    same_money(gain, abs(gains.sum()))
    assert way == ("more" if gains.sum() >= 0.0 else "less")
    assert int(listed or 1) == len(cases)
    left = after.total - before.total - gains.sum()
    assert bool(rest) == (abs(left) > 0.05 * max(abs(after.total - before.total), abs(gains.sum())))
    if rest:
        same_money(REST.fullmatch(rest)[1], abs(left))
        assert REST.fullmatch(rest)[2] == ("more" if left >= 0.0 else "less")
    best = gains[gains > 0.0].sort_values(ascending=False, kind="stable")
    check = {"Rep": check_deal, "Seat": check_seat, "Account": check_account}
    told = [check[case.partition(" ")[0]](case, before, after) for case in cases]
    assert told == pytest.approx(best[:3].tolist())


@pytest.mark.parametrize("cause", SWITCHED, ids=[cause.name for cause in SWITCHED])
def test_three_cases_are_found_and_told_in_words_and_for_programs(cause):
    found = explained(cause.name)
    assert found.cause == cause
    assert 1 <= len(found.cases) <= 3
    assert all(case.gain > 0.0 for case in found.cases)
    told = json.loads(json.dumps(explanation_object(found), allow_nan=False))
    assert told == explanation_object(found) | {"cases": told["cases"]}
    assert set(told) == set(KEYS_OF_AN_EXPLANATION)
    assert [case["gain"] for case in told["cases"]] == [case.gain for case in found.cases]
    assert told["sentences"] == sentences(found)


def test_what_the_plan_holds_itself_needs_no_replay():
    values = simulate(FIRM, seed=SEED, replicates=1).values
    books = life("").tables.books[START:]
    asked = {
        "optimism": (values["promised"][0], values["full_execution"][0]),
        "pay off target": (books["on_target_pay"].sum(), books["variable_pay"].sum()),
    }
    for name, (first, second) in asked.items():
        (sentence,) = sentences(explained(name))
        pattern = rf"[^\d]+ in replicate 0 of seed {SEED} [^\d]+{M}[^\d]+{M}[^\d]+{M}[^\d]+\."
        found = re.fullmatch(pattern, sentence)
        assert found, sentence
        for text, value in zip(found.groups(), (first, second, abs(first - second)), strict=True):
            same_money(text, value)
    assert ("more." in sentence) == (second > first)


def test_what_the_plan_does_not_add_or_pay_does_not_miss_changes_nothing():
    firm = small_firm(planning={"optimism": 0.0})
    (sentence,) = sentences(explain(firm, "optimism", seed=SEED))
    assert sentence.startswith(f"Optimism changes nothing in replicate 0 of seed {SEED}")
    equal = replace(explained("pay off target"), before=1_000.0, after=1_000.0)
    assert sentences(equal) == [
        f"Pay off target changes nothing in replicate 0 of seed {SEED}: USD 1,000 was paid, "
        "the on-target rate."
    ]


@pytest.mark.parametrize("cause", SWITCHED, ids=[cause.name for cause in SWITCHED])
def test_a_cause_at_its_ideal_says_that_it_changes_nothing(cause):
    if cause.switch == "best_accounts":
        firm = lively({"organisation": {"accounts": 6, "weeks": 104}, "territories": {"size_spread": 0.0}})
    else:
        firm = lively(AT_IDEAL[cause.switch])
    found = explain(firm, cause.name, seed=3)
    assert (found.already_ideal, found.cases, found.seen) == (True, (), None)
    (sentence,) = sentences(found)
    assert sentence.endswith(f"every quote and answer is the same. {cause.ideal}")


@pytest.mark.parametrize("name", ["discount leakage", "weak skill", "wrong accounts", "optimism"])
def test_both_engines_explain_the_same(name):
    assert explain(FIRM, name, seed=SEED, engine="mesa") == explained(name)


def never_hurt(reference, sensitivity, price, expected):
    return 0.0


def test_a_rival_of_a_rule_answers_for_what_the_customer_would_have_paid():
    """Without a sense of loss, prices above the reference are accepted more readily."""
    asked = {"seed": SEED, "engine": "mesa"}
    found = explain(FIRM, "discount leakage", rivals=((sense_of_loss, never_hurt),), **asked)
    for case in found.cases:
        for quote in (case.before, case.after):
            assert (quote.outcome == "won") == (quote.over_list <= quote.most)


def test_quotes_are_won_at_what_the_customer_would_have_paid_and_no_more():
    quotes = [
        quote
        for cause in SWITCHED
        for case in explained(cause.name).cases
        for deal in [getattr(case, "example", case)]
        if hasattr(deal, "need")
        for quote in (deal.before, deal.after)
        if quote is not None
    ]
    assert len(quotes) > 20
    for quote in quotes:
        assert (quote.outcome == "won") == (quote.over_list <= quote.most)


def test_as_many_cases_are_told_as_asked_for():
    found = explain(FIRM, "value not argued", seed=SEED, number=7)
    assert found.cases[:3] == explained("value not argued").cases
    assert len(found.cases) == 7
    assert sentences(found)[1].endswith("The 7 that gain most:")


def test_an_unknown_cause_is_refused_with_the_nearest_name():
    with pytest.raises(
        SalesimError, match="cause: unknown name; got 'weak skil'; did you mean 'weak skill'"
    ):
        explain(FIRM, "weak skil", seed=SEED)
    with pytest.raises(SalesimError, match="number: out of range; got 0"):
        explain(FIRM, "weak skill", seed=SEED, number=0)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.2, "USD 0"),
        (-0.2, "USD 0"),
        (344.4, "USD 344"),
        (12_345.0, "USD 12,300"),
        (-8_602.0, "-USD 8,600"),
        (999_499.0, "USD 999,000"),
        (999_600.0, "USD 1.00 million"),
        (112_426_939.0, "USD 112.4 million"),
    ],
)
def test_money_has_three_digits(value, said):
    assert money(value) == said


def test_every_cause_has_its_words():
    switches = {cause.switch for cause in CAUSES} - {""}
    assert set(explanations.AT_IDEAL) == set(explanations.SHOWS) == switches


def test_a_cause_that_gains_nowhere_says_so():
    lost = replace(explained("stale plan"), cases=())
    assert sentences(lost)[-1] == ALONE
    assert len(sentences(lost)) <= 4
    assert sentences(lost)[1].endswith("None of them would have gained.")


def test_the_pay_period_of_the_week_counts_where_it_is_moved_on_a_day():
    moved = {"lever": "pay.period_weeks", "value": 4, "start": 26}
    firm = FIRM.model_validate(FIRM.model_dump() | {"dated": [moved]})
    found = explain(firm, "timing games", seed=SEED, number=100)
    quotes = [quote for case in found.cases for quote in (case.before, case.after)]
    assert {quote.week > 26 for quote in quotes} == {True, False}
    for quote in quotes:
        length = 4 if quote.week > 26 else 13
        assert quote.left == length - 1 - (START + quote.week - 1) % length
