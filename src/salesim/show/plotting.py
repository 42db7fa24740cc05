"""Figures for notebooks and papers: one call draws one of them, and saves it where that is wanted."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import SalesimError
from ..scenario.placing import put_file
from ..scenario.refusal import chosen, nearest, refusal
from ..study.simulate import Results

if TYPE_CHECKING:
    from matplotlib.figure import Figure

KINDS = (".png", ".svg", ".pdf")


def plot(
    results: Results, figure: str = "promised_and_realised", path: str | PathLike[str] | None = None
) -> Figure:
    """Draw what a strategy promised and realised, or another finding, for a slide or a paper.

    Args:
        results: what `simulate` gave.
        figure: "promised_and_realised", "understanding", "week_of_quarter", "attainment" or
            "price_waterfall".
        path: where to save it as well; the suffix says as what: .png, .svg or .pdf.

    Returns:
        A matplotlib `Figure`, which shows itself in a notebook and can be changed further.

    Raises:
        SalesimError: another figure, another suffix, or a place that cannot be written.
    """
    from .figures import FIGURES
    from .figures.saving import drawn

    draw = FIGURES[chosen("figure", figure, tuple(FIGURES))]
    target = _checked(Path(path)) if path is not None else None
    drawing = draw(results)
    if target is not None:
        put_file(target, drawn(drawing, target.suffix[1:].lower()))
    return drawing


def _checked(path: Path) -> Path:
    """A path whose suffix says as what a figure is to be saved."""
    suffix = path.suffix.lower()
    if suffix not in KINDS:
        raise SalesimError(refusal(
            str(path), "", "no kind of file for a figure", given=path.suffix, allowed=", ".join(KINDS),
            near=nearest(suffix, KINDS),
        ))
    return path
