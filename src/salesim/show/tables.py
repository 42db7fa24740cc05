"""Tables for the terminal."""

from __future__ import annotations

from rich.box import SIMPLE
from rich.table import Table
from rich.text import Text

from ..outcomes import THEMES, Outcome
from ..quantity import MILLION, Unit
from ..study.simulate import Results

WIDE = 140
TIMES = 3.0  # from here on a ratio is no percentage that anybody would name


def outcome_table(results: Results, width: int) -> Table:
    """Every number by theme: mean, range over replicates, unit; and its meaning where that fits.

    Series are left out: they stand in the files and in the object for programs.
    """
    title = Text(f"{results.scenario.title}, {len(results.pairs)} replicates")
    table = Table(title=title, title_justify="left", box=SIMPLE, pad_edge=False, collapse_padding=True)
    table.add_column("outcome", no_wrap=True)
    table.add_column("mean", justify="right", no_wrap=True)
    table.add_column("middle 80%", justify="right", no_wrap=True)
    table.add_column("unit")
    if width >= WIDE:
        table.add_column("meaning")
    for theme, outcomes in THEMES.items():
        table.add_section()
        table.add_row(theme.upper())
        for outcome in outcomes:
            if outcome.index is None:
                meaning = [outcome.meaning] if width >= WIDE else []
                table.add_row(outcome.name, *cells(outcome, results), *meaning)
    return table


def cells(outcome: Outcome, results: Results) -> tuple[str, str, str]:
    """Mean, range and unit as text; or why there is nothing."""
    measure = results.measures[outcome.name]
    if measure is None:
        return "none", "", outcome.undefined
    unit = Unit.TIMES if measure.unit == Unit.RATIO and measure.mean >= TIMES else Unit(measure.unit)
    scale = unit.scale([measure.mean], [measure.interval], size=MILLION)
    return scale.number(measure.mean), scale.interval(*measure.interval), scale.shown or measure.unit
