"""How a study is read: what files and mappings may say, and each mistake refused in one line."""

import re
import time
import tomllib
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesim.errors import ScenarioError
from salesim.model.scenario import Scenario
from salesim.scenario.load import load_scenario
from salesim.study.outcomes import COMPANY
from salesim.study.sweeps.design import AS_IS, Replicates, Study
from salesim.study.sweeps.reading import KEYS, TABLES, folder_name, load_study

POLICY = "[payout]\ncap = 2.0\n"
FIRM = "title = 'Ours'\n[organisation]\nheadcount = 4\n"


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a study into a folder of its own, beside a firm and a policy; the user stands elsewhere."""
    folder, elsewhere = tmp_path / "studies", tmp_path / "elsewhere"
    for place in (folder, elsewhere):
        place.mkdir()
    (folder / "ours.toml").write_text(FIRM)
    (folder / "capped.toml").write_text(POLICY)
    (folder / "cheaper.toml").write_text("[market]\nunit_cost = 9.0\n")
    monkeypatch.chdir(elsewhere)

    def writer(text: str | bytes, name: str = "s.toml") -> Path:
        path = folder / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return writer


def refused(study) -> str:
    with pytest.raises(ScenarioError) as caught:
        load_study(study)
    return str(caught.value)


# what is good


def test_a_whole_study(write):
    study = load_study(
        write(
            """
        title = "How much authority"
        question = "Does it pay?"
        scenario = "ours.toml"
        seed = 7
        replicates = 3
        outcomes = ["realised", "coverage_of_strategy", "realised"]
        tables = ["reps"]
        [settings]
        organisation.weeks = 52
        [policies]
        capped = "capped.toml"
        shipped = "margin_pay"
        both = ["capped.toml", "margin_pay", { regime.discount_authority = 0.3 }]
        written = { payout.cap = 3.0 }
        [levers]
        pay.period_weeks = { from = 13, to = 26, steps = 2 }
        regime.price_regime = ["guided", "list_only"]
        [uncertainties]
        samples = 4
        market.price_buyers = "plausible"
        market.unit_cost = { from = 40, to = 50 }
        buying.inertia = [0, -0.5]
    """.replace("coverage_of_strategy", COMPANY[0].name)
        )
    )
    assert (study.name, study.title, study.question, study.seed) == (
        "s",
        "How much authority",
        "Does it pay?",
        7,
    )
    assert study.outcomes == ("realised", COMPANY[0].name)
    assert (study.tables, study.replicates) == (("reps",), Replicates(least=3, most=3))
    assert list(study.firms) == [AS_IS, "capped", "shipped", "both", "written"]
    firms = list(study.firms.values())
    assert {(f.organisation.headcount, f.organisation.weeks) for f in firms} == {(4, 52)}
    caps = [f.payout.cap for f in firms]
    assert caps == [Scenario().payout.cap, 2.0, Scenario().payout.cap, 2.0, 3.0]
    assert [f.pay.margin_weight for f in firms] == [0.0, 0.0, 1.0, 1.0, 0.0]
    assert firms[3].regime.discount_authority == 0.3
    assert study.levers == {"pay.period_weeks": (13, 26), "regime.price_regime": ("guided", "list_only")}
    assert study.uncertainties == {"buying.inertia": (0.0, -0.5)}
    assert list(study.samples) == ["market.price_buyers", "market.unit_cost"]
    assert all(0.1 <= x <= 0.5 for x in study.samples["market.price_buyers"])
    assert all(40.0 <= x <= 50.0 for x in study.samples["market.unit_cost"])
    assert (study.settings, study.points, study.most_runs) == (20, 160, 480)


def test_an_empty_file_is_a_study_of_the_typical_firm(write):
    study = load_study(write(""))
    assert (study.points, study.axes) == (1, ())
    assert study.firm(study.point(0)) == load_scenario("typical_firm")
    assert study.outcomes == ("realisation_ratio", "realised")
    assert study == load_study(write("[levers]\n[settings]\n[uncertainties]\n[policies]\n"))
    assert load_study({}) == study.model_copy(update={"name": "study", "title": "study"})


@pytest.mark.parametrize(
    ("file", "name", "title"),
    [
        ("my study.toml", "my_study", "my study"),
        ("a_b.toml", "a_b", "a b"),
        ("v1.2.toml", "v1.2", "v1.2"),
        ("..toml", "study", "."),
        ("...toml", "study", ".."),
        (".toml", "toml", ".toml"),
        ("-x.toml", "x", "-x"),
        ("a\\b:c*.toml", "a_b_c", "a\\b:c*"),
        ("\u00fcber\u00b2.toml", "\u00fcber\u00b2", "\u00fcber\u00b2"),
        ("x" * 240 + ".toml", "x" * 240, "x" * 200),
    ],
)
def test_a_study_is_filed_under_the_name_of_its_file(write, file, name, title):
    study = load_study(write("", file))
    assert (study.name, study.title) == (name, title)
    assert len(Path(study.name).parts) == 1


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_file_name_gives_the_name_of_one_folder(name):
    study = load_study({}).model_dump() | {"name": folder_name(name)}
    assert Study.model_validate(study).name == folder_name(name)
    assert Path(folder_name(name)).name == folder_name(name) not in (".", "..")


def test_paths_in_a_file_start_from_its_folder_and_those_in_a_mapping_from_where_one_stands(
    write, monkeypatch
):
    path = write("scenario = 'ours.toml'\n[policies]\ncapped = 'capped.toml'\n")
    said = tomllib.loads(path.read_text())
    assert load_study(path).firms["capped"].payout.cap == 2.0
    assert refused(said).splitlines() == [
        "study: scenario: ours.toml: no such file",
        "study: policies.capped: capped.toml: no such file",
    ]
    monkeypatch.chdir(path.parent)
    assert load_study(said).firms == load_study("s.toml").firms
    monkeypatch.chdir(path.parent.parent)
    assert (
        load_study("studies/s.toml").firms
        == load_study(
            said
            | {
                "scenario": Path("studies/ours.toml"),
                "policies": {"capped": Path("studies/capped.toml").resolve()},
            }
        ).firms
    )


def test_a_file_beside_the_study_goes_before_a_shipped_one(write):
    path = write("scenario = 'typical_firm'\n")
    (path.parent / "typical_firm").write_text(FIRM)
    assert load_study(path).firms[AS_IS].title == "Ours"


def test_a_mapping_may_hold_what_python_has(write):
    said = {
        "scenario": Scenario(title="Mine"),
        "replicates": np.int64(3),
        "outcomes": ("realised",),
        "settings": {"organisation": {"weeks": np.int32(52)}, "organisation.headcount": 4},
        "policies": {"a": {"payout": {"cap": np.float64(2.0)}}, "b": {"payout.cap": 3}, "c.payout.cap": 4},
        "levers": {
            "pay.margin_weight": np.linspace(0.0, 1.0, 3),
            "pay": {"period_weeks": (np.int64(13), np.int8(26))},
            "regime.price_regime": np.array(["guided"]),
            "regime.discount_authority": {
                "from": np.float32(0.5),
                "to": np.float64(1),
                "steps": np.int64(2),
            },
        },
        "uncertainties": {"samples": np.uint8(2), "market.unit_cost": {"from": np.int64(40), "to": 50.0}},
    }
    study = load_study(said)
    assert study.firms[AS_IS].title == "Mine + organisation.weeks 52, organisation.headcount 4"
    assert [f.payout.cap for f in study.firms.values()][1:] == [2.0, 3.0, 4.0]
    assert (study.firms["a"].organisation.weeks, study.firms["a"].organisation.headcount) == (52, 4)
    assert study.levers == {
        "pay.margin_weight": (0.0, 0.5, 1.0),
        "pay.period_weeks": (13, 26),
        "regime.price_regime": ("guided",),
        "regime.discount_authority": (0.5, 1.0),
    }
    types = {type(v) for values in (study.levers | study.samples).values() for v in values}
    assert types == {int, float, str}
    assert load_study(study) is study


def test_a_policy_may_move_levers_on_a_day(write):
    study = load_study(
        write("""
