"""Contribution of every arm by quarter, and how it differs from the baseline."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from ...analysis.comparing.quarters import Quarters, finding, mean_of
from ...english import TODAY, counted
from ...quantity import Scale
from ...runs.estimating import Spread
from ...statistics import LEVEL
from .arms import about_arms, called, in_lines
from .curves import LINES, Line, draw_curve, name_curves
from .frame import BLUE, INK, SIZE, framed, plain, styled

OF_BASELINE = Line(INK, "-", "o")
OF_ARMS = (*LINES[1:-1], LINES[-1]._replace(colour=BLUE))
MAX_TICKS = 20
WIDTH_OF_KEY, ROOM_OF_KEY = 24, 2.95  # signs, inches
LEVELS, DIFFERENCES = 3.0, 2.4  # shares of the height


@styled
def draw(found: Quarters) -> Figure:
    """Each arm and today's firm, quarter by quarter."""
    about = f"{about_arms(found.comparison)}, {counted(len(found.base), 'replicate')}"
    looks = dict(zip(found.values, (OF_BASELINE, *OF_ARMS), strict=False))
    figure = framed(finding(found), about, _note(found))
    _leave_room(figure)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(LEVELS, DIFFERENCES))
    x = np.arange(1.0, found.base.shape[1] + 1.0)
    for arm, values in found.values.items():
        draw_curve(above, x, _shown(mean_of(values), found.dollars), looks[arm], label=arm)
    below.axhline(0.0, color=INK, linewidth=1.6, zorder=1)
    for arm, difference in found.differences.items():
        draw_curve(below, x, _shown(difference, found.dollars), looks[arm])
    _describe(above, below, found)
    name_curves(above, [in_lines(called(found.comparison, arm), WIDTH_OF_KEY) for arm in found.values])
    above.get_legend().set_in_layout(False)  # which would stretch the upper axes to its height
    return figure


def _shown(found: Spread, dollars: Scale) -> Spread:
    return Spread(*(part * dollars.factor for part in found))


def _leave_room(figure: Figure) -> None:
    """Keep the right side of the figure free for the key."""
    layout = figure.get_layout_engine()
    assert isinstance(layout, ConstrainedLayoutEngine)
    left, bottom, width, height = layout.get()["rect"]
    layout.set(rect=(left, bottom, width - ROOM_OF_KEY / SIZE[0], height))


def _describe(above: Axes, below: Axes, found: Quarters) -> None:
    quarters = found.base.shape[1]
    above.set_ylabel(f"contribution\n({found.dollars.shown}\nper quarter)")
    below.set_ylabel(f"difference from\n{TODAY}\n({found.dollars.shown})")
    below.set_xlabel("quarter of the plan")
    below.set_xticks(range(1, quarters + 1, 1 + quarters // MAX_TICKS))
    for axes in (above, below):
        plain(axes.yaxis, ticks=5)
        axes.grid(visible=False, axis="x")


def _note(found: Quarters) -> str:
    ranks = "ranks" if found.left_out == 1 else "rank"
    left = f" Left out: {found.left_out:,} that {ranks} lower." if found.left_out else ""
    if len(found.base) == 1:
        return f"One replicate, so no interval is drawn.{left}"
    return (
        f"Line: mean; band: its {LEVEL:.0%} interval. The title judges by differences on the same random "
        f"draws, below; bands above hold the chance that all arms share.{left}"
    )
