"""Results, shown to whoever gave the command, and drawn beside what they are based on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from ..messages import readable, shown
from .options import Showing

if TYPE_CHECKING:
    from ..result import Result

MAX_ROWS = 40  # of a table on a terminal
WIDE = 150  # where nobody looks at a terminal, lines need not be broken


def present(result: Result, showing: Showing = Showing(), *, most: int | None = MAX_ROWS) -> None:
    """Print a result: for programs, as one sentence, or with its tables and where its runs are.

    Args:
        most: rows of a table at most; None shows all, also tables that hold details.
    """
    if showing.as_json:
        print(result.model_dump_json(indent=2))
        return
    words = result.in_words()  # one by one: what is not shown need not be worked out
    first = next(words)
    if showing.quiet:
        print(readable(first))
        return
    console = _console()
    console.print(readable(first), style="bold", highlight=False, markup=False)
    for table in result.tables():
        if most is None:
            console.print(table)
        elif not table.details:
            console.print(table.first(most))
    others = [*words] if most is None or not result.brief else []
    for sentence in others:
        bullet = "- " * (len(others) > 1)
        console.print(readable(f"{bullet}{sentence}"), highlight=False, markup=False)
    if result.folder:
        console.print(shown(f"In {result.folder}", None), highlight=False, soft_wrap=True, markup=False)


def _console() -> Console:
    """Where tables are shown: as wide as the terminal, or wide enough where there is none."""
    console = Console()
    return console if console.is_terminal else Console(width=max(console.width, WIDE))


def present_each(results: Sequence[Result], *, as_json: bool) -> None:
    """Print several results one after another; for programs as a list."""
    if as_json:
        print("[", ",\n".join(result.model_dump_json(indent=2) for result in results), "]", sep="\n")
        return
    for result in results:
        present(result)


def draw(folder: Path, *results: Any, digest: str = "") -> None:
    """Draw all figures of results into their folder, unless those that are there show the same.

    Args:
        digest: stands for the runs that results are made of; otherwise the first stands for itself.
    """
    from ..inputs.content_hash import digits_of
    from ..runs.starting import keep_figures
    from ..show.figures import write_figures

    shown = digest or digits_of(results[0].model_dump(mode="json"), 16)
    keep_figures(folder, shown, lambda target: write_figures(results, target))
