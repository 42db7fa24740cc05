"""The figure of pay plans: curves, steps where they are, and marks for quota and target."""

import numpy as np
import pytest

from salesim import load_scenario, plot
from salesim.analysis.pay_plan import PayPlan
from salesim.analysis.paying import PayPlans
from salesim.show.figures.curves import LINES
from salesim.show.figures.pay_curves import POINTS
from tests.rules.worked import FOLDER
from tests.show.figures.reading import faults, note_of, title_of

PLANS = sorted((FOLDER / "plans").glob("*.toml"))


def plans_of(paths, quota=1_000_000.0):
    found = [
        PayPlan(
            name=path.stem,
            title=path.stem.replace("_", " "),
            scenario=load_scenario("typical_firm", path),
            quota=quota,
        )
        for path in paths
    ]
    return PayPlans(title="The typical firm", plans=tuple(found))


@pytest.mark.parametrize("number", [1, 2, len(PLANS)])
def test_a_curve_for_each_plan_as_far_as_the_eye_keeps_them_apart(number, golden):
    found = plans_of(PLANS[:number])
    figure = plot(found, "pay_curves")
    (axes,) = figure.axes
    drawn = [line for line in axes.lines if len(line.get_xdata()) == POINTS]
    assert len(drawn) == min(number, len(LINES))
    for line, plan in zip(drawn, found.plans, strict=False):
        assert np.interp(1.0, line.get_xdata(), line.get_ydata()) == plan.paid(1.0)
        assert np.interp(2.0, line.get_xdata(), line.get_ydata()) == plan.paid(2.0)
    assert faults(figure) == []
    assert (axes.get_legend() is None) == (number == 1)
    golden(f"{title_of(figure)}\n{note_of(figure)}")


def test_a_step_is_drawn_where_it_lies():
    figure = plot(plans_of([FOLDER / "plans" / "hurdle.toml"]))
    line = next(line for line in figure.axes[0].lines if len(line.get_xdata()) == POINTS)
    x, y = line.get_data()
    assert y[x < 0.6].max() == 0.0
    assert y[np.isclose(x, 0.6)].item() == pytest.approx(60_000)
