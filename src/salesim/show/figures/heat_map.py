"""An outcome over two levers at once, a panel for each policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from textwrap import wrap

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from ...outcomes.history import Numbers
from ...scenario.declared import place_said, value_said
from ...study.sweeps.runs import Runs
from .comparing import Setting
from .frame import INK, PALE, TEXT, VERMILLION, framed, styled
from .means import (
    Means,
    axis_of,
    name_of,
    over_settings,
    shorten,
)
from .ranges import Spread

COLOURS = "cividis"  # which every kind of colour vision sees alike
MOST_PANELS = 4
MOST_WRITTEN = 60  # cells of a panel
SMALLEST = 7.0  # points; smaller numbers cannot be read
COLUMNS = {1: 1, 2: 2, 3: 3, 4: 2}  # of panels
MOST_TICKS = 8
SIGNS_ACROSS = 80  # of the values along all panels
LONG, SHORT = 40, 16  # signs of a label in a line beside panels, and beside one of two rows
Grid = NDArray[np.object_]
Place = tuple[int, int, int]  # panel, row and column of a cell


@dataclass(frozen=True)
class Panel:
    """The means of an outcome over two levers, all else at one setting.

    Args:
        name: what sets it apart from other panels.
        said: the same in a sentence.
        cells: means and intervals; rows are values of the second lever, columns of the first.
        settings: where each cell stands, row by row.
    """

    name: str
    said: str
    cells: Spread
    settings: list[Setting]

    def setting(self, row: int, column: int) -> Setting:
        """The setting of a cell."""
        columns: int = self.cells.mean.shape[1]
        return self.settings[row * columns + column]


def means(sweep: Runs, outcome: str) -> Means | None:
    """What there is to draw, or None: fewer than two levers were moved, or too little is known."""
    found = over_settings(sweep, outcome)
    return found if len(found.moved) > 1 and found.known > 1 else None


def panels_of(found: Means) -> list[Panel]:
    """A panel for each policy and setting of further levers of which anything is known."""
    first, second, *further = found.moved
    shape = (len(found.values(second)), len(found.values(first)))
    panels = []
    for policy, *rest in product(found.study.firms, *map(found.values, further)):
        settings: list[Setting] = [
            (policy, column, row, *rest)
            for row, column in product(found.values(second), found.values(first))
        ]
        cells = Spread(*(part.reshape(shape) for part in found.at(settings)))
        name = name_of(found, settings[0], (first, second))
        said = name_of(found, settings[0], (first, second), prose=True)
        panels.append(Panel(name, said, cells, settings))
    return [panel for panel in panels if np.isfinite(panel.cells.mean).any()]


def shown(found: Means, panels: Sequence[Panel]) -> list[Panel]:
    """The first panels, among them the one that holds the best cell."""
    panel = best_cell(found, panels)[0]
    chosen = list(panels[:MOST_PANELS])
    return chosen if panel < MOST_PANELS else [*chosen[:-1], panels[panel]]


@styled
def draw(found: Means) -> Figure:
    """The mean of an outcome as a colour at each value of two levers."""
    panels = panels_of(found)
    best = best_cell(found, panels)
    chosen = shown(found, panels)
    figure = framed(finding(found, panels), found.about, _note(found, panels, chosen))
    columns = COLUMNS[len(chosen)]
    grid = figure.subplots(-(-len(chosen) // columns), columns, squeeze=False, sharex=True, sharey=True)
    known = found.all.mean[np.isfinite(found.all.mean)]
    for axes, panel in zip(grid.flat, chosen, strict=True):
        image = _draw_cells(axes, panel.cells.mean, float(known.min()), float(known.max()))
        if panel is panels[best[0]]:
            _mark(axes, best[1], best[2])
        _name_panel(axes, panel.name, columns)
        axes.grid(visible=False)
        axes.tick_params(length=0, pad=7)
        axes.spines[["left", "bottom"]].set_visible(False)
    _name_levers(found, grid)
    bar = figure.colorbar(image, ax=grid, label=found.label, pad=0.02, fraction=0.06)
    found.along(bar.ax.yaxis)
    bar.ax.yaxis.set_major_locator(MaxNLocator(6))
    bar.outline.set_visible(False)
    if chosen[0].cells.mean.size <= MOST_WRITTEN:
        figure.draw_without_rendering()  # after which panels have their size
        for axes, panel in zip(grid.flat, chosen, strict=True):
            _write(axes, panel.cells, found, chosen)
    return figure


def _draw_cells(axes: Axes, cells: Numbers, low: float, high: float) -> AxesImage:
    colours = colormaps[COLOURS].with_extremes(bad=PALE)
    return axes.imshow(
        np.ma.masked_invalid(cells),
        cmap=colours,
        vmin=low,
        vmax=high,
        aspect="auto",
        origin="lower",
        interpolation="nearest",
    )


def _mark(axes: Axes, row: int, column: int) -> None:
    axes.add_patch(
        Rectangle(
            (column - 0.5, row - 0.5),
            1.0,
            1.0,
            fill=False,
            edgecolor=VERMILLION,
            linewidth=4.0,
            zorder=4,
            clip_on=False,
        )
    )


def _name_panel(axes: Axes, name: str, columns: int) -> None:
    width = 70 // columns - 5
    lines = wrap(shorten(name, 3 * width - 6), width)
    axes.set_title("\n".join(lines), loc="left", fontweight="bold")


def _name_levers(found: Means, grid: Grid) -> None:
    """Values of the levers at the cells; the levers themselves once, or at each row or column."""
    first, second = found.moved[:2]
    for axis, path in ((grid[0, 0].xaxis, first), (grid[0, 0].yaxis, second)):
        values = found.values(path)
        places = range(0, len(values), -(-len(values) // MOST_TICKS))
        axis.set_ticks(list(places), [value_said(path, values[k]) for k in places])
    rows, columns = grid.shape
    said = [value_said(first, found.values(first)[int(place)]) for place in grid[0, 0].get_xticks()]
    crowded = max(map(len, said)) * len(said) * columns > SIGNS_ACROSS
    for axes in grid[:, 0]:
        axes.set_ylabel("\n".join(wrap(axis_of(second, found.moved), LONG if rows == 1 else SHORT)))
    for axes in grid[-1, 1:2] if columns > 2 else grid[-1]:
        label = axis_of(first, found.moved)
        axes.set_xlabel("\n".join(wrap(label, 2 * LONG // columns)) if columns == 2 else label)
    for axes in grid[-1]:
        axes.tick_params(axis="x", rotation=90 if crowded else 0)


def _write(axes: Axes, cells: Spread, found: Means, chosen: Sequence[Panel]) -> None:
    """Each mean into its cell, above the half-width of its interval, where they can be read."""
    texts = {place: _text(cells, place, found) for place in np.ndindex(cells.mean.shape)}
    every = [_text(p.cells, place, found) for p in chosen for place in texts]
    longest = max(len(line) for text in every for line in text.splitlines())
    box = axes.get_window_extent()
    points = 72.0 / axes.figure.dpi / np.array(cells.mean.shape)
    tall, wide = box.height * points[0], box.width * points[1]
    size = min(TEXT, 0.9 * wide / (0.62 * longest), 0.85 * tall / (1.25 * (1 + found.ranged)))
    if size < SMALLEST:
        return
    low, high = axes.images[0].get_clim()
    for (row, column), text in texts.items():
        dark = cells.mean[row, column] < low + 0.55 * (high - low)
        axes.text(
            column, row, text, ha="center", va="center", fontsize=size, color="white" if dark else INK
        )


def _text(cells: Spread, place: tuple[int, ...], found: Means) -> str:
    mean, low, high = (float(part[place]) for part in cells)
    if not np.isfinite(mean):
        return "none"
    half = f"\n\u00b1{found.half(0.5 * (high - low))}" if np.isfinite(high - low) else ""
    return f"{found.number(mean)}{half}"


def best_cell(found: Means, panels: Sequence[Panel]) -> Place:
    """The panel, row and column of the best mean; of the highest, where no direction is better."""
    cells = np.array([panel.cells.mean for panel in panels])
    best = np.nanargmin(cells) if found.outcome.better == "lower" else np.nanargmax(cells)
    panel, row, column = np.unravel_index(int(best), cells.shape)
    return int(panel), int(row), int(column)


def finding(found: Means, panels: Sequence[Panel]) -> str:
    """Where the best cell is, and whether those next to it can be told apart from it."""
    best, row, column = best_cell(found, panels)
    cells, (first, second) = panels[best].cells, found.moved[:2]
    places = (place_said(first, found.values(first)[column]), place_said(second, found.values(second)[row]))
    under = f" for {panels[best].said}" if panels[best].said else ""
    value = found.said(cells.mean[row, column])
    said = f"{found.opening} is {found.best}, {value}, at {places[0]} and {places[1]}{under}"
    if not found.ranged and not found.judge.by_point:
        return f"{said}; in one replicate, so luck may have chosen it"
    return f"{said}; {_neighbours(found, panels[best], row, column)}"


def _neighbours(found: Means, panel: Panel, row: int, column: int) -> str:
    """How many cells next to one, corners included, cannot be told apart from it."""
    mean = panel.cells.mean
    beside = [
        panel.setting(r, c)
        for r, c in np.ndindex(mean.shape)
        if max(abs(r - row), abs(c - column)) == 1 and np.isfinite(mean[r, c])
    ]
    if not beside:
        return "nothing is known of the cells next to it"
    signs = found.signs(panel.setting(row, column), beside)
    if found.judge.by_point and np.isnan(signs).any():
        return _points_won(found, panel.setting(row, column), beside)
    same = len(beside) - int((np.abs(signs) > 0.0).sum())
    if same == 0:
        return "it can be told apart from all cells next to it"
    if same == len(beside):
        return "no cell next to it can be told apart from it"
    return f"{same} of the {len(beside)} cells next to it cannot be told apart from it"


def _points_won(found: Means, best: Setting, beside: Sequence[Setting]) -> str:
    """At how many of few points the best cell is better than those next to it."""
    counts = [found.wins(best, setting) for setting in beside]
    won, known = min(counts, key=lambda each: each[0] / max(each[1], 1))
    return f"it {found.beats} each cell next to it at {won} of {known} points or more"


def _note(found: Means, panels: Sequence[Panel], chosen: Sequence[Panel]) -> str:
    best, row, column = best_cell(found, panels)
    known = [s for s, mean in zip(found.settings, found.all.mean, strict=True) if np.isfinite(mean)]
    signs = found.signs(panels[best].setting(row, column), known)
    same = len(known) - 1 - int((np.abs(signs) > 0.0).sum())
    told = f"Not told apart from it: {same:,} of {len(known) - 1:,} cells. "
    left = len(panels) - len(chosen)
    hidden = f"{left:,} of {len(panels):,} panels are left out, and counted in the title. " if left else ""
    marks = found.note("Number and colour", "behind the sign")
    return f"Framed: the {found.best} mean. {told if np.isfinite(signs).sum() > 1 else ''}{hidden}{marks}"
