"""Figures for notebooks and papers: one call draws one of them, and saves it where that is wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import SalesimError
from ..scenario.placing import put_file
from ..scenario.refusal import chosen, nearest, refusal
from ..study.simulate import Results

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..study.sweeps.swept import Sweep

KINDS = (".png", ".svg", ".pdf")


def plot(
    results: Results | Sweep, figure: str | None = None, path: str | PathLike[str] | None = None,
    outcome: str | None = None,
) -> Figure:
    """Draw what a strategy promised and realised, or another finding, for a slide or a paper.

    Args:
        results: what `simulate` or `sweep` gave.
        figure: of results "promised_and_realised", which is drawn unless another is named,
            "understanding", "week_of_quarter", "attainment" or "price_waterfall"; of a sweep
            "response", "heat_map" or "policies", of which the first that it has is drawn.
        path: where to save it as well; the suffix says as what: .png, .svg or .pdf.
        outcome: what a figure of a sweep is about; the first outcome of the study unless named.

    Returns:
        A matplotlib `Figure`, which shows itself in a notebook and can be changed further.

    Raises:
        SalesimError: another figure, or one that this sweep does not have, another outcome, another
            suffix, or a place that cannot be written.
    """
    from .figures.saving import drawn

    if isinstance(results, Results):
        draw = _of_results(results, figure, outcome)
    else:
        draw = _of_sweep(results, figure, outcome)
    target = _checked(Path(path)) if path is not None else None
    drawing = draw()
    if target is not None:
        put_file(target, drawn(drawing, target.suffix[1:].lower()))
    return drawing


def _of_results(results: Results, figure: str | None, outcome: str | None) -> Callable[[], Figure]:
    from .figures import FIGURES

    if outcome is not None:
        raise SalesimError(refusal("outcome", "", "only figures of a sweep have one", given=outcome))
    name = next(iter(FIGURES)) if figure is None else figure
    return partial(FIGURES[chosen("figure", name, tuple(FIGURES))], results)


def _of_sweep(sweep: Sweep, figure: str | None, outcome: str | None) -> Callable[[], Figure]:
    from ..study.outcomes import NUMBERS
    from .figures import SWEEP_FIGURES, figures_of

    if outcome is None:
        outcome = next((name for name in sweep.study.outcomes if name in NUMBERS), None)
    if outcome is None:
        raise SalesimError(refusal("outcome", "", "is missing", allowed=", ".join(NUMBERS)))
    found = figures_of(sweep, chosen("outcome", outcome, tuple(NUMBERS)))
    if not found:
        allowed = "two policies or more, or a lever that is moved, with two means that are known"
        raise SalesimError(refusal(sweep.study.title, outcome, "nothing to draw", allowed=allowed))
    name = chosen("figure", next(iter(found)) if figure is None else figure, tuple(found))
    return partial(SWEEP_FIGURES[name].draw, found[name])


def _checked(path: Path) -> Path:
    """A path whose suffix says as what a figure is to be saved."""
    suffix = path.suffix.lower()
    if suffix not in KINDS:
        raise SalesimError(refusal(
            str(path), "", "no kind of file for a figure", given=path.suffix, allowed=", ".join(KINDS),
            near=nearest(suffix, KINDS),
        ))
    return path
