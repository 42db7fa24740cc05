"""An outcome over two levers at once, a panel for each policy: where it is best, and how clearly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...inputs.declared import place_text
from ...runs.estimating import Spread
from ...runs.runs import Runs
from .judges import Setting
from .means import Means, over_settings, slices_of

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
    first, second = found.moved[:2]
    shape = (len(found.values(second)), len(found.values(first)))
    panels = [
        Panel(name, said, Spread(*(part.reshape(shape) for part in found.at(settings))), settings)
        for name, said, settings in slices_of(found, (first, second))
    ]
    return [panel for panel in panels if np.isfinite(panel.cells.mean).any()]


def best_cell(found: Means, panels: Sequence[Panel]) -> Place:
    """The panel, row and column of the best mean; of the highest, where no direction is better."""
    cells = np.array([panel.cells.mean for panel in panels])
    best = np.nanargmin(cells) if found.outcome.better == "lower" else np.nanargmax(cells)
    panel, row, column = np.unravel_index(int(best), cells.shape)
    return int(panel), int(row), int(column)


def finding(found: Means) -> str:
    """Where the best cell is, and whether those next to it differ clearly from it."""
    panels = panels_of(found)
    best, row, column = best_cell(found, panels)
    cells, (first, second) = panels[best].cells, found.moved[:2]
    places = (place_text(first, found.values(first)[column]), place_text(second, found.values(second)[row]))
    under = f" for {panels[best].said}" if panels[best].said else ""
    value = found.said(cells.mean[row, column])
    said = f"{found.opening} is {found.best}, {value}, at {places[0]} and {places[1]}{under}"
    if not found.ranged and not found.judge.by_point:
        return f"{said}; in one replicate, so it may be chance"
    return f"{said}; {_neighbours(found, panels[best], row, column)}"


def _neighbours(found: Means, panel: Panel, row: int, column: int) -> str:
    """How many cells next to one, corners included, do not differ clearly from it."""
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
        return "a clear difference from all cells next to it"
    if same == len(beside):
        return "no clear difference from the cells next to it"
    return f"no clear difference from {same} of the {len(beside)} cells next to it"


def _points_won(found: Means, best: Setting, beside: Sequence[Setting]) -> str:
    """At how many of few points the best cell is better than those next to it."""
    counts = [found.wins(best, setting) for setting in beside]
    won, known = min(counts, key=lambda each: each[0] / max(each[1], 1))
    return f"it {found.beats} each cell next to it at {won} of {known} points or more"
