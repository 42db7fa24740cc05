"""The calendar's pull on price and sales: discount and bookings by week of the quarter."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from ...model.calendar import QUARTER
from ...outcomes.company import LATE_WEEKS
from ...runs.estimating import Spread, of_series
from ...runs.results import Results
from ...runs.run_findings import EVEN, of_calendar
from .bars import ranges, several, whiskers
from .curves import Line, draw_curve
from .frame import BLUE, GREY, SKY, VERMILLION, about, framed, plain, styled, write

EVENLY = f"Spread evenly, a week would bring {EVEN:.1%} of bookings and two weeks {LATE_WEEKS * EVEN:.1%}"
LATE = f"the last {LATE_WEEKS} weeks"
WEEKS = np.arange(1.0, QUARTER + 1.0)


@styled
def draw(results: Results) -> Figure:
    """Discounts and bookings by week of the quarter."""
    discounts, bookings = (results.series[name] for name in ("discount_by_week", "bookings_by_week"))
    if discounts is None or bookings is None:
        return framed(of_calendar(results), about(results.firm))
    sold = of_series(bookings)
    of = f"{about(results.firm)}. {EVENLY}"
    figure = framed(of_calendar(results), of, _note(results), [Patch(color=BLUE, label=LATE)])
    upper, lower = figure.subplots(2, 1, sharex=True)
    draw_curve(upper, WEEKS, of_series(discounts), Line(VERMILLION, "-", "o"), ranged=several(results))
    upper.set_ylabel("mean discount\n(% of list)")
    _draw_bookings(lower, sold, results)
    for axes in (upper, lower):
        axes.set_ylim(bottom=0.0, top=1.12 * axes.get_ylim()[1])
        plain(axes.yaxis, 100.0, "%")
        axes.grid(visible=False, axis="x")
    return figure


def _draw_bookings(axes: Axes, sold: Spread, results: Results) -> None:
    late = WEEKS > QUARTER - LATE_WEEKS
    axes.bar(WEEKS, sold.mean, width=0.72, color=np.where(late, BLUE, SKY).tolist())
    if several(results):
        whiskers(axes, WEEKS, sold)
    axes.hlines(EVEN, 0.4, QUARTER + 0.6, color=GREY, linestyle="--", linewidth=1.6)
    write(axes, "even\nspread", (QUARTER + 0.6, EVEN), (4, 0), colour=GREY)
    axes.set_xlim(0.4, QUARTER + 1.4)
    axes.set_xticks(WEEKS)
    axes.set_xlabel("week of the quarter")
    axes.set_ylabel("bookings\n(% of quarter)")


def _note(results: Results) -> str:
    return (
        "Bookings: revenue of deals won in whole quarters. Discount: by value. "
        f"{ranges(results, 'Point or bar', 'band or whisker')}"
    )
