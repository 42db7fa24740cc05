"""The command line: what was asked, done, and shown."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any, NoReturn

from ..errors import SalesimError
from ..messages import reason_of, shown
from .interruption import interruption
from .program import program

__all__ = ["main"]

# In the order in which the help lists them.
COMMANDS = "run gap compare pay screen sweep runs report params presets new diff week"
FOR_CHECKS = "evidence calibrate verify bundle convert"
NO_ROOM = ("failed to map segment", "annot allocate memory")  # what the system says of libraries and files
LINE = "\n"
for name in f"{COMMANDS} {FOR_CHECKS}".split():  # a module each, which adds its command to the program
    import_module(f".{name}", __name__)


def main() -> None:
    """Run the command line; input that cannot be used ends with one message and exit code 2."""
    os.environ["MPLBACKEND"] = "agg"  # for figures in files; that of the user may not exist
    with interruption.listening():
        try:
            sys.exit(program(prog_name="salesim", standalone_mode=False))
        except BaseException as error:
            if not interruption.asked:  # else it ended because of that, whatever a library made of it
                _end(error)
    print(f"Interrupted. {interruption.state()}", file=sys.stderr)
    sys.exit(interruption.code)


def _end(error: BaseException) -> NoReturn:
    """End with what an error means for whoever gave the command; what is unforeseen stays as it is."""
    if isinstance(error, BrokenPipeError):  # whoever read the output has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    if isinstance(error, SalesimError):
        _reject(str(error))
    if _is_of_memory(error):
        _reject(f"not enough memory: {reason_of(error).strip().rpartition(LINE)[2] or 'none is left'}")
    if isinstance(error, OSError | UnicodeError):
        _reject(f"{type(error).__name__}: {error}")
    _refuse_usage(error)
    raise error


def _is_of_memory(error: BaseException | None) -> bool:
    """Whether memory ran out, here or in what led to an error: of an array, a thread or a library."""
    if error is None:
        return False
    said = str(error)
    library = isinstance(error, ImportError | OSError) and any(sign in said for sign in NO_ROOM)
    thread = isinstance(error, RuntimeError) and "start new thread" in said
    here = isinstance(error, MemoryError | SystemError) or library or thread
    return here or _is_of_memory(error.__context__)


def _refuse_usage(error: Any) -> None:
    """End with one line where the command itself was written wrongly, and not with a library's box."""
    if not hasattr(error, "format_message"):
        return
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        sys.exit(2)
    said = error.format_message().rstrip(".").replace("\n", " ")
    command = error.ctx.command_path if error.ctx else "salesim"
    _reject(f"{said[:1].lower()}{said[1:]}; see: {command} --help")


def _reject(message: str) -> NoReturn:
    for line in message.strip().split(LINE):
        print(f"Error: {shown(line, None)}", file=sys.stderr)
    sys.exit(2)
