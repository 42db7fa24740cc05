"""What every figure shares: its style, its colours, and the frame of words around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, wraps
from io import BytesIO
from itertools import pairwise
from textwrap import wrap
from typing import Literal, TypeVar

import seaborn as sns
from matplotlib import style
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ...inputs.dates import plan_text
from ...model.scenario import Scenario
from ...quantity import MINUS

Given = TypeVar("Given")
Coordinates = str | tuple[str, str]
Side = Literal["left", "center", "right"]

# Colours that stay apart for every kind of colour vision (Okabe and Ito 2008); in grey, bars differ
# in lightness and lines in their dashes.
BLUE, SKY, ORANGE, VERMILLION = "#0072B2", "#56B4E9", "#E69F00", "#D55E00"
GREEN, PURPLE = "#009E73", "#CC79A7"
INK, GREY, PALE = "#222222", "#555555", "#E6E6E6"

SIZE = (11.0, 6.1875)  # inches; 16 to 9, like a slide
MARGIN = 0.22  # inches
TITLE, SUBTITLE, TEXT, NOTE = 17.0, 12.5, 12.5, 10.5  # points
BACKING = {"facecolor": "white", "edgecolor": "none", "pad": 0.7}
STYLE = {
    "font.size": TEXT,
    "axes.labelsize": TEXT,
    "axes.titlesize": TEXT,
    "xtick.labelsize": TEXT,
    "ytick.labelsize": TEXT,
    "legend.fontsize": TEXT,
    "legend.frameon": False,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.edgecolor": GREY,
    "grid.color": PALE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "svg.fonttype": "none",
    "svg.hashsalt": "salesim",
    "pdf.fonttype": 42,
}


@contextmanager
def drawing() -> Iterator[None]:
    """The style of the house, whatever users have set for their own figures."""
    with style.context(["default", sns.axes_style("whitegrid") | STYLE]):
        yield


class Slide(Figure):
    """A figure that notebooks show by themselves, in the style of the house."""

    def _repr_png_(self) -> bytes:
        content = BytesIO()
        with drawing():
            self.savefig(content, format="png")
        return content.getvalue()


def styled(draw: Callable[[Given], Figure]) -> Callable[[Given], Figure]:
    """Draw a figure in the style of the house."""

    @wraps(draw)
    def drawn(given: Given) -> Figure:
        with drawing():
            figure = draw(given)
            settle(figure)
        return figure

    return drawn


def settle(figure: Figure) -> None:
    """Lay a figure out once for all, to a ten-thousandth of its size.

    The layout's solver differs from run to run in its last bits, which would go into names in files.
    """
    layout = figure.get_layout_engine()
    if layout is not None and figure.axes:
        layout.execute(figure)
    figure.set_layout_engine(None)  # with any other, even "none", each file would be drawn twice
    for axes in figure.axes:
        left, bottom, width, height = (round(edge, 4) for edge in axes.get_position().bounds)
        axes.set_position((left, bottom, width, height))
        axes.set_in_layout(True)  # which setting a position takes away


def framed(
    title: str, subtitle: str, note: str = "", key: Sequence[Artist] = (), height: float = SIZE[1]
) -> Figure:
    """An empty figure: its finding on top, then a key, and at the foot what one must know to read it."""
    figure = Slide(figsize=(SIZE[0], height), layout="constrained")
    left, below = MARGIN / SIZE[0], MARGIN / height
    top = 1.0 - below
    upper = lines_of(title, TITLE, "bold")
    figure.suptitle(
        "\n".join(upper),
        x=left,
        y=top,
        ha="left",
        va="top",
        fontsize=TITLE,
        fontweight="bold",
        parse_math=False,
    )
    top -= len(upper) * _line(TITLE, height) + 0.25 * _line(SUBTITLE, height)
    second = lines_of(subtitle, SUBTITLE)
    _say(figure, second, (left, top), "top", SUBTITLE)
    top -= (len(second) + 0.5) * _line(SUBTITLE, height)
    if key:
        figure.legend(
            handles=list(key),
            loc="upper left",
            bbox_to_anchor=(left, top),
            ncols=len(key),
            borderpad=0.0,
            borderaxespad=0.0,
            handlelength=2.6,
            columnspacing=2.5,
        )
        top -= 1.5 * _line(TEXT, height)
    foot = lines_of(note, NOTE)
    _say(figure, foot, (left, below), "bottom", NOTE)
    bottom = below + (len(foot) + 0.6) * _line(NOTE, height)
    layout = figure.get_layout_engine()
    assert isinstance(layout, ConstrainedLayoutEngine)
    layout.set(rect=(left, bottom, 1.0 - 2.0 * left, top - bottom))
    return figure


def lines_of(text: str, size: float, weight: str = "normal") -> list[str]:
    """A text in as few lines as fit across the figure, and evened out."""
    room = 0.96 * 72.0 * (SIZE[0] - 2.0 * MARGIN)  # renderers round the width of each sign
    clean = "".join(sign if sign.isprintable() else " " for sign in text)
    width = max(1, min(len(clean), int(room / (0.4 * size))))  # hardly more signs find room
    lines = wrap(clean, width)
    while any(_width(line, size, weight) > room for line in lines):
        width -= 1
        lines = wrap(clean, width)
    while width > 1 and len(wrap(clean, width - 1)) == len(lines):
        width -= 1
        lines = wrap(clean, width)
    return lines


def _width(line: str, size: float, weight: str) -> float:
    """How wide a line will be (points)."""
    return sum(_advance(sign, size, weight) for sign in line)


@cache
def _advance(sign: str, size: float, weight: str) -> float:
    """How far a sign moves what stands after it (points)."""
    font = FontProperties(size=size, weight=weight)
    between, beside = (
        text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]
        for text in (f"x{sign}x", "xx")
    )
    return float(between - beside)


def _say(figure: Figure, lines: Sequence[str], place: tuple[float, float], side: str, size: float) -> None:
    figure.text(*place, "\n".join(lines), ha="left", va=side, fontsize=size, color=GREY, parse_math=False)


def _line(size: float, height: float) -> float:
    """Height of a line of text as a share of a figure of so many inches."""
    return size * 1.25 / 72.0 / height


def about(firm: Scenario, title: str = "") -> str:
    """Whose plan it is, the firm's unless another title is given, and how long."""
    return f"{title or firm.title}: {plan_text(firm)}"


