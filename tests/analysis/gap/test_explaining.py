"""What stands behind a cause: every number that is printed is worked out again from two plain runs."""

from __future__ import annotations

import json
import re
from functools import cache

import numpy as np
import pandas as pd
import pytest

from salesim.analysis.gap import explanation
from salesim.analysis.gap.cases import AccountCase, DealCase, SeatCase
from salesim.analysis.gap.explaining import explain
from salesim.analysis.gap.explanation import ALONE, CLEARLY
from salesim.errors import SalesimError
from salesim.model.books import Deal
from salesim.model.columns import names
from salesim.model.ideal import Ideal
from salesim.model.phases.decide import choose
from salesim.model.state import Customer, Firm, Luck
from salesim.runs.causes import CAUSES, PAY_OFF_TARGET, SWITCHED
from salesim.runs.exec import Exec
from salesim.runs.simulate import simulate
from tests.firms import simulated, small_firm
from tests.messages import message_of
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
SAID = {1: "won", 2: "lost", 3: "no_decision", 4: "rested"}
TRAIT = {
    "understood": "understanding",
    "accepted": "buy_in",
    "best_effort": "intensity",
    "best_skill": "skill",
}
NUMERAL = re.compile(
    r"(?P<money>USD -?[\d,]+(?:\.\d+)?(?: million| thousand)?)|(?P<share>-?\d+(?:\.\d+)?%|-?\d+\.\d+)|"
    r"(?P<count>\d[\d,]*)"
)


class Printed:
    """The numbers that a sentence names, whatever its words; each can be asked for once."""

    def __init__(self, sentence):
        self.sentence = sentence
        self.left = [(found.lastgroup, found[0]) for found in NUMERAL.finditer(sentence)]

    def take(self, kind, fits):
        found = next((each for each in self.left if each[0] == kind and fits(each[1])), None)
        assert found, (kind, self.left, self.sentence)
        self.left.remove(found)

    def money(self, *values):
        """Two digits or three are printed."""
        for value in values:
            self.take(
                "money", lambda text, value=value: abs(amount(text) - value) < 0.06 + 0.051 * abs(value)
            )

    def shares(self, *values):
        """Numbers are printed to their last digit."""
        for value in values:
            self.take("share", lambda text, value=value: same_share(text, value))

    def counts(self, *values):
        for value in values:
            self.take("count", lambda text, value=value: int(text.replace(",", "")) == value)

    def nothing_else(self):
        assert self.left == [], self.sentence


def amount(text):
    size = 1e6 if "million" in text else 1e3 if "thousand" in text else 1.0
    return size * float(re.sub(r"[^\d.-]", "", text))


def same_share(text, value):
    share, size = text.removesuffix("%"), 0.01 if "%" in text else 1.0
    digits = len(share.partition(".")[2])
    return abs(float(share) - value / size) <= 0.5001 * 10.0**-digits


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

    def need(self, case):
        """The quotes for a need of an account."""
        mine = self.deals[["account", "generation", "need"]] == [case.account, case.generation, case.need]
        return self.deals[mine.all(axis=1)].sort_values("quote")


@cache
def life(switch):
    realised = simulated(FIRM, SEED)
    if not switch:
        return Life(realised)
    return Life(simulated(FIRM, SEED, 0, Ideal(**{switch: True}), quotas=realised.quotas))


@cache
def explained(name):
    return explain(FIRM, name, seed=SEED)


def buys(row, price):
    deal = Deal(**{name: row[name] for name in names(Deal)} | {"price": price})
    firm = Firm(Luck(SEED, 0), Ideal(), *[[] for _ in range(11)], [FIRM], [FIRM])
    return choose(Customer(id=int(row["account"]), need=int(row["need"])), deal, FIRM, firm) == WON


def check_quote(quote, rows):
    """One quote as it was: its week, price, value shown, answer and what would have been paid."""
    row = rows.iloc[-1]
    assert (quote.week, quote.seat, quote.number) == (row["week"] - START + 1, row["rep"], row["quote"])
    assert (quote.price, quote.over_list) == pytest.approx((row["price"], row["price"] / row["listed"]))
    assert (quote.outcome, quote.argued) == (SAID[row["outcome"]], row["argued"])
    assert (quote.left, quote.late) == (12 - row["week"] % 13, row["week"] - row["natural_week"])
    assert quote.contribution == pytest.approx(rows["brought"].sum())
    if quote.most == 0.0:
        assert not buys(row, 0.0)
        return
    assert buys(row, (quote.most - 1e-6) * row["listed"])
    assert not buys(row, (quote.most + 1e-6) * row["listed"])


def check_deal(case, before, after):
    first = before.need(case)
    assert (case.before is None) == (len(first) == 0)
    if case.before:
        check_quote(case.before, first)
    check_quote(case.after, after.need(case))


