"""Run a command that must work, or one that must be refused in one line; how a study may be answered."""

import re
import sys
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from salesim.cli.program import program
from tests.messages import Message, message_of

ANSWER = """
[answer]
outcome = "realised"
[[answer.claims]]
kind = "effect"
what = "wide authority"
arm = { regime.discount_authority = 0.2 }
base = { regime.discount_authority = 0.0 }
"""


def command(where: Path, *words: str) -> None:
    """A command, given in a folder; what it prints is let go."""
    with chdir(where), redirect_stdout(StringIO()), patch.object(sys, "argv", ["salesim", *words]):
        program(list(words), standalone_mode=False)


def done(run, *arguments: str) -> str:
    """What a command prints that works."""
    code, out, err = run(*arguments)
    assert (code, "Traceback" in err, "Error" in err) == (0, False, False), err
    return out


def refused(run, *arguments: str) -> str:
    """The one line in which a command is refused that prints nothing else."""
    code, out, err = run(*arguments)
    assert (code, out) == (2, ""), err
    assert err.startswith("Error: "), err
    assert len(err.splitlines()) == 1, err
    return err


def refused_with(run, *arguments: str) -> Message:
    """What that line was made of."""
    return message_of(refused(run, *arguments))


def numbers_in(said: str) -> list[int]:
    """The whole numbers that a sentence names, in its order."""
    return [int(number.replace(",", "")) for number in re.findall(r"(?<![\w.])\d[\d,]*(?![\w.]\d)", said)]


def as_typed(value: object) -> str:
    """What a case is called: the command as it is typed, for nothing else of it is short."""
    return " ".join(value)[:80] if isinstance(value, list) else ""
