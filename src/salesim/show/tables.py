"""Tables for the terminal."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from rich.box import SIMPLE
from rich.table import Table
from rich.text import Text

from ..model.binding import global_names, is_shared
from ..model.week import week
from ..study.outcomes import OUTCOMES
from ..study.simulate import Estimate, Results
from .words import NO_PROMISE

WIDE = 130
HEADLINES = {
    "realisation_ratio": "Realised over promised contribution.",
    "realisation_ratio_without_optimism": "The same over full execution, optimism left out.",
    "promised": "Contribution of full execution, with optimism.",
    "realised": "Revenue less unit cost, cost to serve and variable pay.",
    "promised_revenue": "Revenue of full execution.",
}


def outcome_table(results: Results, width: int) -> Table:
    """Every measure with its mean, its range over replicates and its unit; meanings where they fit."""
    title = Text(f"{results.scenario.title}, {len(results.pairs)} replicates")
    table = Table(title=title, title_justify="left", box=SIMPLE)
    table.add_column("outcome", no_wrap=True)
    table.add_column("mean", justify="right", no_wrap=True)
    table.add_column("middle 80%", justify="right", no_wrap=True)
    table.add_column("unit")
    if width >= WIDE:
        table.add_column("meaning")
    meanings = HEADLINES | {outcome.name: outcome.meaning for outcome in OUTCOMES}
    for name, measure in results.measures.items():
        meaning = [meanings[name]] if width >= WIDE else []
        table.add_row(name, *cells(measure), *meaning)
        if name == "promised_revenue":
            table.add_section()
    return table


def cells(measure: Estimate | None) -> tuple[str, str, str]:
    """Mean, range and unit as text."""
    if measure is None:
        return "none", "", NO_PROMISE.partition(",")[0]
    low, high = (written(value, measure.unit) for value in measure.interval)
    unit = "USD million" if measure.unit == "USD" else measure.unit
    return written(measure.mean, measure.unit), f"{low} to {high}", unit


def written(value: float, unit: str) -> str:
    """A number with as many digits as its unit deserves; dollars in millions."""
    if unit == "USD":
        return f"{value / 1e6:,.2f}"
    if unit in ("hours", "requests", "customers"):
        return f"{value:,.0f}"
    if unit == "seats":
        return f"{value:.1f}"
    return f"{value:.3f}"


def phases() -> Iterator[tuple[str, str]]:
    """Name and first sentence of each phase, in the order in which the week calls them."""
    for name in global_names(week):
        phase = getattr(inspect.getmodule(week), name)
        if is_shared(phase) and ".phases." in phase.__module__:
            yield name, (inspect.getdoc(phase) or "").partition("\n")[0]


def week_table() -> Table:
    """The order of the week."""
    table = Table(title="One week in the life of the firm", title_justify="left", box=SIMPLE)
    table.add_column("", justify="right")
    table.add_column("phase")
    table.add_column("what happens")
    for number, (name, sentence) in enumerate(phases(), 1):
        table.add_row(str(number), name, sentence)
    return table
