"""Ctrl-C: the work ends where it is, and what lies under a temporary name is taken away on the way out."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

INTERRUPTED = 130


def nothing_left() -> str:
    """What is true of every command that writes its results as a whole."""
    return "Nothing is left half-written."


class Interruption:
    """Whether somebody asked to stop; libraries can swallow what a handler raises, so it is kept."""

    def __init__(self) -> None:
        self.asked = False
        self.state: Callable[[], str] = nothing_left

    def stop(self, *_: Any) -> None:
        """Take note, and leave."""
        self.asked = True
        raise SystemExit(INTERRUPTED)

    def heed(self) -> None:
        """Leave now if that was asked for and went unheard."""
        if self.asked:
            raise SystemExit(INTERRUPTED)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen to Ctrl-C; afterwards it means again what it meant before."""
        self.asked, self.state = False, nothing_left
        before = signal.signal(signal.SIGINT, self.stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)


interruption = Interruption()
