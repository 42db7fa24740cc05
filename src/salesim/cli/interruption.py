"""Ctrl-C, or being told to end: the work ends where it is, and what is half-written is taken away."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def nothing_left() -> str:
    """What is true of every command that writes its results as a whole."""
    return "Nothing is left half-written."


class Interruption:
    """Whether somebody asked to stop; libraries can swallow what a handler raises, so it is kept."""

    def __init__(self) -> None:
        self.asked = False
        self.code = 0
        self.state: Callable[[], str] = nothing_left

    def stop(self, number: int, _: Any) -> None:
        """Take note, and leave; who asks again is on the way out already."""
        if not self.asked:
            self.asked, self.code = True, 128 + number
            raise SystemExit(self.code)

    def heed(self) -> None:
        """Leave now if that was asked for and went unheard."""
        if self.asked:
            raise SystemExit(self.code)

    def leave(self) -> None:
        """End here: a worker's thread that wakes as the interpreter ends would abort the process."""
        if self.asked:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(self.code)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen; afterwards signals mean again what they meant before, or nothing on the way out."""
        self.asked, self.code, self.state = False, 0, nothing_left
        before = {number: signal.signal(number, self.stop) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, signal.SIG_IGN if self.asked else handler)


interruption = Interruption()
atexit.register(interruption.leave)  # before libraries register theirs, so that it comes last
