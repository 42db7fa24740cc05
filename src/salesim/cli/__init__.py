"""The command line: what was asked, done, and shown."""

from __future__ import annotations

import signal
import sys
from typing import Any

from ..errors import SalesimError
from . import model, run, scenarios
from .program import program

__all__ = ["main", "model", "run", "scenarios"]
INTERRUPTED = 130


def main() -> None:
    """Run the command line; input that cannot be used ends with one message and exit code 2."""
    before = signal.signal(signal.SIGINT, _stop)
    try:
        program(prog_name="salesim")
    except SalesimError as error:
        for line in str(error).splitlines():
            print(f"Error: {line}", file=sys.stderr)
        sys.exit(2)
    finally:
        signal.signal(signal.SIGINT, before)


def _stop(*_: Any) -> None:
    """Ctrl-C ends the work where it is; what is under a temporary name is taken away on the way out."""
    print("Interrupted. Nothing is left half-written.", file=sys.stderr)
    raise SystemExit(INTERRUPTED)
