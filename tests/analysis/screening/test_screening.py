"""Screenings of a small firm: what is moved, what is drawn again, what comes out, what is refused."""

import json
import re
import sys

import numpy as np
import pytest

from salesim.analysis.screening import screen as screen_module
from salesim.analysis.screening.choosing import chosen_numbers
from salesim.analysis.screening.screen import screen, screening_of
from salesim.analysis.screening.screening import Screening
from salesim.analysis.screening.screening_study import Layout, screening_study
from salesim.errors import SalesimError
from salesim.inputs.declared import declared_numbers
from salesim.model.scenario import Scenario
from salesim.runs.exec import Exec
from salesim.runs.runs import open_results
from salesim.runs.sweep import sweep
from salesim.runs.verifying import verify
from tests.firms import small_firm
from tests.messages import message_of

FIRM = small_firm(
    organisation={"headcount": 4, "accounts": 24, "burn_in_weeks": 4, "weeks": 26}, needs={"rate": 0.2}
)
FEW = {"trajectories": 3, "replicates": 3}
DRAWN = {"samples": 9, "market.value": "plausible", "buying.threshold": "plausible"}
OVER = ("buying", "market.value", "coaching.noise_of_view", "second_chance.reconsider_weeks")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("screening") / "out"


@pytest.fixture(scope="module")
def found(folder) -> Screening:
    return screen(FIRM, over=OVER, **FEW, out=folder, how=Exec(workers=1))


def test_every_number_asked_for_is_measured_and_the_largest_stands_first(found):
    buying = [p for p, n in declared_numbers().items() if n.group == "buying" and n.kind != "lever"]
    assert {each.path for each in found.parameters} == {*buying, *OVER[1:]}
    sizes = [each.mu_star for each in found.parameters]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 0.0
    for each in found.parameters:
        assert each.interval[0] <= each.mu_star <= each.interval[1]
        assert abs(each.mu) <= each.mu_star * (1 + 1e-9)
        assert each.sigma >= 0.0
        assert each.noise >= 0.0
    assert (found.trajectories, found.undefined, found.replicates) == (3, 0, 3)


def test_what_nothing_uses_moves_nothing(found):
    """Coaches of this firm go for nobody in particular, so how they misjudge reps is nothing to it."""
    each = next(each for each in found.parameters if each.path == "coaching.noise_of_view")
    assert (each.mu_star, each.noise, each.significant, each.direction) == (0.0, 0.0, False, "no effect")


def test_any_number_of_workers_and_any_reader_finds_the_same(found, folder, tmp_path):
    again = screen(FIRM, over=OVER, **FEW, out=tmp_path / "out", how=Exec(workers=2))
    assert again.model_copy(update={"folder": found.folder}) == found
    assert screening_of(open_results(folder)) == found


def test_effects_are_differences_of_the_ratio_of_sums_over_the_share_of_the_range_that_was_walked(
    found, folder
):
    runs = open_results(folder)
    sums = runs.frame.groupby("point")[["realised", "promised"]].sum()
    ratio = (sums["realised"] / sums["promised"]).to_numpy()
    points, path = runs.points, "market.value"
    low, high = declared_numbers()[path].sweep
    effects = []
    for start in range(0, len(points), len(found.parameters) + 1):
        values = points[path].to_numpy()[start : start + len(found.parameters) + 1]
        step = int(np.flatnonzero(np.diff(values))[0])
        moved = (values[step + 1] - values[step]) / (high - low)
        effects.append((ratio[start + step + 1] - ratio[start + step]) / moved)
    each = next(each for each in found.parameters if each.path == path)
    assert each.mu == pytest.approx(np.mean(effects))
    assert each.mu_star == pytest.approx(np.abs(effects).mean())


def test_points_lie_in_the_plausible_ranges_and_a_trajectory_moves_each_number_once():
    study = screening_study(FIRM, "firm", Layout(over=OVER, **FEW))
    count = len(study.samples)
    for path, values in study.samples.items():
        number = declared_numbers()[path]
        assert min(values) >= number.sweep[0], path
        assert max(values) <= number.sweep[1], path
        assert {type(value) for value in values} == {number.type}, path
        for trajectory in np.reshape(values, (3, count + 1)):
            assert np.count_nonzero(np.diff(trajectory)) == 1, path


def test_a_screening_is_a_sweep_that_is_stored_and_verified(found, folder):
    assert json.loads((folder / "manifest.json").read_text())["kind"] == "sweep"
    checked = verify(folder, 5)
    assert (checked.checked, checked.differences) == (5, [])
    before = sorted(path.name for path in (folder / "runs").iterdir())
    assert screen(FIRM, over=OVER, **FEW, out=folder) == found
    assert sorted(path.name for path in (folder / "runs").iterdir()) == before, "nothing is run again"


def test_assumed_numbers_are_those_without_a_source_for_their_size_and_never_levers():
    moved, left_out = chosen_numbers(["assumed"])
    numbers = declared_numbers()
    assert len(moved) > 100
    for number in moved:
        assert number.kind != "lever"
        assert "assumed" in number.standing or number.standing == "fitted"
    assert {number.group for number in left_out} == {"organisation"}
    every, _ = chosen_numbers(["all"])
    free = {p for p, n in numbers.items() if n.kind != "lever" and n.group != "organisation"}
    assert {number.path for number in every} == free