def write(
    axes: Axes,
    text: str,
    place: tuple[float, float],
    shift: tuple[float, float] = (0.0, 0.0),
    align: tuple[Side, str] = ("left", "center"),
    size: float = TEXT,
    colour: str = INK,
    *,
    bold: bool = False,
    within: Coordinates = "data",
    zorder: float = 3.0,
    backed: bool = False,
) -> None:
    """Words beside a place in a figure.

    Args:
        axes: where.
        text: the words.
        place: in the unit of `within`: "data" or "axes fraction", or one of them for each axis.
        shift: from there (points).
        align: what of the words stands there, across and along the height.
        size, colour, bold: of the letters (points).
        zorder: what lies above what.
        backed: whether what lies below is hidden.
    """
    axes.annotate(
        text,
        place,
        xycoords=within,
        xytext=shift,
        textcoords="offset points",
        ha=align[0],
        va=align[1],
        fontsize=size,
        fontweight="bold" if bold else "normal",
        color=colour,
        zorder=zorder,
        bbox=BACKING if backed else None,
    )


def spread_apart(heights: Sequence[float], least: float) -> list[float]:
    """Heights for labels: as given, but none nearer to the next than so much."""
    order = sorted(range(len(heights)), key=lambda k: heights[k])
    placed = list(heights)
    for below, above in pairwise(order):
        missing = least - (placed[above] - placed[below])
        if missing > 0.0:
            placed[below] -= missing / 2.0
            placed[above] += missing / 2.0
    return placed


def plain(axis: Axis, factor: float = 1.0, sign: str = "", ticks: int = 0) -> None:
    """Plain numbers along an axis, without powers of ten and with no digits more than needed.

    Args:
        axis: along which.
        factor, sign: what numbers are multiplied by, and what follows them.
        ticks: about how many steps there are at most; as matplotlib has it unless given.
    """

    def written(value: float, _: object) -> str:
        return f"{factor * value + 0.0:,.10g}{sign}".replace("-", MINUS)

    axis.set_major_formatter(FuncFormatter(written))
    if ticks:
        axis.set_major_locator(MaxNLocator(ticks))
