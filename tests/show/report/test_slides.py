"""Slides: 16 to 9, nothing beyond their edges, words that fit, and what to say in the notes."""

import io
import zipfile

import pytest
from pptx import Presentation
from pptx.util import Emu

from salesim.show.report.slides import (
    BULLETS,
    INK,
    MAX_PICTURES,
    as_many_as_fit,
    height_of,
    size_for,
    slides_of,
)
from tests.show.report.folders import KINDS


@pytest.fixture(scope="module", params=KINDS)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def deck(kind, report):
    return Presentation(io.BytesIO(slides_of(report(kind))))


def test_the_deck_is_short_and_sixteen_to_nine(deck, report, kind):
    assert deck.slide_width * 9 == pytest.approx(deck.slide_height * 16, rel=1e-3)
    pictures = len(list(report(kind).pictures))
    why = any(section.name == "why" for section in report(kind).sections)
    assert len(deck.slides) == 4 + why + min(MAX_PICTURES, pictures) + (pictures > MAX_PICTURES)


def test_nothing_stands_beyond_an_edge_or_over_another_thing(deck):
    for slide in deck.slides:
        boxes = []
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
            boxes.append((shape.top, shape.top + shape.height))
        for (_, above), (below, _) in zip(sorted(boxes), sorted(boxes)[1:], strict=False):
            assert below >= above - Emu(9144), "a hundredth of an inch"


def test_words_fit_their_boxes(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            if not shape.has_text_frame:
                continue
            paragraphs = shape.text_frame.paragraphs
            sizes = {run.font.size.pt for paragraph in paragraphs for run in paragraph.runs}
            assert len(sizes) == 1
            size = sizes.pop()
            assert size >= 8.0
            texts = [paragraph.text for paragraph in paragraphs]
            assert height_of(texts, shape.width / 914_400 - 0.2, int(size)) <= shape.height / 914_400


def test_question_answer_findings_and_commands_are_there(deck, report, kind):
    made, slides = report(kind), list(deck.slides)
    said = [" ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame) for slide in slides]
    assert made.question in said[0]
    assert made.answer.replace("\n", " ") in said[1]
    for picture, slide in zip(made.pictures, slides[2:-2], strict=False):
        assert slide.shapes.title.text_frame.text == picture.title
        (shape,) = [
            shape for shape in slide.shapes if shape.shape_type is not None and shape.name == picture.name
        ]
        assert shape.element.nvPicPr.cNvPr.get("descr") == picture.alt
        assert shape.crop_top == pytest.approx(picture.top, abs=1e-4)
        shown = shape.image.size[1] * (1.0 - shape.crop_top) / shape.image.size[0]
        assert shape.height / shape.width == pytest.approx(shown, rel=0.01), "not stretched"
    assert made.section("again").commands[0].line in said[-1]
    for slide in slides:
        assert slide.has_notes_slide
        assert slide.notes_slide.notes_text_frame.text
        assert slide.shapes.title is not None


def test_the_same_report_gives_the_same_slides(report):
    first, again = slides_of(report("sweep")), slides_of(report("sweep"))
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_letters_get_smaller_until_words_fit():
    text = "word " * 60
    assert size_for([text], 10.0, 5.0, (30, 20, 10)) == 30
    small = size_for([text], 10.0, 0.6, (30, 20, 10))
    assert small == 10
    assert height_of([text], 10.0, 10) < height_of([text], 10.0, 20)


def test_points_that_do_not_fit_are_counted_and_left_to_the_report():
    assert as_many_as_fit(["short"] * 3, 12.0, 3.0) == ["short"] * 3
    long = ["word " * 80] * 5
    *kept, more = as_many_as_fit(long, 12.0, 3.0)
    assert 0 < len(kept) < 5
    assert more.startswith(f"{5 - len(kept)} ")
    assert height_of([*kept, more], 12.0, BULLETS[-1]) <= 3.0
    assert as_many_as_fit(["word " * 800], 12.0, 3.0)[0].startswith("1 ")


def test_heads_of_tables_are_white_and_bold(deck):
    (table,) = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    head, first = (row.cells[0].text_frame.paragraphs[0].runs[0].font for row in list(table.rows)[:2])
    assert (str(head.color.rgb), head.bold) == ("FFFFFF", True)
    assert (str(first.color.rgb), first.bold) == (INK, False)
