"""An outcome under each policy, and at each mode where levers have names and no size."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ...outcomes.history import Numbers
from ...scenario.declared import value_of, words_of
from ...study.sweeps.design import AS_IS, policy_said
from ...study.sweeps.runs import Runs
from .comparing import Setting
from .frame import BLUE, GREY, INK, SIZE, TEXT, VERMILLION, framed, styled
from .means import (
    Means,
    firm_said,
    is_numeric,
    name_of,
    over_settings,
    shorten,
)

MOST_ROWS = 16
MOST_LONG_NAMES = 6  # of more, long names are cut to a line
WIDTH_OF_NAME = 34
GAP = 0.3  # lines between names
HEIGHT_OF_ROW, HEIGHT_OF_WORDS = 0.55, 2.75  # inches; few rows make a low figure


def means(sweep: Runs, outcome: str) -> Means | None:
    """What there is to draw, or None: a lever that has a size was moved, or too little is known."""
    found = over_settings(sweep, outcome)
    return found if not any(map(is_numeric, found.moved)) and found.known > 1 else None


def ranked(found: Means) -> list[Setting]:
    """Settings of which a mean is known, the best first; the highest, where no direction is better."""
    sign = 1.0 if found.outcome.better == "lower" else -1.0
    means = dict(zip(found.settings, found.all.mean.tolist(), strict=True))
    return sorted((s for s in found.settings if np.isfinite(means[s])), key=lambda s: sign * means[s])


def as_it_is(found: Means) -> Setting:
    """The setting of the firm as it is."""
    firm = found.study.firms[AS_IS]
    return (AS_IS, *(value_of(firm, path) for path in found.moved))


def shown(found: Means, settings: Sequence[Setting]) -> list[Setting]:
    """The best settings, and the firm as it is."""
    firm = as_it_is(found)
    if firm in settings[MOST_ROWS:]:
        return [*settings[: MOST_ROWS - 1], firm]
    return list(settings[:MOST_ROWS])


@styled
def draw(found: Means) -> Figure:
    """The mean of an outcome and its interval, policy by policy, the best on top."""
    settings = ranked(found)
    chosen = shown(found, settings)
    firm = as_it_is(found)
    key = _key("another setting" if found.moved else "under a policy") if firm in chosen else ()
    height = min(SIZE[1], HEIGHT_OF_WORDS + HEIGHT_OF_ROW * len(chosen))
    figure = framed(finding(found, settings), found.about, _note(found, settings, chosen), key, height)
    axes = figure.subplots()
    rows = found.at(chosen)
    heights = _name_rows(axes, [_short(found, setting) for setting in chosen])
    if found.moved:
        axes.set_ylabel(",\n".join([*["policy"] * several(found), *map(words_of, found.moved)]))
    if firm in chosen:
        axes.axvline(rows.mean[chosen.index(firm)], color=GREY, linestyle="--", linewidth=1.6, zorder=1)
    for setting, height, mean, low, high in zip(chosen, heights, *rows, strict=True):
        own = setting == firm
        axes.plot([low, high], [height, height], color=INK, linewidth=2.0, zorder=2)
        axes.plot(
            mean,
            height,
            marker="D" if own else "o",
            markersize=11,
            color=VERMILLION if own else BLUE,
            zorder=3,
        )
    axes.set_xlabel(found.label)
    found.along(axes.xaxis)
    axes.margins(x=0.06)
    axes.grid(visible=False, axis="y")
    _fit_names(figure, axes)
    return figure


def several(found: Means) -> bool:
    """Whether there is a policy beside the firm as it is."""
    return len(found.study.firms) > 1


def _short(found: Means, setting: Setting) -> str:
    """A policy, or modes by their names alone."""
    policy, *modes = setting
    return ", ".join([*[policy_said(policy)] * several(found), *map(str, modes)])


def _name_rows(axes: Axes, names: Sequence[str]) -> Numbers:
    """Names at the side; rows are as high as their names. Gives the heights of their middles."""
    longest = 3 * WIDTH_OF_NAME - 6 if len(names) <= MOST_LONG_NAMES else WIDTH_OF_NAME
    lines = [wrap(shorten(name, longest), WIDTH_OF_NAME) for name in names]
    counts = np.array([len(each) + GAP for each in lines])
    ends = -np.cumsum(counts)
    middles = ends + 0.5 * counts
    axes.set_yticks(middles, ["\n".join(each) for each in lines])
    axes.set_ylim(ends[-1], 0.0)
    return middles


def _fit_names(figure: Figure, axes: Axes) -> None:
    """Smaller names where they would touch, which shows when the figure has been laid out."""
    figure.draw_without_rendering()
    points = axes.get_window_extent().height * 72.0 / figure.dpi
    lines = -axes.get_ylim()[0]
    axes.tick_params(axis="y", labelsize=min(TEXT, points / (1.22 * lines)))
    figure.draw_without_rendering()


def _key(other: str) -> list[Line2D]:
    marks = ((VERMILLION, "D", firm_said(AS_IS)), (BLUE, "o", other))
    return [
        Line2D([], [], color=colour, marker=marker, linestyle="none", markersize=10, label=label)
        for colour, marker, label in marks
    ]


def finding(found: Means, settings: Sequence[Setting]) -> str:
    """Which policy is best, and whether it can be told apart from the next."""
    best, second = settings[:2]
    firm = as_it_is(found)
    name = name_of(found, best, prose=True)
    said = f"{found.opening} is {found.best} for {name}, {found.said(found.at([best]).mean[0])}"
    if found.judge.by_point:
        return f"{said}; it {found.beats} {_points_won(found, settings)}"
    if not found.ranged:
        return f"{said}; in one replicate, so luck may have chosen it"
    other = name_of(found, second, prose=True)
    if _is_apart(found, best, second):
        return f"{said}; it can be told apart from the next, {other}"
    end = _of_the_firm(found, best) if firm in settings[2:] else ""
    return f"{said}; it cannot be told apart from the next, {other}{end}"


def _points_won(found: Means, settings: Sequence[Setting]) -> str:
    """At how many points the best is better than the firm as it is, and than the next."""
    firm = as_it_is(found)
    others = [firm] if firm in settings[1:] else []
    others += [settings[1]] * (settings[1] != firm)
    counts = [found.wins(settings[0], other) for other in others]
    names = [firm_said(AS_IS) if other == firm else name_of(found, other, prose=True) for other in others]
    said = [f"{name} at {won} of {known}" for name, (won, known) in zip(names, counts, strict=True)]
    said[0] += f" point{'s' if counts[0][1] != 1 else ''}"
    return ", and ".join(said)


def _is_apart(found: Means, a: Setting, b: Setting) -> bool:
    return bool(np.abs(found.signs(a, [b]))[0] > 0.0)


def _of_the_firm(found: Means, best: Setting) -> str:
    """Whether the best can be told apart from the firm as it is, where that is not next to it."""
    told = _is_apart(found, best, as_it_is(found))
    return f", but from {firm_said(AS_IS)}" if told else f", nor from {firm_said(AS_IS)}"


def _note(found: Means, settings: Sequence[Setting], chosen: Sequence[Setting]) -> str:
    left = len(settings) - len(chosen)
    hidden = f"Left out: {left:,} of {len(settings):,}, which lie behind those drawn. " if left else ""
    return f"{hidden}{found.note('Mark', 'line')}"
