"""Reading a figure as its audience does: words, numbers, and what lies on what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox


def title_of(figure: Figure) -> str:
    """The finding, whatever lines it is written in."""
    return " ".join(figure.get_suptitle().split())


def words_of(figure: Figure) -> str:
    """The lines of text around the axes: title, subtitle and note."""
    return " ".join(" ".join(text.get_text() for text in figure.texts).split())


def numbers_in(text: str) -> list[float]:
    """The numbers of a sentence, in their order."""
    plain = text.replace("\N{MINUS SIGN}", "-").replace(",", "")
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", plain)]


def percents(text: str) -> list[float]:
    """The numbers before a percent sign."""
    return [float(number) for number in re.findall(r"(-?\d+(?:\.\d+)?)%", text)]


def subtitle_of(figure: Figure) -> str:
    """Of whom the figure is, below its finding."""
    return " ".join(figure.texts[1].get_text().split())


def note_of(figure: Figure) -> str:
    """What stands at the foot: how marks are to be read, and what is left out."""
    return " ".join(figure.texts[-1].get_text().split())


def kind_of(text: str) -> str:
    """A sentence without its numbers: what it says, whatever the amounts."""
    return re.sub(r"-?\d[\d,]*(?:\.\d+)?", "#", text)


def boxes(figure: Figure) -> Iterator[tuple[str, Bbox]]:
    """Each text that is seen, and where it stands (pixels)."""
    figure.draw_without_rendering()
    texts = [*figure.texts]
    for legend in figure.legends:
        texts += legend.get_texts()
    for axes in figure.axes:
        if axes.get_visible():
            texts += [*axes.texts, axes.xaxis.label, axes.yaxis.label, axes.title]
            legend = axes.get_legend()
            texts += legend.get_texts() if legend else []
            texts += [axes._left_title, axes._right_title, *ticks_of(axes)]
    for text in texts:
        if text.get_visible() and text.get_text().strip():
            yield text.get_text(), text.get_window_extent()


def ticks_of(axes: Axes) -> Iterator[Text]:
    """Labels of the ticks that lie within the axes."""
    for axis, (low, high) in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
        slack = 1e-6 * (high - low)
        for tick in axis.get_major_ticks():
            if low - slack <= tick.get_loc() <= high + slack:
                yield from (label for label in (tick.label1, tick.label2) if label.get_visible())


def faults(figure: Figure) -> list[str]:
    """Texts that touch each other, or that are cut off at the edge of the figure."""
    seen = list(boxes(figure))
    width, height = figure.bbox.width, figure.bbox.height
    cut = [
        f"cut off: {text}"
        for text, box in seen
        if box.x0 < -0.5 or box.y0 < -0.5 or box.x1 > width + 0.5 or box.y1 > height + 0.5
    ]
    return cut + [
        f"{a} on {b}" for k, (a, box) in enumerate(seen) for b, other in seen[:k] if touch(box, other)
    ]


def touch(a: Bbox, b: Bbox) -> bool:
    """Whether two boxes share more than a pixel."""
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 1.0 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1.0


def with_other(results, **fields):
    """The same results but for some fields, with nothing kept that was worked out of the former."""
    kept = {name: getattr(results, name) for name in type(results).model_fields}
    return type(results)(**kept | fields)
