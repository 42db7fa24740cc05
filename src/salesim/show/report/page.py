"""What a report is made of: sections with sentences, pictures, tables and commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...table import Table


@dataclass(frozen=True, eq=False)
class Picture:
    """A figure, ready to be put into a page, a folder or a slide.

    Args:
        name: of its file, without suffix.
        title: its finding.
        caption: what it shows, and how to read it.
        alt: for people who do not see it.
        outlined: as SVG without its title, its letters drawn, so that they look alike everywhere.
        lettered: the same with letters as text, which is smaller.
        png: as it is, with its title.
        top: which share of its height the title takes.
        width, height: in points.
    """

    name: str
    title: str
    caption: str
    alt: str
    outlined: str
    lettered: str
    png: bytes
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Command:
    """A line for a terminal, and what it does."""

    does: str
    line: str


@dataclass(frozen=True)
class Folded:
    """Something to be unfolded: a summary, and below it sentences and tables."""

    summary: str
    points: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    unfolded: bool = False


@dataclass(frozen=True, eq=False)
class Section:
    """A part of a report.

    Args:
        name: short, for links and for telling what differs.
        heading: what it is about.
        sentences: paragraphs, on top.
        pictures, tables: below them.
        points: a list, below these.
        folded, commands: at its end.
    """

    name: str
    heading: str
    sentences: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    points: tuple[str, ...] = ()
    folded: tuple[Folded, ...] = ()
    commands: tuple[Command, ...] = ()


@dataclass(frozen=True, eq=False)
class Report:
    """All that is said of a folder of results.

    Args:
        kind: what the folder holds, such as "a run".
        title: whose results they are, in a line.
        question: what was asked.
        answer: in one sentence.
        sections: in the order in which they are read.
        manifest: of the folder.
    """

    kind: str
    title: str
    question: str
    answer: str
    sections: tuple[Section, ...]
    manifest: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Digits that name what was asked."""
        return str(self.manifest["key"])

    @property
    def made_with(self) -> str:
        """The version of salesim that made the results."""
        return str(self.manifest["salesim"])

    def section(self, name: str) -> Section:
        """A section by its name."""
        return next(section for section in self.sections if section.name == name)

    @property
    def pictures(self) -> Iterator[Picture]:
        """All figures in their order."""
        return (picture for section in self.sections for picture in section.pictures)
