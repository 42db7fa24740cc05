"""Figures: the title states the finding, bands and whiskers show the interval or range."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from inspect import getdoc
from pathlib import Path
from typing import Any, NamedTuple

from matplotlib.figure import Figure

from ...analysis.comparing import pairs, quarters
from ...analysis.comparing.comparison import Comparison
from ...analysis.gap.ledger import Ledger
from ...analysis.gap.steps import NextLevers
from ...analysis.means import cells, gains, ranking, responses
from ...analysis.paying import PayPlans
from ...analysis.screening.screening import Screening
from ...calibrate.calibration import Calibration
from ...runs.results import Results
from ...runs.runs import Runs
from ..evidence.machine import Evidence
from . import (
    arms_by_quarter,
    attainment,
    calibrated,
    effects_of_answer,
    evidence_overview,
    finding,
    forest,
    grid,
    heat_map,
    next_levers,
    paired_differences,
    pay_curves,
    policies,
    price_waterfall,
    promised_and_realised,
    response,
    screened,
    understanding,
    waterfall,
    week_of_quarter,
)
from .saving import drawn

Drawing = Callable[[], Figure]


class Kind(NamedTuple):
    """A kind of figure.

    Args:
        name: as files and `plot` call it; empty where they are called by what they are of.
        of: which results have it.
        draw: draws it of what is shown; its docstring says what that is, in a sentence.
        shows: what there is to draw of results, or None; the results themselves unless given.
        each: what there is to draw of one outcome of results, or None; in the place of `shows`.
    """

    name: str
    of: type[Any]
    draw: Callable[[Any], Figure]
    shows: Callable[[Any], Any] | None = None
    each: Callable[[Any, str], Any] | None = None

    @property
    def caption(self) -> str:
        """What it shows."""
        return (getdoc(self.draw) or "").partition("\n")[0]

    def found_in(self, results: Any, outcomes: Iterable[str]) -> Iterator[tuple[str, Drawing]]:
        """Those that results have, by the outcome that they are of, ready to be drawn."""
        if self.each is None:
            each = {"": results if self.shows is None else self.shows(results)}
        else:
            each = {outcome: self.each(results, outcome) for outcome in outcomes}
        yield from ((name, partial(self.draw, what)) for name, what in each.items() if what is not None)


# Of each kind of results the first is what `plot` draws unless another is named.
KINDS = (
    Kind("promised_and_realised", Results, promised_and_realised.draw),
    Kind("understanding", Results, understanding.draw),
    Kind("week_of_quarter", Results, week_of_quarter.draw),
    Kind("attainment", Results, attainment.draw),
    Kind("price_waterfall", Results, price_waterfall.draw),
    Kind("response", Runs, response.draw, each=responses.means),
    Kind("heat_map", Runs, heat_map.draw, each=cells.means),
    Kind("policies", Runs, policies.draw, each=ranking.means),
    Kind("effects", Runs, effects_of_answer.draw, effects_of_answer.answered_by_effects),
    Kind("waterfall", Ledger, waterfall.draw),
    Kind("next_levers", NextLevers, next_levers.draw),
    Kind("forest", Comparison, forest.draw),
    Kind("arms_by_quarter", Comparison, arms_by_quarter.draw, quarters.quarters_of),
    Kind("paired_differences", Comparison, paired_differences.draw, each=pairs.paired),
    Kind("grid", Comparison, grid.draw, each=gains.means),
    Kind("pay_curves", PayPlans, pay_curves.draw),
    Kind("screening", Screening, screened.draw),
    Kind("overview", Evidence, evidence_overview.draw),
    Kind("", Evidence, finding.draw, each=finding.finding_of),
    Kind("fit", Calibration, calibrated.fit_figure),
    Kind("numbers", Calibration, calibrated.numbers_figure),
)
BY_NAME = {kind.name: kind for kind in KINDS}


def outcomes_in(results: Any) -> list[str]:
    """What results have figures of one by one."""
    if isinstance(results, Runs):
        return [outcome.name for outcome in results.study.numbers]
    if isinstance(results, Comparison):
        return [outcome.name for outcome in results.outcomes]
    return [finding.target.name for finding in results.judged] if isinstance(results, Evidence) else []


def kinds_of(results: Any) -> list[Kind]:
    """The kinds of figures that such results can have."""
    return [kind for kind in KINDS if isinstance(results, kind.of)]


def figures_of(results: Any, outcomes: Iterable[str] | None = None) -> dict[tuple[str, str], Drawing]:
    """Every figure that results have, ready to be drawn, by its kind and by what it is of.

    Args:
        results: what `simulate`, `sweep`, `gap`, `next_levers`, `compare`, `pay`, `screen`, `calibrate`
            or `evidence` gave.
        outcomes: which of those that have figures of their own; all unless given.
    """
    wanted = outcomes_in(results) if outcomes is None else list(outcomes)
    return {
        (kind.name, of): drawing
        for kind in kinds_of(results)
        for of, drawing in kind.found_in(results, wanted)
    }


def file_name(figure: tuple[str, str]) -> str:
    """How the file of a figure is called, such as response_realised."""
    return "_".join(filter(None, figure))


def write_figures(results: Iterable[Any], folder: Path) -> None:
    """Draw every figure that results have into a folder, as PNG and as SVG.

    Raises:
        OSError: a place that cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for each in results:
        for name, draw in figures_of(each).items():
            figure = draw()
            for suffix in ("png", "svg"):
                (folder / f"{file_name(name)}.{suffix}").write_bytes(drawn(figure, suffix))
