"""Cells: an outcome over two levers at once, a panel for each policy."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import Any

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from ...analysis.means.cells import Panel, best_cell, finding, panels_of
from ...analysis.means.means import Means, axis_of, shorten
from ...inputs.declared import value_said
from ...runs.estimating import Spread
from .curves import of_outcome
from .frame import INK, PALE, TEXT, VERMILLION, framed, styled

COLOURS = "cividis"  # which every kind of colour vision sees alike
MAX_PANELS = 4
MAX_WRITTEN = 60  # cells of a panel
SMALLEST = 7.0  # points; smaller numbers cannot be read
COLUMNS = {1: 1, 2: 2, 3: 3, 4: 2}  # of panels
MAX_TICKS = 8
DARK = 0.55  # of the colours, below which ink cannot be read
NONE = "none"  # in a cell of which nothing is known
SIGNS_ACROSS = 80  # of the values along all panels
FRAME: dict[str, Any] = {"fill": False, "edgecolor": VERMILLION, "linewidth": 4.0, "zorder": 4}
LONG, SHORT = 40, 16  # signs of a label in a line beside panels, and beside one of two rows


@styled
def draw(found: Means) -> Figure:
    """The outcome at each pair of values of the two levers that were moved."""
    panels = panels_of(found)
    best = best_cell(found, panels)
    chosen = shown(panels, best[0])
    figure = framed(finding(found), found.about, _note(found, panels, chosen))
    columns = COLUMNS[len(chosen)]
    grid = figure.subplots(-(-len(chosen) // columns), columns, squeeze=False, sharex=True, sharey=True)
    for axes, panel in zip(grid.flat, chosen, strict=True):
        _draw_cells(axes, panel.cells, found)
        if panel is panels[best[0]]:
            frame = Rectangle((best[2], best[1]), 1.0, 1.0, clip_on=False, **FRAME)
            axes.add_patch(frame)
        width = 70 // columns - 5
        axes.set_title(fill(shorten(panel.name, 3 * width - 6), width), loc="left", fontweight="bold")
    _name_levers(found, grid)
    bar = figure.colorbar(grid[0, 0].collections[0], ax=grid, label=found.label, pad=0.02, fraction=0.06)
    of_outcome(bar.ax.yaxis, found)
    bar.ax.yaxis.set_major_locator(MaxNLocator(6))
    bar.outline.set_visible(False)
    _fit(figure, [*grid.flat], chosen[0].cells.mean.shape)
    return figure


def shown(panels: Sequence[Panel], best: int) -> list[Panel]:
    """The first panels, among them the one that holds the best cell."""
    chosen = list(panels[:MAX_PANELS])
    return chosen if best < MAX_PANELS else [*chosen[:-1], panels[best]]


def _draw_cells(axes: Axes, cells: Spread, found: Means) -> None:
    """Colours, with each mean written into its cell."""
    known = found.all.mean[np.isfinite(found.all.mean)]
    rows, columns = cells.mean.shape
    texts = [[_text(cells, (row, column), found) for column in range(columns)] for row in range(rows)]
    sns.heatmap(
        cells.mean,
        ax=axes,
        annot=np.array(texts) if rows * columns <= MAX_WRITTEN else None,
        fmt="",
        cmap=COLOURS,
        vmin=known.min(),
        vmax=known.max(),
        cbar=False,
    )
    dark = known.min() + DARK * float(np.ptp(known))
    for text, mean in zip(axes.texts, cells.mean[np.isfinite(cells.mean)], strict=False):
        text.set_color("white" if mean < dark else INK)
    if axes.texts:
        for row, column in np.argwhere(~np.isfinite(cells.mean)):
            axes.text(column + 0.5, row + 0.5, NONE, ha="center", va="center")
    for text in axes.texts:
        text.set_in_layout(False)
    axes.set_facecolor(PALE)  # where nothing is known
    axes.set_ylim(0.0, rows)
    axes.grid(visible=False)
    axes.tick_params(length=0, pad=7)


def _fit(figure: Figure, panels: Sequence[Axes], shape: tuple[int, ...]) -> None:
    """Numbers as large as their cells have room for, or none; cells have their size when laid out."""
    figure.draw_without_rendering()
    written = [text for axes in panels for text in axes.texts]
    lines = [text.get_text().splitlines() for text in written]
    if not written:
        return
    box = panels[0].get_window_extent()
    wide, tall = 72.0 / figure.dpi * np.array([box.width / shape[1], box.height / shape[0]])
    longest, most = max(len(line) for each in lines for line in each), max(map(len, lines))
    size = min(TEXT, 0.9 * wide / (0.62 * longest), 0.85 * tall / (1.25 * most))
    for text in written:
        text.set(fontsize=size, visible=size >= SMALLEST)


def _text(cells: Spread, place: tuple[int, ...], found: Means) -> str:
    """A mean over the half-width of its interval."""
    mean, low, high = (float(part[place]) for part in cells)
    if not np.isfinite(mean):
        return NONE
    half = f"\n\u00b1{found.half(0.5 * (high - low))}" if np.isfinite(high - low) else ""
    return f"{found.number(mean)}{half}"


def _name_levers(found: Means, grid: NDArray[Any]) -> None:
    """Values of the levers at the cells; the levers themselves once, or at each row or column."""
    first, second = found.moved[:2]
    rows, columns = grid.shape
    names = {}
    for path in (first, second):
        values = found.values(path)
        places = range(0, len(values), -(-len(values) // MAX_TICKS))
        names[path] = [place + 0.5 for place in places], [value_said(path, values[k]) for k in places]
    crowded = max(map(len, names[first][1])) * len(names[first][1]) * columns > SIGNS_ACROSS
    for axes in grid.flat:
        axes.set_xticks(*names[first], rotation=90 if crowded else 0)
        axes.set_yticks(*names[second], rotation=0)
    for axes in grid[:, 0]:
        axes.set_ylabel(fill(axis_of(second, found.moved), LONG if rows == 1 else SHORT))
    for axes in grid[-1, 1:2] if columns > 2 else grid[-1]:
        label = axis_of(first, found.moved)
        axes.set_xlabel(fill(label, 2 * LONG // columns) if columns == 2 else label)


def _note(found: Means, panels: Sequence[Panel], chosen: Sequence[Panel]) -> str:
    best, row, column = best_cell(found, panels)
    known = [s for s, mean in zip(found.settings, found.all.mean, strict=True) if np.isfinite(mean)]
    signs = found.signs(panels[best].setting(row, column), known)
    same = len(known) - 1 - int((np.abs(signs) > 0.0).sum())
    unclear = f"No clear difference from it: {same:,} of {len(known) - 1:,} cells. "
    left = len(panels) - len(chosen)
    hidden = f"{left:,} of {len(panels):,} panels are left out, and counted in the title. " if left else ""
    marks = found.note("Number and colour", "behind the sign")
    return (
        f"Framed: the {found.best} mean. {unclear if np.isfinite(signs).sum() > 1 else ''}{hidden}{marks}"
    )
