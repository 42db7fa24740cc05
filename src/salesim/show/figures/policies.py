"""An outcome under each policy, and at each mode where levers have names and no size."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...analysis.means.judges import Setting
from ...analysis.means.means import Means, firm_said, shorten
from ...analysis.means.ranking import as_it_is, finding, ranked, several
from ...inputs.declared import words_of
from ...inputs.design import AS_IS, policy_said
from ...outcomes.history import Numbers
from .curves import of_outcome
from .frame import BLUE, GREY, SIZE, TEXT, VERMILLION, framed, styled
from .marks import Look, draw_mark, key_of

MOST_ROWS = 16
MOST_LONG_NAMES = 6  # of more, long names are cut to a line
WIDTH_OF_NAME = 34
GAP = 0.3  # lines between names
HEIGHT_OF_ROW, HEIGHT_OF_WORDS = 0.55, 2.75  # inches; few rows make a low figure


def shown(found: Means, settings: Sequence[Setting]) -> list[Setting]:
    """The best settings, and today's firm."""
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
    own = Look(firm_said(AS_IS), VERMILLION, "D")
    other = Look("another setting" if found.moved else "under a policy", BLUE, "o")
    key = key_of((own, other), (own, other)) if firm in chosen else ()
    height = min(SIZE[1], HEIGHT_OF_WORDS + HEIGHT_OF_ROW * len(chosen))
    figure = framed(finding(found), found.about, _note(found, settings, chosen), key, height)
    axes = figure.subplots()
    rows = found.at(chosen)
    heights = _name_rows(axes, [_short(found, setting) for setting in chosen])
    if found.moved:
        axes.set_ylabel(",\n".join([*["policy"] * several(found), *map(words_of, found.moved)]))
    if firm in chosen:
        axes.axvline(rows.mean[chosen.index(firm)], color=GREY, linestyle="--", linewidth=1.6, zorder=1)
    for setting, height, *ends in zip(chosen, heights, *rows, strict=True):
        draw_mark(axes, height, ends, own if setting == firm else other)
    axes.set_xlabel(found.label)
    of_outcome(axes.xaxis, found)
    axes.margins(x=0.06)
    axes.grid(visible=False, axis="y")
    _fit_names(figure, axes)
    return figure


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


def _note(found: Means, settings: Sequence[Setting], chosen: Sequence[Setting]) -> str:
    left = len(settings) - len(chosen)
    hidden = f"Left out: {left:,} of {len(settings):,}, which lie behind those drawn. " if left else ""
    return f"{hidden}{found.note('Mark', 'line')}"
