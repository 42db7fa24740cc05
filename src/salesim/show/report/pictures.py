"""Figures as pictures of a report: their findings as text, and the rest drawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from matplotlib.figure import Figure

from ...english import capital
from ...outcomes import Outcome
from ...result import Result
from ..figures import BY_NAME, figures_of, file_name
from ..figures.saving import drawn, outlined
from .page import Picture, Section

MAX_ROWS = 200  # of a table
VIEW = re.compile(r'height="[\d.]+pt" viewBox="0 0 ([\d.]+) ([\d.]+)"')


def pictures_of(results: Any, outcomes: Iterable[str] | None = None) -> dict[tuple[str, str], Picture]:
    """Every figure that results have as a picture, by its kind and by what it is of."""
    return {
        figure: picture(file_name(figure), draw(), BY_NAME[figure[0]].caption)
        for figure, draw in figures_of(results, outcomes).items()
    }


def picture(name: str, figure: Figure, caption: str) -> Picture:
    """A figure as a picture; its title is cut off and said as text instead.

    Args:
        name: of its file, such as "response_realised".
        figure: as salesim draws it, its title first among its texts.
        caption: what it shows.
    """
    title, *others = figure.texts
    box = title.get_window_extent()
    top = 1.0 - float(box.y0) / float(figure.bbox.height) if title.get_text() else 0.0
    width, height = (72.0 * inches for inches in figure.get_size_inches())
    said = [" ".join(other.get_text().split()) for other in others]
    return Picture(
        name=name,
        title=" ".join(figure.get_suptitle().split()),
        caption=caption,
        alt=" ".join(["Chart.", *filter(None, said)]),
        outlined=_cut(outlined(figure), top),
        lettered=_cut(drawn(figure, "svg"), top),
        png=drawn(figure, "png"),
        top=top,
        width=width,
        height=height * (1.0 - top),
    )


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


def sections_of(
    outcomes: Iterable[Outcome], drawn: Mapping[tuple[str, str], Picture], before: str = ""
) -> Iterator[Section]:
    """A section on each outcome that has figures of its own: what it means, and these."""
    for outcome in outcomes:
        own = tuple(each for (_, of), each in drawn.items() if of == outcome.name)
        if own:
            heading = capital(f"{before}{outcome.name.replace('_', ' ')}")
            yield Section(f"of_{outcome.name}", heading, (outcome.meaning,), own)


def section_of(result: Result, name: str, heading: str, said: int = 1) -> Section:
    """A result as a part of a report: its figures, its tables, and what was not said of it before."""
    return Section(
        name,
        heading,
        pictures=tuple(pictures_of(result).values()),
        tables=tuple(table.first(MAX_ROWS) for table in result.tables()),
        points=tuple(result.sentences[said:]),
    )
