"""Which figures a sweep has, and what they read from it."""

import subprocess
import sys

import pyarrow as pa
import pytest

from salesim.inputs.declared import declared_numbers
from salesim.outcomes import NUMBERS
from salesim.runs.exec import Exec
from salesim.runs.recording import FAILED, SCHEMAS
from salesim.runs.runs import open_results
from salesim.runs.sweep import sweep
from salesim.show.figures import BY_NAME, write_figures
from tests.show.figures.reading import faults, numbers_in, percents, subtitle_of, words_of
from tests.show.figures.studies import AUTHORITY, PERIOD, REGIME, means_in

SIZE = {"headcount": 4, "accounts": 40, "burn_in_weeks": 13, "weeks": 26}
NEED = {"needs": {"rate": 0.25}}
COST, BUYERS = "market.unit_cost", "market.price_buyers"
DRAWN = {"samples": 3, BUYERS: "plausible"}
ALSO = {"tight": {"payout": {"cap": 2.0}}}
STUDIES = {
    "lever": ({"levers": {AUTHORITY: [0.0, 0.1, 0.2]}}, ["response"]),
    "two levers": (
        {"levers": {AUTHORITY: [0.0, 0.2], PERIOD: [13, 26]}, "policies": ALSO},
        ["response", "heat_map"],
    ),
    "a lever that stands still": ({"levers": {AUTHORITY: [0.1]}, "policies": ALSO}, ["policies"]),
    "modes": ({"levers": {REGIME: ["delegated", "guided"]}}, ["policies"]),
    "policies": ({"policies": ALSO}, ["policies"]),
    "policies and samples": ({"policies": ALSO, "uncertainties": DRAWN}, ["policies"]),
    "uncertain": ({"uncertainties": {COST: [0.3, 0.4, 0.5], **DRAWN}}, ["response"]),
    "uncertain alone": ({"uncertainties": {COST: [0.3, 0.4]}}, ["response"]),
    "samples": ({"uncertainties": DRAWN}, []),
    "one point": ({}, []),
}


def study_of(said, replicates=2, outcomes=("realised", "promised_by_quarter", "discount")):
    settings = {"organisation": SIZE, **NEED}
    return {
        "title": "A study",
        "replicates": replicates,
        "outcomes": list(outcomes),
        "settings": settings,
        **said,
    }


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sweeps")
    return {
        name: sweep(study_of(said), out=folder / name.replace(" ", "_"), how=Exec(workers=1))
        for name, (said, _) in STUDIES.items()
    }


@pytest.mark.parametrize("name", STUDIES)
def test_a_study_has_the_figures_that_its_design_allows(swept, name):
    found = means_in(swept[name], "realised")
    assert list(found) == STUDIES[name][1]
    for figure, means in found.items():
        drawn = BY_NAME[figure].draw(means)
        assert faults(drawn) == []
        assert subtitle_of(drawn).startswith("A study")
        assert 26.0 in numbers_in(subtitle_of(drawn))  # weeks


def test_means_are_those_of_the_summary_in_the_unit_of_the_figure(swept):
    found = means_in(swept["lever"], "realised")["response"]
    summary = swept["lever"].summary(["realised"])
    assert found.all.mean * 1e6 == pytest.approx(summary["mean"].to_numpy())
    assert found.all.high * 1e6 == pytest.approx(summary["high"].to_numpy())


def test_over_settings_of_a_study_with_samples_the_interval_is_that_of_points(swept, golden):
    found = means_in(swept["policies and samples"], "realised")["policies"]
    note = found.note("Mark", "line")
    assert percents(note)[0] == 80.0
    assert note.startswith("Mark: ")
    assert "; line: " in note
    golden(note)


def test_over_an_uncertain_number_all_points_with_its_value_are_counted(swept, golden):
    found = means_in(swept["uncertain"], "realised")["response"]
    points = swept["uncertain"].summary(["realised"])
    assert found.all.mean * 1e6 == pytest.approx(points.groupby(COST)["mean"].mean().to_numpy())
    assert found.all.low * 1e6 == pytest.approx(points.groupby(COST)["mean"].quantile(0.1).to_numpy())
    assert percents(found.note("Line", "band"))[0] == 80.0  # of points
    alone = means_in(swept["uncertain alone"], "realised")["response"]
    assert numbers_in(alone.note("Line", "band"))[:2] == [
        2.0,
        95.0,
    ]  # replicates, and the interval of their mean
    golden(found.note("Line", "band"))
    golden(alone.note("Line", "band"))


def test_points_that_do_not_fit_and_runs_that_failed_are_counted_as_left_out(tmp_path, golden):
    price = declared_numbers()["market.list_price"].default
    said = study_of(
        {"policies": ALSO, "uncertainties": {"samples": 4, COST: {"from": 0.1 * price, "to": 1.5 * price}}}
    )
    swept = sweep(said, out=tmp_path / "study", how=Exec(workers=1))
    impossible = int(swept.points["error"].notna().sum())
    assert impossible > 0
    found = means_in(swept, "realised")["policies"]
    unfit = found.left_out
    assert numbers_in(unfit) == [impossible]
    golden(unfit)
    assert found.left_out in words_of(BY_NAME["policies"].draw(found))
    fail(swept)
    found = means_in(open_results(swept.folder), "realised")["policies"]
    assert found.left_out.endswith(unfit)
    failed = found.left_out.removesuffix(unfit)
    assert numbers_in(failed) == [1.0]
    golden(failed)


def fail(swept):
    """Record a run of the first firm that failed."""
    schema = SCHEMAS[FAILED]()
    firm = swept.points["firm"].dropna().iloc[0]
    known = {"run_id": "f" * 20, "firm": firm, "seed": 1, "replicate": 99}
    swept.store.add_failed(pa.Table.from_pylist([{"error": "", "trace": "", **known}], schema=schema))


def test_an_outcome_that_is_known_nowhere_has_no_figure(tmp_path):
    said = study_of({"policies": ALSO}, outcomes=["discount"])
    said["settings"] = {"organisation": SIZE, "needs": {"rate": 0.0}}
    swept = sweep(said, out=tmp_path / "study", how=Exec(workers=1))
    assert means_in(swept, "discount") == {}
    write_figures([swept], tmp_path / "figures")
    assert list((tmp_path / "figures").iterdir()) == []


@pytest.mark.parametrize(
    "outcome", list({outcome.unit: name for name, outcome in NUMBERS.items()}.values())
)
def test_outcomes_of_every_unit_can_be_drawn(swept, outcome):
    for figure, means in means_in(swept["two levers"], outcome).items():
        assert faults(BY_NAME[figure].draw(means)) == []


def test_figures_of_each_outcome_that_is_a_number_are_written(swept, tmp_path):
    write_figures([swept["two levers"]], tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{figure}_{outcome}.{kind}"
        for figure in ("response", "heat_map")
        for outcome in ("realised", "discount")
        for kind in ("png", "svg")
    }


@pytest.mark.nightly
def test_the_same_sweep_gives_the_same_bytes_in_another_process_too(swept, tmp_path):
    code = (
        "import sys; from pathlib import Path; from salesim.runs.runs import open_results\n"
        "from salesim.show.figures import write_figures\n"
        "write_figures([open_results(sys.argv[1])], Path(sys.argv[2]))"
    )
    found = swept["two levers"]
    write_figures([found], tmp_path / "here")
    subprocess.run([sys.executable, "-c", code, str(found.folder), str(tmp_path / "there")], check=True)
    for path in (tmp_path / "here").iterdir():
        assert (tmp_path / "there" / path.name).read_bytes() == path.read_bytes(), path.name
