"""A report as a short deck of slides: question, answer, figures with findings, how to reproduce it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.util import find_spec
from math import ceil
from typing import Any

from ...errors import SalesimError
from ...messages import error_text, readable, shown
from ...runs.folder import LONG_AGO
from ...table import Table
from .page import Picture, Report

WIDTH, HEIGHT = 13.333, 7.5  # inches; 16 to 9
MARGIN = 0.6
TOP, BELOW = 1.65, 0.75  # what the title and the foot take
WIDE = WIDTH - 2.0 * MARGIN
TALL = HEIGHT - TOP - BELOW
SHORT, LONGEST = 40, 255  # signs of a fact beside others, and of what a file says of itself
MAX_PICTURES, MAX_POINTS, MAX_COMMANDS, MAX_FACTS = 6, 6, 4, 12
TITLES = (30, 27, 24, 21, 18, 15, 12)  # points, the largest first
TEXTS = (24, 22, 20, 18, 16, 14, 12, 11, 10)
BULLETS = TEXTS[3:6]
LINE, SIGN = 1.22, 0.6  # height of a line and mean width of a sign, of the size of the letters
MONO = "Courier New"
INK, QUIET = "222222", "555555"
MISSING = "PowerPoint slides need python-pptx; install it with: pip install 'salesim[slides]'"


def check_slides() -> None:
    """Make sure that slides can be written.

    Raises:
        SalesimError: what writes them is not installed.
    """
    if find_spec("pptx") is None:
        raise SalesimError(error_text("--pptx", "", MISSING))


def slides_of(report: Report) -> bytes:
    """The content of a .pptx file; the same report gives the same bytes.

    Raises:
        SalesimError: what writes slides is not installed.
    """
    check_slides()
    deck = Deck(report)
    deck.opening()
    pictures = list(report.pictures)
    for picture in pictures[:MAX_PICTURES]:
        deck.picture(picture)
    deck.others([picture.title for picture in pictures[MAX_PICTURES:]])
    deck.why()
    deck.standing()
    deck.reproduce()
    return deck.content()


def size_for(texts: Sequence[str], width: float, height: float, sizes: Sequence[int]) -> int:
    """The largest of some sizes of letters (points) at which texts fit a box (inches)."""
    for size in sizes:
        if height_of(texts, width, size) <= height:
            return size
    return sizes[-1]


def height_of(texts: Sequence[str], width: float, size: int) -> float:
    """How much height texts take in letters of a size (inches), a little more than they do."""
    signs = max(1.0, 72.0 * width / (SIGN * size))
    lines = sum(max(1, ceil(len(text) / signs)) for text in texts)
    return (lines * LINE + 0.4 * (len(texts) - 1)) * size / 72.0


def as_many_as_fit(points: Sequence[str], width: float, height: float) -> list[str]:
    """The first points that fit a box (inches) as small bullets, and how many more there are."""
    for kept in range(min(len(points), MAX_POINTS), -1, -1):
        more = [f"{len(points) - kept:,} more in the report."] if kept < len(points) else []
        texts = [*points[:kept], *more]
        if height_of([f"- {text}" for text in texts], width, BULLETS[-1]) <= height:
            break
    return texts


class Deck:
    """Slides in the making, on a template of 16 to 9."""

    def __init__(self, report: Report) -> None:
        from pptx import Presentation
        from pptx.util import Inches

        self.report = report
        self.about = f"{report.title}. Results {report.key} of salesim {report.made_with}."
        self.inches: Callable[[float], int] = Inches
        self.slides: Any = Presentation()
        wider = Inches(WIDTH) / self.slides.slide_width
        self.slides.slide_width, self.slides.slide_height = Inches(WIDTH), Inches(HEIGHT)
        for layout in (self.slides.slide_master, *self.slides.slide_layouts):
            for shape in layout.placeholders:
                if shape.element.spPr.xfrm is not None:  # others take their place from the master
                    left, width = int(shape.left * wider), int(shape.width * wider)
                    shape.left, shape.width = left, width
        about = self.slides.core_properties
        about.title, about.author = shown(report.title, LONGEST - 3)[:LONGEST], "salesim"
        made = datetime.fromisoformat(str(report.manifest["created"])).replace(tzinfo=None)
        about.created = about.modified = made
        about.last_modified_by = shown(f"salesim {report.made_with}")

    def opening(self) -> None:
        """What was asked of whom, the answer in one sentence, and what else was found."""
        report = self.report
        foot = f"{self.about} Nothing in this deck was typed by hand."
        slide = self._slide(report.title, report.question, foot)
        self._texts(slide, [report.question], top=2.6, height=2.8)
        slide = self._slide("The answer", f"{report.question} {report.answer}")
        self._texts(slide, [report.answer], height=1.9, sizes=TITLES, bold=True)
        found = next((section.points for section in report.sections if section.points), ())
        points = [point for point in found if point != report.answer]
        if points and report.section("limits").points != found:
            self._points(slide, points, TOP + 2.1)

    def picture(self, picture: Picture) -> None:
        """A figure with its finding as the title."""
        notes = f"{picture.title}. {picture.caption} {picture.alt}"
        slide = self._slide(picture.title, notes, picture.caption)
        ratio = picture.width / picture.height
        width = min(WIDE, TALL * ratio)
        place = map(self.inches, ((WIDTH - width) / 2.0, TOP, width))
        shape = slide.shapes.add_picture(io.BytesIO(picture.png), *place)
        shape.crop_top = picture.top
        shape.height = self.inches(width / ratio)
        shape.name = picture.name
        shape.element.nvPicPr.cNvPr.set("descr", readable(picture.alt))

    def others(self, titles: Sequence[str]) -> None:
        """What the figures show that a short deck leaves to the page."""
        if titles:
            slide = self._slide("Further figures, in the report", "")
            self._texts(slide, titles, bullets=True, sizes=TEXTS[2:])

    def why(self) -> None:
        """What stands behind the first cause or arm that is looked behind; or the command that says it."""
        section = next((each for each in self.report.sections if each.name == "why"), None)
        if section is None:
            return
        first = next(iter(section.folded), None)
        heading = f"Why: {first.summary}" if first else section.heading
        points = first.points if first else (*section.sentences, *(each.line for each in section.commands))
        self._points(self._slide(heading, " ".join(points)), points, TOP)

    def standing(self) -> None:
        """Which numbers are evidence and which are assumed."""
        section = self.report.section("standing")
        slide = self._slide(section.heading, section.sentences[0])
        self._texts(slide, section.sentences, height=1.35, sizes=TEXTS[2:])
        self._table(slide, section.tables[0], top=TOP + 1.5)

    def reproduce(self) -> None:
        """How to reproduce all of it."""
        section = self.report.section("again")
        commands = section.commands[:MAX_COMMANDS]
        slide = self._slide(section.heading, "\n".join(command.line for command in section.commands))
        rows = [row.cells for row in section.tables[0].rows]
        facts = [f"{name}: {said}" for name, said in rows if len(said) < SHORT][:MAX_FACTS]
        texts = [text for command in commands for text in (f"{command.does}:", command.line)]
        self._texts(slide, texts, height=TALL - 1.2, sizes=TEXTS[3:], lines_of_code=True)
        self._texts(slide, ["; ".join(facts)], top=TOP + TALL - 1.0, height=0.95, sizes=TEXTS[6:])

    def content(self) -> bytes:
        """All of it as the content of a file, without the time at which it is written."""
        written, steady = io.BytesIO(), io.BytesIO()
        self.slides.save(written)
        with zipfile.ZipFile(written) as source, zipfile.ZipFile(steady, "w") as target:
            for name in source.namelist():
                info = zipfile.ZipInfo(name, LONG_AGO)
                target.writestr(info, source.read(name), zipfile.ZIP_DEFLATED)
        return steady.getvalue()

    def _slide(self, title: str, notes: str, foot: str = "") -> Any:
        """A slide with its title, what to say to it, and at its foot whose results they are."""
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN

        slide = self.slides.slides.add_slide(self.slides.slide_layouts[5])
        shape = slide.shapes.title
        place = map(self.inches, (MARGIN, 0.35, WIDE, TOP - 0.5))
        shape.left, shape.top, shape.width, shape.height = place
        size = size_for([title], WIDE - 0.2, TOP - 0.6, TITLES)
        self._fill(shape.text_frame, [title], size, bold=True)
        shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        for paragraph in shape.text_frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT
        slide.notes_slide.notes_text_frame.text = readable(notes)
        top, height, sizes = HEIGHT - BELOW + 0.1, BELOW - 0.2, (12, 11, 10, 9, 8)
        self._texts(slide, [foot or self.about], top=top, height=height, sizes=sizes, colour=QUIET)
        return slide

    def _points(self, slide: Any, points: Sequence[str], top: float) -> None:
        """The first points as bullets that can still be read from a seat, down to the foot."""
        height = TOP + TALL - top
        points = as_many_as_fit(points, WIDE - 0.2, height - 0.1)
        self._texts(slide, points, top=top, height=height, bullets=True, sizes=BULLETS)

    def _texts(
        self,
        slide: Any,
        texts: Sequence[str],
        *,
        top: float = TOP,
        height: float = TALL,
        bullets: bool = False,
        bold: bool = False,
        lines_of_code: bool = False,
        sizes: Sequence[int] = TEXTS,
        colour: str = INK,
    ) -> None:
        box = slide.shapes.add_textbox(*map(self.inches, (MARGIN, top, WIDE, height)))
        plain = [f"\u2022 {text}" if bullets else text for text in (t.replace("`", "") for t in texts)]
        size = size_for(plain, WIDE - 0.2, height - 0.1, sizes)
        self._fill(box.text_frame, plain, size, bold=bold, colour=colour)
        if lines_of_code:
            for paragraph in box.text_frame.paragraphs[1::2]:
                paragraph.runs[0].font.name = MONO

    def _table(self, slide: Any, table: Table, top: float) -> None:
        rows = [table.head, *(row.cells for row in table.rows)]
        height = min(0.42, (HEIGHT - BELOW - top) / len(rows))
        widths = (2.2, WIDE - 3.8, 1.6)
        place = (MARGIN, top, WIDE, height * len(rows))
        frame = slide.shapes.add_table(len(rows), len(table.head), *map(self.inches, place))
        for column, width in zip(frame.table.columns, widths, strict=True):
            column.width = self.inches(width)
        for row, texts in zip(frame.table.rows, rows, strict=True):
            head = texts is rows[0]
            row.height = self.inches(height)
            for cell, text in zip(row.cells, texts, strict=True):
                cell.margin_top = cell.margin_bottom = self.inches(0.03)
                self._fill(cell.text_frame, [text], 13, bold=head, colour="FFFFFF" if head else INK)

    def _fill(
        self, frame: Any, texts: Sequence[str], size: int, *, bold: bool = False, colour: str = INK
    ) -> None:
        from pptx.dml.color import RGBColor
        from pptx.util import Pt

        red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
        frame.word_wrap = True
        for place, text in enumerate(texts):
            paragraph = frame.add_paragraph() if place else frame.paragraphs[0]
            paragraph.space_after = Pt(0.4 * size)
            run = paragraph.add_run()
            run.text = "".join(sign if sign.isprintable() else " " for sign in text)
            run.font.size, run.font.bold = Pt(size), bold
            run.font.color.rgb = RGBColor(red, green, blue)
