"""Figures as files: the same bytes for the same results, and written whole or not at all."""

from __future__ import annotations

import io
import uuid
from pathlib import Path

from matplotlib.figure import Figure

from ...study.folder import salesim_version
from ...study.schema import SCHEMA_VERSION
from .frame import drawing

DOTS_PER_INCH = 160


def save(figure: Figure, path: Path) -> None:
    """Write a figure as PNG, SVG or PDF, by the suffix of the path.

    Raises:
        OSError: a place that cannot be written.
    """
    content = drawn(figure, path.suffix[1:].lower())
    temporary = path.with_name(f".salesim-{uuid.uuid4().hex}{path.suffix}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def drawn(figure: Figure, kind: str) -> bytes:
    """The content of a file of that kind: png, svg or pdf."""
    content = io.BytesIO()
    with drawing():
        figure.savefig(content, format=kind, dpi=DOTS_PER_INCH, metadata=_about(figure, kind))
    return content.getvalue()


def _about(figure: Figure, kind: str) -> dict[str, str | None]:
    """What a file says of itself; no date, so that it is the same when drawn again."""
    software = f"salesim {salesim_version()}"
    title = " ".join(figure.get_suptitle().split())
    schema = f"salesim schema version {SCHEMA_VERSION}"
    if kind == "png":
        return {"Title": title, "Description": schema, "Software": software}
    if kind == "svg":
        return {"Title": title, "Description": schema, "Creator": software, "Date": None}
    return {"Title": title, "Subject": schema, "Creator": software, "CreationDate": None}
