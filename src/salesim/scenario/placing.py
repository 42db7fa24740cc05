"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from ..errors import ResultsError
from .refusal import reason_of, refusal


def put_text(path: Path, text: str) -> None:
    """Write a text file under a temporary name and then give it its own.

    Raises:
        ResultsError: a place that cannot be written.
    """
    put_file(path, lambda temporary: temporary.write_text(text, encoding="utf-8"))


def put_file(path: Path, write: Callable[[Path], object]) -> None:
    """Let a function write a file under a temporary name, and then give it its own.

    Raises:
        ResultsError: a place that cannot be written.
    """
    temporary = None
    try:
        handle, name = tempfile.mkstemp(prefix=".salesim-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        temporary.chmod(0o644)
        temporary.replace(path)
    except (OSError, ValueError) as error:
        raise ResultsError(refusal(str(path), "", f"cannot be written: {reason_of(error)}")) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