[[policies.late.dated]]
lever = "payout.bonus"
value = 5.0
start = 3
[policies]
shipped = "spring_price_rise"
""")
    )
    assert [d.lever for d in study.firms["late"].dated] == ["payout.bonus"]
    assert [d.lever for d in study.firms["shipped"].dated] == ["regime.list_price_change"]
    dated = {"lever": "payout.bonus", "value": np.float64(5.0), "start": 3}
    assert load_study({"policies": {"late": {"dated": (dated,)}}}).firms["late"] == study.firms["late"]


def test_steps_reach_both_ends_and_are_even(write):
    levers = "[levers]\nregime.discount_authority = {{ from = {}, to = {}, steps = {} }}"
    found = load_study(write(levers.format(0, 0.3, 4))).levers["regime.discount_authority"]
    assert found == (0.0, 0.1, 0.2, 0.3)
    low, high = 0.1234567890123456, 0.6543210987654321
    found = load_study(write(levers.format(low, high, 3))).levers["regime.discount_authority"]
    assert (found[0], found[-1]) == (low, high)
    assert found[1] == pytest.approx((low + high) / 2, abs=1e-12)
    whole = load_study({"levers": {"organisation.headcount": {"from": 10, "to": 40, "steps": 4}}})
    assert whole.levers["organisation.headcount"] == (10, 20, 30, 40)


REPLICATES = [
    ({}, (20, 400)),
    ({"least": 5}, (5, 400)),
    ({"least": 1000}, (1000, 1000)),
    ({"most": 3}, (3, 3)),
    ({"most": 50}, (20, 50)),
    ({"least": 2, "most": 100_000}, (2, 100_000)),
]


@pytest.mark.parametrize(("said", "ends"), REPLICATES)
def test_replicates_until_a_mean_is_known(said, ends):
    found = load_study({"replicates": {"outcome": "realised", "half_width": 1, **said}}).replicates
    assert found == Replicates(least=ends[0], most=ends[1], outcome="realised", half_width=1.0)


# what is bad: a study, and the lines that refuse it, after its path and with the line where it stands

L, U, P, S, R = (
    f"[{table}]\n" for table in ("levers", "uncertainties", "policies", "settings", "replicates")
)
ENOUGH = R + "outcome = 'realised'\nhalf_width = 1\n"
A_LIST = "a list of values, or { from = ..., to = ..., steps = ... }"
A_RANGE = 'a list of values, { from = ..., to = ... }, or "plausible"'
STEPS = "how many values, both ends among them: a whole number from 2 to 10,000"
SAMPLES = "a whole number from 1 to 1,000,000, which are drawn from the ranges"
SHARE = "a number from 0 to 1 (share)"
MODES = "list_only, delegated, guided, guided_bounded"
A_POLICY = "the name or path of a policy, a table of what it changes, or a list of these"
A_NAME = "a short name of letters, digits, _ and -, other than as_is"
WIDTH = "a number above 0, in the unit of the outcome"
MARGIN = "pay.margin_weight"
WEIGHT = L + MARGIN
COST = U + "market.unit_cost"
ONCE = "allowed: one or the other"
NOT_SHIPPED = "no such file, and none of that name comes with salesim"
POLICIES = "clear_strategy, margin_pay, price_and_value, productive_force, shared_vision, spring_price_rise"
ANY_PATH = "a path of the scenario, such as pay.margin_weight"
BAD = [
    # keys and tables
    ("titel = 'x'", [":1: titel: unknown key; did you mean 'title'?"]),
    ("xyz = 1", [":1: xyz: unknown key; allowed: " + ", ".join(dict.fromkeys((*KEYS, *TABLES)))]),
    (
        "[lever]\npay.margin_weight = [0]\npayout.cap = [1]",
        [":2: lever: unknown key; did you mean 'levers'?"],
    ),
    ("levers = 3", [":1: levers: wrong type; got 3; allowed: a table"]),
    ("policies = ['x']", [":1: policies: wrong type; got ['x']; allowed: a table"]),
    ("settings = 1", [":1: settings: wrong type; got 1; allowed: a table"]),
    ("uncertainties = 'x'", [":1: uncertainties: wrong type; got 'x'; allowed: a table"]),
    ("[[levers]]\nx = 1", [": levers: wrong type; got [{'x': 1}]; allowed: a table"]),
    ("[title]\na = 1\nb = 2", [":2: title: wrong type; allowed: no table"]),
    ("outcomes.x = 1", [":1: outcomes: wrong type; allowed: no table"]),
    ("title = 3", [":1: title: not a text that fits; got 3; allowed: at most 200 characters"]),
    (
        "question = ['x']",
        [":1: question: not a text that fits; got ['x']; allowed: at most 10,000 characters"],
    ),
    (
        "seed = -1",
        [":1: seed: out of range; got -1; allowed: a whole number from 0 to 9,223,372,036,854,775,807"],
    ),
    (
        "seed = 1.0",
        [":1: seed: wrong type; got 1.0; allowed: a whole number from 0 to 9,223,372,036,854,775,807"],
    ),
    (
        "seed = true",
        [":1: seed: wrong type; got True; allowed: a whole number from 0 to 9,223,372,036,854,775,807"],
    ),
    ("x = [", [": not valid TOML: Invalid value (at end of document)"]),
    (b"title = '\xff'", [": not a text file; allowed: TOML"]),
    # outcomes and tables
    ("outcomes = ['realized']", [":1: outcomes: unknown name; got 'realized'; did you mean 'realised'?"]),
    (
        "outcomes = []",
        [
            ":1: outcomes: wrong type; got []; allowed: a list of names, such as "
            + str([o.name for o in COMPANY[:2]])
        ],
    ),
    (
        "outcomes = 'realised'",
        [
            ":1: outcomes: wrong type; got 'realised'; allowed: a list of names, such as "
            + str([o.name for o in COMPANY[:2]])
        ],
    ),
    (
        "outcomes = [3]",
        [":1: outcomes: unknown name; got 3; allowed: " + ", ".join(o.name for o in COMPANY)],
    ),
    ("tables = ['repz']", [":1: tables: unknown name; got 'repz'; did you mean 'reps'?"]),
    (
        "tables = 'reps'",
        [":1: tables: wrong type; got 'reps'; allowed: a list of names, such as ['weeks', 'levels']"],
    ),
    # levers
    (
        L + "pay.margin_wait = [0]",
        [":2: levers.pay.margin_wait: no such lever; did you mean 'pay.margin_weight'?"],
    ),
    (L + "pay = 3", [":2: levers.pay: no such lever; allowed: a path such as pay.margin_weight"]),
    (
        L + "market.unit_cost = [1]",
        [":2: levers.market.unit_cost: is a setting; allowed: in [uncertainties]"],
    ),
    (
        L + "buying.inertia = [1]",
        [":2: levers.buying.inertia: is a behaviour; allowed: in [uncertainties]"],
    ),
    (WEIGHT + " = []", [f":2: levers.{MARGIN}: wrong type; got []; allowed: {A_LIST}"]),
    (WEIGHT + " = 0.5", [f":2: levers.{MARGIN}: wrong type; got 0.5; allowed: {A_LIST}"]),
    (WEIGHT + " = 'plausible'", [f":2: levers.{MARGIN}: wrong type; got 'plausible'; allowed: {A_LIST}"]),
    (WEIGHT + " = [true]", [f":2: {MARGIN}: wrong type; got True; allowed: {SHARE}"]),
    (WEIGHT + " = ['x', 'y']", [f":2: {MARGIN}: wrong type; got '{x}'; allowed: {SHARE}" for x in "xy"]),
    (WEIGHT + " = [nan, 0]", [f":2: {MARGIN}: out of range; got nan; allowed: {SHARE}"]),
    (WEIGHT + " = [inf]", [f":2: {MARGIN}: out of range; got inf; allowed: {SHARE}"]),
    (WEIGHT + " = [0, 2]", [f":2: {MARGIN}: out of range; got 2; allowed: {SHARE}"]),
    (WEIGHT + " = [[1]]", [f":2: {MARGIN}: wrong type; got [1]; allowed: {SHARE}"]),
    (WEIGHT + " = [{ a = 1 }]", [f":2: {MARGIN}: wrong type; got {{'a': 1}}; allowed: {SHARE}"]),
    (WEIGHT + " = [0, 1, 0.0]", [f":2: levers.{MARGIN}: says a value twice; got 0.0"]),
    (WEIGHT + f" = {[0] * 10_001}", [f":2: levers.{MARGIN}: has 10,001 values; allowed: at most 10,000"]),
    (
        L + "pay.period_weeks = [13.0]",
        [":2: pay.period_weeks: wrong type; got 13.0; allowed: a whole number from 1 to 52 (weeks)"],
    ),
    (
        L + "regime.price_regime = ['guidedd']",
        [f":2: regime.price_regime: unknown name; got 'guidedd'; allowed: {MODES}; did you mean 'guided'?"],
    ),
    (L + "regime.price_regime = [1]", [f":2: regime.price_regime: wrong type; got 1; allowed: {MODES}"]),
    (
        L + "regime.price_regime = { from = 0, to = 1 }",
        [f":2: levers.regime.price_regime: has names and no range; allowed: a list of {MODES}"],
    ),
    # ranges and steps
    (WEIGHT + " = {}", [f":2: levers.{MARGIN}: from is missing; got {{}}; allowed: {A_LIST}"]),
    (
        WEIGHT + " = { from = 0, steps = 3 }",
        [f":2: levers.{MARGIN}: to is missing; got {{'from': 0, 'steps': 3}}; allowed: {A_LIST}"],
    ),
    (
        WEIGHT + " = { from = 1, to = 0, steps = 3 }",
        [
            f":2: levers.{MARGIN}: a range that is reversed or empty; got {{'from': 1, 'to': 0, 'steps': 3}}; "
            "allowed: from below to"
        ],
    ),
    (
        WEIGHT + " = { from = 1, to = 1.0, steps = 3 }",
        [
            f":2: levers.{MARGIN}: a range that is reversed or empty; got {{'from': 1, 'to': 1.0, 'steps': 3}}; "
            "allowed: from below to"
        ],
    ),
    (
        WEIGHT + " = { from = 0, to = 9, steps = 3 }",
        [f":2: {MARGIN}: out of range; got 9; allowed: {SHARE}"],
    ),
    (
        WEIGHT + " = { from = true, to = 1, steps = 3 }",
        [f":2: {MARGIN}: wrong type; got True; allowed: {SHARE}"],
    ),
    (WEIGHT + " = { from = 0, to = 1 }", [f":2: levers.{MARGIN}.steps: is missing; allowed: {STEPS}"]),
    (
        WEIGHT + " = { from = 0, to = 1, step = 3 }",
        [f":2: levers.{MARGIN}.step: unknown key; did you mean 'steps'?"],
    ),
    *[
        (
            WEIGHT + f" = {{ from = 0, to = 1, steps = {steps} }}",
            [f":2: levers.{MARGIN}.steps: no number of steps; got {said}; allowed: {STEPS}"],
        )
        for steps, said in [(1, 1), (-2, -2), (2.5, 2.5), ("true", True), ("'3'", "'3'"), (10**12, 10**12)]
    ],
    (
        L + "pay.period_weeks = { from = 1, to = 4, steps = 3 }",
        [
            ":2: levers.pay.period_weeks: its steps are no whole numbers; got 3; allowed: other steps, or a list"
        ],
    ),
    (
        L + "pay.period_weeks = { from = 1.0, to = 4, steps = 4 }",
        [":2: pay.period_weeks: wrong type; got 1.0; allowed: a whole number from 1 to 52 (weeks)"],
    ),
    # uncertainties
    (U + MARGIN + " = [0]", [f":2: uncertainties.{MARGIN}: is a lever; allowed: in [levers]"]),
    (
        U + "samples = 3\nmarket.unit_csot = 'plausible'",
        [":3: uncertainties.market.unit_csot: no such number; did you mean 'market.unit_cost'?"],
    ),
    (
        U + "samples = 3\nmarket.unit_cost = 'plausibel'",
        [f":3: uncertainties.market.unit_cost: wrong type; got 'plausibel'; allowed: {A_RANGE}"],
    ),
    (COST + " = 'plausible'", [f":2: uncertainties.samples: is missing; allowed: {SAMPLES}"]),
    (U + "samples = 3", [":2: uncertainties.samples: there is no range to draw from; got 3"]),
    (COST + " = [40]\nsamples = 3", [":3: uncertainties.samples: there is no range to draw from; got 3"]),
    *[
        (
            COST + f" = 'plausible'\nsamples = {samples}",
            [f":3: uncertainties.samples: no number of samples; got {said}; allowed: {SAMPLES}"],
        )
        for samples, said in [
            (0, 0),
            (-3, -3),
            (3.0, 3.0),
            ("true", True),
            ("[3]", [3]),
            (10**12, 10**12),
            ("{ from = 1 }", {"from": 1}),
        ]
    ],
    (
        COST + " = { from = 40, to = 50, steps = 3 }\nsamples = 3",
        [":2: uncertainties.market.unit_cost.steps: unknown key; allowed: from, to"],
    ),
    (
        COST + " = { from = 50, to = 40 }\nsamples = 3",
        [
            ":2: uncertainties.market.unit_cost: a range that is reversed or empty; got {'from': 50, 'to': 40}; "
            "allowed: from below to"
        ],
    ),
    (
        COST + " = { to = 40 }\nsamples = 3",
        [f":2: uncertainties.market.unit_cost: from is missing; got {{'to': 40}}; allowed: {A_RANGE}"],
    ),
    (
        COST + " = { from = -1, to = 40 }\nsamples = 3",
        [
            ":2: market.unit_cost: out of range; got -1; allowed: a number from 0 to 1,000,000 (USD per unit)"
        ],
    ),
    # replicates
    *[
        (
            f"replicates = {said}",
            [f":1: replicates: out of range; got {said}; allowed: a whole number from 1 to 100,000"],
        )
        for said in (0, -1, 100_001)
    ],
    *[
        (
            f"replicates = {toml}",
            [f":1: replicates: wrong type; got {said!r}; allowed: a whole number from 1 to 100,000"],
        )
        for toml, said in [("2.0", 2.0), ("true", True), ("'x'", "x"), ("[1]", [1])]
    ],
    (
        R + "half_width = 1",
        [f":2: replicates.outcome: is missing; allowed: the name of an outcome, such as {COMPANY[0].name}"],
    ),
    (R + "outcome = 'realised'", [f":2: replicates.half_width: is missing; allowed: {WIDTH}"]),
    (
        R + "outcome = 'realisd'\nhalf_width = 1",
        [":2: replicates.outcome: unknown name; got 'realisd'; did you mean 'realised'?"],
    ),
    *[
        (
            R + f"outcome = 'realised'\nhalf_width = {toml}",
            [f":3: replicates.half_width: no width; got {said!r}; allowed: {WIDTH}"],
        )
        for toml, said in [
            ("0", 0),
            ("-1.0", -1.0),
            ("true", True),
            ("nan", float("nan")),
            ("inf", float("inf")),
            ("'x'", "x"),
            ("[1]", [1]),
        ]
    ],
    (
        ENOUGH + "least = 30\nmost = 20",
        [":5: replicates.most: is less than least; got 20; allowed: 30 or more"],
    ),
    (
        ENOUGH + "least = 1",
        [":4: replicates.least: out of range; got 1; allowed: a whole number from 2 to 100,000"],
    ),
    (
        ENOUGH + "least = 'x'\nmost = 3",
        [":4: replicates.least: wrong type; got 'x'; allowed: a whole number from 2 to 100,000"],
    ),
    (
        ENOUGH + "most = 'x'",
        [":4: replicates.most: wrong type; got 'x'; allowed: a whole number from 2 to 100,000"],
    ),
    (
        ENOUGH + "most = 1",
        [":4: replicates.most: out of range; got 1; allowed: a whole number from 2 to 100,000"],
    ),
    (
        ENOUGH + "most = -3",
        [":4: replicates.most: out of range; got -3; allowed: a whole number from 2 to 100,000"],
    ),
    (
        ENOUGH + "most = 1_000_000",
        [":4: replicates.most: out of range; got 1000000; allowed: a whole number from 2 to 100,000"],
    ),
    (ENOUGH + "lest = 3", [":4: replicates.lest: unknown key; did you mean 'least'?"]),
    (
        ENOUGH + "xyz.y = 3",
        [":4: replicates.xyz.y: unknown key; allowed: outcome, half_width, precision, least, most"],
    ),
    # the firm
    ("scenario = 3", [":1: scenario: wrong type; got 3; allowed: the name or path of a scenario"]),
    ("scenario = ''", [":1: scenario: wrong type; got ''; allowed: the name or path of a scenario"]),
    ("[scenario]\nx = 1", [":2: scenario: wrong type; allowed: no table"]),
    (
        "scenario = 'typical_frim'",
        [
            f":1: scenario: typical_frim: {NOT_SHIPPED}; allowed: a TOML file, or one that comes with it; "
            "did you mean 'typical_firm'?"
        ],
    ),
    (S + "payout.capp = 3.0", [":2: settings.payout.capp: unknown key; did you mean 'payout.cap'?"]),
    (
        S + "payout.cap = 'x'",
        [
            ":2: settings.payout.cap: wrong type; got 'x'; allowed: a number from 1 to 1,000 (multiple of quota)"
        ],
    ),
    (
        S + "pay.period_weeks = 3",
        [
            ":2: settings.pay.period_weeks: got 3; allowed: 1, 2, 4, 13, 26 or 52, so that periods end with the year"
        ],
    ),
    (
        S + "market.unit_cost = 100.0",
        [
            ":2: settings.market.unit_cost: got 100; allowed: below the planned price, 90 (market.list_price less "
            "planning.planned_discount)"
        ],
    ),
    (
        S + "payout.cap = 3.0\n[levers.payout]\ncap = [1.0]",
        [f":2: settings.payout.cap: is moved by the study too; {ONCE}"],
    ),
    (
        S + "market.unit_cost = 50\n" + COST + " = [40]",
        [f":2: settings.market.unit_cost: is moved by the study too; {ONCE}"],
    ),
    # policies
    (
        P + "a = 'margin_pai'",
        [
            f":2: policies.a: margin_pai: {NOT_SHIPPED}; allowed: a TOML file, or {POLICIES}; "
            "did you mean 'margin_pay'?"
        ],
    ),
    *[
        (P + f"a = {toml}", [f":2: policies.a: wrong type; got {said!r}; allowed: {A_POLICY}"])
        for toml, said in [
            ("3", 3),
            ("true", True),
            ("[]", []),
            ("['margin_pay', 3]", ["margin_pay", 3]),
            ("''", ""),
        ]
    ],
    (
        "[policies.a]\nmarket.unit_cost = 50",
        [
            ":2: policies.a.market.unit_cost: is a setting, and a policy changes levers only; got 50; "
            "allowed: levers of other groups"
        ],
    ),
    (
        "[policies.a]\npayout.capp = 2",
        [":2: policies.a.payout.capp: unknown key; did you mean 'payout.cap'?"],
    ),
    (
        "[policies.a.payout]\ncap = 'x'",
        [
            ":2: policies.a.payout.cap: wrong type; got 'x'; allowed: a number from 1 to 1,000 (multiple of quota)"
        ],
    ),
    (
        "[policies.a]\npay.period_weeks = 3",
        [
            ":2: policies.a.pay.period_weeks: got 3; allowed: 1, 2, 4, 13, 26 or 52, so that periods end with the year"
        ],
    ),
    ("[policies.a]\nextends = 'margin_pay'", [f":2: policies.a.extends: unknown key; allowed: {ANY_PATH}"]),
    (
        P + "a = ['margin_pay', { payout.capp = 1 }]",
        [":2: policies.a.payout.capp: unknown key; did you mean 'payout.cap'?"],
    ),
    (
        "[[policies.a.dated]]\nlever = 'payout.bonuss'\nvalue = 5",
        [
            ": policies.a.dated.lever: no such lever; got 'payout.bonuss'; allowed: the path of a lever, such as "
            "regime.discount_authority; did you mean 'payout.bonus'?"
        ],
    ),
    (
        P + "as_is = 'margin_pay'",
        [f":2: policies.as_is: no name for a policy; got 'as_is'; allowed: {A_NAME}"],
    ),
    (P + "1st = 'margin_pay'", [f":2: policies.1st: no name for a policy; got '1st'; allowed: {A_NAME}"]),
    *[
        (
            P + f"'{name}' = 'margin_pay'",
            [f": policies.{name}: no name for a policy; got '{name}'; allowed: {A_NAME}"],
        )
        for name in ("", "a b", "a/b", "b\u00e4r", "x" * 65)
    ],
    (P + "a = 'margin_pay'\na = 'capped.toml'", [":3: policies.a: said twice, first in line 2"]),
    (
        "[policies.a]\npayout.cap = 2\n[policies.a]\npayout.cap = 3",
        [": not valid TOML: Cannot declare ('policies', 'a') twice (at line 3, column 12)"],
    ),
    (
        P + "a = 'capped.toml'\n[levers]\npayout.cap = [1, 2]",
        [f":2: policies.a: changes payout.cap, which the study moves too; {ONCE}"],
    ),
    (
        P + "a = { payout.cap = 5 }\n[levers]\npayout.cap = [1, 2]",
        [f":2: policies.a: changes payout.cap, which the study moves too; {ONCE}"],
    ),
    (
        P + "a = 'spring_price_rise'\n[levers]\nregime.list_price_change = [1, 2]",
        [f":2: policies.a: changes regime.list_price_change, which the study moves too; {ONCE}"],
    ),
    # said as a whole and part by part
    (
        P + "a = 'margin_pay'\n'a.payout.cap' = 2",
        [":2: policies.a.payout.cap: said twice; allowed: this, or policies.a as a whole"],
    ),
    (
        L + f"'{MARGIN}' = [1]\n'{MARGIN}.from' = 1",
        [f": levers.{MARGIN}.from: said twice; allowed: this, or levers.{MARGIN} as a whole"],
    ),
    (
        "replicates = 3\n'replicates.least' = 1",
        [":1: replicates.least: said twice; allowed: this, or replicates as a whole"],
    ),
    # more than one mistake
    (
        "seed = -1\nxyz = 2\n" + WEIGHT + " = []\n" + P + "a = 3\n" + S + "payout.capp = 1",
        [
            ":2: xyz: unknown key; allowed: " + ", ".join(dict.fromkeys((*KEYS, *TABLES))),
            f":4: levers.{MARGIN}: wrong type; got []; allowed: {A_LIST}",
            ":8: settings.payout.capp: unknown key; did you mean 'payout.cap'?",
            f":6: policies.a: wrong type; got 3; allowed: {A_POLICY}",
            ":1: seed: out of range; got -1; allowed: a whole number from 0 to 9,223,372,036,854,775,807",
        ],
    ),
]


@pytest.mark.parametrize(("text", "lines"), BAD, ids=lambda said: str(said)[:60].replace("\n", "|"))
def test_each_mistake_is_one_line(write, text, lines):
    path = write(text)
    found = [line.removeprefix(str(path)) for line in refused(path).splitlines()]
    if " = { " in str(text):  # of what stands in braces the line may not be known
        found, lines = ([re.sub(r"^:\d+", "", line) for line in some] for some in (found, lines))
    assert found == lines


FILES = [
    ("scenario = 'gone.toml'", ":1: scenario: {folder}/gone.toml: no such file"),
    (
        "scenario = 'capped.toml'\n[policies]\na = 'cappd.toml'",
        ":3: policies.a: {folder}/cappd.toml: no such file; did you mean '{folder}/capped.toml'?",
    ),
    (
        "[policies]\na = 'cheaper.toml'",
        ":2: policies.a: {folder}/cheaper.toml:2: market.unit_cost: is a setting, and a policy changes levers only; "
        "got 9.0; allowed: levers of other groups",
    ),
]


@pytest.mark.parametrize(("text", "line"), FILES)
def test_files_that_cannot_be_used_are_named(write, text, line):
    path = write(text)
    assert refused(path) == str(path) + line.format(folder=path.parent)


def test_a_study_that_is_none_is_refused(write):
    path = write("", "study.toml")
    near = path.with_name("studdy.toml")
    assert refused(near) == f"{near}: no such file; did you mean '{path}'?"
    assert refused(str(near)) == refused(near)
    assert refused("studdy").startswith(f"studdy: {NOT_SHIPPED}; allowed: a TOML file")
    assert refused(path.parent) == f"{path.parent}: is a folder; allowed: a TOML file"
    assert refused(write("#" * 1_000_001)).endswith(
        "too large; got '1000001 bytes'; allowed: at most 1000000 bytes"
    )
    for odd in (3, 2.5, True, b"x", ["x"], ("a",), {1}):
        wrong = f"study: wrong type; got {odd!r}; allowed: the name or path of a TOML file, or a mapping"
        assert refused(odd) == wrong
    assert refused(None).startswith("study: wrong type")
    assert refused({3: 4}).startswith("study: 3: unknown key")
    assert (
        refused({"scenario": 3.0})
        == "study: scenario: wrong type; got 3.0; allowed: the name or path of a scenario"
    )
    assert (
        refused({"levers": {MARGIN: {0.5}}})
        == f"study: levers.{MARGIN}: wrong type; got {{0.5}}; allowed: {A_LIST}"
    )
    assert refused({"levers": {MARGIN: [None]}}).startswith(f"study: {MARGIN}: wrong type")
    assert (
        refused({"levers": {"pay": {"margin_weight": [1]}, MARGIN: [0]}})
        == f"study: levers.{MARGIN}: said twice"
    )


HUGE = [
    # 10^12 points; a million samples; a million values, of a lever and of a list
    (
        L
        + "".join(
            f"{path} = {{ from = 0, to = 1, steps = 10_000 }}\n"
            for path in (MARGIN, "regime.discount_authority", "quotas.quota_ratchet")
        ),
        "1,000,000,000,000 points, each lived through up to 20",
    ),
    (
        U
        + "samples = 1_000_000\n"
        + "".join(
            f"market.{name} = 'plausible'\n"
            for name in (
                "price_buyers",
                "value_buyers",
                "fit_spread",
                "fit_drift",
                "misfit_cost",
                "value",
                "target_fit",
                "other_fit",
            )
        ),
        "1,000,000 points, each lived through up to 20",
    ),
    (
        "replicates = 100_000\n" + WEIGHT + " = { from = 0, to = 1, steps = 11 }",
        "11 points, each lived through up to 100,000",
    ),
    (
        ENOUGH + "most = 100_000\n" + WEIGHT + " = { from = 0, to = 1, steps = 11 }",
        "11 points, each lived through up to 100,000",
    ),
]


@pytest.mark.parametrize(("text", "size"), HUGE)
def test_too_large_a_study_is_refused_at_once(write, text, size):
    path = write(text)
    load_study({})  # what is looked up once
    began = time.perf_counter()
    tracemalloc.start()
    said = refused(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert said.startswith(f"{path}: too large: {size} times; got ")
    assert said.endswith("; allowed: at most 1,000,000 runs")
    assert most < 20_000_000
    assert time.perf_counter() - began < 2.0


def test_as_many_runs_as_may_be_are_taken(write):
    study = load_study(write("replicates = 100\n" + WEIGHT + " = { from = 0, to = 1, steps = 10_000 }"))
    assert study.most_runs == 1_000_000


def test_crossed_and_drawn_numbers_that_do_not_fit_are_no_matter_of_reading(write):
    """Whether a firm can be is known at its point only."""
    assert load_study(write(L + "pay.period_weeks = [3]")).points == 1


WORDS = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-3, 10**6),
        st.floats(),
        st.text(max_size=3),
        st.sampled_from(["plausible", "margin_pay", "realised", "guided"]),
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "from",
                    "to",
                    "steps",
                    "samples",
                    "pay.margin_weight",
                    "pay",
                    "margin_weight",
                    "a",
                    "least",
                    "outcome",
                    "half_width",
                    "market.unit_cost",
                    "payout.cap",
                    "dated",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*KEYS, *TABLES]), WORDS))
def test_whatever_is_written_is_read_or_refused(said):
    try:
        study = load_study(said)
    except ScenarioError as error:
        lines = str(error).splitlines()
    else:
        lines = [f"study of {study.points} points"]
    assert lines
    assert all(line.startswith("study") for line in lines)
