"""A report as files: a page, pictures for slides beside it, and slides; each whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...messages import nearest, reason_of, unusable
from ...runs.folder import temporary_in
from .page import Report
from .rendering import page_of
from .slides import check_slides, slides_of

SUFFIXES = (".html", ".htm")
PICTURE, DECK = ".png", ".pptx"


def pictures_beside(page: Path) -> Path:
    """The folder of pictures beside a page: report_figures beside report.html."""
    return page.with_name(f"{page.stem}_figures")


def deck_beside(page: Path) -> Path:
    """The slides beside a page: report.pptx beside report.html."""
    return page.with_suffix(DECK)


def check_target(page: Path, *, slides: bool) -> None:
    """Make sure that a report can go there, before anything is worked out.

    Raises:
        ResultsError: another suffix, a folder in its place, pictures that would lie among other things,
            a place that cannot be written, or slides without what writes them.
    """
    if page.suffix.lower() not in SUFFIXES:
        near = nearest(page.suffix.lower(), SUFFIXES)
        raise unusable(page, "no kind of file for a report", given=page.suffix, allowed=".html", near=near)
    for path in (page, *([deck_beside(page)] if slides else [])):
        if path.is_dir():
            raise unusable(path, "is a folder", allowed="a file such as report.html")
    _check_pictures(pictures_beside(page))
    if slides:
        check_slides()
    try:
        with tempfile.TemporaryDirectory(prefix=".salesim-", dir=page.absolute().parent):
            pass
    except (OSError, ValueError) as error:
        raise unusable(page, f"cannot be written: {reason_of(error)}") from None


def _check_pictures(folder: Path) -> None:
    """A folder of pictures is written anew as a whole, so nothing else may lie in it."""
    if not (folder.exists() or folder.is_symlink()):
        return
    if not folder.is_dir() or folder.is_symlink():
        raise unusable(folder, "is no folder", allowed="another name for the report")
    other = next((path.name for path in sorted(folder.iterdir()) if path.suffix != PICTURE), None)
    if other is not None:
        allowed = "another name for the report"
        raise unusable(folder, "holds something else", given=other, allowed=allowed)


def write_report(report: Report, page: Path, *, slides: bool = False) -> list[Path]:
    """Write a page, the pictures beside it, and slides where these are wanted; gives what was written.

    Nothing gets its name before all of it is written.

    Raises:
        ResultsError: a place that cannot be written, or one that holds something else.
    """
    check_target(page, slides=slides)
    contents = {page: page_of(report).encode()}
    if slides:
        contents[deck_beside(page)] = slides_of(report)
    with _writing(page), temporary_in(page.absolute().parent) as temporary:
        pictures = temporary / "pictures"
        pictures.mkdir()
        for picture in report.pictures:
            (pictures / f"{picture.name}{PICTURE}").write_bytes(picture.png)
        for path, content in contents.items():
            (temporary / path.name).write_bytes(content)
        _put_folder(pictures, pictures_beside(page), temporary / "before")
        for path in reversed(contents):  # the page last: what it stands for is there by then
            (temporary / path.name).replace(path)
    return [*contents, pictures_beside(page)]


def _put_folder(made: Path, folder: Path, aside: Path) -> None:
    """Give a folder its name; one that has it goes aside, and comes back where that fails."""
    if folder.exists():
        folder.rename(aside)
    try:
        made.rename(folder)
    except OSError:
        if aside.exists():
            aside.rename(folder)
        raise


@contextmanager
def _writing(page: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unusable(page, f"cannot be written: {reason_of(error)}") from None
