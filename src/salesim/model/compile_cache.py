"""Compiled code on disk, which is loaded only if it is what was stored.

Numba's own cache finds code by the path of its source, and loads whatever lies there.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import warnings
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

SUFFIX = ".compiled"


class CompileCache:
    """Stands where Numba expects the cache of a function; one file for each signature and processor.

    Args:
        folder: where the files lie, named by a fingerprint of all that the code comes from.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache_path = str(folder)

    def load_overload(self, signature: Any, target: Any) -> Any:
        """The stored code, or None where there is none that can be used; a damaged file is removed."""
        compiler: Any = import_module("numba.core.compiler")
        target.refresh()
        path = self._path(signature, target.codegen())
        try:
            stored = path.read_bytes()
        except OSError:
            return None
        code = stored[hashlib.sha256().digest_size :]
        try:
            if stored != _checksum(path, code) + code:
                raise ValueError("wrong checksum")
            return compiler.CompileResult._rebuild(target, *pickle.loads(code))
        except Exception as error:  # whatever a library makes of a file that it cannot use
            _warn(f"{path} is damaged ({error})")
            _remove(path)
            return None

    def save_overload(self, signature: Any, result: Any) -> None:
        """Store the code under a name of its own first, since another process may do the same."""
        if result.library.has_dynamic_globals:  # addresses, which mean nothing to another process
            return
        path = self._path(signature, result.library.codegen)
        serialize: Any = import_module("numba.core.serialize")
        code = serialize.dumps(result._reduce())
        fresh = path.with_name(uuid4().hex)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("xb") as file:
                file.write(_checksum(path, code) + code)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError as error:
            _warn(f"{self.folder}: compiled code cannot be stored ({error.strerror})")
            _remove(fresh)

    def _path(self, signature: Any, codegen: Any) -> Path:
        key = f"{signature} {codegen.magic_tuple()}"  # the second part is the processor
        return self.folder / (hashlib.sha256(key.encode()).hexdigest()[:16] + SUFFIX)


def _checksum(path: Path, code: bytes) -> bytes:
    """Of the name too: a file that was copied from another processor's is no code for this one."""
    return hashlib.sha256(path.name.encode() + code).digest()


def _warn(problem: str) -> None:
    warnings.warn(f"{problem}; the model is compiled again", stacklevel=2)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
