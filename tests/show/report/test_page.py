"""The page: all of it in one file, nothing in it that a title could have put there, and the same bytes each time."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure

from salesim.show.report import rendering
from salesim.show.report.page import Report, Section
from salesim.show.report.pictures import picture
from salesim.show.report.rendering import MAX_BYTES, images_of, page_of
from tests.show.report.folders import HOSTILE, KINDS

VOID = {"meta", "link", "img", "br"}
REFERS = ("src", "href", "srcset", "action", "data", "poster")


class Elements(HTMLParser):
    """Every element of a page in its order, with its attributes and what it stands in."""

    def __init__(self, page):
        super().__init__()
        self.found, self.open, self.texts = [], [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"{tag} is closed where another is open"

    def handle_data(self, data):
        self.texts.append(data)

    def of(self, *tags):
        return [(tag, given, within) for tag, given, within in self.found if tag in tags]


@pytest.fixture(scope="module", params=KINDS)
def page(request, report):
    return page_of(report(request.param))


@pytest.fixture
def elements(page):
    return Elements(page)


def test_the_page_is_small_whole_and_well_formed(page, elements):
    assert len(page.encode()) < MAX_BYTES
    assert page.startswith("<!DOCTYPE html>")
    assert elements.open == []
    ids = [given["id"] for _, given, _ in elements.found if "id" in given]
    assert len(set(ids)) == len(ids)
    links = {given["href"][1:] for _, given, _ in elements.of("a")}
    assert links <= {*ids}


def test_nothing_is_fetched_and_nothing_runs(elements):
    assert not elements.of("script", "iframe", "object", "embed", "form", "base", "video", "audio")
    for tag, given, _ in elements.found:
        assert not [name for name in given if name.startswith("on")], tag
        for name in REFERS:
            if name in given:
                assert given[name].startswith(("#", "data:")), (tag, given[name][:60])


def test_the_style_fetches_nothing(page):
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.S)
    assert "url(" not in style
    assert "@import" not in style


def test_a_hostile_title_is_nothing_but_text(page, elements):
    words = "".join(elements.texts)
    if "alert" in page:
        assert "alert(&#34;firm&#34;)" in page
        assert HOSTILE in words
    assert "<script" not in page
    assert "Who may <i>" not in page


def test_headings_descend_one_by_one_and_there_is_one_of_the_first(elements):
    levels = [int(tag[1]) for tag, _, _ in elements.of("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_and_figures_can_be_heard(elements):
    tables, captions = elements.of("table"), elements.of("caption")
    assert len(tables) == len(captions)
    for _, given, within in elements.of("th"):
        assert given.get("scope") in ("col", "row", "rowgroup")
        assert "table" in within
    for _, given, _ in elements.of("img"):
        assert given["alt"]
        assert given["width"] != "0"
    assert len(elements.of("figure")) == len(elements.of("figcaption"))
    for tag, given, _ in elements.found:
        if given.get("tabindex") == "0":
            assert given["role"] == "region", tag
            assert given.get("aria-labelledby") or given.get("aria-label"), tag
    assert {tag for tag, _, _ in elements.of("header", "main", "nav", "footer")} == {
        "header",
        "main",
        "nav",
        "footer",
    }


def test_drawings_are_well_formed_and_need_no_font(page):
    drawings = re.findall(r'src="data:image/svg\+xml,([^"]+)"', page)
    assert drawings
    for drawing in drawings:
        root = ElementTree.fromstring(unquote(drawing.replace("&#39;", "'")))
        assert root.tag.endswith("svg")
        assert [*root.iter("{http://www.w3.org/2000/svg}text")] == []
        _, top, width, height = map(float, root.attrib["viewBox"].split())
        assert min(width, height) > 100.0
        assert top >= 0.0


def drawn(name):
    figure = Figure()
    figure.suptitle(f"A finding, {name}")
    figure.text(0.0, 0.9, "below")
    return picture(name, figure, "What it shows.")


def test_where_there_is_little_room_drawings_get_smaller_and_the_last_are_left_out(monkeypatch):
    pictures = tuple(drawn(name) for name in ("first", "second", "third"))
    many = Report(
        "a run",
        "Title",
        "Why?",
        "So.",
        (Section("s", "S", pictures=pictures),),
        {"key": "0", "salesim": "1"},
    )
    best = images_of(many)
    assert list(best) == ["first", "second", "third"]
    whole = sum(map(len, best.values()))
    monkeypatch.setattr(rendering, "FOR_PICTURES", whole - 1)
    smaller = images_of(many)
    assert list(smaller) == ["first", "second", "third"]
    assert sum(map(len, smaller.values())) < whole
    monkeypatch.setattr(rendering, "FOR_PICTURES", sum(map(len, smaller.values())) - 1)
    assert list(images_of(many)) == ["first", "second"]
    page = page_of(many)
    assert "<code>third.png</code>" in page
    assert "<code>second.png</code>" not in page


def test_a_new_process_makes_the_same_bytes(folder_of, report):
    source = (
        "import sys; from salesim.show.report.opening import report_of; "
        "from salesim.show.report.rendering import page_of; sys.stdout.write(page_of(report_of(sys.argv[1])))"
    )
    environment = os.environ | {
        "PYTHONHASHSEED": "17",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONUTF8": "1",
    }
    found = subprocess.run(
        [sys.executable, "-c", source, str(folder_of("sweep"))],
        capture_output=True,
        env=environment,
        check=True,
    )
    assert found.stdout.decode() == page_of(report("sweep"))


def test_the_template_comes_with_the_package():
    assert {"page.html.jinja", "page.css"} <= {
        path.name for path in Path(rendering.__file__).parent.iterdir()
    }
