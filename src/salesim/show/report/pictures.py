"""Figures as pictures of a report: their findings as text, and the rest drawn."""

from __future__ import annotations

import re

from matplotlib.figure import Figure

from ..figures.saving import drawn, outlined
from .page import Picture

VIEW = re.compile(r'height="[\d.]+pt" viewBox="0 0 ([\d.]+) ([\d.]+)"')
CAPTIONS = {
    "promised_and_realised": "Contribution quarter by quarter: what was promised, and what was realised.",
    "understanding": "What people know of the strategy, and what they think they know, level by level.",
    "week_of_quarter": "Discounts and bookings week by week of the quarter.",
    "attainment": "How far reps get with their quotas, rep-year by rep-year.",
    "price_waterfall": "From the list price to what is left of a unit sold, step by step.",
    "waterfall": "From what was promised to what was realised, cause by cause.",
    "next_levers": "What moving each lever by one step gains, net of what it costs.",
    "forest": "Each arm less the firm as it is, with the interval of the difference.",
    "arms_by_quarter": "Each arm and the firm as it is, quarter by quarter.",
    "paired_differences": "Each arm less the firm as it is, replicate by replicate on the same luck.",
    "grid": "The difference from the firm as it is at each place of the grid.",
    "response": "The outcome at each value of the lever that was moved.",
    "heat_map": "The outcome at each pair of values of the two levers that were moved.",
    "policies": "The outcome under each policy.",
    "screening": "How far each number moves the outcome over its plausible range.",
    "effects": "What each measure changed, with the interval of the difference.",
    "overview": "Every measure of every finding, by its place in its own band.",
}
OF_A_FINDING = "Each measure of the finding: ours with its interval, its band, and what was published."


def picture(name: str, figure: Figure, caption: str = "") -> Picture:
    """A figure as a picture; its title is cut off and said as text instead.

    Args:
        name: of its file, such as "response_realised".
        figure: as salesim draws it, its title first among its texts.
        caption: what it shows; by its name unless given.
    """
    title, *others = figure.texts
    box = title.get_window_extent()
    top = 1.0 - float(box.y0) / float(figure.bbox.height) if title.get_text() else 0.0
    width, height = (72.0 * inches for inches in figure.get_size_inches())
    said = [" ".join(other.get_text().split()) for other in others]
    return Picture(
        name=name,
        title=" ".join(figure.get_suptitle().split()),
        caption=caption or caption_of(name),
        alt=" ".join(["Chart.", *filter(None, said)]),
        outlined=_cut(outlined(figure), top),
        lettered=_cut(drawn(figure, "svg"), top),
        png=drawn(figure, "png"),
        top=top,
        width=width,
        height=height * (1.0 - top),
    )


def caption_of(name: str) -> str:
    """What a figure of that name shows; the outcome that it is of stands in its title."""
    found = [key for key in CAPTIONS if name == key or name.startswith(f"{key}_")]
    return CAPTIONS[max(found, key=len)]


def _cut(svg: bytes, top: float) -> str:
    """A drawing without so much of its top, and without what only a file of its own needs."""
    text = svg.decode("utf-8")
    text = text[text.index("<svg ") :]

    def shorter(found: re.Match[str]) -> str:
        width, height = float(found[1]), float(found[2])
        cut = round(top * height, 2)
        left = round(height - cut, 2)
        return f'height="{left}pt" viewBox="0 {cut} {width:g} {left}"'

    cut, number = VIEW.subn(shorter, text, count=1)
    assert number == 1, "a drawing says how large it is"
    return cut
