"""What can be asked of makers on the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from .published import PUBLISHED


@dataclass(frozen=True)
class Asked:
    """What is to be made, and how.

    Args:
        names: experiments; all unless named.
        results: where runs are stored; those that are there are not run again.
        to: the folder of all that is published.
        replicates: instead of the number in the files; None for theirs.
        workers: how many runs at a time; as many as there are cores unless given.
        silent: whether no progress is shown.
    """

    names: tuple[str, ...] = ()
    results: Path = field(default=Path("results"))
    to: Path = PUBLISHED
    replicates: int | None = None
    workers: int | None = None
    silent: bool = False
