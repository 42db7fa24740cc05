"""What holds for every figure, of usual firms and of the strangest."""

import warnings

import matplotlib
import pytest
from matplotlib import pyplot

from salesim import plot, simulate
from salesim.model.scenario import Scenario
from salesim.runs.results import Results
from salesim.show.figures import BY_NAME
from salesim.show.figures.curves import ALPHA
from salesim.show.figures.frame import lines_of
from tests.firms import busy_firm, small_firm
from tests.show.figures.reading import (
    faults,
    kind_of,
    note_of,
    numbers_in,
    percents,
    title_of,
    with_other,
    words_of,
)
from tests.show.figures.studies import figures_for

NAMES = figures_for(Results)
HAVE_NOTHING = ("promised_and_realised", "week_of_quarter", "attainment", "price_waterfall")
BUSY = {"rate": 0.25}
STRANGE = {
    "no need": small_firm(needs={"rate": 0.0}),
    "no accounts": small_firm(organisation={"accounts": 0}),
    "no hours": small_firm(organisation={"hours_per_week": 0.0}),
    "one week": small_firm(organisation={"weeks": 1, "burn_in_weeks": 0}, needs=BUSY),
    "five weeks": small_firm(organisation={"weeks": 5}, needs=BUSY),
    "half a quarter more": small_firm(organisation={"weeks": 20, "burn_in_weeks": 20}, needs=BUSY),
    "one rep": small_firm(organisation={"headcount": 1, "accounts": 8}),
    "nobody stays": small_firm(
        leaving={"turnover": 0.99}, handover={"vacancy_weeks": 52}, organisation={"headcount": 2}
    ),
    "ten hops": small_firm(organisation={"hierarchy_hops": 10}, needs=BUSY),
    "two hops": small_firm(organisation={"hierarchy_hops": 2}, needs=BUSY),
    "seven hops": small_firm(organisation={"hierarchy_hops": 7}, needs=BUSY),
    "dear to serve": small_firm(market={"cost_to_serve": 150.0}, needs=BUSY),
    "dear product": small_firm(market={"list_price": 9e5, "unit_cost": 1e5, "value": 8e5}, needs=BUSY),
    "cheap product": small_firm(market={"list_price": 1.0, "unit_cost": 0.2, "value": 2.0}, needs=BUSY),
    "long plan": small_firm(organisation={"weeks": 1040, "accounts": 16, "headcount": 2}),
    "everything at once": busy_firm(),
}


RARELY = (
    "no accounts",
    "five weeks",
    "half a quarter more",
    "two hops",
    "seven hops",
    "dear product",
    "cheap product",
    "one rep",
    "long plan",
)


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=pytest.mark.nightly if name in RARELY else ()) for name in STRANGE],
)
def strange(request):
    return simulate(STRANGE[request.param], replicates=2, seed=5)


@pytest.fixture(scope="module")
def dead():
    return simulate(STRANGE["no need"], replicates=2)


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_states_a_finding_with_a_number_names_its_axes_and_explains_its_marks(results, name):
    figure = BY_NAME[name].draw(results)
    assert any(sign.isdigit() for sign in title_of(figure))
    assert len(results.pairs) in numbers_in(words_of(figure))
    assert 80.0 in percents(words_of(figure))
    assert results.firm.title in words_of(figure)
    assert any(axes.get_ylabel() for axes in figure.axes)
    assert figure.axes[-1].get_xlabel() or figure.axes[-1].get_xticklabels()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_overlaps_and_nothing_is_cut_off(results, single, name):
    for figure in (BY_NAME[name].draw(results), BY_NAME[name].draw(single)):
        assert faults(figure) == []


@pytest.mark.parametrize("name", NAMES)
def test_one_replicate_has_no_range_and_says_so(single, name, golden):
    figure = BY_NAME[name].draw(single)
    assert 80.0 not in percents(note_of(figure))
    golden(kind_of(note_of(figure)))
    for axes in figure.axes:
        assert not [c for c in axes.containers if type(c).__name__ == "ErrorbarContainer"]
        assert not [c for c in axes.collections if c.get_alpha() == pytest.approx(ALPHA)]


@pytest.mark.parametrize("name", NAMES)
def test_strange_firms_are_drawn_or_a_sentence_says_why_not(strange, dead, name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = BY_NAME[name].draw(strange)
        assert faults(figure) == []
    if figure.axes:
        assert all(axes.has_data() for axes in figure.axes if axes.get_visible())
    else:
        assert name in HAVE_NOTHING
        assert title_of(figure) == title_of(BY_NAME[name].draw(dead))
        assert strange.firm.title in words_of(figure)


def test_each_sentence_is_needed(dead, golden):
    figures = {name: BY_NAME[name].draw(dead) for name in HAVE_NOTHING}
    for figure in figures.values():
        assert figure.axes == []
        assert numbers_in(title_of(figure)) == []
        golden(title_of(figure))
    assert len({title_of(figure) for figure in figures.values()}) == len(HAVE_NOTHING)


@pytest.mark.parametrize("name", NAMES)
def test_titles_of_any_length_and_any_sign_find_room(single, name):
    for title in ("W" * 200, "cost $x_$ y\n</text> & \x07 {z}", "many words " * 18):
        described = single.firm.model_dump() | {"title": title}
        firm = Scenario.model_validate(described)
        figure = BY_NAME[name].draw(with_other(single, firm=firm, title=firm.title))
        assert faults(figure) == []
        assert "".join(title.split()).replace("\x07", "") in "".join(words_of(figure).split())


def test_titles_are_evened_out():
    lines = lines_of("one two three four five six seven eight nine ten " * 3, 17.0, "bold")
    assert len(lines) > 1
    assert max(map(len, lines)) - min(map(len, lines)) < 12


@pytest.mark.parametrize("name", NAMES)
def test_what_the_user_has_set_for_figures_does_not_matter_and_is_left_alone(results, name):
    plain = BY_NAME[name].draw(results)._repr_png_()
    with matplotlib.rc_context({"font.size": 30.0, "axes.grid": False, "savefig.dpi": 20}):
        assert BY_NAME[name].draw(results)._repr_png_() == plain
        assert matplotlib.rcParams["font.size"] == 30.0


@pytest.mark.parametrize("name", NAMES)
def test_the_layout_is_settled_so_that_files_do_not_hang_on_last_bits(results, name):
    figure = BY_NAME[name].draw(results)
    before = [axes.get_position().bounds for axes in figure.axes]
    figure.draw_without_rendering()
    assert [axes.get_position().bounds for axes in figure.axes] == before
    for bounds in before:
        assert bounds == pytest.approx([round(edge, 4) for edge in bounds], abs=1e-12)


def test_drawing_leaves_no_figure_open():
    before = pyplot.get_fignums()
    plot(simulate(small_firm(), replicates=1))
    assert pyplot.get_fignums() == before
