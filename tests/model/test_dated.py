"""Levers that are moved on a day and put back on another.

A lever moved for the whole plan is the lever set from the start, in a firm without burn-in; before
its start a dated lever does nothing; after its stop it is back, and only its traces remain.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from salesim import SalesModel, load_scenario
from salesim.errors import ScenarioError
from salesim.inputs.dates import span_of
from salesim.inputs.declared import declared_values
from salesim.model.agents import run_mesa
from salesim.model.deals import AWAITING
from salesim.model.ideal import Ideal
from salesim.model.scenario import Scenario, datable_levers
from salesim.outcomes.pair import FULL_EXECUTION
from salesim.runs.simulate import simulate
from tests.firms import TABLES, busy_firm, differences, ideals, scenarios, seeds, simulated, small_firm
from tests.messages import message_of
from tests.show.figures.reading import numbers_in

NUMBERS = declared_values()
DATABLE = sorted(datable_levers())
CURVES = {
    "payout.curve": "1% to 80%, 9% above",
    "payout.year_curve": "0% to 40%, 3% on all above",
    "team_pay.manager_curve": "1% to 80%, 9% above",
}
BESIDE = {  # without which a lever does nothing
    "payout.calendar": {"pay": {"period_weeks": 4}},
    "by_deal.low_margin": {"by_deal": {"low_margin_factor": 0.5}},
    "by_deal.high_margin": {"by_deal": {"high_margin_factor": 2.0}},
    "clawback.clawback_share": {"clawback": {"clawback_weeks": 52}},
    "clawback.clawback_kind": {"clawback": {"clawback_weeks": 52}},
    "clawback.returned_credit": {"returns": {"chance": 0.5}},
}
EVENTFUL = {
    "needs": {"rate": 0.3},
    "leaving": {"turnover": 0.6},
    "handover": {"vacancy_weeks": 4},
    "reviews": {"account_review_rate": 0.3},
    "approval": {"approval_leniency": 0.9, "approval_hours": 1.0},
    "market": {"fit_drift": 0.1},
    "relationship": {"churn": 0.3},
    "pay": {"draw": 0.3},
    "payout": {"year_share": 0.3, "year_bonus": 5_000.0},
    "quotas": {"quota_ratchet": 0.5},
}


def another_value(path: str):
    """A value of the lever other than its default; a name where it is a mode."""
    number = NUMBERS[path]
    if number.modes:
        return number.modes[(number.default + 1) % len(number.modes)]
    special = CURVES | {
        "pay.period_weeks": 4,
        "regime.list_price_change": 9.0,
        "payout.cap": 1.5,
        "payout.year_cap": 1.5,
        "regime.discount_authority": 0.3,
        "quotas.quota_ratchet": 1.5,
        "planning.strategy_refresh_months": 1,
    }
    if path in special:
        return special[path]
    middle = 0.5 * (number.low + min(number.high, 4.0 * max(number.default, 0.25)))
    value = number.type(middle)
    return value if value != number.default else number.type(number.high)


def with_dates(firm: Scenario, *dated: dict) -> Scenario:
    return Scenario.model_validate(firm.model_dump() | {"dated": list(dated)})


def eventful(organisation: dict | None = None, **groups) -> Scenario:
    merged = {group: EVENTFUL.get(group, {}) | groups.get(group, {}) for group in {*EVENTFUL, *groups}}
    return small_firm(organisation={"weeks": 104} | (organisation or {}), **merged)


def weeks_until(run, week: int) -> dict[str, bytes]:
    """Every series of the ledger up to a week, and every deal."""
    rows = run.deals[run.deals["week"] < week]
    levels = run.levels[run.levels["week"] < week] if week < len(run.books) else run.levels
    return (
        {f"books.{c}": run.books[c][:week].tobytes() for c in run.books.dtype.names}
        | {f"deals.{c}": rows[c].tobytes() for c in rows.dtype.names}
        | {f"levels.{c}": levels[c].tobytes() for c in levels.dtype.names}
        | {"quotas": run.quotas[: week * len(run.reps)].tobytes()}
    )


# the whole plan


@pytest.mark.parametrize("path", DATABLE)
def test_a_lever_moved_for_the_whole_plan_is_the_lever_set_from_the_start(path):
    """Without burn-in, in a firm where the lever matters; with an end beyond the plan, and without."""
    value = another_value(path)
    plain = eventful({"burn_in_weeks": 0}, **BESIDE.get(path, {}))
    wanted = plain.with_numbers({path: value})
    undated = simulated(plain, 5)
    for stop in (None, 104, 5_200):
        run = simulated(with_dates(plain, {"lever": path, "value": value, "start": 0, "stop": stop}), 5)
        assert differences(run, simulated(wanted, 5)) == []
    assert differences(undated, run), "the lever should do something here"


@pytest.mark.parametrize("ideal", [Ideal(), FULL_EXECUTION], ids=["as it is", "full execution"])
def test_a_lever_put_to_where_it_stood_changes_nothing(ideal):
    """Stretches of the same firm are one firm, wherever they are cut."""
    firm = eventful({"burn_in_weeks": 19})
    entries = [
        {
            "lever": path,
            "value": NUMBERS[path].modes[getattr(getattr(firm, group), name)]
            if NUMBERS[path].modes
            else getattr(getattr(firm, group), name),
            "start": k,
            "stop": 2 * k + 3,
        }
        for k, path in enumerate(sorted({*DATABLE} - {*CURVES}))
        for group, _, name in [path.partition(".")]
    ]
    assert (
        differences(simulated(firm, 5, 0, ideal), simulated(with_dates(firm, *entries), 5, 0, ideal)) == []
    )


@given(scenario=scenarios(), ideal=ideals, seed=seeds)
def test_dates_after_the_plan_change_nothing(scenario, ideal, seed):
    last = scenario.organisation.weeks
    late = with_dates(
        scenario,
        {"lever": "pay.margin_weight", "value": 1.0, "start": last},
        {"lever": "regime.price_regime", "value": "list_only", "start": last + 9, "stop": last + 11},
    )
    never = with_dates(scenario)
    assert differences(simulated(late, seed, 0, ideal), simulated(never, seed, 0, ideal)) == []


# before and after


@pytest.mark.parametrize("path", DATABLE)
def test_before_its_start_a_lever_does_nothing_and_both_engines_agree_after(path):
    """Burn-in and the first weeks of the plan are the same bits as without it."""
    firm = eventful({"burn_in_weeks": 10, "weeks": 60})
    entry = {"lever": path, "value": another_value(path), "start": 15, "stop": 45}
    moved = with_dates(firm, entry)
    plain, run = simulated(firm, 5), simulated(moved, 5)
    before = weeks_until(plain, 25)
    after = weeks_until(run, 25)
    assert [column for column in before if before[column] != after[column]] == []
    assert differences(run, simulated(moved, 5, engine=run_mesa)) == []
    assert weeks_until(plain, 70) != weeks_until(run, 70)


def listed(run, start: int, stop: int) -> set[float]:
    weeks = run.deals["week"]
    return set(run.deals["listed"][(weeks >= start) & (weeks < stop)])


@pytest.mark.parametrize("engine", ["compiled", "mesa"])
def test_after_its_stop_the_lever_is_back(engine):
    """The list price in the deals, week by week: burn-in, before, meanwhile and after."""
    firm = small_firm(needs={"rate": 1.0}, organisation={"burn_in_weeks": 10, "weeks": 50})
    moved = with_dates(firm, {"lever": "regime.list_price_change", "value": 7.0, "start": 20, "stop": 30})
    run = simulated(moved, 5, engine=run_mesa) if engine == "mesa" else simulated(moved, 5)
    assert listed(run, 0, 30) == {100.0}
    assert listed(run, 30, 40) == {107.0}
    assert listed(run, 40, 60) == {100.0}
    weeks = run.deals["week"][run.deals["listed"] == 107.0]
    assert (weeks.min(), weeks.max()) == (30, 39)


def test_one_lever_moved_several_times():
    firm = small_firm(needs={"rate": 2.0}, organisation={"burn_in_weeks": 30, "weeks": 50})
    changes = [(1.0, 5, 10), (2.0, 10, 20), (3.0, 30, None)]
    run = simulated(
        with_dates(
            firm,
            *(
                {"lever": "regime.list_price_change", "value": v, "start": a, "stop": b}
                for v, a, b in reversed(changes)
            ),
        ),
        5,
    )
    for price, start, stop in (
        (100.0, 0, 5),
        (101.0, 5, 10),
        (102.0, 10, 20),
        (100.0, 20, 30),
        (103.0, 30, 50),
    ):
        assert listed(run, 30 + start, 30 + stop) == {price}


def test_a_mode_is_moved_by_name():
    """List prices only, in the weeks when discounts are called off."""
    firm = small_firm(
        needs={"rate": 1.0},
        organisation={"burn_in_weeks": 0, "weeks": 40},
        reference={"loss_aversion": 0.0},
    )
    run = simulated(
        with_dates(firm, {"lever": "regime.price_regime", "value": "list_only", "start": 10, "stop": 20}), 5
    )
    weeks = run.deals["week"]
    priced = run.deals["outcome"] != AWAITING
    meanwhile = priced & (weeks >= 10) & (weeks < 20)
    assert set(run.deals["price"][meanwhile]) == {100.0}
    for before_or_after in (priced & (weeks < 10), priced & (weeks >= 20)):
        assert (run.deals["price"][before_or_after] < 100.0).any()


def test_a_group_may_be_moved_in_several_levers_at_once():
    """Two levers of one group, and one of another, each for its own weeks."""
    firm = small_firm(organisation={"burn_in_weeks": 0, "weeks": 40})
    moved = with_dates(
        firm,
        {"lever": "pay.margin_weight", "value": 0.5, "start": 5, "stop": 15},
        {"lever": "pay.target_rate", "value": 0.1, "start": 10, "stop": 20},
        {"lever": "regime.discount_authority", "value": 0.3, "start": 12},
    )
    seen = {
        (first, last): (now.pay.margin_weight, now.pay.target_rate, now.regime.discount_authority)
        for first, last, now in moved.stretches()
    }
    assert seen == {
        (0, 5): (0.0, 0.0, 0.1),
        (5, 10): (0.5, 0.0, 0.1),
        (10, 12): (0.5, 0.1, 0.1),
        (12, 15): (0.5, 0.1, 0.3),
        (15, 20): (0.0, 0.1, 0.3),
        (20, 40): (0.0, 0.0, 0.3),
    }


@given(scenario=scenarios())
def test_stretches_follow_each_other_and_cover_all_weeks(scenario):
    stretches = scenario.stretches()
    start = scenario.organisation.burn_in_weeks
    end = start + scenario.organisation.weeks
    assert stretches[0][0] == 0
    assert stretches[-1][1] == end
    for (_, last, _), (first, _, _) in pairwise(stretches):
        assert last == first
    assert start == 0 or start in {first for first, _, _ in stretches}
    for first, last, now in stretches:
        assert first < last
        assert now.dated == ()
        held = {d.lever for d in scenario.dated if first >= start and d.holds(first - start)}
        for lever in {d.lever for d in scenario.dated}:
            group, _, name = lever.partition(".")
            usual = getattr(getattr(scenario, group), name)
            assert lever in held or getattr(getattr(now, group), name) == usual


def test_the_promise_moves_with_the_lever():
    """Full execution and the realised run have the same list price in every week."""
    firm = small_firm(needs={"rate": 1.0}, organisation={"burn_in_weeks": 10, "weeks": 40})
    moved = with_dates(firm, {"lever": "regime.list_price_change", "value": 9.0, "start": 13, "stop": 26})
    pair = simulate(moved, replicates=1).pairs[0]
    for books in (pair.realised_books, pair.ideal_books):
        sold = books["units"] > 0.0
        price = np.divide(books["list_value"], books["units"], where=sold, out=np.zeros(len(books)))
        weeks = np.arange(len(books))
        meanwhile = (weeks >= 13) & (weeks < 26)
        assert price[sold & meanwhile] == pytest.approx(109.0)
        assert price[sold & ~meanwhile] == pytest.approx(100.0)


def test_the_living_model_shows_the_numbers_of_the_week():
    firm = small_firm(organisation={"burn_in_weeks": 5, "weeks": 20})
    model = SalesModel(
        with_dates(firm, {"lever": "payout.bonus", "value": 7.0, "start": 3, "stop": 6}), seed=5
    )
    seen = []
    while model.running:
        model.step()
        seen.append(model.parameters.payout.bonus)
    assert [week for week, bonus in enumerate(seen) if bonus == 7.0] == [8, 9, 10]


# what is refused


RANGE = ([0.0, 1.0], ["share"])  # numbers and names that a refusal of a margin weight tells as allowed
WEEKS = ([0.0, 5200.0], [])
STOPS = ([1.0, 5200.0], [])
SUCH_AS = ([], ["regime.discount_authority"])
NO_SIZE = ([], ["organisation"])
MODES_OF_PRICES = ([], ["list_only", "delegated", "guided", "guided_bounded"])
NOTHING = ([], [])
BAD = [  # what stands in the file, where it is wrong, what was given, what is allowed, and the nearest name
    (
        'lever = "regime.list_price_chang"\nvalue = 5.0',
        "dated.0.lever",
        "'regime.list_price_chang'",
        NOTHING,
        "regime.list_price_change",
    ),
    ('lever = "nonsense"\nvalue = 5.0', "dated.0.lever", "'nonsense'", SUCH_AS, None),
    ("lever = 3\nvalue = 5.0", "dated.0.lever", "3", SUCH_AS, None),
    (
        'lever = "organisation.headcount"\nvalue = 5',
        "dated.0.lever",
        "'organisation.headcount'",
        NO_SIZE,
        None,
    ),
    ('lever = "market.list_price"\nvalue = 5.0', "dated.0.lever", "'market.list_price'", NO_SIZE, None),
    ('lever = "buying.inertia"\nvalue = 0.5', "dated.0.lever", "'buying.inertia'", NO_SIZE, None),
    ('lever = "pay.margin_weight"\nvalue = 5.0', "pay.margin_weight", "5.0", RANGE, None),
    ('lever = "pay.margin_weight"\nvalue = "much"', "pay.margin_weight", "'much'", RANGE, None),
    ('lever = "pay.margin_weight"\nvalue = [0.5]', "pay.margin_weight", "[0.5]", RANGE, None),
    ('lever = "pay.margin_weight"\nvalue = nan', "pay.margin_weight", "nan", RANGE, None),
    (
        'lever = "training.onboarding"\nvalue = 2.5',
        "training.onboarding",
        "2.5",
        ([0.0, 52.0], ["weeks"]),
        None,
    ),
    ('lever = "pay.margin_weight"\nvalue = true', "pay.margin_weight", "True", RANGE, None),
    ('lever = "pay.period_weeks"\nvalue = 12', "pay.period_weeks", "12", ([1, 2, 4, 13, 26, 52], []), None),
    (
        'lever = "regime.price_regime"\nvalue = "guidedd"',
        "regime.price_regime",
        "'guidedd'",
        MODES_OF_PRICES,
        "guided",
    ),
    ('lever = "regime.price_regime"\nvalue = 7', "regime.price_regime", "7", MODES_OF_PRICES, None),
    ('lever = "pay.margin_weight"\nvalue = 0.5\nstart = -1', "dated.0.start", "-1", WEEKS, None),
    ('lever = "pay.margin_weight"\nvalue = 0.5\nstart = 1.5', "dated.0.start", "1.5", WEEKS, None),
    ('lever = "pay.margin_weight"\nvalue = 0.5\nstart = "soon"', "dated.0.start", "'soon'", WEEKS, None),
    ('lever = "pay.margin_weight"\nvalue = 0.5\nstart = true', "dated.0.start", "True", WEEKS, None),
    (
        'lever = "pay.margin_weight"\nvalue = 0.5\nstart = 2024-01-01',
        "dated.0.start",
        "datetime.date(2024, 1, 1)",
        WEEKS,
        None,
    ),
    ('lever = "pay.margin_weight"\nvalue = 0.5\nstop = 0', "dated.0.stop", "0", STOPS, None),
    ('lever = "pay.margin_weight"\nvalue = 0.5\nstop = 5201', "dated.0.stop", "5201", STOPS, None),
    (
        'lever = "pay.margin_weight"\nvalue = 0.5\nstrt = 5',
        "dated.0.strt",
        None,
        ([], ["lever", "value", "start", "stop"]),
        "start",
    ),
    ("value = 3", "dated.0.lever", None, ([], ["a text"]), None),
    ('lever = "pay.margin_weight"', "dated.0.value", None, NOTHING, None),
]


def told(line: str) -> tuple:
    """What a refusal tells of place, value given and nearest name."""
    message = message_of(line)
    given = message.given or (message.wrong[4:] if message.wrong.startswith("got ") else None)
    return *message.place, given, message.near


def tells_as_allowed(line: str, numbers: list[float], names: list[str]) -> bool:
    """Whether a refusal tells these numbers as allowed, and no others, and these names in their order."""
    allowed = message_of(line).allowed or ""
    found = [allowed.find(name) for name in names]
    given = bool(allowed) == bool(numbers or names)
    return given and numbers_in(allowed) == numbers and -1 not in found and found == sorted(found)


def refused(tmp_path: Path, text: str, **keywords) -> str:
    path = tmp_path / "firm.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path, **keywords)
    return str(caught.value).replace(str(path), "firm.toml")


@pytest.mark.parametrize(
    ("entry", "place", "given", "allowed", "near"), BAD, ids=[entry.replace("\n", " ") for entry, *_ in BAD]
)
def test_each_entry_is_refused_word_for_word(tmp_path, golden, entry, place, given, allowed, near):
    line = refused(tmp_path, f"[[dated]]\n{entry}\n")
    assert told(line)[1:] == (place, given, near)
    assert told(line)[0].startswith("firm.toml:")
    assert tells_as_allowed(line, *allowed)
    golden(line)


@pytest.mark.parametrize("stop", [10, 5])
def test_a_lever_is_not_put_back_before_it_is_moved(tmp_path, golden, stop):
    text = f'[[dated]]\nlever = "pay.margin_weight"\nvalue = 0.5\nstart = 10\nstop = {stop}\n'
    line = refused(tmp_path, text)
    assert told(line) == ("firm.toml:5", "dated.0.stop", str(stop), None)
    assert tells_as_allowed(line, [10.0], [])
    golden(line)


def test_all_that_is_wrong_is_said_at_once_and_where(tmp_path):
    text = "".join(f"[[dated]]\n{entry}\n" for entry, *_ in BAD)
    lines = refused(tmp_path, text).splitlines()
    alone = [refused(tmp_path, f"[[dated]]\n{entry}\n") for entry, *_ in BAD]
    assert len(lines) == 21
    assert [told(line)[2:] for line in lines[:20]] == [told(line)[2:] for line in alone[:20]]
    starts = [number for number, line in enumerate(text.splitlines(), 1) if line == "[[dated]]"]
    said = [int(told(line)[0].partition(":")[2]) for line in lines[:20]]
    assert [sum(start <= line for start in starts) for line in said] == list(range(1, 21))


PAIRS = [
    ["value = 0.5\nstart = 10", "value = 0.7\nstart = 100"],
    ["value = 0.5", "value = 0.5"],
    ["value = 0.5\nstart = 10\nstop = 20", "value = 0.7\nstart = 19\nstop = 30"],
]


@pytest.mark.parametrize("entries", PAIRS)
def test_dates_that_do_not_go_together_are_refused_word_for_word(tmp_path, golden, entries):
    text = "".join(f'[[dated]]\nlever = "pay.margin_weight"\n{entry}\n' for entry in entries)
    line = refused(tmp_path, text)
    assert told(line) == ("firm.toml:1", "dated", "pay.margin_weight", None, None)
    assert message_of(line).allowed
    golden(line)


KEYS_OF_A_DATE = ["[[dated]]", "lever", "value", "start", "stop"]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("dated = 3", "3"),
        ("dated = 'pay.margin_weight'", "'pay.margin_weight'"),
        ("dated = [3]", "[3]"),
        ("dated = [[]]", "[[]]"),
    ],
)
def test_what_is_no_list_of_tables_is_refused(tmp_path, golden, text, given):
    line = refused(tmp_path, text)
    assert told(line) == ("firm.toml:1", "dated", given, None)
    assert tells_as_allowed(line, [], KEYS_OF_A_DATE)
    golden(line)


def test_one_pair_of_brackets_is_not_enough(tmp_path):
    """The likeliest slip: the refusal should name the right form, and no number of another group."""
    message = refused(tmp_path, "[dated]\nlever = 'pay.margin_weight'\nvalue = 0.5")
    assert [told(line)[:2] for line in message.splitlines()] == [
        ("firm.toml:2", "dated.lever"),
        ("firm.toml:3", "dated.value"),
    ]
    assert all(tells_as_allowed(line, [], KEYS_OF_A_DATE) for line in message.splitlines())
    assert "market.value" not in message


@pytest.mark.parametrize(
    "entry",
    [
        {"lever": "pay.period_weeks", "value": 12},
        {"lever": "pay.nonsense", "value": 1.0},
        {"lever": "title", "value": 1.0},
        {"lever": "organisation.weeks", "value": 5},
        {"lever": "market.list_price", "value": 5.0},
        {"lever": "pay.margin_weight", "value": 5.0},
        {"lever": "pay.margin_weight", "value": "x"},
        {"lever": "regime.price_regime", "value": "x"},
        {"lever": "pay.margin_weight", "value": 0.5, "start": 9, "stop": 9},
        {"lever": "pay.margin_weight", "value": 0.5, "start": -1},
        {"lever": "pay.margin_weight"},
        {"value": 1.0},
        {"lever": "pay.margin_weight", "value": 0.5, "start": 5_201},
        {"lever": "pay.margin_weight", "value": 0.5, "end": 3},
        {"lever": "training.onboarding", "value": 1.5},
        {"lever": "pay.margin_weight", "value": True},
    ],
    ids=str,
)
def test_python_refuses_the_same(entry):
    """A scenario that was not read from a file is no freer."""
    with pytest.raises(ValidationError):
        Scenario.model_validate({"dated": [entry]})


# policies, settings and files


def written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_dates_of_scenario_and_policies_are_laid_together(tmp_path):
    firm = written(
        tmp_path, "firm.toml", '[[dated]]\nlever = "pay.margin_weight"\nvalue = 0.2\nstop = 10\n'
    )
    one = written(
        tmp_path, "one.toml", '[[dated]]\nlever = "pay.margin_weight"\nvalue = 0.5\nstart = 10\nstop = 20\n'
    )
    two = written(
        tmp_path,
        "two.toml",
        '[[dated]]\nlever = "regime.price_regime"\nvalue = "guided"\nstart = 5\n'
        '[[dated]]\nlever = "pay.margin_weight"\nvalue = 1.0\nstart = 20\n',
    )
    loaded = load_scenario(firm, [one, two], ["organisation.weeks=60"])
    assert [(d.lever, d.value, d.start, d.stop) for d in loaded.dated] == [
        ("pay.margin_weight", 0.2, 0, 10),
        ("pay.margin_weight", 0.5, 10, 20),
        ("regime.price_regime", "guided", 5, None),
        ("pay.margin_weight", 1.0, 20, None),
    ]
    start = loaded.organisation.burn_in_weeks
    weights = {first - start: now.pay.margin_weight for first, _, now in loaded.stretches()}
    assert weights == {-start: 0.0, 0: 0.2, 5: 0.2, 10: 0.5, 20: 1.0}


def test_dates_of_two_policies_that_overlap_are_refused(tmp_path):
    entry = '[[dated]]\nlever = "pay.margin_weight"\nvalue = 0.5\nstart = 10\n'
    one, two = written(tmp_path, "one.toml", entry), written(tmp_path, "two.toml", "# another\n" + entry)
    message = refused(tmp_path, "", policies=[one, two])
    one_file = refused(tmp_path, entry + entry)
    assert told(message) == (f"{two}:2", "dated", "pay.margin_weight", None, None)
    assert message == one_file.replace("firm.toml:1", f"{two}:2", 1)


def test_the_file_with_the_wrong_dates_is_blamed_and_no_other(tmp_path):
    """A later policy with dates of its own has nothing to do with it."""
    policy = written(
        tmp_path, "fine.toml", '[[dated]]\nlever = "pay.target_rate"\nvalue = 0.1\nstart = 10\n'
    )
    text = '[[dated]]\nlever = "pay.margin_weight"\nvalue = 0.5\nstart = 10\nstop = 5\n'
    message = refused(tmp_path, text, policies=[policy])
    assert message.startswith("firm.toml"), message
    assert "fine.toml" not in message


def test_a_policy_may_be_nothing_but_a_date(tmp_path):
    firm = written(tmp_path, "firm.toml", "[organisation]\nheadcount = 2\naccounts = 12\nweeks = 20\n")
    policy = written(
        tmp_path,
        "later.toml",
        'title = "later"\n[[dated]]\nlever = "communication.communication_mode"\nvalue = "dialogue"\nstart = 5\n',
    )
    loaded = load_scenario(firm, [policy])
    assert loaded.title == f"{Scenario().title} + later"
    assert len(loaded.dated) == 1


def test_a_lever_may_be_set_and_moved_besides(tmp_path):
    """What is set holds before and after; what is dated holds meanwhile, whoever says it last."""
    firm = written(
        tmp_path,
        "firm.toml",
        '[[dated]]\nlever = "pay.margin_weight"\nvalue = 1.0\nstart = 10\nstop = 20\n',
    )
    loaded = load_scenario(firm, None, ["pay.margin_weight=0.25", "organisation.burn_in_weeks=0"])
    assert [now.pay.margin_weight for _, _, now in loaded.stretches()] == [0.25, 1.0, 0.25]


MODES = [(path, name) for path, number in NUMBERS.items() for name in number.modes]


@pytest.mark.parametrize(("path", "name"), MODES)
def test_a_mode_is_set_and_dated_by_its_bare_name(tmp_path, path, name):
    group, _, field = path.partition(".")
    code = NUMBERS[path].modes.index(name)
    empty = written(tmp_path, "firm.toml", "")
    assert getattr(getattr(load_scenario(empty, None, [f"{path}={name}"]), group), field) == code
    assert getattr(getattr(load_scenario(empty, None, [f'{path}="{name}"']), group), field) == code
    dated = written(tmp_path, "dated.toml", f'[[dated]]\nlever = "{path}"\nvalue = "{name}"\n')
    loaded = load_scenario(dated)
    assert loaded.dated[0].value == name
    assert getattr(getattr(loaded.stretches()[-1][2], group), field) == code


def test_a_scenario_with_dates_and_modes_survives_being_written_and_read():
    """As the manifest of results has it: names, not codes."""
    firm = busy_firm()
    again = Scenario.model_validate(firm.model_dump())
    assert again == firm
    assert Scenario.model_validate_json(firm.model_dump_json()) == firm
    assert firm.model_dump()["dated"][1]["value"] == "guided_bounded"
    assert firm.model_dump()["handover"]["account_handover"] == "similar_rep"
    assert differences(simulated(firm, 4, 1), simulated(again, 4, 1)) == []


@given(scenario=scenarios(), extra=st.integers(0, 40))
def test_any_scenario_survives_being_written_and_read(scenario, extra):
    assert Scenario.model_validate(scenario.model_dump()) == scenario
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


def test_datable_levers_are_all_levers_but_those_of_size():
    levers = {path for path, number in NUMBERS.items() if number.kind == "lever"}
    assert datable_levers() == {p for p in levers if not p.startswith("organisation.")}
    assert len(DATABLE) > 40
    assert len(TABLES) == 13


@pytest.mark.parametrize(
    ("weeks", "text"),
    [(1, "1 week"), (52, "52 weeks"), (104, "2 years"), (105, "105 weeks"), (156, "3 years")],
)
def test_how_long_a_plan_is_in_words(weeks, text):
    assert span_of(small_firm(organisation={"weeks": weeks})) == text


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        (1, "1 week"),
        (26, "26 weeks"),
        (52, "52 weeks"),
        (104, "2 years"),
        (105, "105 weeks"),
        (156, "3 years"),
    ],
)
def test_a_plan_is_so_many_years_where_they_are_whole(weeks, said):
    assert span_of(small_firm(organisation={"weeks": weeks})) == said
