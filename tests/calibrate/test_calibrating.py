"""A calibration finds numbers that are known, says what it cannot know, and can be stopped and resumed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim import SalesimError, load_scenario
from salesim.calibrate import attempts, calibrating
from salesim.calibrate.attempts import Row, looked_at
from salesim.calibrate.calibrating import calibrate
from salesim.calibrate.calibration_plan import load_plan
from salesim.calibrate.evaluating import EVALUATIONS, Evaluations
from salesim.calibrate.identifying import posterior_of
from salesim.evidence.target import load_target
from salesim.runs.exec import Exec
from tests.messages import message_of

FIRM = """
title = "A small firm"
extends = "typical_firm"
[organisation]
headcount = 8
accounts = 200
weeks = 104
"""
PLAN = """
title = "Two numbers of a small firm"
scenario = "{firm}"
[search]
replicates = 2
population = 6
generations = 8
polish_replicates = 3
polish_steps = 2
[check]
draws = 20
replicates = 2
[free]
buying.threshold = [-2.0, 0.0]
buying.inertia = "plausible"
planning.news_carried = "plausible"
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plan")
    (folder / "firm.toml").write_text(FIRM)
    (folder / "plan.toml").write_text(PLAN.format(firm="firm.toml"))
    return load_plan(folder / "plan.toml")


@pytest.fixture(scope="module")
def looked(plan):
    """What becomes of deals, as a firm with other numbers shows it: the truth is known."""
    found = looked_at(plan.firm)
    truth = plan.firm.with_numbers({"buying.threshold": -1.4, "buying.inertia": -0.45})
    measures = load_target("S9").measures
    rows = tuple(row for row in found.rows if row.target == "S9")
    firms = tuple(
        replace(f, outcomes=tuple(m.outcome for m in measures)) for f in found.firms if not f.changes
    )
    only = replace(found, rows=rows, firms=firms)
    living = attempts.AttemptTask(only, "compiled")
    came = [living(attempts.Task(0, 0, truth, 1, replicate)) for replicate in range(6)]
    shown = attempts.measured(only, {0: came})
    return replace(only, rows=tuple(replace(row, aim=shown[row.name][0], tolerance=0.004) for row in rows))


@pytest.fixture(scope="module")
def found(plan, looked, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calibrating, "looked_at", lambda firm: looked)
        yield calibrate(plan, out=tmp_path_factory.mktemp("out") / "here", how=Exec(workers=1))


def test_known_numbers_are_found(found):
    assert found.values["buying.threshold"] == pytest.approx(-1.4, abs=0.15)
    assert found.values["buying.inertia"] == pytest.approx(-0.45, abs=0.06)
    assert all(abs(fit.value - fit.published) < abs(fit.before - fit.published) + 0.01 for fit in found.fit)


def test_what_the_findings_do_not_speak_of_stays_where_it_was(found):
    learned = dict(zip([free.path for free in found.plan.free], found.posterior.learned, strict=True))
    assert learned["buying.threshold"] > 0.5 > learned["planning.news_carried"]
    assert found.values["planning.news_carried"] == pytest.approx(0.3, abs=0.1)
    assert [each.path for each in found.numbers if each.pinned] == ["buying.threshold", "buying.inertia"]


def test_the_values_are_a_scenario_with_date_and_provenance(found):
    text = (Path(found.folder) / "calibrated.toml").read_text()
    assert "salesim calibrate" in text
    assert re.search(r"\bseed 1\b", text)
    assert found.plan.title in text.splitlines()[0]
    said = json.loads((Path(found.folder) / "calibration.json").read_text())
    firm = load_scenario(Path(found.folder) / "calibrated.toml")
    assert {n["path"]: n["value"] for n in said["numbers"]} == found.values
    assert firm.buying.threshold == found.values["buying.threshold"]
    assert said["created"]


