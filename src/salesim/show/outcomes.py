"""The outcomes of a run as a table."""

from __future__ import annotations

from ..outcomes import THEMES, Outcome
from ..quantity import MILLION, Unit
from ..study.simulate import Results
from ..tables import HEADING, Head, Row, Table, grouped

TIMES = 3.0  # from here on a ratio is no percentage that anybody would name


def outcome_table(results: Results) -> Table:
    """Every number by theme: mean, range over replicates, unit, and its meaning.

    Series are left out: they stand in the files and in the object for programs.
    """
    heads = [
        Head("outcome", whole=True),
        *(Head(n, True, True) for n in ("mean", "middle 80%")),
        Head("unit"),
        Head("meaning", roomy=True),
    ]
    groups = [
        [
            Row((theme.capitalize(),), HEADING),
            *(Row((o.name, *cells(o, results), o.meaning)) for o in outcomes if o.index is None),
        ]
        for theme, outcomes in THEMES.items()
    ]
    return grouped(heads, groups, f"{results.scenario.title}, {len(results.pairs)} replicates")


def cells(outcome: Outcome, results: Results) -> tuple[str, str, str]:
    """Mean, range and unit as text; or why there is nothing."""
    measure = results.measures[outcome.name]
    if measure is None:
        return "none", "", outcome.undefined
    unit = Unit.TIMES if measure.unit == Unit.RATIO and measure.mean >= TIMES else Unit(measure.unit)
    scale = unit.scale([measure.mean], [measure.interval], size=MILLION)
    return scale.number(measure.mean), scale.interval(*measure.interval), scale.shown or measure.unit
