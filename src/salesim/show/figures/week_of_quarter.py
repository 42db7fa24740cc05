"""The calendar's pull on price and sales: discount and bookings by week of the quarter."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...analysis.statistics import Interval, highest_column, mean_interval
from ...model.calendar import QUARTER
from ...outcomes.company import LATE_WEEKS
from ...outcomes.history import History
from ...outcomes.measuring import by_week_of_quarter, quotient
from ...study.results import Results
from .frame import BLUE, GREY, SKY, VERMILLION, about, framed, plain, sentence_only, styled
from .ranges import Spread, curve, of_series, ranges, several, whiskers

EVEN = 1.0 / QUARTER
EVENLY = f"Spread evenly, a week would bring {EVEN:.1%} of bookings and two weeks {LATE_WEEKS * EVEN:.1%}"
WEEKS = np.arange(1.0, QUARTER + 1.0)


@styled
def draw(results: Results) -> Figure:
    """Mean discount and share of bookings in each week of the quarter."""
    discounts, bookings = (results.series[name] for name in ("discount_by_week", "bookings_by_week"))
    if discounts is None or bookings is None:
        return sentence_only(results, "Nothing was sold in a whole quarter, so its weeks do not differ")
    sold = of_series(bookings)
    figure = framed(_finding(results, sold), f"{about(results)}. {EVENLY}", _note(results))
    upper, lower = figure.subplots(2, 1, sharex=True)
    curve(upper, WEEKS, of_series(discounts), colour=VERMILLION, marker="o", ranged=several(results))
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
    axes.annotate(
        "even\nspread",
        (QUARTER + 0.6, EVEN),
        xytext=(4, 0),
        textcoords="offset points",
        va="center",
        color=GREY,
    )
    axes.set_xlim(0.4, QUARTER + 1.4)
    axes.set_xticks(WEEKS)
    axes.set_xlabel("week of the quarter")
    axes.set_ylabel("bookings\n(% of quarter)")


def rush(results: Results) -> Interval:
    """Share of bookings in the last two weeks of a quarter less what an even spread would bring."""
    known = [share for share in results.values["late_bookings"] if isinstance(share, float)]
    return mean_interval(np.array(known) - LATE_WEEKS * EVEN)


def deeper_at_the_end(results: Results) -> Interval | None:
    """Mean discount in the last two weeks of a quarter less that of the weeks before (share of list)."""
    found = [_deeper(pair.history) for pair in results.pairs]
    known = [value for value in found if value is not None]
    return mean_interval(np.array(known)) if known else None


def _deeper(history: History) -> float | None:
    listed, paid = (by_week_of_quarter(history.books, name) for name in ("list_value", "revenue"))
    parts = [slice(QUARTER - LATE_WEEKS, None), slice(QUARTER - LATE_WEEKS)]
    late, before = (quotient((listed - paid)[part].sum(), listed[part].sum()) for part in parts)
    return None if late is None or before is None else late - before


def _finding(results: Results, sold: Spread) -> str:
    late = results.measures["late_bookings"]
    assert late is not None  # known whenever bookings by week are
    weeks = f"last two weeks bring {late.mean:.1%} of bookings"
    if not several(results):
        discount = results.measures["discount"]
        assert discount is not None  # known whenever something was sold
        return f"The quarter's {weeks}; the mean discount is {discount.mean:.1%}"
    end = f"{weeks}, {_prices_at_the_end(results)}"
    side = rush(results).sign
    shares = [each for each in results.values["bookings_by_week"] if each is not None]
    busiest = highest_column(np.array(shares, dtype=float))
    if side > 0:
        return f"Bookings rush at the end of the quarter: its {end}"
    if busiest is not None:
        share = sold.mean[busiest]
        return f"Bookings peak in week {busiest + 1} of the quarter, at {share:.1%}; its {end}"
    return f"{'No' if side < 0 else 'No clear'} rush at the end of the quarter: its {end}"


def _prices_at_the_end(results: Results) -> str:
    """Whether prices differ there significantly."""
    found = deeper_at_the_end(results)
    if found is None or not found.significant:
        return "with no clear change in discounts"
    points = f"{abs(found.mean) * 100.0:.1f} points"
    return f"at discounts {points} {'deeper' if found.sign > 0 else 'smaller'} than before"


def _note(results: Results) -> str:
    return (
        "Bookings: revenue of deals won in whole quarters; dark: the last two weeks. Discount: by value. "
        f"{ranges(results, 'Point or bar', 'band or whisker')}"
    )
