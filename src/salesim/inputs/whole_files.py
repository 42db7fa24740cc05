"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..messages import reason_of, unusable


def put_file(path: Path, content: bytes) -> None:
    """Write a file under a temporary name and then give it its own.

    Raises:
        ResultsError: a place that cannot be written.
    """
    with placed(path) as temporary:
        temporary.write_bytes(content)


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """A temporary file, which gets its name when all of it is written.

    Raises:
        ResultsError: a place that cannot be written.
    """
    temporary = None
    try:
        handle, name = tempfile.mkstemp(prefix=".salesim-", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)
    except (OSError, ValueError) as error:
        raise unusable(path, f"cannot be written: {reason_of(error)}") from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
