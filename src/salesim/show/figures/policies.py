"""An outcome under each policy, and at each mode where levers have names and no size."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

from matplotlib.figure import Figure

from ...analysis.means.judges import Setting
from ...analysis.means.means import Means, firm_text, shorten
from ...analysis.means.ranking import as_it_is, finding, ranked, several
from ...inputs.declared import words_of
from ...inputs.design import BASELINE, policy_text
from .curves import of_outcome
from .frame import BLUE, GREY, VERMILLION, framed, styled
from .marked_rows import Look, Marked, draw_rows, height_of_row, key_of

MAX_ROWS = 16
MAX_LONG_NAMES = 6  # of more, long names are cut to a line
WIDTH_OF_NAME = 34
HEIGHT_OF_ROW, HEIGHT_OF_WORDS = 0.42, 2.75  # inches


def shown(found: Means, settings: Sequence[Setting]) -> list[Setting]:
    """The best settings, and today's firm."""
    firm = as_it_is(found)
    if firm in settings[MAX_ROWS:]:
        return [*settings[: MAX_ROWS - 1], firm]
    return list(settings[:MAX_ROWS])


@styled
def draw(found: Means) -> Figure:
    """The outcome under each policy."""
    settings = ranked(found)
    chosen = shown(found, settings)
    firm = as_it_is(found)
    own = Look(firm_text(BASELINE), VERMILLION, "D")
    other = Look("another setting" if found.moved else "under a policy", BLUE, "o")
    key = key_of((own, other), (own, other)) if firm in chosen else ()
    longest = 3 * WIDTH_OF_NAME - 6 if len(chosen) <= MAX_LONG_NAMES else WIDTH_OF_NAME
    names = [fill(shorten(_short(found, setting), longest), WIDTH_OF_NAME) for setting in chosen]
    height = HEIGHT_OF_WORDS + height_of_row(names, HEIGHT_OF_ROW) * len(chosen)
    figure = framed(finding(found), found.about, _note(found, settings, chosen), key, height)
    axes = figure.subplots()
    ends = zip(*found.at(chosen), strict=True)
    marks = [
        Marked(name, each, own if setting == firm else other)
        for name, each, setting in zip(names, ends, chosen, strict=True)
    ]
    draw_rows(axes, marks, found.label, ticks=8)
    of_outcome(axes.xaxis, found)
    if found.moved:
        axes.set_ylabel(",\n".join([*["policy"] * several(found), *map(words_of, found.moved)]))
    if firm in chosen:
        axes.axvline(marks[chosen.index(firm)].ends[0], color=GREY, linestyle="--", linewidth=1.6, zorder=1)
    return figure


def _short(found: Means, setting: Setting) -> str:
    """A policy, or modes by their names alone."""
    policy, *modes = setting
    return ", ".join([*[policy_text(policy)] * several(found), *map(str, modes)])


def _note(found: Means, settings: Sequence[Setting], chosen: Sequence[Setting]) -> str:
    left = len(settings) - len(chosen)
    hidden = f"Left out: {left:,} of {len(settings):,}, which lie behind those drawn. " if left else ""
    return f"{hidden}{found.note('Mark', 'line')}"
