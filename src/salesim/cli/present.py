"""Results, shown to whoever gave the command, and drawn beside what they rest on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .program import console_for_tables

if TYPE_CHECKING:
    from ..result import Result

MAX_ROWS = 40  # of a table on a terminal


def present(result: Result, *, as_json: bool, quiet: bool, everything: bool = False) -> None:
    """Print a result: for programs, as one sentence, or with its tables and where its runs are.

    Args:
        everything: whether to show each row, and tables that hold details.
    """
    if as_json:
        print(result.model_dump_json(indent=2))
        return
    first, *others = result.sentences
    if quiet:
        print(first)
        return
    console = console_for_tables()
    console.print(first, style="bold", highlight=False, markup=False)
    for table in result.tables():
        if everything or not table.details:
            console.print(table if everything else table.first(MAX_ROWS))
    for sentence in others:
        console.print(sentence, highlight=False, markup=False)
    console.print(f"In {result.folder}", highlight=False, soft_wrap=True, markup=False)


def draw(folder: Path, digest: str, *results: Any) -> None:
    """Draw all figures of results into their folder, unless those that are there show the same."""
    from ..show.figures import write_figures
    from ..study.sweeps.starting import keep_figures

    keep_figures(folder, digest, lambda target: write_figures(results, target))
