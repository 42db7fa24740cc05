"""Every result is a table too, is shown as one by a notebook, and survives being pickled."""

import pickle

import pytest

from salesim import compare, gap, simulate, sweep
from salesim.analysis.gap.next_best import next_levers
from salesim.analysis.paying import pay
from salesim.analysis.screening.screen import screen
from tests.firms import small_firm

FIRM = small_firm()
MADE = {
    "simulate": lambda out: simulate(FIRM, replicates=2),
    "sweep": lambda out: sweep({"scenario": FIRM, "replicates": 2}, out=out),
    "compare": lambda out: compare(
        FIRM, {"margin": {"pay.margin_weight": 1.0}}, replicates=(2, 2), precision=90.0, out=out
    ),
    "pay": lambda out: pay(FIRM, replicates=2, out=out),
    "gap": lambda out: gap(FIRM, replicates=2, orders=1, out=out),
    "levers": lambda out: next_levers(FIRM, replicates=2, out=out),
    "screen": lambda out: screen(FIRM, over=("learning",), trajectories=6, out=out),
}


@pytest.fixture(scope="module", params=MADE)
def found(request, tmp_path_factory):
    return request.param, MADE[request.param](tmp_path_factory.mktemp("made") / "here")


def test_a_result_comes_back_from_a_pickle_with_the_same_frame(found):
    _, result = found
    again = pickle.loads(pickle.dumps(result))
    assert type(again) is type(result)
    assert again.frame.equals(result.frame)


def test_a_notebook_shows_its_rows(found):
    _, result = found
    shown = result._repr_html_()
    assert all(f"<th>{name}</th>" in shown for name in result.frame.columns)
    assert shown.count("<tr") - 1 == min(len(result.frame), 101)  # of more, a row of dots stands between


def test_frames_say_what_results_say(found):
    name, result = found
    frame = result.frame
    if name == "simulate":
        revenue = frame.set_index("outcome").loc["revenue"]
        assert (revenue["mean"], revenue["unit"]) == (result.measures["revenue"].mean, "USD")
    if name == "compare":
        assert frame["difference"].tolist() == [each.mean for each in result.differences]
        assert frame["outcome"].tolist() == ["contribution"]
    if name == "pay":
        assert frame["variable_pay"].tolist() == [level.variable_pay for level in result.plans[0].levels]
    if name == "gap":
        assert frame["amount"].sum() == pytest.approx(result.gap)
        assert frame["share"].sum() == pytest.approx(1.0)
    if name == "levers":
        assert frame["gain"].is_monotonic_decreasing
    if name == "screen":
        assert frame["path"].str.startswith("learning.").all()
        assert frame["direction"].tolist() == [each.direction for each in result.parameters]
