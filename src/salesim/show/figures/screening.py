"""What moves an outcome: the mean size of each number's effect with its interval, beside that of luck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from ...study.screening.effects import FIRST
from ...study.screening.screening import (
    EITHER,
    LOWERS,
    NOTHING,
    RAISES,
    WITHIN_NOISE,
    Mover,
    Screening,
)
from ..screening import called, joined, meaning_of, scale_of
from ..words import capital
from .frame import BLUE, GREY, INK, NOTE, PURPLE, VERMILLION, framed, plain, styled

MOST_ROWS = 15
LONGEST = 74  # signs of a meaning
HEIGHT_OF_ROW, HEIGHT_OF_WORDS = 0.4, 3.6  # inches
LOOKS = {  # colour, mark and name in the key
    RAISES: (BLUE, "o", "raises it"),
    LOWERS: (VERMILLION, "s", "lowers it"),
    EITHER: (PURPLE, "D", "either way"),
    WITHIN_NOISE: (GREY, "o", "within noise"),
    NOTHING: (GREY, "x", "nothing"),
}


@styled
def draw(found: Screening) -> Figure:
    """The numbers that matter most, the first on top, each with its interval and what luck alone gives."""
    movers, scale = found.movers[:MOST_ROWS], scale_of(found)
    height = HEIGHT_OF_WORDS + HEIGHT_OF_ROW * len(movers)
    figure = framed(finding(found), _about(found), _note(found), list(_key(movers)), height)
    axes = figure.subplots()
    for row, mover in enumerate(movers):
        _draw_mover(axes, row, mover, scale.factor)
    _describe(axes, movers, found)
    figure.draw_without_rendering()  # after which names have their room
    return figure


def finding(found: Screening) -> str:
    """What the outcome moves most with, as far as it can be told from luck."""
    noun = found.outcome.noun
    if not found.first:
        return f"No number moves {noun} by more than luck does"
    return f"{capital(noun)} moves most with {joined([called(m.path) for m in found.first])}"


def _about(found: Screening) -> str:
    return (
        f"{found.title}: {len(found.movers):,} numbers that are not known, each moved over its plausible "
        f"range in {found.trajectories:,} trajectories; {len(found.told):,} of them can be told from luck"
    )


def _key(movers: Sequence[Mover]) -> Iterator[Artist]:
    shown = {mover.direction for mover in movers}
    for direction, (colour, mark, label) in LOOKS.items():
        if direction in shown:
            face = "white" if direction == WITHIN_NOISE else colour
            yield Line2D(
                [],
                [],
                color=colour,
                marker=mark,
                markerfacecolor=face,
                markersize=8,
                linewidth=1.8,
                label=label,
            )
    yield Line2D(
        [],
        [],
        color=INK,
        marker="|",
        linestyle="none",
        markersize=11,
        markeredgewidth=2,
        label="luck alone",
    )


def _draw_mover(axes: Axes, row: int, mover: Mover, factor: float) -> None:
    colour, mark, _ = LOOKS[mover.direction]
    size, low, high = (factor * value for value in (mover.mu_star, mover.low, mover.high))
    axes.errorbar(
        size,
        row,
        xerr=[[max(size - low, 0.0)], [max(high - size, 0.0)]],
        fmt=mark,
        color=colour,
        markersize=8,
        markerfacecolor="white" if mover.direction == WITHIN_NOISE else colour,
        elinewidth=1.8,
        capsize=3.5,
        zorder=3,
    )
    axes.plot(
        factor * mover.noise, row, marker="|", color=INK, markersize=11, markeredgewidth=2, linestyle="none"
    )


def _describe(axes: Axes, movers: Sequence[Mover], found: Screening) -> None:
    axes.set_yticks(range(len(movers)), [label_of(mover.path) for mover in movers], fontsize=NOTE)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(movers) - 0.4, -0.6)
    axes.set_xlim(left=0.0)
    axes.set_xlabel(
        f"mean size of the effect on {found.outcome.noun},\nend to end of the plausible range "
        f"({scale_of(found).shown})"
    )
    axes.xaxis.set_major_locator(MaxNLocator(6))
    plain(axes.xaxis)
    axes.grid(visible=False, axis="y")
    axes.spines["left"].set_visible(False)


def label_of(path: str) -> str:
    """What a number is, in words, over its path."""
    return f"{shorten(meaning_of(path).rstrip('.'), LONGEST, placeholder=' ...')}\n{path}"


def _note(found: Screening) -> str:
    said = [
        f"Mark: mean size of elementary effects (Morris) over {found.trajectories:,} trajectories; line: "
        "95% interval, over trajectories. Both ends of a step met the same luck, "
        f"{found.replicates:,} replicates; luck alone: the mean size that their scatter would give to a "
        "number that does nothing."
    ]
    unsure = [mover for mover in found.first if mover.among_first < 1.0]
    if len(found.movers) > FIRST and unsure:
        least = min(unsure, key=lambda mover: mover.among_first)
        said.append(
            f"{called(least.path).capitalize()} is among the first {FIRST} in {least.among_first:.0%} of "
            "resamples."
        )
    if len(found.movers) > MOST_ROWS:
        said.append(f"Left out: {len(found.movers) - MOST_ROWS:,} that move it less.")
    return " ".join(said)
