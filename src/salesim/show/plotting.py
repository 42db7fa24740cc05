"""Figures for notebooks and papers: one call draws one of them, and saves it where that is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..errors import SalesimError
from ..scenario.placing import put_file
from ..scenario.refusal import chosen, nearest, refusal
from ..study.simulate import Results

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..study.comparing.comparison import Comparison
    from ..study.gap.ledger import Ledger
    from ..study.gap.next_best import NextLevers
    from ..study.screening.screening import Screening
    from ..study.sweeps.runs import Runs

    Shown = Results | Runs | Ledger | NextLevers | Comparison | Screening

Given = TypeVar("Given")
KINDS = (".png", ".svg", ".pdf")


def plot(
    results: Shown,
    figure: str | None = None,
    path: str | PathLike[str] | None = None,
    outcome: str | None = None,
) -> Figure:
    """Draw what a strategy promised and realised, or another finding, for a slide or a paper.

    Args:
        results: what `simulate` or `sweep` gave; the split of a gap, its next best levers, a
            comparison or a screening.
        figure: of results "promised_and_realised", which is drawn unless another is named,
            "understanding", "week_of_quarter", "attainment" or "price_waterfall"; of a sweep
            "response", "heat_map" or "policies", of which the first that it has is drawn; of a gap
            "waterfall"; of levers "next_levers"; of a screening "screening"; of a comparison "forest",
            which is drawn unless another is named, "arms_by_quarter", "paired_differences", and "grid"
            where it lays levers out.
        path: where to save it as well; the suffix says as what: .png, .svg or .pdf.
        outcome: what a figure of a sweep is about, or "paired_differences" and "grid" of a comparison;
            the first outcome of the study unless named.

    Returns:
        A matplotlib `Figure`, which shows itself in a notebook and can be changed further.

    Raises:
        SalesimError: another figure, or one that this sweep does not have, another outcome, another
            suffix, or a place that cannot be written.
    """
    from .figures.saving import drawn

    draw = _drawing(results, figure, outcome)
    target = _checked(Path(path)) if path is not None else None
    drawing = draw()
    if target is not None:
        put_file(target, drawn(drawing, target.suffix[1:].lower()))
    return drawing


def _drawing(results: Shown, figure: str | None, outcome: str | None) -> Callable[[], Figure]:
    """What draws the figure that was asked for, once all that was asked for is known to be there."""
    from ..study.comparing.comparison import Comparison
    from ..study.gap.ledger import Ledger
    from ..study.gap.next_best import NextLevers
    from ..study.screening.screening import Screening
    from .figures import FIGURES, GAP_FIGURES, LEVER_FIGURES, SCREENING_FIGURES

    if isinstance(results, Results):
        return _of_whole(FIGURES, results, figure, outcome)
    if isinstance(results, Ledger):
        return _of_whole(GAP_FIGURES, results, figure, outcome)
    if isinstance(results, NextLevers):
        return _of_whole(LEVER_FIGURES, results, figure, outcome)
    if isinstance(results, Screening):
        return _of_whole(SCREENING_FIGURES, results, figure, outcome)
    if isinstance(results, Comparison):
        return _of_comparison(results, figure, outcome)
    return _of_sweep(results, figure, outcome)


def _of_whole(
    figures: Mapping[str, Callable[[Given], Figure]],
    results: Given,
    figure: str | None,
    outcome: str | None,
) -> Callable[[], Figure]:
    if outcome is not None:
        raise SalesimError(refusal("outcome", "", "only figures of a sweep have one", given=outcome))
    name = next(iter(figures)) if figure is None else figure
    return partial(figures[chosen("figure", name, tuple(figures))], results)


def _of_comparison(comparison: Comparison, figure: str | None, outcome: str | None) -> Callable[[], Figure]:
    from .figures import BY_OUTCOME, COMPARISON_FIGURES, outcome_figures

    compared = {each.name: each for each in comparison.outcomes}
    named = chosen("outcome", next(iter(compared)) if outcome is None else outcome, tuple(compared))
    whole = {name: partial(draw, comparison) for name, draw in COMPARISON_FIGURES.items()}
    found = whole | outcome_figures(comparison, compared[named])
    first = next(iter(found)) if outcome is None else BY_OUTCOME[0]
    name = chosen("figure", first if figure is None else figure, tuple(found))
    if outcome is not None and name in whole:
        allowed = ", ".join(name for name in found if name not in whole)
        wrong = f"{name} is of all outcomes; others have one"
        raise SalesimError(refusal("outcome", "", wrong, given=outcome, allowed=allowed))
    return found[name]


def _of_sweep(sweep: Runs, figure: str | None, outcome: str | None) -> Callable[[], Figure]:
    from ..outcomes import NUMBERS
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
        raise SalesimError(
            refusal(
                str(path),
                "",
                "no kind of file for a figure",
                given=path.suffix,
                allowed=", ".join(KINDS),
                near=nearest(suffix, KINDS),
            )
        )
    return path
