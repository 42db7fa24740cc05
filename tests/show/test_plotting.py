"""Figures from Python and as files."""

import re
import subprocess
import sys
from io import BytesIO

import pytest
from matplotlib.figure import Figure
from PIL import Image

from salesim import SalesimError, simulate
from salesim.outcomes import NUMBERS
from salesim.runs.exec import Exec
from salesim.runs.schema import SCHEMA_VERSION
from salesim.runs.simulate import Results
from salesim.runs.sweep import sweep
from salesim.show.figures import BY_NAME, write_figures
from salesim.show.figures.saving import drawn
from salesim.show.plotting import plot
from tests.firms import small_firm
from tests.messages import message_of
from tests.show.figures.studies import figures_for

FIGURES = figures_for(Results)
SCHEMA = f"salesim schema version {SCHEMA_VERSION}"
SIZE = {"headcount": 4, "accounts": 40, "burn_in_weeks": 13, "weeks": 26}
FIRM = small_firm(needs={"rate": 0.25})


@pytest.fixture(scope="module")
def results():
    return simulate(FIRM, replicates=2)


@pytest.fixture(scope="module")
def folder(results, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "figures"
    write_figures([results], folder)
    return folder


def test_every_figure_is_written_as_png_and_svg(folder):
    assert {path.name for path in folder.iterdir()} == {
        f"{n}.{kind}" for n in FIGURES for kind in ("png", "svg")
    }
    for name in FIGURES:
        with Image.open(folder / f"{name}.png") as image:
            assert image.size == (1760, 990)


@pytest.mark.nightly
def test_the_same_results_give_the_same_bytes_in_another_process_too(folder, tmp_path):
    code = (
        "import sys; from pathlib import Path; from salesim import simulate\n"
        "from salesim.show.figures import write_figures; from tests.show.test_plotting import FIRM\n"
        "write_figures([simulate(FIRM, replicates=2)], Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_files_say_what_they_are_and_hold_no_date(results, folder):
    for name in FIGURES:
        title = " ".join(BY_NAME[name].draw(results).get_suptitle().split())
        with Image.open(folder / f"{name}.png") as image:
            assert image.info["Title"] == title
            assert image.info["Description"] == SCHEMA
            assert image.info["Software"].startswith("salesim ")
        svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
        assert title in svg.replace("&gt;", ">").replace("&amp;", "&")
        assert SCHEMA in svg
        assert "<dc:date>" not in svg


def test_words_of_an_svg_are_text(folder, results):
    svg = (folder / "price_waterfall.svg").read_text(encoding="utf-8")
    written = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    (axes,) = BY_NAME["price_waterfall"].draw(results).axes
    for text in (axes.yaxis.label, *axes.get_xticklabels(), *axes.texts):
        assert {*text.get_text().splitlines()} <= {*written}
    assert any("Marn" in text for text in written)


def test_plot_returns_a_figure_that_a_notebook_shows(results):
    figure = plot(results)
    assert isinstance(figure, Figure)
    first, draw = FIGURES[0], BY_NAME[FIGURES[0]].draw
    assert (first, drawn(figure, "svg")) == ("promised_and_realised", drawn(draw(results), "svg"))
    with Image.open(BytesIO(figure._repr_png_())) as image:
        assert image.size[0] == 1100


@pytest.mark.parametrize(
    ("suffix", "begins"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".PDF", b"%PDF")]
)
def test_plot_saves_by_suffix_and_leaves_nothing_else(results, tmp_path, suffix, begins):
    path = tmp_path / f"here{suffix}"
    path.write_text("old")
    plot(results, "attainment", str(path))
    assert path.read_bytes().startswith(begins)
    assert list(tmp_path.iterdir()) == [path]
    again = path.read_bytes()
    plot(results, "attainment", path)
    assert path.read_bytes() == again


SUFFIXES = ".png, .svg, .pdf"


@pytest.mark.parametrize(
    ("figure", "path", "place", "given", "allowed", "near"),
    [
        (
            "price_waterfal",
            None,
            "figure",
            "'price_waterfal'",
            "promised_and_realised, understanding, week_of_quarter, attainment, price_waterfall",
            "price_waterfall",
        ),
        ("attainment", "figure.jpeg", "figure.jpeg", "'.jpeg'", SUFFIXES, ".png"),
        ("attainment", "figure.pgn", "figure.pgn", "'.pgn'", SUFFIXES, ".png"),
        ("attainment", "figure", "figure", "''", SUFFIXES, None),
        ("attainment", "nowhere/figure.png", "nowhere/figure.png", None, None, None),
        ("attainment", "folder.png", "folder.png", None, None, None),
    ],
)
def test_what_cannot_be_drawn_or_saved_is_refused_in_one_line(
    results, tmp_path, monkeypatch, golden, figure, path, place, given, allowed, near
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(SalesimError) as refused:
        plot(results, figure, path)
    message = message_of(refused.value)
    assert message.place[0] == place
    assert (message.given, message.allowed, message.near) == (given, allowed, near)
    golden(refused.value)
    assert "\n" not in str(refused.value)
    assert [found.name for found in tmp_path.rglob("*")] == ["folder.png"]


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    study = {
        "title": "A study",
        "replicates": 2,
        "outcomes": ["promised_by_quarter", "realised", "win_rate"],
        "settings": {"organisation": SIZE, "needs": {"rate": 0.25}},
        "levers": {"regime.discount_authority": [0.0, 0.2], "pay.margin_weight": [0.0, 0.5]},
    }
    return sweep(study, out=tmp_path_factory.mktemp("sweep") / "study", how=Exec(workers=1))


@pytest.mark.parametrize(
    ("figure", "outcome", "name", "of"),
    [
        (None, None, "response", "realised"),
        ("response", "discount", "response", "discount"),
        ("heat_map", "win_rate", "heat_map", "win_rate"),
    ],
)
def test_plot_draws_a_sweep_and_saves_it(swept, tmp_path, figure, outcome, name, of):
    path = tmp_path / "figure.svg"
    plotted = plot(swept, figure, path=path, outcome=outcome)
    wanted = BY_NAME[name]
    assert drawn(plotted, "svg") == drawn(wanted.draw(wanted.each(swept, of)), "svg")
    assert path.read_bytes() == drawn(plotted, "svg")
    assert path.read_bytes().startswith(b"<?xml")
    with Image.open(BytesIO(plotted._repr_png_())) as image:
        assert image.size[0] == 1100


@pytest.mark.parametrize(
    ("figure", "outcome", "place", "allowed", "near"),
    [
        ("respons", None, "figure", "response, heat_map", "response"),
        ("policies", None, "figure", "response, heat_map", None),
        ("attainment", None, "figure", "response, heat_map", None),
        ("response", "realized", "outcome", None, "realised"),
        ("response", "promised_by_quarter", "outcome", None, "promised_revenue"),
    ],
)
def test_what_a_sweep_does_not_have_is_refused_in_one_line(
    swept, golden, figure, outcome, place, allowed, near
):
    with pytest.raises(SalesimError) as refused:
        plot(swept, figure, outcome=outcome)
    message = message_of(refused.value)
    assert message.place == (place,)
    assert message.given == repr(figure if place == "figure" else outcome)
    assert (message.allowed, message.near) == (allowed, near)
    golden(message.wrong)
    assert "\n" not in str(refused.value)


def test_a_sweep_with_nothing_to_draw_is_refused(tmp_path, golden):
    study = {
        "title": "One point",
        "replicates": 1,
        "settings": {"organisation": SIZE},
        "outcomes": ["promised_by_quarter"],
    }
    single = sweep(study, out=tmp_path / "study", how=Exec(workers=1))
    with pytest.raises(SalesimError) as nothing:
        plot(single, outcome="realised")
    assert message_of(nothing.value).place == ("One point", "realised")
    golden(nothing.value)
    with pytest.raises(SalesimError) as missing:
        plot(single)
    message = message_of(missing.value)
    assert message.place == ("outcome",)
    assert message.allowed.split(", ") == [*NUMBERS]
    golden(message.wrong)


def test_an_outcome_is_refused_where_figures_have_their_own(results, golden):
    with pytest.raises(SalesimError) as of_one:
        plot(results, "attainment", outcome="realised")
    message = message_of(of_one.value)
    assert (message.place, message.given) == (("outcome",), "'realised'")
    golden(message.wrong)
    with pytest.raises(SalesimError) as unknown:
        plot(results, "response")
    message = message_of(unknown.value)
    assert (message.place, message.given) == (("figure",), "'response'")
    assert message.allowed.split(", ") == FIGURES