def print_deal(printed, case, switch):
    """All that is told of a deal, and no other number."""
    quotes = [quote for quote in (case.before, case.after) if quote]
    printed.counts(case.account, *dict.fromkeys(quote.seat for quote in quotes))
    if case.before is None:
        printed.counts(case.need)
        printed.money(0.0)
    for quote in quotes:
        printed.counts(quote.week)
        printed.shares(quote.over_list, *[quote.most] * (quote.most > 0.0))
        printed.money(quote.contribution)
        if switch == "value_argued":
            printed.shares(quote.argued)
        if switch == "calendar_ignored":
            printed.counts(*(weeks for weeks in (quote.left, abs(quote.late)) if weeks))


def check_seat(case, switch, before, after):
    for part, seat in ((before, case.before), (after, case.after)):
        rows = part.deals[part.deals["rep"] == case.seat]
        sold = rows[rows["outcome"] == WON]
        assert seat.contribution == pytest.approx(rows["brought"].sum())
        assert (seat.won, seat.quotes) == (len(sold), len(rows))
        assert (seat.over_list is None, seat.argued is None) == (len(sold) == 0, len(rows) == 0)
        if len(sold):
            listed = (sold["listed"] * sold["size"]).sum() / sold["size"].sum()
            paid = (sold["price"] * sold["size"]).sum() / sold["size"].sum()
            assert seat.over_list == pytest.approx(paid / listed)
        if len(rows):
            assert seat.argued == pytest.approx(rows["argued"].mean())
        rep = part.tables.reps[case.seat]
        assert seat.trait == (rep[TRAIT[switch]] if switch in TRAIT and rep["staffed"] else None)
        years = pd.DataFrame({n: part.tables.years[n] for n in ("week", "rep", "hire", "weeks")})
        years = years[(years["week"] >= START) & (years["rep"] == case.seat)]
        assert (seat.weeks_filled, seat.holders) == (years["weeks"].sum(), years["hire"].nunique())
    if case.example:
        assert case.example.after.seat == case.seat
        check_deal(case.example, before, after)


def print_seat(printed, case, switch):
    printed.counts(case.seat)
    for seat in (case.before, case.after):
        printed.money(seat.contribution)
        printed.counts(seat.won, seat.quotes)
        printed.shares(*(x for x in (seat.over_list, seat.argued, seat.trait) if x is not None))
        if switch == "seats_filled":
            printed.counts(seat.weeks_filled, seat.holders)
        if switch == "best_effort" and seat.trait is not None:
            printed.counts(1)  # what is usual
    if case.example:
        print_deal(printed, case.example, switch)


def check_account(case, before, after):
    for part, account in ((before, case.before), (after, case.after)):
        rows = part.deals[part.deals["account"] == case.account]
        assert account.contribution == pytest.approx(rows["brought"].sum())
        assert (account.won, account.quotes) == ((rows["outcome"] == WON).sum(), len(rows))
        customer = part.tables.customers[case.account]
        assert (account.planned_fit, account.attention) == (customer["planned_fit"], customer["attention"])


def print_account(printed, case, switch):
    printed.counts(case.account)
    for account in (case.before, case.after):
        printed.money(account.contribution)
        printed.counts(account.won, account.quotes)
        printed.shares(account.attention, *[account.planned_fit] * (switch == "plan_is_fresh"))


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
def test_every_number_comes_from_two_replays(cause):
    found, before, after = explained(cause.name), life(""), life(cause.switch)
    assert (found.replicate, found.seed) == (0, SEED)
    assert (found.before, found.after) == pytest.approx((before.total, after.total))
    many, gains = shown(cause.switch, before, after)
    assert (found.seen.showing, found.seen.compared) == (len(gains), many)
    assert found.seen.gain == pytest.approx(gains.sum())
    best = gains[gains > 0.0].sort_values(ascending=False, kind="stable")
    assert [case.gain for case in found.cases] == pytest.approx(best[:3].tolist())
    for case in found.cases:
        if isinstance(case, DealCase):
            check_deal(case, before, after)
        elif isinstance(case, SeatCase):
            check_seat(case, cause.switch, before, after)
        else:
            check_account(case, before, after)


@pytest.mark.parametrize("cause", SWITCHED, ids=[cause.name for cause in SWITCHED])
def test_every_printed_number_is_one_of_these_and_none_is_left_out(golden, cause):
    found = explained(cause.name)
    golden("\n".join(found.sentences))
    lead, common, *others = map(Printed, found.sentences)
    change = found.after - found.before
    lead.counts(found.replicate, found.seed)
    lead.money(found.before, abs(change))
    common.counts(found.seen.showing, found.seen.compared, *[len(found.cases)] * (len(found.cases) > 1))
    common.money(abs(found.seen.gain))
    common.counts(*[100.0 * CLEARLY] * (cause.switch == "plan_is_fresh"))
    cases, rest = others[: len(found.cases)], others[len(found.cases) :]
    show = {DealCase: print_deal, SeatCase: print_seat, AccountCase: print_account}
    for printed, case in zip(cases, found.cases, strict=True):
        show[type(case)](printed, case, cause.switch)
    left = change - found.seen.gain
    told = abs(left) > 0.05 * max(abs(change), abs(found.seen.gain))
    assert [printed.sentence for printed in rest[told + 1 :]] == [ALONE]
    assert cause.ideal[1:] in rest[told].sentence
    if told:
        rest[0].money(abs(left))
    for printed in (lead, common, *others):
        printed.nothing_else()


