"""How far the work has come, on standard error: a bar where somebody looks, else a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from .interruption import interruption

Thing = TypeVar("Thing")
SECONDS_BETWEEN_LINES = 30.0


class Rate(ProgressColumn):
    """How many are done in a second."""

    def render(self, task: Task) -> Text:
        """The rate as text, once there is one."""
        return Text(rate_of(task.speed), style="progress.data.speed")


def rate_of(speed: float | None) -> str:
    """A number per second, or per minute where that says more."""
    if not speed:
        return ""
    return f"{speed:,.0f} a second" if speed >= 10.0 else f"{60.0 * speed:,.0f} a minute"


def shown(
    things: Iterator[Thing], what: str, total: int, there: int = 0, *, silent: bool = False
) -> Iterator[Thing]:
    """Let things go by and show how many have; heeds an interruption between two of them."""
    console, heeding = Console(stderr=True), _heeding(things)
    if silent:
        yield from heeding
    elif console.is_terminal:
        yield from _with_bar(heeding, what, total, there, console)
    else:
        yield from _with_lines(heeding, what, total, there)


def _heeding(things: Iterator[Thing]) -> Iterator[Thing]:
    for thing in things:
        interruption.heed()
        yield thing


def _with_bar(
    things: Iterator[Thing], what: str, total: int, there: int, console: Console
) -> Iterator[Thing]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(what, total=total, completed=there)
        for thing in things:
            yield thing
            progress.advance(task)


def _with_lines(things: Iterator[Thing], what: str, total: int, there: int) -> Iterator[Thing]:
    first = said = 0.0
    for done, thing in enumerate(things, 1):
        yield thing
        now = time.monotonic()
        if done == 1:
            first = said = now  # what comes before the first is no measure of the others
        elif now - said >= SECONDS_BETWEEN_LINES:
            said, speed = now, (done - 1) / (now - first)
            left = timedelta(seconds=round((total - there - done) / speed))
            counts = f"{there + done:,} of {total:,}, {rate_of(speed)}, {left} left"
            print(f"{what}: {counts}", file=sys.stderr, flush=True)