def test_a_search_that_was_cut_off_goes_on_to_the_same_result(plan, looked, found, tmp_path, monkeypatch):
    monkeypatch.setattr(calibrating, "looked_at", lambda firm: looked)
    lines = (Path(found.folder) / EVALUATIONS).read_text().splitlines()
    (tmp_path / "cut").mkdir()
    (tmp_path / "cut" / calibrating.PLAN).write_text((Path(found.folder) / calibrating.PLAN).read_text())
    (tmp_path / "cut" / EVALUATIONS).write_text(
        "\n".join(lines[: len(lines) // 2]) + '\n{"key": "half a li'
    )
    again = calibrate(plan, out=tmp_path / "cut", how=Exec(workers=2))
    assert again.values == found.values
    assert [fit.value for fit in again.fit] == [fit.value for fit in found.fit]


def test_a_folder_of_another_calibration_is_refused(plan, looked, found, monkeypatch, golden):
    monkeypatch.setattr(calibrating, "looked_at", lambda firm: looked)
    with pytest.raises(SalesimError) as refused:
        calibrate(plan, out=Path(found.folder), seed=2)
    golden(str(refused.value).replace(str(Path(found.folder)), "here"))
    assert message_of(refused.value).place[0].startswith(str(Path(found.folder)))


def test_everything_that_findings_mark_as_fitted_is_fitted_and_nothing_else():
    found = looked_at(load_scenario("typical_firm"))
    assert {row.name for row in found.rows} == {
        "T1.ratio",
        "T5.top_team",
        "T7.price",
        "T7.volume",
        "T11.elasticity",
        "T13.reps_at_quota",
        "T20.spread_in_similar_territories",
        "S9.won",
        "S9.lost",
        "S9.no_decision",
    }
    assert sum(not firm.changes for firm in found.firms) == 1, "the firm as it is is simulated through once"


@given(st.floats(5, 100), st.floats(0, 10))
def test_a_ratio_that_may_lose_its_foot_is_fitted_upside_down(value, error):
    measure = next(m for m in load_target("T7").measures if m.name == "price")
    row = Row("T7", measure, 11.1, 0.3, upside_down=True)
    assert (row.miss(value, error) > 0.0) == (value > 11.1) or value == pytest.approx(11.1)


def test_what_trades_off_is_said():
    slope = np.array([[8.0, 8.0, 0.0]])
    known = posterior_of(np.full(3, 0.5), slope)
    assert known.directions == 1
    assert [(i, j) for i, j, _ in known.trades()] == [(1, 0)]
    assert known.correlation[1, 0] < -0.5
    assert known.learned[2] == pytest.approx(0.0)


def test_numbers_that_make_no_firm_are_far_off_and_end_nothing(plan, looked, tmp_path):
    task = attempts.AttemptTask(looked, "compiled")
    evaluations = Evaluations(plan, task, tmp_path, 1, Exec(workers=1))
    broken = replace(plan.free[0], low=-100.0, high=0.0)
    evaluations.plan = replace(plan, free=(broken, *plan.free[1:]))
    rows = evaluations.rows([np.array([0.0, 0.5, 0.5])], 2)[0]
    assert np.all(np.abs(evaluations.misses(rows)) > 50)


def test_where_a_number_stands_before_can_be_said(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text('title = "x"\n[free]\nbuying.threshold = [-2.0, -1.5, 0.0]\n')
    assert load_plan(path).free[0].start == 0.25


def test_the_firm_of_a_plan_stands_beside_it_or_comes_with_salesim(tmp_path, monkeypatch, plan):
    assert (Path(plan.name).name, plan.firm.organisation.headcount) == ("firm.toml", 8)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here.toml").write_text(FIRM)
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "plan.toml").write_text(PLAN.format(firm="here.toml"))
    with pytest.raises(SalesimError) as refused:
        load_plan("plans/plan.toml")
    assert message_of(refused.value).place == ("plans/here.toml",)
    assert load_plan("plans/plan.toml", "here.toml").name == "here.toml"
    assert (
        load_plan("plans/plan.toml", "typical_firm").name == load_plan("calibration").name == "typical_firm"
    )


@pytest.mark.parametrize(
    ("line", "number", "near"),
    [
        ("buying.threshold = [-2.0, 1.0, 0.0]", "buying.threshold", None),
        pytest.param(f"buying.threshold = [-2.0, {10**400}, 0.0]", "buying.threshold", None, id="large"),
        ("buying.treshold = [0.0, 1.0]", "buying.treshold", "buying.threshold"),
        ("buying.threshold = [1.0, 2.0]", "buying.threshold", None),
        ("buying.threshold = [2.0, 1.0]", "buying.threshold", None),
        ('buying.threshold = "possible"', "buying.threshold", None),
        ('regime.price_regime = "plausible"', "regime.price_regime", None),
        ("", "free", None),
    ],
    ids=lambda value: value if value and " = " in value else "",
)
def test_a_plan_that_cannot_be_used_is_refused_in_one_line(tmp_path, golden, line, number, near):
    path = tmp_path / "plan.toml"
    path.write_text(f'title = "x"\n[free]\n{line}\n')
    with pytest.raises(SalesimError) as refused:
        load_plan(path)
    message = message_of(refused.value)
    assert message.near == near
    assert number in str(refused.value).removeprefix(str(path))
    if line:  # else a library says what is missing
        golden(str(refused.value).replace(f"{tmp_path}/", ""))
    assert len(str(refused.value).splitlines()) == 1


def test_a_key_that_is_none_is_named_with_the_nearest_right_one(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text('title = "x"\n[search]\ngeneration = 3\n[free]\nbuying.threshold = "plausible"\n')
    with pytest.raises(SalesimError) as refused:
        load_plan(path)
    message = message_of(refused.value)
    assert (message.place[-1], message.near) == ("search.generation", "generations")
