"""How a study is read: what files and mappings may say, and each mistake refused in one line."""

import re
import time
import tomllib
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.errors import ScenarioError
from salesim.inputs.design import BASELINE, Replicates, Study
from salesim.inputs.load import load_scenario
from salesim.model.scenario import Scenario
from salesim.outcomes import COMPANY
from salesim.runs.reading import StudyFile, folder_name, load_study
from tests.messages import message_of

TITLE, QUESTION = "How much authority", "Does it pay?"
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
        title = "THE TITLE"
        question = "THE QUESTION"
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
            .replace("THE TITLE", TITLE)
            .replace("THE QUESTION", QUESTION)
        )
    )
    assert (study.name, study.title, study.question, study.seed) == ("s", TITLE, QUESTION, 7)
    assert study.outcomes == ("realised", COMPANY[0].name)
    assert (study.tables, study.replicates) == (("reps",), Replicates(least=3, most=3))
    assert list(study.firms) == [BASELINE, "capped", "shipped", "both", "written"]
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
    write, monkeypatch, golden
):
    path = write("scenario = 'ours.toml'\n[policies]\ncapped = 'capped.toml'\n")
    said = tomllib.loads(path.read_text())
    assert load_study(path).firms["capped"].payout.cap == 2.0
    golden(refused(said))
    assert [message_of(line).place for line in refused(said).splitlines()] == [
        ("study", "scenario", "ours.toml"),
        ("study", "policies.capped", "capped.toml"),
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
    assert load_study(path).firms[BASELINE].title == "Ours"


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
    assert study.firms[BASELINE].title == "Mine + organisation.weeks 52, organisation.headcount 4"
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


# what is bad: a study, and of each line that refuses it the place, after its path and with the line where it
# stands, what was given, and the nearest name; empty where the file as a whole is none

L, U, P, S, R = (
    f"[{table}]\n" for table in ("levers", "uncertainties", "policies", "settings", "replicates")
)
ENOUGH = R + "outcome = 'realised'\nhalf_width = 1\n"
MARGIN = "pay.margin_weight"
WEIGHT = L + MARGIN
COST = U + "market.unit_cost"
BAD = [
    # keys and tables
    ("titel = 'x'", [(":1: titel", None, "title")]),
    ("xyz = 1", [(":1: xyz", None, None)]),
    (
        "[lever]\npay.margin_weight = [0]\npayout.cap = [1]",
        [(":2: lever", None, "levers")],
    ),
    ("levers = 3", [(":1: levers", "3", None)]),
    ("policies = ['x']", [(":1: policies", "['x']", None)]),
    ("settings = 1", [(":1: settings", "1", None)]),
    ("uncertainties = 'x'", [(":1: uncertainties", "'x'", None)]),
    ("[[levers]]\nx = 1", [(":1: levers", "[{'x': 1}]", None)]),
    ("[title]\na = 1\nb = 2", [(":2: title", "{'a': 1, 'b': 2}", None)]),
    ("outcomes.x = 1", [(":1: outcomes", "{'x': 1}", None)]),
    ("title = 3", [(":1: title", "3", None)]),
    (
        "question = ['x']",
        [(":1: question", "['x']", None)],
    ),
    (
        "seed = -1",
        [(":1: seed", "-1", None)],
    ),
    (
        "seed = 1.0",
        [(":1: seed", "1.0", None)],
    ),
    (
        "seed = true",
        [(":1: seed", "True", None)],
    ),
    ("x = [", [("", None, None)]),
    (b"title = '\xff'", [("", None, None)]),
    # outcomes and tables
    ("outcomes = ['realized']", [(":1: outcomes.0", "'realized'", "realised")]),
    (
        "outcomes = []",
        [(":1: outcomes", "[]", None)],
    ),
    (
        "outcomes = 'realised'",
        [(":1: outcomes", "'realised'", None)],
    ),
    (
        "outcomes = [3]",
        [(":1: outcomes.0", "3", None)],
    ),
    ("tables = ['repz']", [(":1: tables.0", "'repz'", "reps")]),
    (
        "tables = 'reps'",
        [(":1: tables", "'reps'", None)],
    ),
    # levers
    (
        L + "pay.margin_wait = [0]",
        [(":2: levers.pay.margin_wait", None, "pay.margin_weight")],
    ),
    (L + "pay = 3", [(":2: levers.pay", None, None)]),
    (L + "xyz = [0]", [(":2: levers.xyz", None, None)]),
    (
        'question = """\nsead = 1\n[levers]"""\noutcomes = [\n"realised",\n]\nseed = -1',
        [(":7: seed", "-1", None)],
    ),
    (
        L + "market.unit_cost = [1]",
        [(":2: levers.market.unit_cost", None, None)],
    ),
    (
        L + "buying.inertia = [1]",
        [(":2: levers.buying.inertia", None, None)],
    ),
    (WEIGHT + " = []", [(":2: levers.pay.margin_weight", "[]", None)]),
    (WEIGHT + " = 0.5", [(":2: levers.pay.margin_weight", "0.5", None)]),
    (WEIGHT + " = 'plausible'", [(":2: levers.pay.margin_weight", "'plausible'", None)]),
    (WEIGHT + " = [true]", [(":2: levers.pay.margin_weight", "True", None)]),
    (
        WEIGHT + " = ['x', 'y']",
        [(":2: levers.pay.margin_weight", "'x'", None), (":2: levers.pay.margin_weight", "'y'", None)],
    ),
    (WEIGHT + " = [nan, 0]", [(":2: levers.pay.margin_weight", "nan", None)]),
    (WEIGHT + " = [inf]", [(":2: levers.pay.margin_weight", "inf", None)]),
    (WEIGHT + " = [0, 2]", [(":2: levers.pay.margin_weight", "2", None)]),
    (WEIGHT + " = [[1]]", [(":2: levers.pay.margin_weight", "[1]", None)]),
    (WEIGHT + " = [{ a = 1 }]", [(":2: levers.pay.margin_weight", "{'a': 1}", None)]),
    (WEIGHT + " = [0, 1, 0.0]", [(":2: levers.pay.margin_weight", "0.0", None)]),
    (WEIGHT + f" = {[0] * 10_001}", [(":2: levers.pay.margin_weight", None, None)]),
    (
        L + "pay.period_weeks = [13.0]",
        [(":2: levers.pay.period_weeks", "13.0", None)],
    ),
    (
        L + "regime.price_regime = ['guidedd']",
        [(":2: levers.regime.price_regime", "'guidedd'", "guided")],
    ),
    (L + "regime.price_regime = [1]", [(":2: levers.regime.price_regime", "1", None)]),
    (
        L + "regime.price_regime = { from = 0, to = 1 }",
        [(":2: levers.regime.price_regime", None, None)],
    ),
    # ranges and steps
    (
        WEIGHT + " = {}",
        [(f":2: levers.pay.margin_weight.{part}", None, None) for part in ("from", "to", "steps")],
    ),
    (
        WEIGHT + " = { from = 0, steps = 3 }",
        [(":2: levers.pay.margin_weight.to", None, None)],
    ),
    (
        WEIGHT + " = { from = 1, to = 0, steps = 3 }",
        [(":2: levers.pay.margin_weight", "{'from': 1, 'to': 0, 'steps': 3}", None)],
    ),
    (
        WEIGHT + " = { from = 1, to = 1.0, steps = 3 }",
        [(":2: levers.pay.margin_weight", "{'from': 1, 'to': 1.0, 'steps': 3}", None)],
    ),
    (
        WEIGHT + " = { from = 0, to = 9, steps = 3 }",
        [(":2: levers.pay.margin_weight", "9", None)],
    ),
    (
        WEIGHT + " = { from = true, to = 1, steps = 3 }",
        [(":2: levers.pay.margin_weight", "True", None)],
    ),
    (WEIGHT + " = { from = 0, to = 1 }", [(":2: levers.pay.margin_weight.steps", None, None)]),
    (
        WEIGHT + " = { from = 0, to = 1, step = 3 }",
        [
            (":2: levers.pay.margin_weight.steps", None, None),
            (":2: levers.pay.margin_weight.step", None, "steps"),
        ],
    ),
    *[
        (
            WEIGHT + f" = {{ from = 0, to = 1, steps = {steps} }}",
            [(f":2: levers.{MARGIN}.steps", str(said), None)],
        )
        for steps, said in [(1, 1), (-2, -2), (2.5, 2.5), ("true", True), ("'3'", "'3'"), (10**12, 10**12)]
    ],
    (
        L + "pay.period_weeks = { from = 1, to = 4, steps = 3 }",
        [(":2: levers.pay.period_weeks", "3", None)],
    ),
    (
        L + "pay.period_weeks = { from = 1.0, to = 4, steps = 4 }",
        [(":2: levers.pay.period_weeks", "1.0", None)],
    ),
    # uncertainties
    (U + MARGIN + " = [0]", [(":2: uncertainties.pay.margin_weight", None, None)]),
    (
        U + "samples = 3\nmarket.unit_csot = 'plausible'",
        [(":3: uncertainties.market.unit_csot", None, "market.unit_cost")],
    ),
    (
        U + "samples = 3\nmarket.unit_cost = 'plausibel'",
        [(":3: uncertainties.market.unit_cost", "'plausibel'", None)],
    ),
    (COST + " = 'plausible'", [(":2: uncertainties.samples", None, None)]),
    (U + "samples = 3", [(":2: uncertainties.samples", "3", None)]),
    (COST + " = [40]\nsamples = 3", [(":3: uncertainties.samples", "3", None)]),
    *[
        (
            COST + f" = 'plausible'\nsamples = {samples}",
            [(":3: uncertainties.samples", str(said), None)],
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
        [(":2: uncertainties.market.unit_cost.steps", None, None)],
    ),
    (
        COST + " = { from = 50, to = 40 }\nsamples = 3",
        [(":2: uncertainties.market.unit_cost", "{'from': 50, 'to': 40}", None)],
    ),
    (
        COST + " = { to = 40 }\nsamples = 3",
        [(":2: uncertainties.market.unit_cost.from", None, None)],
    ),
    (
        COST + " = { from = -1, to = 40 }\nsamples = 3",
        [(":2: uncertainties.market.unit_cost", "-1", None)],
    ),
    # replicates
    *[
        (
            f"replicates = {said}",
            [(":1: replicates", str(said), None)],
        )
        for said in (0, -1, 100_001)
    ],
    *[
        (
            f"replicates = {toml}",
            [(":1: replicates", repr(said), None)],
        )
        for toml, said in [("2.0", 2.0), ("true", True), ("'x'", "x"), ("[1]", [1])]
    ],
    (
        R + "half_width = 1",
        [(":2: replicates.outcome", None, None)],
    ),
    (R + "outcome = 'realised'", [(":2: replicates.half_width", None, None)]),
    (
        R + "outcome = 'realisd'\nhalf_width = 1",
        [(":2: replicates.outcome", "'realisd'", "realised")],
    ),
    *[
        (
            R + f"outcome = 'realised'\nhalf_width = {toml}",
            [(":3: replicates.half_width", repr(said), None)],
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
        [(":5: replicates.most", "20", None)],
    ),
    (
        ENOUGH + "least = 1",
        [(":4: replicates.least", "1", None)],
    ),
    (
        ENOUGH + "least = 'x'\nmost = 3",
        [(":4: replicates.least", "'x'", None)],
    ),
    (
        ENOUGH + "most = 'x'",
        [(":4: replicates.most", "'x'", None)],
    ),
    (
        ENOUGH + "most = 1",
        [(":4: replicates.most", "1", None)],
    ),
    (
        ENOUGH + "most = -3",
        [(":4: replicates.most", "-3", None)],
    ),
    (
        ENOUGH + "most = 1_000_000",
        [(":4: replicates.most", "1000000", None)],
    ),
    (ENOUGH + "lest = 3", [(":4: replicates.lest", None, "least")]),
    (
        ENOUGH + "xyz.y = 3",
        [(":4: replicates.xyz", None, None)],
    ),
    # the firm
    ("scenario = 3", [(":1: scenario", "3", None)]),
    ("scenario = ''", [(":1: scenario", "''", None)]),
    ("[scenario]\nx = 1", [(":2: scenario", "{'x': 1}", None)]),
    (
        "scenario = 'typical_frim'",
        [(":1: scenario: typical_frim", None, "typical_firm")],
    ),
    (S + "payout.capp = 3.0", [(":2: settings: payout.capp", None, "payout.cap")]),
    (
        S + "payout.cap = 'x'",
        [(":2: settings: payout.cap", "'x'", None)],
    ),
    (
        S + "pay.period_weeks = 3",
        [(":2: settings: pay.period_weeks", None, None)],
    ),
    (
        S + "market.unit_cost = 100.0",
        [(":2: settings: market.unit_cost", None, None)],
    ),
    (
        S + "payout.cap = 3.0\n[levers.payout]\ncap = [1.0]",
        [(":2: settings.payout.cap", None, None)],
    ),
    (
        S + "market.unit_cost = 50\n" + COST + " = [40]",
        [(":2: settings.market.unit_cost", None, None)],
    ),
    # policies
    (
        P + "a = 'margin_pai'",
        [(":2: policies.a: margin_pai", None, "margin_pay")],
    ),
    *[
        (P + f"a = {toml}", [(":2: policies.a", repr(said), None)])
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
        [(":2: policies.a: market.unit_cost", "50", None)],
    ),
    (
        "[policies.a]\npayout.capp = 2",
        [(":2: policies.a: payout.capp", None, "payout.cap")],
    ),
    (
        "[policies.a.payout]\ncap = 'x'",
        [(":2: policies.a: payout.cap", "'x'", None)],
    ),
    (
        "[policies.a]\npay.period_weeks = 3",
        [(":2: policies.a: pay.period_weeks", None, None)],
    ),
    ("[policies.a]\nextends = 'margin_pay'", [(":2: policies.a: extends", None, None)]),
    (
        P + "a = ['margin_pay', { payout.capp = 1 }]",
        [(":2: policies.a: payout.capp", None, "payout.cap")],
    ),
    (
        "[[policies.a.dated]]\nlever = 'payout.bonuss'\nvalue = 5",
        [(":2: policies.a: dated.0.lever", "'payout.bonuss'", "payout.bonus")],
    ),
    (
        P + "baseline = 'margin_pay'",
        [(":2: policies.baseline", "'baseline'", None)],
    ),
    (P + "1st = 'margin_pay'", [(":2: policies.1st", "'1st'", None)]),
    *[
        (
            P + f"'{name}' = 'margin_pay'",
            [(f": policies.{name}", repr(name), None)],
        )
        for name in ("", "a b", "a/b", "b\u00e4r", "x" * 65)
    ],
    (P + "a = 'margin_pay'\na = 'capped.toml'", [(":3: policies.a", None, None)]),
    (
        "[policies.a]\npayout.cap = 2\n[policies.a]\npayout.cap = 3",
        [("", None, None)],
    ),
    (
        P + "a = 'capped.toml'\n[levers]\npayout.cap = [1, 2]",
        [(":2: policies.a", None, None)],
    ),
    (
        P + "a = { payout.cap = 5 }\n[levers]\npayout.cap = [1, 2]",
        [(":2: policies.a", None, None)],
    ),
    (
        P + "a = 'spring_price_rise'\n[levers]\nregime.list_price_change = [1, 2]",
        [(":2: policies.a", None, None)],
    ),
    # said as a whole and part by part
    (
        P + "a = 'margin_pay'\n'a.payout.cap' = 2",
        [(":2: policies.a.payout.cap", None, None)],
    ),
    (
        L + f"'{MARGIN}' = [1]\n'{MARGIN}.from' = 1",
        [(": levers.pay.margin_weight.from", None, None)],
    ),
    (
        "replicates = 3\n'replicates.least' = 1",
        [(":1: replicates.least", None, None)],
    ),
    # more than one mistake
    (
        "seed = -1\nxyz = 2\n" + WEIGHT + " = []\n" + P + "a = 3\n" + S + "payout.capp = 1",
        [
            (":1: seed", "-1", None),
            (":2: xyz", None, None),
            (":4: levers.pay.margin_weight", "[]", None),
            (":8: settings: payout.capp", None, "payout.cap"),
            (":6: policies.a", "3", None),
        ],
    ),
]


@pytest.mark.parametrize(("text", "lines"), BAD, ids=[str(text)[:60].replace("\n", "|") for text, _ in BAD])
def test_each_mistake_is_one_line(write, golden, text, lines):
    path = write(text)
    found = [line.removeprefix(str(path)) for line in refused(path).splitlines()]
    if " = { " in str(text):  # of what stands in braces the line may not be known
        found = [re.sub(r"^:\d+", "", line) for line in found]
        lines = [(re.sub(r"^:\d+", "", where), *others) for where, *others in lines]
    golden("\n".join(found)[:2_000])
    assert len(found) == len(lines)
    for message, (where, got, near) in zip(map(message_of, found), lines, strict=True):
        assert (message.given, message.near) == (got, near)
        assert ": ".join(message.place) == where or not where


FILES = [
    ("scenario = 'gone.toml'", (":1", "scenario", "gone.toml"), None, None),
    (
        "scenario = 'capped.toml'\n[policies]\na = 'cappd.toml'",
        (":3", "policies.a", "cappd.toml"),
        None,
        "capped.toml",
    ),
    (
        "[policies]\na = 'cheaper.toml'",
        (":2", "policies.a", "cheaper.toml:2", "market.unit_cost"),
        "9.0",
        None,
    ),
]


@pytest.mark.parametrize(("text", "place", "got", "near"), FILES, ids=[text for text, *_ in FILES])
def test_files_that_cannot_be_used_are_named(write, golden, text, place, got, near):
    path = write(text)
    said = refused(path)
    assert said.startswith(str(path))
    said = said.removeprefix(str(path)).replace(f"{path.parent}/", "")
    golden(said)
    message = message_of(said)
    assert (message.place, message.given, message.near) == (place, got, near)


def test_a_study_that_is_none_is_refused(write, golden):
    path = write("", "study.toml")
    near = path.with_name("studdy.toml")
    assert message_of(refused(near)).near == str(path)
    assert refused(str(near)) == refused(near)
    large = write("#" * 1_000_001)
    for asked, place, got in (
        (near, str(near), None),
        ("studdy", "studdy", None),
        (path.parent, f"{path.parent}: cannot be read", None),
        (large, f"{large}: cannot be read", None),
        *((odd, "study", repr(odd)) for odd in (3, 2.5, True, b"x", ["x"], ("a",), {1})),
        (None, "study", None),
        ({3: 4}, "study: 3", None),
        ({"scenario": 3.0}, "study: scenario", "3.0"),
        ({"levers": {MARGIN: {0.5}}}, f"study: levers.{MARGIN}", "{0.5}"),
        ({"levers": {MARGIN: [None]}}, f"study: levers.{MARGIN}", None),
        ({"levers": {"pay": {"margin_weight": [1]}, MARGIN: [0]}}, f"study: levers.{MARGIN}", None),
    ):
        said = refused(asked)
        golden(said.replace(f"{path.parent}/", "").replace(str(path.parent), "."))
        message = message_of(said)
        assert (": ".join(message.place), message.given) == (place, got)


HUGE = [
    # 10^12 points; a million samples; a million values, of a lever and of a list
    (
        L
        + "".join(
            f"{path} = {{ from = 0, to = 1, steps = 10_000 }}\n"
            for path in (MARGIN, "regime.discount_authority", "quotas.quota_ratchet")
        ),
        (10**12, 20),
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
        (10**6, 20),
    ),
    (
        "replicates = 100_000\n" + WEIGHT + " = { from = 0, to = 1, steps = 11 }",
        (11, 100_000),
    ),
    (
        ENOUGH + "most = 100_000\n" + WEIGHT + " = { from = 0, to = 1, steps = 11 }",
        (11, 100_000),
    ),
]


@pytest.mark.parametrize(("text", "size"), HUGE, ids=["crossed", "drawn", "often", "until known"])
def test_too_large_a_study_is_refused_at_once(write, golden, text, size):
    path = write(text)
    load_study({})  # what is looked up once
    began = time.perf_counter()
    tracemalloc.start()
    said = refused(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    golden(said.removeprefix(str(path)))
    assert said.startswith(f"{path}: ")
    points, times = size
    assert said.partition("; ")[0].count(f" {points:,} ") == 1
    assert f" {times:,} " in said.partition("; ")[0]
    assert " 1,000,000 " in message_of(said).allowed
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


@given(st.dictionaries(st.sampled_from([*StudyFile.model_fields]), WORDS))
def test_whatever_is_written_is_read_or_refused(said):
    try:
        study = load_study(said)
    except ScenarioError as error:
        lines = str(error).splitlines()
    else:
        lines = [f"study of {study.points} points"]
    assert lines
    assert all(line.startswith("study") for line in lines)
