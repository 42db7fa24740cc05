"""Figures: the title states the finding, bands and whiskers show the range over replicates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from matplotlib.figure import Figure

from ...study.outcomes import NUMBERS
from ...study.simulate import Results
from ...study.sweeps.swept import Sweep
from . import (
    attainment,
    heat_map,
    policies,
    price_waterfall,
    promised_and_realised,
    response,
    understanding,
    week_of_quarter,
)
from .frame import Draw
from .means import Means
from .saving import drawn


class SweepFigure(NamedTuple):
    """A figure of a study: what it has to draw of an outcome, if anything, and how it draws that."""

    means: Callable[[Sweep, str], Means | None]
    draw: Callable[[Means], Figure]


FIGURES: dict[str, Draw] = {
    "promised_and_realised": promised_and_realised.draw,
    "understanding": understanding.draw,
    "week_of_quarter": week_of_quarter.draw,
    "attainment": attainment.draw,
    "price_waterfall": price_waterfall.draw,
}

SWEEP_FIGURES = {
    "response": SweepFigure(response.means, response.draw),
    "heat_map": SweepFigure(heat_map.means, heat_map.draw),
    "policies": SweepFigure(policies.means, policies.draw),
}


def figures_of(sweep: Sweep, outcome: str) -> dict[str, Means]:
    """Which figures a study has of an outcome, by name, and what each of them shows."""
    found = {name: figure.means(sweep, outcome) for name, figure in SWEEP_FIGURES.items()}
    return {name: means for name, means in found.items() if means is not None}


def write_figures(results: Results, folder: Path) -> None:
    """Draw every figure into a folder, as PNG and as SVG.

    Raises:
        OSError: a place that cannot be written.
    """
    _write(folder, ((name, draw(results)) for name, draw in FIGURES.items()))


def write_sweep_figures(sweep: Sweep, folder: Path) -> None:
    """Draw every figure that a study has of each of its outcomes, as PNG and as SVG.

    Files are named for the figure and the outcome, such as response_realised.png.

    Raises:
        OSError: a place that cannot be written.
    """
    _write(folder, (
        (f"{name}_{outcome}", SWEEP_FIGURES[name].draw(means))
        for outcome in sweep.study.outcomes if outcome in NUMBERS
        for name, means in figures_of(sweep, outcome).items()
    ))


def _write(folder: Path, figures: Iterator[tuple[str, Figure]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, figure in figures:
        for kind in ("png", "svg"):
            (folder / f"{name}.{kind}").write_bytes(drawn(figure, kind))