@pytest.mark.parametrize("cause", SWITCHED, ids=[cause.name for cause in SWITCHED])
def test_three_cases_are_found_and_told_in_words_and_for_programs(cause):
    found = explained(cause.name)
    assert found.of == cause
    assert 1 <= len(found.cases) <= 3
    assert all(case.gain > 0.0 for case in found.cases)
    told = json.loads(found.model_dump_json())
    assert told["cause"] == cause.name
    assert [case["gain"] for case in told["cases"]] == [case.gain for case in found.cases]
    assert told["sentences"] == found.sentences


def test_what_the_plan_holds_itself_needs_no_replay(golden):
    values = simulate(FIRM, seed=SEED, replicates=1).values
    books = life("").tables.books[START:]
    asked = {
        "optimism": (values["promised"][0], values["full_execution"][0]),
        PAY_OFF_TARGET.name: (books["on_target_pay"].sum(), books["variable_pay"].sum()),
    }
    for name, (first, second) in asked.items():
        (sentence,) = explained(name).sentences
        golden(sentence)
        printed = Printed(sentence)
        printed.counts(0, SEED)
        printed.money(first, second, abs(first - second))
        printed.nothing_else()


def test_what_the_plan_does_not_add_or_pay_does_not_miss_changes_nothing(golden):
    firm = small_firm(planning={"optimism": 0.0})
    none = explain(firm, "optimism", seed=SEED)
    equal = explained(PAY_OFF_TARGET.name).model_copy(update={"before": 1_000.0, "after": 1_000.0})
    for found in (none, equal):
        assert found.already_ideal
        (sentence,) = found.sentences
        golden(sentence)
        printed = Printed(sentence)
        printed.counts(0, SEED)
        printed.money(found.after)
        printed.nothing_else()


@pytest.mark.parametrize("cause", SWITCHED, ids=[cause.name for cause in SWITCHED])
def test_a_cause_at_its_ideal_says_that_it_changes_nothing(golden, cause):
    if cause.switch == "best_accounts":
        firm = lively({"organisation": {"accounts": 6, "weeks": 104}, "territories": {"size_spread": 0.0}})
    else:
        firm = lively(AT_IDEAL[cause.switch])
    found = explain(firm, cause.name, seed=3)
    assert (found.already_ideal, found.cases, found.seen) == (True, (), None)
    (sentence,) = found.sentences
    golden(sentence)
    assert cause.name.capitalize() in sentence
    assert cause.ideal in sentence


@pytest.mark.parametrize(
    "name", ["discount leakage", "weak skill", "effort on the wrong accounts", "optimism"]
)
def test_both_engines_explain_the_same(name):
    assert explain(FIRM, name, seed=SEED, how=Exec(engine="mesa")) == explained(name)


def never_hurt(reference, sensitivity, price, expected):
    return 0.0


def test_a_rival_of_a_rule_answers_for_what_the_customer_would_have_paid():
    """Without a sense of loss, prices above the reference are accepted more readily."""
    how = Exec(engine="mesa", rules={"reference.sense_of_loss": never_hurt})
    found = explain(FIRM, "discount leakage", seed=SEED, how=how)
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
    cause = "value not communicated"
    found = explain(FIRM, cause, seed=SEED, number=7)
    assert found.cases[:3] == explained(cause).cases
    assert len(found.cases) == 7
    Printed(found.sentences[1]).counts(7)


def test_an_unknown_cause_is_refused_with_the_nearest_name():
    with pytest.raises(SalesimError) as refused:
        explain(FIRM, "weak skil", seed=SEED)
    message = message_of(refused.value)
    assert (message.place, message.given, message.near) == (("cause",), "'weak skil'", "weak skill")
    with pytest.raises(SalesimError) as refused:
        explain(FIRM, "weak skill", seed=SEED, number=0)
    assert message_of(refused.value)[::2] == (("number",), "0", None)


def test_every_cause_has_its_words():
    switches = {cause.switch for cause in CAUSES} - {""}
    assert set(explanation.AT_IDEAL) == set(explanation.SHOWS) == switches


def test_a_cause_that_gains_nowhere_says_so(golden):
    lost = explained("stale plan").model_copy(update={"cases": ()})
    assert lost.sentences[-1] == ALONE
    assert len(lost.sentences) <= 5
    golden(lost.sentences[1])


def test_the_pay_period_of_the_week_counts_where_it_is_moved_on_a_day():
    moved = {"lever": "pay.period_weeks", "value": 4, "start": 26}
    firm = FIRM.model_validate(FIRM.model_dump() | {"dated": [moved]})
    found = explain(firm, "timing games", seed=SEED, number=100)
    quotes = [quote for case in found.cases for quote in (case.before, case.after)]
    assert {quote.week > 26 for quote in quotes} == {True, False}
    for quote in quotes:
        length = 4 if quote.week > 26 else 13
        assert quote.left == length - 1 - (START + quote.week - 1) % length
