"""Figures: the title states the finding, bands and whiskers show the range over replicates."""

from __future__ import annotations

from pathlib import Path

from ...study.simulate import Results
from . import attainment, price_waterfall, promised_and_realised, understanding, week_of_quarter
from .frame import Draw
from .saving import drawn

FIGURES: dict[str, Draw] = {
    "promised_and_realised": promised_and_realised.draw,
    "understanding": understanding.draw,
    "week_of_quarter": week_of_quarter.draw,
    "attainment": attainment.draw,
    "price_waterfall": price_waterfall.draw,
}


def write_figures(results: Results, folder: Path) -> None:
    """Draw every figure into a folder, as PNG and as SVG.

    Raises:
        OSError: a place that cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in FIGURES.items():
        figure = draw(results)
        for kind in ("png", "svg"):
            (folder / f"{name}.{kind}").write_bytes(drawn(figure, kind))
