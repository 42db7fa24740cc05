"""What each level of the firm understands of the strategy, and thinks that it understands."""

from __future__ import annotations

from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from ...model.calendar import QUARTER, YEAR
from ...outcomes.history import Numbers
from ...quantity import percent
from ...runs.estimating import over_replicates
from ...runs.results import Results
from ...runs.run_findings import ASKED, at_the_end, level_name, of_understanding, weekly
from .bars import ranges, several
from .curves import Line, draw_curve, name_ends
from .frame import BLUE, VERMILLION, about, framed, plain, styled

PANELS_IN_A_ROW = 5
LINE_OF_TEXT = {1: 0.06, 2: 0.2}  # its height as a share of a panel's, by rows of panels
LOOKS = {"actual": Line(BLUE, "-"), "self-rated": Line(VERMILLION, "--")}
STEPS = (1, 2, 4, QUARTER, 2 * QUARTER, YEAR, 2 * YEAR)  # weeks between ticks


@styled
def draw(results: Results) -> Figure:
    """What people know of the strategy, and what they think they know, level by level."""
    known, rated = (weekly(results, column) for column in ASKED)
    weeks, levels = known.shape[1:]
    key = [
        Line2D([], [], color=look.colour, linestyle=look.line, linewidth=2.4, label=label)
        for label, look in LOOKS.items()
    ]
    figure = framed(of_understanding(results), f"{about(results.firm)}{_start(known)}", _note(results), key)
    rows = -(-levels // PANELS_IN_A_ROW)
    columns = -(-levels // rows)
    grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    for place, panel in enumerate(grid.flat):
        level = levels - 1 - place
        if level < 0:
            panel.set_visible(False)
            continue
        _panel(panel, known[:, :, level], rated[:, :, level], results)
        name = level_name(level, levels)
        panel.set_title(
            fill(name, 12) if columns == PANELS_IN_A_ROW else name, loc="left", fontweight="bold"
        )
    _describe(grid, weeks)
    for place in range(levels):
        found = [series.mean[levels - 1 - place] for series in at_the_end(results)]
        pairs = zip(found, LOOKS.values(), strict=True)
        ends = [(end, percent(end), look.colour) for end, look in pairs if end is not None]
        name_ends(grid.flat[place], weeks, ends, LINE_OF_TEXT[rows], 5.0)
    return figure


def _start(known: Numbers) -> str:
    """Where the reps started, which says whether they learned anything since."""
    reps = over_replicates(known[:, :1, 0]).mean[0]
    return "" if np.isnan(reps) else f". Reps began it with {percent(float(reps))}"


def _note(results: Results) -> str:
    weeks = min(QUARTER, results.firm.organisation.weeks)
    end = f"the last {weeks} weeks" if weeks > 1 else "the only week"
    return (
        f"Understanding: mean over the people of a level. Title and numbers at the lines: mean of {end}. "
        f"{ranges(results, 'Line', 'band')}"
    )


def _panel(panel: Axes, known: Numbers, rated: Numbers, results: Results) -> None:
    """One level: what it understands, solid, and how it rates itself, dashed."""
    weeks = np.arange(1.0, known.shape[1] + 1.0)
    dots = "o" if len(weeks) == 1 else ""
    for values, look in zip((known, rated), LOOKS.values(), strict=True):
        dotted = look._replace(marker=dots)
        draw_curve(panel, weeks, over_replicates(values), dotted, ranged=several(results))
    panel.grid(visible=False, axis="x")


def _describe(grid: NDArray[np.object_], weeks: int) -> None:
    first: Axes = grid[0, 0]
    first.set_ylim(0.0, 1.08 * first.get_ylim()[1])
    first.set_xlim(0.0, weeks * 1.3)
    step = next((step for step in STEPS if weeks <= 4 * step), weeks // 4)
    first.set_xticks(range(0, weeks + 1, step))
    plain(first.yaxis, 100.0, "%")
    for row in grid:
        row[0].set_ylabel("% of strategy")
    for panel in grid[-1]:
        panel.set_xlabel("weeks of the plan")
