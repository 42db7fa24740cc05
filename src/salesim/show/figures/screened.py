"""What an outcome depends on: the mean size of each parameter's effect, beside what chance alone gives."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ...analysis.screening.screening import (
    EITHER,
    LOWERS,
    NONE,
    RAISES,
    UNCLEAR,
    ParameterEffect,
    Screening,
)
from .frame import BLUE, GREY, INK, NOTE, PURPLE, VERMILLION, framed, styled
from .marked_rows import Look, Marked, draw_rows, key_of

MAX_ROWS = 15
LONGEST = 74  # signs of a meaning
HEIGHT_OF_ROW, HEIGHT_OF_WORDS = 0.4, 3.6  # inches
CHANCE: dict[str, Any] = {
    "color": INK,
    "marker": "|",
    "linestyle": "none",
    "markersize": 11,
    "markeredgewidth": 2,
}
LOOKS = {
    RAISES: Look("raises it", BLUE, "o"),
    LOWERS: Look("lowers it", VERMILLION, "s"),
    EITHER: Look("either way", PURPLE, "D"),
    UNCLEAR: Look("unclear", GREY, "o", hollow=True),
    NONE: Look("none", GREY, "x"),
}


@styled
def draw(found: Screening) -> Figure:
    """How far each number moves the outcome over its range."""
    shown, factor = found.parameters[:MAX_ROWS], found.scale.factor
    looks = [LOOKS[each.direction] for each in shown]
    key = [*key_of(LOOKS.values(), looks), Line2D([], [], label="chance alone", **CHANCE)]
    height = HEIGHT_OF_WORDS + HEIGHT_OF_ROW * len(shown)
    figure = framed(found.sentences[0].rstrip("."), found.sentences[1], note(found), key, height)
    axes = figure.subplots()
    marks = [
        Marked(label_of(each), [factor * end for end in (each.mu_star, *each.interval)], look)
        for each, look in zip(shown, looks, strict=True)
    ]
    unit = f"mean size of the effect\nover the plausible range ({found.scale.shown})"
    draw_rows(axes, marks, unit, size=NOTE)
    axes.plot([factor * each.noise for each in shown], range(len(shown)), **CHANCE)
    axes.set_xlim(left=0.0)
    return figure


def label_of(each: ParameterEffect) -> str:
    """What a parameter is, in words, over its path."""
    return f"{shorten(each.meaning.rstrip('.'), LONGEST, placeholder=' ...')}\n{each.path}"


def note(found: Screening) -> str:
    """How to read the marks, and what is left out."""
    said = (
        f"Mark: mean size of elementary effects (Morris) over {found.trajectories:,} trajectories; line: "
        "its 95% interval. Both ends of a step use the same random draws. Chance alone: the mean size that "
        "their scatter would give to a parameter without effect."
    )
    left = len(found.parameters) - MAX_ROWS
    return f"{said} Left out: {left:,} with smaller effects." if left > 0 else said
