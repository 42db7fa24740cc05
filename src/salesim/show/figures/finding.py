"""A published finding beside what the model says of it: a row for each measure, and its curves."""

from __future__ import annotations

from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...evidence.judging import Finding, Verdict
from ...evidence.target import FITTED
from ...evidence.wording import scale_of, unit_text, value_text, verdict_text
from ...quantity import MINUS
from ..evidence.machine import Evidence
from .bands import BAND, key_to, look_of, room_for
from .evidence_curves import draw_curves, panels_of
from .frame import GREY, INK, NOTE, TEXT, framed, styled, write
from .marked_rows import Marked, draw_rows

HEIGHT_OF_ROW, HEIGHT_OF_CURVES, HEIGHT_OF_WORDS = 0.82, 3.1, 2.05  # inches
WIDTH_OF_NAME = 36  # signs
FRACTION = "axes fraction"
NOTE_OF_ALL = (
    "Bar: 95% interval of ours, by resampling. A band that reaches the edge of its panel goes on. Bands "
    "were fixed before the model was calibrated."
)


def finding_of(found: Evidence, name: str) -> Finding:
    """One of several findings, by the name of its target."""
    return next(finding for finding in found.judged if finding.target.name == name)


@styled
def draw(finding: Finding) -> Figure:
    """Each measure of the finding: ours with its interval, its band, and what was published."""
    verdicts, panels = finding.verdicts, panels_of(finding)
    rows = HEIGHT_OF_ROW * len(verdicts)
    below = HEIGHT_OF_CURVES if panels else 0.0
    figure = framed(
        title_of(finding),
        finding.target.published,
        NOTE_OF_ALL,
        list(key_to(verdicts)),
        HEIGHT_OF_WORDS + rows + below,
    )
    grid = figure.add_gridspec(2 if panels else 1, 1, height_ratios=[rows, below] if panels else None)
    upper = grid[0].subgridspec(len(verdicts), 1)
    for row, verdict in enumerate(verdicts):
        _draw_row(figure.add_subplot(upper[row]), verdict)
    if panels:
        lower = grid[1].subgridspec(1, len(panels))
        for place, panel in enumerate(panels):
            draw_curves(figure.add_subplot(lower[place]), panel, len(panels))
    figure.draw_without_rendering()
    return figure


def title_of(finding: Finding) -> str:
    """The verdict on the finding, then what it is about."""
    title = finding.target.title
    about = f"{finding.target.name}, {title[:1].lower()}{title[1:]}"
    if not finding.target.counts:
        return f"Fitted{'' if finding.reproduced else ', and missed'}: {about}"
    if finding.reproduced:
        return f"Reproduced: {about}"
    judged = finding.judged
    missed = sum(not verdict.reproduced for verdict in judged)
    return f"Missed in {missed} of {len(judged)} measures: {about}"


def _draw_row(axes: Axes, verdict: Verdict) -> None:
    measure = verdict.measure
    scale, room = scale_of(measure.unit).factor, room_for(verdict)
    axes.axvspan(*(scale * end for end in room.band), facecolor=BAND, linewidth=0, zorder=1)
    if measure.published is not None:
        axes.vlines(scale * measure.published, -0.62, 0.62, color=INK, linewidth=2.6, zorder=2)
    look = look_of(verdict)
    name = f"{measure.says} (fitted)" if measure.role == FITTED else measure.says
    says = "\n".join(wrap(name, WIDTH_OF_NAME, max_lines=4, placeholder=" ..."))
    ends = [scale * value for value in (verdict.value, verdict.low, verdict.high)]
    draw_rows(axes, [Marked(says, ends, look, id=measure.name)], size=NOTE + 0.5, ticks=7)
    axes.set_xlim(scale * room.low, scale * room.high)
    axes.set_ylim(-1.0, 1.0)
    axes.tick_params(axis="y", pad=16)
    axes.tick_params(axis="x", labelsize=NOTE - 0.5, pad=1.5)
    axes.set_xlabel(unit_text(measure.unit), fontsize=NOTE - 0.5, labelpad=0.0, loc="right", color=GREY)
    axes.grid(visible=False)
    value = value_text(verdict.value, measure.unit, (verdict.low, verdict.high)).replace("-", MINUS)
    for text, shift, side, size in (
        (value, 1, "bottom", TEXT),
        (verdict_text(verdict).replace("of replicates", "of runs"), -1, "top", NOTE - 0.5),
    ):
        bold, place = side == "bottom", (1.0, 0.5)
        write(axes, text, place, (10, shift), ("left", side), size, look.colour, bold=bold, within=FRACTION)