def test_trajectories_whose_numbers_do_not_fit_each_other_are_drawn_again_and_counted(golden):
    """The planned price lies between 72 and 114 here, and the unit cost must lie below it."""
    dear = FIRM.with_numbers({"market.unit_cost": 80.0})
    asked = Layout(over=("market.list_price", "planning.planned_discount", "market.value"), trajectories=8)
    study = screening_study(dear, "firm", asked)
    assert study.points == 8 * 4
    assert all(study.firm(point) for point in study.each_point())
    usual = screening_study(FIRM, "firm", asked).question
    assert study.question.startswith(usual)
    more = study.question.removeprefix(usual)
    (again,) = re.findall(r"\d+", more)
    assert int(again) > 0
    golden(more.replace(again, "#"))


def test_a_firm_around_which_nothing_fits_is_refused(golden):
    dear = FIRM.with_numbers({"market.unit_cost": 89.0})
    asked = Layout(over=("planning.planned_discount",), trajectories=5)
    with pytest.raises(SalesimError) as refused:
        screening_study(dear, "firm", asked)
    # which numbers of the last trajectory do not fit depends on how SALib draws it
    golden(re.sub(r"less than [\d.]+|got [\d.]+|price, [\d.]+", "#", str(refused.value)))
    assert message_of(refused.value).place[0] == "screen"
    assert str(refused.value).count(" 100 ") == 2


def test_an_outcome_that_is_undefined_everywhere_is_refused(tmp_path, golden):
    idle = Scenario.model_validate(FIRM.model_dump() | {"needs": {"rate": 0.0}})
    with pytest.raises(SalesimError) as refused:
        screen(idle, over=["market.value"], **FEW, out=tmp_path / "out")
    golden(refused.value)
    message = message_of(refused.value)
    assert message.place[:2] == ("outcome", "realisation_ratio")
    assert re.findall(r"\d+", message.given) == ["0", "3"]


def test_a_trajectory_on_which_the_outcome_is_undefined_is_left_out_whole_and_counted(
    tmp_path, monkeypatch
):
    asked = Layout(over=("market.value", "buying.threshold"), trajectories=5)
    runs = sweep(screening_study(FIRM, "firm", asked), out=tmp_path / "out")
    whole, read = screening_of(runs), screen_module._values

    def with_a_hole(found, outcome):
        values = read(found, outcome).copy()
        values[4, 1] = np.nan  # a point of the second trajectory
        return values

    monkeypatch.setattr(screen_module, "_values", with_a_hole)
    found = screening_of(runs)
    assert (whole.trajectories, whole.undefined) == (5, 0)
    assert (found.trajectories, found.undefined) == (4, 1)
    assert found.parameters != whole.parameters


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        (
            {"outcome": "realised_ratio"},
            {"place": ("outcome",), "given": "'realised_ratio'", "near": "realisation_ratio"},
        ),
        ({"trajectories": 2}, {"place": ("trajectories",), "given": "2"}),
        ({"trajectories": 4}, {"place": ("trajectories",)}),
        ({"levels": 5}, {"place": ("levels",), "given": "5"}),
        ({"replicates": 1}, {"place": ("replicates",), "given": "1"}),
        ({"seed": -1}, {"place": ("seed",), "given": "-1"}),
        ({"over": ["organisation"]}, {"given": "'organisation'"}),
        ({"over": []}, {"place": ("over",), "given": "''"}),
        ({"over": ["payout"]}, {"place": ("over",), "given": "'payout'"}),
        ({"over": ["pay.margin_weight"]}, {"place": ("over", "pay.margin_weight")}),
        ({"over": ["buyng"]}, {"near": "buying"}),
        ({"trajectories": 1000, "replicates": 100}, {"place": ("screen",)}),
    ],
    ids=lambda said: "" if {"place", "given", "near"} & set(said) else str(said),
)
def test_what_cannot_be_screened_is_refused_in_one_line(golden, asked, parts, tmp_path):
    with pytest.raises(SalesimError) as refused:
        screen(FIRM, out=tmp_path / "out", **asked)
    golden(refused.value)
    assert parts.items() <= message_of(refused.value)._asdict().items()
    assert len(str(refused.value).splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_runs_that_are_too_many_are_counted(tmp_path):
    with pytest.raises(SalesimError) as refused:
        screen(FIRM, out=tmp_path / "out", trajectories=1000, replicates=100)
    assert "15,100,000 " in message_of(refused.value).given


def test_without_salib_it_says_what_to_install(monkeypatch, tmp_path, golden):
    monkeypatch.setitem(sys.modules, "SALib.sample", None)
    with pytest.raises(SalesimError, match=r"^screen: SALib .*\[science\]") as refused:
        screen(FIRM, over=["market.value"], out=tmp_path / "out")
    golden(refused.value)


@pytest.mark.parametrize("moved", [{}, {"uncertainties": DRAWN}], ids=["one", "drawn"])
def test_another_sweep_is_no_screening(golden, moved, tmp_path):
    study = {"scenario": FIRM, "replicates": 3, "outcomes": ["realised"], **moved}
    with pytest.raises(SalesimError) as refused:
        screening_of(sweep(study, out=tmp_path / "out"))
    golden(str(refused.value).replace(f"{tmp_path}/", ""))
    assert message_of(refused.value).place == (str(tmp_path / "out"),)
