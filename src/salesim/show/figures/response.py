"""How an outcome answers to one lever, under each policy and setting of the other levers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.typing import LineStyleType

from ...outcomes.history import Numbers
from ...scenario.declared import declared_numbers, place_said, value_said, words_of
from ...study.sweeps.design import Number, Study
from ...study.sweeps.runs import Runs
from .comparing import Setting
from .frame import BLUE, GREEN, INK, ORANGE, PURPLE, TEXT, VERMILLION, framed, styled
from .means import (
    Means,
    as_values_of,
    axis_of,
    is_numeric,
    name_of,
    over_settings,
    over_uncertain,
    shorten,
)
from .ranges import Spread
from .shapes import (
    DIPS,
    FALLS,
    FLAT,
    PARTLY,
    PEAKS,
    RISES,
    STILL,
    UNTOLD,
    Shape,
    alone,
    levels_off,
    shape_of,
)

STYLES: tuple[tuple[str, LineStyleType, str], ...] = (
    (BLUE, "-", "o"),
    (VERMILLION, "--", "s"),
    (GREEN, "-.", "^"),
    (PURPLE, ":", "D"),
    (ORANGE, (0, (6, 1.5)), "v"),
    (INK, (0, (4, 1.5, 1, 1.5, 1, 1.5)), "X"),
)
MOST_CURVES = len(STYLES)
MOST_WHISKERS = 8  # along a curve; more values have a band
APART = 0.015  # of the axis, from the first to the last of whiskers side by side
MOST_MARKERS = 30
MOST_TICKS = 12
LONG = 24  # signs of a label that go in two lines
WIDTH_OF_KEY, LINES_OF_A_NAME, LINES_OF_KEY = 26, 5, 18
MOST_GROUPS = 3  # of curves that do the same, in a title


@dataclass(frozen=True, eq=False)
class Curve:
    """The answer of an outcome to a lever, all else at one setting.

    Args:
        name: what sets it apart from other curves, for the key.
        said: the same in a sentence.
        y: means and intervals at each value of the lever.
        found: all means, which know what can be told apart.
        settings: the setting at each value of the lever.
    """

    name: str
    said: str
    y: Spread
    found: Means
    settings: list[Setting]

    @property
    def known(self) -> Numbers:
        """At which values of the lever there is a mean."""
        return np.flatnonzero(np.isfinite(self.y.mean))

    @cached_property
    def signs(self) -> Numbers:
        """Which of the values of the lever with a mean can be told apart from which."""
        known = [self.settings[place] for place in self.known]
        return np.array([self.found.signs(setting, known) for setting in known])

    def stands_out(self, place: int) -> bool:
        """Whether a value of the lever can be told apart from those beside it."""
        return alone(self.signs, int(np.searchsorted(self.known, place)))

    @property
    def levels_off(self) -> int | None:
        """From which value of the lever on none can be told apart from another."""
        place = levels_off(self.signs)
        return None if place is None else int(self.known[place])

    @cached_property
    def shape(self) -> Shape:
        """What it does, with places counted among all values of the lever."""
        kind, high, low = shape_of(self.y.mean[self.known], self.signs)
        return Shape(kind, int(self.known[high]), int(self.known[low]))


def means(sweep: Runs, outcome: str) -> Means | None:
    """What there is to draw, or None: nothing was moved that has a size, or too little is known."""
    study = sweep.study
    uncertain = next((path for path, values in study.uncertainties.items() if len(values) > 1), None)
    if _moved(study):
        found = over_settings(sweep, outcome) if any(map(is_numeric, _moved(study))) else None
    else:
        found = over_uncertain(sweep, outcome, uncertain) if uncertain else None
    return found if found is not None and curves_of(found) else None


def _moved(study: Study) -> list[str]:
    return [path for path, values in study.levers.items() if len(values) > 1]


def lever_of(found: Means) -> str:
    """The lever along the axis: the first with three values, or else with two."""
    numeric = [path for path in found.moved if is_numeric(path)]
    return next((path for path in numeric if len(found.values(path)) > 2), numeric[0])


def curves_of(found: Means) -> list[Curve]:
    """A curve for each policy and setting of the other levers at which two means or more are known."""
    lever = lever_of(found)
    place = found.moved.index(lever)
    others = [found.values(path)[:1] if path == lever else found.values(path) for path in found.moved]
    curves = []
    for policy, *values in product(found.study.firms, *others):
        settings: list[Setting] = [
            (policy, *values[:place], value, *values[place + 1 :]) for value in found.values(lever)
        ]
        name = name_of(found, settings[0], [lever])
        said = name_of(found, settings[0], [lever], prose=True)
        curves.append(Curve(name, said, found.at(settings), found, settings))
    return [curve for curve in curves if len(curve.known) > 1]


def shown(curves: Sequence[Curve]) -> list[Curve]:
    """As many curves as can be told apart: spread evenly from the highest to the lowest."""
    ranked = sorted(curves, key=lambda curve: -float(np.nanmean(curve.y.mean)))
    if len(ranked) > MOST_CURVES:
        places = np.linspace(0, len(ranked) - 1, MOST_CURVES).round().astype(int)
        ranked = [ranked[place] for place in places]
    return sorted(ranked, key=lambda curve: -float(curve.y.mean[curve.known[-1]]))


@styled
def draw(found: Means) -> Figure:
    """The mean of an outcome over the values of a lever, with its interval."""
    curves, lever = curves_of(found), lever_of(found)
    chosen = shown(curves)
    x = np.array(found.values(lever), dtype=float)
    banded = len(x) > MOST_WHISKERS
    figure = framed(finding(found, curves), found.about, _note(found, curves, chosen, banded=banded))
    axes = figure.subplots()
    ordered = sorted(chosen, key=curves.index)
    for curve in chosen:
        draw_curve(axes, x, curve, ordered.index(curve), len(chosen), banded=banded)
    describe(axes, x, found, lever)
    if len(curves) > 1:
        name_curves(axes)
    return figure


def draw_curve(axes: Axes, x: Numbers, curve: Curve, place: int, count: int, *, banded: bool) -> None:
    """A curve with its intervals: bands, or whiskers that stand beside those of other curves."""
    colour, line, marker = STYLES[place]
    if not banded and count > 1:  # whiskers stand side by side
        width = min(APART * float(np.ptp(x)), 0.25 * float(np.diff(x).min()))
        x = x + (place / (count - 1) - 0.5) * width
    marked = list(range(len(x))) if len(x) <= MOST_MARKERS else _isolated(curve.y.mean)
    axes.plot(
        x,
        curve.y.mean,
        color=colour,
        linestyle=line,
        marker=marker if marked else "",
        markersize=7,
        markevery=marked,
        linewidth=2.4,
        zorder=3,
        label=curve.name,
    )
    if banded:
        axes.fill_between(x, curve.y.low, curve.y.high, color=colour, alpha=0.18, linewidth=0)
    else:
        axes.errorbar(x, curve.y.mean, curve.y.arms, fmt="none", ecolor=colour, elinewidth=1.5, capsize=3)


def _isolated(means: Numbers) -> list[int]:
    """Places between two of which nothing is known, where a line would not be seen."""
    known = np.isfinite(np.concatenate([[np.nan], means, [np.nan]]))
    alone: list[int] = np.flatnonzero(known[1:-1] & ~known[:-2] & ~known[2:]).tolist()
    return alone


def describe(axes: Axes, x: Numbers, found: Means, lever: str) -> None:
    """What stands along the axes."""
    axes.set_xlabel(axis_of(lever, found.moved))
    axes.set_ylabel(found.label.replace(" (", "\n(") if len(found.label) > LONG else found.label)
    found.along(axes.yaxis)
    as_values_of(axes.xaxis, lever)
    room = float(np.ptp(x)) / MOST_TICKS
    if min(b - a for a, b in pairwise(x)) >= room:
        axes.set_xticks(x)
    else:
        axes.xaxis.set_major_locator(MaxNLocator(8, integer=declared_numbers()[lever].type is int))
    axes.grid(visible=False, axis="x")


def name_curves(axes: Axes) -> None:
    """The key at the side, in the order in which the curves end."""
    handles, names = axes.get_legend_handles_labels()
    lines = [_lines_of(name) for name in names]
    size = TEXT * min(1.0, LINES_OF_KEY / sum(map(len, lines)))
    axes.legend(
        handles,
        ["\n".join(each) for each in lines],
        loc="upper left",
        bbox_to_anchor=(1.01, 1.0),
        borderaxespad=0.0,
        fontsize=size,
        handlelength=3.2,
        labelspacing=0.7,
    )


def _lines_of(name: str) -> list[str]:
    """A name in short lines; a long one is cut in its middle."""
    return wrap(shorten(name, WIDTH_OF_KEY * (LINES_OF_A_NAME - 1)), WIDTH_OF_KEY)


def finding(found: Means, curves: Sequence[Curve]) -> str:
    """What the outcome does when the lever is moved, as far as can be told."""
    values = found.values(lever_of(found))
    shapes = [curve.shape for curve in curves]
    if all(shape.kind == UNTOLD for shape in shapes):
        return _few_points(found, curves) if found.judge.by_point else _untold(found, curves)
    if len(curves) == 1:
        curve = curves[0]
        return f"{found.opening} {_does(found, [curve], values, first=True)}{_amounts(found, curve)}"
    groups = [
        [c for c, s in zip(curves, shapes, strict=True) if s.kind == kind]
        for kind in dict.fromkeys(shape.kind for shape in shapes)
    ]
    groups.sort(key=len, reverse=True)
    said = [
        f"{_does(found, group, values, first=k == 0)} {_of_curves(group, curves)}"
        for k, group in enumerate(groups[:MOST_GROUPS])
    ]
    return f"{found.opening} {'; '.join(said)}"


def _untold(found: Means, curves: Sequence[Curve]) -> str:
    """The largest and the smallest of means that have no interval."""
    lever = lever_of(found)
    best, worst = (
        find(
            (
                (value, found.values(lever)[k], curve)
                for curve in curves
                for k, value in enumerate(curve.y.mean)
                if np.isfinite(value)
            ),
            key=lambda each: each[0],
        )
        for find in (max, min)
    )
    ends = [
        f"{word} at {place_said(lever, value)}{' for ' * bool(curve.said)}{curve.said}, {found.said(mean)}"
        for word, (mean, value, curve) in (("highest", best), ("lowest", worst))
    ]
    return f"In one replicate, {found.noun} is {'; '.join(ends)}"


def _few_points(found: Means, curves: Sequence[Curve]) -> str:
    """Where the best mean is, and at how many of few points it is better than the ends of its curve."""
    lever, lower = lever_of(found), found.outcome.better == "lower"
    best = (min if lower else max)(
        curves, key=lambda each: float((np.nanmin if lower else np.nanmax)(each.y.mean))
    )
    place = best.shape.low if lower else best.shape.high
    under = f" for {best.said}" if best.said else ""
    said = f"{found.opening} is {found.best} at {place_said(lever, found.values(lever)[place])}{under}"
    counts = [
        f"{value_said(lever, found.values(lever)[end])} at {won} of {known}"
        for end in dict.fromkeys((int(best.known[0]), int(best.known[-1])))
        if end != place
        for won, known in [found.wins(best.settings[place], best.settings[end])]
    ]
    counts[0] += " points"
    own = value_said(lever, found.values(lever)[place])
    return f"{said}, {found.said(best.y.mean[place])}; {own} {found.beats} {', and '.join(counts)}"


def _does(found: Means, curves: Sequence[Curve], values: Sequence[Number], *, first: bool) -> str:
    """What curves of one kind do; the lever is named once."""
    lever, kind = lever_of(found), curves[0].shape.kind
    name = words_of(lever) if first else "it"
    if kind in (RISES, FALLS):
        place = curves[0].levels_off if len(curves) == 1 else None
        end = "" if place is None else f" up to {value_said(lever, values[place])} and levels off"
        return f"{kind} with {name}{end}"
    if kind in (STILL, FLAT):
        return f"does not {'clearly ' * (kind == FLAT)}move with {name}"
    if kind in (PEAKS, DIPS):
        return _turns(curves, lever, values, first=first)
    if kind == PARTLY and len(curves) == 1:
        shape, say = curves[0].shape, place_said if first else value_said
        higher, lower = say(lever, values[shape.high]), value_said(lever, values[shape.low])
        return f"is higher at {higher} than at {lower}, and no more can be told"
    if kind == PARTLY:
        return f"moves with {name}, but which way cannot be told"
    if kind == UNTOLD:
        return f"has too few {'points' if found.judge.by_point else 'replicates'} to judge by"
    return f"goes up and down with {name}"


def _turns(curves: Sequence[Curve], lever: str, values: Sequence[Number], *, first: bool) -> str:
    """Where curves peak, or are lowest; near it where its neighbours cannot be told apart."""
    kind = curves[0].shape.kind
    places = [curve.shape.high if kind == PEAKS else curve.shape.low for curve in curves]
    word = "peaks" if kind == PEAKS else "is lowest"
    say = place_said if first else value_said
    nearest, furthest = values[min(places)], values[max(places)]
    if nearest != furthest:
        return f"{word} between {value_said(lever, nearest)} and {say(lever, furthest)}"
    sure = all(curve.stands_out(place) for curve, place in zip(curves, places, strict=True))
    return f"{word} {'at' if sure else 'near'} {say(lever, nearest)}"


def _of_curves(group: Sequence[Curve], curves: Sequence[Curve]) -> str:
    """For which curves something holds."""
    if len(group) == len(curves):
        return "for both curves" if len(curves) == 2 else f"for all {len(curves)} curves"
    if len(group) == 1:
        return f"for {group[0].said}"
    return f"for {len(group)} of {len(curves)} curves"


def _amounts(found: Means, curve: Curve) -> str:
    """How large the outcome is where a single curve has its ends or its turn."""
    shape, mean = curve.shape, curve.y.mean
    if shape.kind == STILL:
        return f": it stays at {found.said(mean[shape.high])}"
    if shape.kind == FLAT:
        return f": it stays between {found.said(mean[shape.low])} and {found.said(mean[shape.high])}"
    if shape.kind in (RISES, FALLS):
        return f", from {found.said(mean[curve.known[0]])} to {found.said(mean[curve.known[-1]])}"
    if shape.kind in (PEAKS, DIPS):
        return f", at {found.said(mean[shape.high if shape.kind == PEAKS else shape.low])}"
    return ""


def _note(found: Means, curves: Sequence[Curve], chosen: Sequence[Curve], *, banded: bool) -> str:
    note = found.note("Line", "band" if banded else "whisker")
    if len(chosen) == len(curves):
        return note
    return (
        f"{len(chosen)} of {len(curves):,} curves are drawn, evenly from the highest to the lowest; "
        f"{len(curves) - len(chosen):,} are left out, and counted in the title. {note}"
    )
