"""Figures: the title states the finding, bands and whiskers show the range over replicates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from matplotlib.figure import Figure

from ...errors import ResultsError
from ...outcomes import NUMBERS, Outcome
from ...scenario.refusal import refusal
from ...study.answering import Answered, answer_so_far
from ...study.comparing.comparison import Comparison
from ...study.gap.ledger import Ledger
from ...study.gap.next_best import NextLevers
from ...study.screening.screening import Screening
from ...study.simulate import Results
from ...study.sweeps.runs import Runs
from ...study.validating.judging import Finding
from . import (
    arms_by_quarter,
    attainment,
    effects,
    evidence,
    evidence_overview,
    forest,
    grid,
    heat_map,
    next_levers,
    paired_differences,
    policies,
    price_waterfall,
    promised_and_realised,
    response,
    screening,
    understanding,
    waterfall,
    week_of_quarter,
)
from .comparing import ByReplicate
from .frame import Draw, plan_of
from .means import Means
from .saving import drawn


class SweepFigure(NamedTuple):
    """A figure of a study: what it has to draw of an outcome, if anything, and how it draws that."""

    means: Callable[[Runs, str], Means | None]
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

EFFECTS = "effects"  # which a study has that says how it is answered

GAP_FIGURES: dict[str, Callable[[Ledger], Figure]] = {"waterfall": waterfall.draw}
LEVER_FIGURES: dict[str, Callable[[NextLevers], Figure]] = {"next_levers": next_levers.draw}
SCREENING_FIGURES: dict[str, Callable[[Screening], Figure]] = {"screening": screening.draw}

# Figures of a comparison as a whole, and those of one of its outcomes.
COMPARISON_FIGURES: dict[str, Callable[[Comparison], Figure]] = {
    "forest": forest.draw,
    "arms_by_quarter": arms_by_quarter.draw,
}
BY_OUTCOME = ("paired_differences", "grid")


def outcome_figures(comparison: Comparison, outcome: Outcome) -> dict[str, Callable[[], Figure]]:
    """Which figures a comparison has of one of its outcomes, by name, ready to be drawn."""
    pairs = paired_differences.paired(comparison, outcome)
    laid = grid.means(comparison, outcome.name)
    found: dict[str, Callable[[], Figure]] = {}
    if pairs is not None:
        found["paired_differences"] = partial(paired_differences.draw, pairs)
    if laid is not None:
        found["grid"] = partial(grid.draw, laid)
    return found


def figures_of(sweep: Runs, outcome: str) -> dict[str, Means]:
    """Which figures a study has of an outcome, by name, and what each of them shows."""
    found = {name: figure.means(sweep, outcome) for name, figure in SWEEP_FIGURES.items()}
    return {name: means for name, means in found.items() if means is not None}


def answer_figure(sweep: Runs, found: Answered) -> Figure:
    """The figure that a study names to show its answer.

    Raises:
        ResultsError: a figure that the study does not have.
    """
    if found.figure == EFFECTS:
        firm = next(iter(sweep.study.firms.values()))
        return effects.draw(effects.Effects(found, f"{sweep.study.title}: {plan_of(firm)}"))
    figure = SWEEP_FIGURES[found.figure]
    means = figure.means(sweep, found.outcome)
    if means is None:
        has = ", ".join([*figures_of(sweep, found.outcome), EFFECTS])
        place, wrong = sweep.study.name, "the study has no such figure"
        raise ResultsError(refusal(place, "answer.figure", wrong, given=found.figure, allowed=has))
    if isinstance(means.judge, ByReplicate):  # the title is as sure as the sentence
        means = replace(means, judge=replace(means.judge, level=found.level))
    return figure.draw(means)


def write_figures(results: Results, folder: Path) -> None:
    """Draw every figure into a folder, as PNG and as SVG.

    Raises:
        OSError: a place that cannot be written.
    """
    _write(folder, ((name, draw(results)) for name, draw in FIGURES.items()))


def write_sweep_figures(sweep: Runs, folder: Path) -> None:
    """Draw every figure that a study has of each of its outcomes, as PNG and as SVG.

    Files are named for the figure and the outcome, such as response_realised.png. A study that says how
    it is answered has effects.png too, where that is the figure of its answer.

    Raises:
        OSError: a place that cannot be written.
    """
    _write(
        folder,
        (
            (f"{name}_{outcome}", SWEEP_FIGURES[name].draw(means))
            for outcome in sweep.study.outcomes
            if outcome in NUMBERS
            for name, means in figures_of(sweep, outcome).items()
        ),
    )
    found = answer_so_far(sweep)
    if found is not None and found.figure == EFFECTS:
        _write(folder, iter([(EFFECTS, answer_figure(sweep, found))]))


def write_gap_figures(ledger: Ledger, folder: Path, levers: NextLevers | None = None) -> None:
    """Draw the waterfall of a gap, and the next best levers where they are known, as PNG and as SVG.

    Raises:
        OSError: a place that cannot be written.
    """
    drawings = [(name, partial(draw, ledger)) for name, draw in GAP_FIGURES.items()]
    if levers is not None:
        drawings += [(name, partial(draw, levers)) for name, draw in LEVER_FIGURES.items()]
    _write(folder, ((name, draw()) for name, draw in drawings))


def write_screening_figures(found: Screening, folder: Path) -> None:
    """Draw the figure of a screening, as PNG and as SVG.

    Raises:
        OSError: a place that cannot be written.
    """
    _write(folder, ((name, draw(found)) for name, draw in SCREENING_FIGURES.items()))


def write_comparison_figures(comparison: Comparison, folder: Path) -> None:
    """Draw every figure that a comparison has, as PNG and as SVG.

    A plan without a whole quarter has none by quarter.
    Those of one outcome are named for it too, such as paired_differences_realised.png.

    Raises:
        OSError: a place that cannot be written.
    """
    without = set() if arms_by_quarter.quarters_of(comparison) else {"arms_by_quarter"}
    whole = {name: draw for name, draw in COMPARISON_FIGURES.items() if name not in without}
    _write(folder, ((name, draw(comparison)) for name, draw in whole.items()))
    _write(
        folder,
        (
            (f"{name}_{outcome.name}", draw())
            for outcome in comparison.outcomes
            for name, draw in outcome_figures(comparison, outcome).items()
        ),
    )


def write_evidence_figures(findings: Sequence[Finding], title: str, folder: Path) -> None:
    """Draw each finding beside its bands, and all of them at a glance, as PNG and as SVG.

    Raises:
        OSError: a place that cannot be written.
    """
    _write(folder, ((finding.target.name, evidence.draw(finding)) for finding in findings))
    overview = evidence_overview.Overview(tuple(findings), title)
    _write(folder, iter([("overview", evidence_overview.draw(overview))]))


def _write(folder: Path, figures: Iterator[tuple[str, Figure]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, figure in figures:
        for kind in ("png", "svg"):
            (folder / f"{name}.{kind}").write_bytes(drawn(figure, kind))
