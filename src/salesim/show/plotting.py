"""Figures for notebooks and papers: one call draws one of them, and saves it where that is wanted."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import SalesimError
from ..inputs.whole_files import put_file
from ..messages import chosen, error_text, nearest

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ..analysis.comparing.comparison import Comparison
    from ..analysis.gap.ledger import Ledger
    from ..analysis.gap.steps import NextLevers
    from ..analysis.paying import PayPlans
    from ..analysis.screening.screening import Screening
    from ..runs.results import Results
    from ..runs.runs import Runs

    Shown = Results | Runs | Ledger | NextLevers | Comparison | PayPlans | Screening

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
            comparison, pay plans or a screening.
        figure: its name, such as "understanding" of results or "paired_differences" of a comparison; the
            first that such results have unless given. The gallery of the documentation has all of them.
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
    from ..runs.runs import Runs
    from .figures import figures_of, kinds_of

    named = _outcome(results, outcome, any(kind.each for kind in kinds_of(results)))
    found = figures_of(results, [named] if named else [])
    if isinstance(results, Runs) and not found:
        allowed = "two policies or more, or a lever that is moved, with two means that are known"
        raise SalesimError(error_text(results.study.title, named, "nothing to draw", allowed=allowed))
    own = [name for name, of in found if of]
    names = list(dict.fromkeys(name for name, _ in found))
    first = names[0] if outcome is None or not own else own[0]
    name = chosen("figure", first if figure is None else figure, tuple(names))
    if outcome is not None and name not in own:
        wrong = f"{name} is of all outcomes; others have one"
        raise SalesimError(error_text("outcome", "", wrong, given=outcome, allowed=", ".join(own)))
    return found[name, named if name in own else ""]


def _outcome(results: Shown, outcome: str | None, has_any: bool) -> str:
    """Which outcome figures are of, those that are of one; the first unless one is named."""
    from ..outcomes import NUMBERS
    from ..runs.runs import Runs
    from .figures import outcomes_in

    if not has_any:
        if outcome is not None:
            raise SalesimError(error_text("outcome", "", "only figures of a sweep have one", given=outcome))
        return ""
    own = outcomes_in(results)
    allowed = tuple(NUMBERS) if isinstance(results, Runs) else tuple(own)
    if outcome is None and not own:
        raise SalesimError(error_text("outcome", "", "is missing", allowed=", ".join(allowed)))
    return chosen("outcome", own[0] if outcome is None else outcome, allowed)


def _checked(path: Path) -> Path:
    """A path whose suffix says as what a figure is to be saved."""
    suffix = path.suffix.lower()
    if suffix not in KINDS:
        wrong, near = "no kind of file for a figure", nearest(suffix, KINDS)
        allowed = ", ".join(KINDS)
        raise SalesimError(error_text(str(path), "", wrong, given=path.suffix, allowed=allowed, near=near))
    return path
