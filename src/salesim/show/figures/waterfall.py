"""From what was promised down to what was realised, cause by cause: why the plan falls short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from ...analysis.gap.ledger import THROUGH, Amount, Ledger
from ...inputs.dates import plan_text
from ...outcomes.history import Numbers
from ...quantity import MINUS, Scale, Unit, percent, yearly
from ...runs.causes import DIMENSIONS
from ...runs.estimating import Spread
from .bars import draw_bar, key_to_bars, whiskers
from .frame import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    SIZE,
    SUBTITLE,
    TEXT,
    TITLE,
    VERMILLION,
    framed,
    lines_of,
    plain,
    styled,
    write,
)

COLOURS = dict(zip(DIMENSIONS, (PURPLE, BLUE, VERMILLION, ORANGE, GREEN), strict=True))
WHOLE = "#8C8C8C"  # of what is promised and realised, on which an interval can be seen
TINT = 0.2  # of a dimension's colour, behind its causes
BETWEEN = 0.4  # rows from one dimension to the next
THICK = 0.74  # of a bar, in rows
WORDS, BARS = 4.95, 5.6  # shares of the width
TOTAL, STRIPE, CAUSE = 0.575, 0.6, 0.625  # where words end or begin, as shares of their width
LARGE = 14.0  # points; of what one reads first
ROOM = 0.09  # of the axis, for the amount beside the outermost bar
SHORT = 0.6  # of the promise; beside a bar as short as that its share finds room
SMALL = 0.002  # of the promise, which is not written as zero where no interval is known
MAX_DECIMALS = 3  # of a small significant part
HEIGHT_OF_LINE = 0.28  # inches
MARK = 5.0  # points from a bar to its amount


@dataclass(frozen=True, eq=False)
class Stairs:
    """Where everything stands: rows from the top down, amounts in the unit of the figure.

    Args:
        ledger: what is drawn.
        dollars: what is counted in.
    """

    ledger: Ledger
    dollars: Scale

    @cached_property
    def groups(self) -> dict[str, list[int]]:
        """The places of the causes of each dimension."""
        causes = self.ledger.causes
        return {name: [k for k, a in enumerate(causes) if a.dimension == name] for name in DIMENSIONS}

    @cached_property
    def rows(self) -> Numbers:
        """The middles of the rows of the causes; promised is above at 0, realised below at `last`."""
        wide = [place for place, group in enumerate(self.groups.values(), start=1) for _ in group]
        return np.arange(1.0, len(wide) + 1.0) + BETWEEN * np.array(wide)

    @property
    def last(self) -> float:
        """The middle of the lowest row."""
        return float(self.rows[-1]) + 1.0 + BETWEEN

    @cached_property
    def left(self) -> Numbers:
        """What is left of the promise, at first and after each cause."""
        taken = [0.0, *accumulate(amount.mean for amount in self.ledger.causes)]
        return (self.ledger.split.totals["promised"].mean - np.array(taken)) * self.dollars.factor

    def interval(self, amount: Amount, before: float) -> tuple[float, float]:
        """Where a cause may leave off, given where it begins."""
        return before - amount.high * self.dollars.factor, before - amount.low * self.dollars.factor

    def change(self, amount: Amount) -> str:
        """What a cause or a dimension changes, with a sign: what is lost is below zero.

        With digits enough that what is significant does not look like nothing.
        """
        dollars = self.dollars
        if not amount.unclear:
            years = self.ledger.years
            size = 1.0 / (dollars.factor * years)
            sure = Unit.USD.scale([], [(amount.mean / years, amount.mean / years)], size=size)
            dollars = replace(dollars, decimals=max(dollars.decimals, min(sure.decimals, MAX_DECIMALS)))
        return dollars.number(-amount.mean, signed=True)


def dollars_of(ledger: Ledger) -> Scale:
    """How amounts are written: in the size of the promise, as finely as intervals of causes deserve."""
    ends = [(each.low - each.mean, each.high - each.mean) for each in ledger.causes if each.low < each.high]
    small = SMALL * ledger.promised
    return yearly([ledger.promised], ends or [(small, small)], ledger.years, MINUS)


@styled
def draw(ledger: Ledger) -> Figure:
    """From what was promised to what was realised, cause by cause."""
    stairs = Stairs(ledger, dollars_of(ledger))
    title, where = ledger.answer().rstrip("."), ledger.where() if ledger.gap > 0.0 else ""
    over = f"{where} Amounts a year, over {plan_text(ledger.firm)}.".strip()
    lines = len(lines_of(title, TITLE, "bold")) + len(lines_of(over, SUBTITLE)) - 2
    height = SIZE[1] + HEIGHT_OF_LINE * lines  # so that bars keep theirs
    unclear = any(amount.unclear for amount in (*ledger.causes, *ledger.dimensions))
    dimension, cause = ((to_rgba(GREY, TINT), "whole dimension"), (GREY, "cause"))
    others = (Patch(facecolor=colour, label=label) for colour, label in (dimension, cause))
    key = [*key_to_bars(ranged=ledger.replicates > 1, others=others, unclear=unclear)]
    figure = framed(title, over, f"{ledger.how()} {THROUGH}", key, height)
    words, axes = figure.subplots(1, 2, sharey=True, width_ratios=(WORDS, BARS))
    _draw_dimensions(axes, stairs)
    for k, amount in enumerate(ledger.causes):
        _draw_cause(axes, stairs, k, COLOURS[amount.dimension])
    _draw_ends(axes, stairs)
    rows = [0.0, *stairs.rows, stairs.last]
    axes.plot([stairs.left, stairs.left], [rows[:-1], rows[1:]], color=GREY, linewidth=1.0, zorder=2)
    _name_rows(words, stairs)
    _describe(axes, stairs)
    return figure


def _draw_dimensions(axes: Axes, stairs: Stairs) -> None:
    """Pale blocks from where a dimension begins to where it leaves off, below its causes."""
    for name, group in stairs.groups.items():
        first, last = group[0], group[-1]
        top, bottom = stairs.rows[first] - 0.5, stairs.rows[last] + 0.5
        width, left = stairs.left[last + 1] - stairs.left[first], stairs.left[first]
        colour = to_rgba(COLOURS[name], TINT)
        axes.barh(0.5 * (top + bottom), width, bottom - top, left=left, color=colour, linewidth=0, gid=name)


def _draw_cause(axes: Axes, stairs: Stairs, k: int, colour: str) -> None:
    amount, row, (before, after) = stairs.ledger.causes[k], stairs.rows[k], stairs.left[k : k + 2].tolist()
    draw_bar(axes, row, (before, after), THICK, colour, amount.name, clear=not amount.unclear)
    low, high = stairs.interval(amount, before)
    _range(axes, stairs, row, after, low, high)
    _write(axes, row, (before, after, high), stairs.change(amount))


def _range(axes: Axes, stairs: Stairs, row: float, *ends: float) -> None:
    if stairs.ledger.replicates > 1:
        whiskers(axes, np.array([row]), Spread(*(np.array([end]) for end in ends)), lying=True)


def _write(axes: Axes, row: float, ends: Iterable[float], text: str, size: float = TEXT) -> None:
    """An amount to the right of what stands in a row, as far as that is known."""
    right = max(end for end in ends if end == end)
    write(axes, text, (right, row), (MARK, 0), ("left", "center_baseline"), size, bold=True, zorder=5)


def _draw_ends(axes: Axes, stairs: Stairs) -> None:
    """What was promised above, what was realised below."""
    for name, row in (("promised", 0.0), ("realised", stairs.last)):
        known = stairs.ledger.split.totals[name]
        ends = [each * stairs.dollars.factor for each in (known.mean, known.low, known.high)]
        axes.barh(row, ends[0], 1.0, color=WHOLE, linewidth=0, gid=name, zorder=3)
        _range(axes, stairs, row, *ends)
        ratio = stairs.ledger.realisation_ratio
        share = f", {percent(ratio)} of the promise" if name == "realised" and 0.0 < ratio < SHORT else ""
        _write(axes, row, (0.0, ends[0], ends[2]), f"{stairs.dollars.number(known.mean)}{share}", LARGE)


def _name_rows(words: Axes, stairs: Stairs) -> None:
    """At the side the dimensions with what they change, and their causes."""
    words.set_axis_off()
    words.set_xlim(0.0, 1.0)
    _say(words, CAUSE, 0.0, "promised", LARGE, bold=True)
    _say(words, CAUSE, stairs.last, "realised", LARGE, bold=True)
    for amount, group in zip(stairs.ledger.dimensions, stairs.groups.values(), strict=True):
        rows, bold = stairs.rows[group], not amount.unclear
        middle = 0.5 * (rows[0] + rows[-1])
        _say(words, 0.0, middle, amount.name, LARGE, bold=bold)
        _say(words, TOTAL, middle, stairs.change(amount), LARGE, "right", bold=bold)
        words.vlines(STRIPE, rows[0] - 0.5, rows[-1] + 0.5, color=COLOURS[amount.name], linewidth=5.0)
        for k in group:
            _say(words, CAUSE, stairs.rows[k], stairs.ledger.causes[k].name, TEXT)


def _say(
    words: Axes, x: float, y: float, text: str, size: float, side: str = "left", *, bold: bool = False
) -> None:
    """Words in a row; large ones that are not bold are not significant, and pale."""
    words.text(
        x,
        y,
        text,
        ha=side,
        va="center_baseline",
        fontsize=size,
        fontweight="bold" if bold else "normal",
        color=INK if bold or size == TEXT else GREY,
    )


def _describe(axes: Axes, stairs: Stairs) -> None:
    low, high = axes.get_xlim()
    axes.set_xlim(low if low < 0.0 else 0.0, high + ROOM * (high - low))
    axes.set_ylim(stairs.last + 0.6, -0.6)
    axes.tick_params(axis="y", left=False, labelleft=False)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)
    axes.axvline(0.0, color=GREY, linewidth=1.2, zorder=2)
    axes.set_xlabel(f"contribution ({stairs.dollars.shown})")
    plain(axes.xaxis, ticks=7)
