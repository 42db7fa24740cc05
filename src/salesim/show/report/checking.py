"""Whether a report says what its folder says: part by part, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

from ...messages import reason_of, unusable
from .files import deck_beside, pictures_beside
from .page import Report
from .rendering import FORM, page_of
from .slides import slides_of

PART, IMAGE = "data-part", "src"
OUTSIDE = "page"
MAX_WORDS = 60
VOID = ("meta", "link", "img", "br")


class Parts(HTMLParser):
    """The texts of a page by the part that they stand in, and what the page says of itself."""

    def __init__(self) -> None:
        super().__init__()
        self.within: list[str] = [OUTSIDE]
        self.texts: dict[str, list[str]] = {}
        self.drawings: dict[str, str] = {}
        self.about: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter a part, or take note of a figure."""
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and "name" in given:
            self.about[given["name"]] = given.get("content", "")
        if tag == "img":
            self.drawings[self.within[-1]] = given.get(IMAGE, "") + given.get("alt", "")
        if tag not in VOID:
            self.within.append(given.get(PART, self.within[-1]))

    def handle_endtag(self, tag: str) -> None:
        """Leave it."""
        if tag not in VOID and len(self.within) > 1:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        """Keep a text with its part."""
        text = " ".join(data.split())
        if text:
            self.texts.setdefault(self.within[-1], []).append(text)


def parts_of(page: str) -> Parts:
    """A page taken apart."""
    parts = Parts()
    parts.feed(page)
    parts.close()
    return parts


def read_page(path: Path) -> str:
    """The text of a report.

    Raises:
        ResultsError: a file that is missing, or no report.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise unusable(path, f"cannot be read: {reason_of(error)}") from None
    except UnicodeDecodeError:
        text = ""
    form = parts_of(text).about.get("generator", "")
    if not form.startswith("salesim report "):
        allowed = "what salesim report has written"
        raise unusable(path, "no report", allowed=allowed)
    if form != f"salesim report {FORM}":
        allowed = f"a report of form {FORM}, which this salesim writes"
        raise unusable(path, "is of another salesim", given=form, allowed=allowed)
    return text


def check_same_results(path: Path, report: Report) -> None:
    """Make sure that a page is about the results that a report was made anew from.

    Raises:
        ResultsError: a page about others.
    """
    key = parts_of(read_page(path)).about.get("salesim-key", "")
    if key != report.key:
        wrong, allowed = "is a report of other results", f"a report of {report.key}"
        raise unusable(path, wrong, given=key, allowed=allowed)


def differing(path: Path, report: Report) -> Iterator[str]:
    """What of a report and the pictures beside it is not as it comes out anew, a line each.

    Args:
        path: of the page; pictures and slides beside it are looked at where they are.
        report: made anew.

    Raises:
        ResultsError: no report.
    """
    kept, now = read_page(path), page_of(report)
    if kept != now:
        found = [*_of_page(parts_of(kept), parts_of(now))]
        yield from found or [f"{path.name}: differs in what is not seen"]
    pictures, deck = pictures_beside(path), deck_beside(path)
    if pictures.is_dir():
        yield from _of_pictures(pictures, report)
    if deck.is_file() and deck.read_bytes() != slides_of(report):
        yield f"{deck.name}: slides differ"


def _of_page(kept: Parts, now: Parts) -> Iterator[str]:
    for part in dict.fromkeys([*now.texts, *kept.texts]):
        yield from _of_part(part, kept.texts.get(part, []), now.texts.get(part, []))
    for part in dict.fromkeys([*now.drawings, *kept.drawings]):
        if kept.drawings.get(part) != now.drawings.get(part):
            yield f"{part}: the drawing differs"


def _of_part(part: str, kept: list[str], now: list[str]) -> Iterator[str]:
    """The first text in which a part differs."""
    if kept == now:
        return
    if not kept or not now:
        yield f"{part}: {'is not in the report' if not kept else 'does not belong in the report'}"
        return
    if len(kept) != len(now):
        yield f"{part}: has {len(kept)} texts, now {len(now)}"
        return
    was, comes = next((a, b) for a, b in zip(kept, now, strict=True) if a != b)
    yield f"{part}: says {_short(was)}, now {_short(comes)}"


def _short(text: str) -> str:
    return repr(text if len(text) <= MAX_WORDS else f"{text[:MAX_WORDS]}...")


def _of_pictures(folder: Path, report: Report) -> Iterator[str]:
    wanted: Mapping[str, bytes] = {f"{each.name}.png": each.png for each in report.pictures}
    for name, content in wanted.items():
        path = folder / name
        if not path.is_file():
            yield f"{folder.name}/{name}: is missing"
        elif path.read_bytes() != content:
            yield f"{folder.name}/{name}: the picture differs"
    for path in sorted(folder.iterdir()):
        if path.name not in wanted:
            yield f"{folder.name}/{path.name}: does not belong there"
