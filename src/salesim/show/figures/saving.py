"""Figures as files: the same bytes for the same results."""

from __future__ import annotations

import io

from matplotlib import rc_context
from matplotlib.figure import Figure

from ...runs.manifest import salesim_version
from ...runs.schema import SCHEMA_VERSION
from .frame import drawing

DOTS_PER_INCH = 160


def drawn(figure: Figure, kind: str, dots_per_inch: int = DOTS_PER_INCH) -> bytes:
    """The content of a file of that kind: png, svg or pdf."""
    content = io.BytesIO()
    with drawing():
        figure.savefig(content, format=kind, dpi=dots_per_inch, metadata=_about(figure, kind))
    return content.getvalue()


def outlined(figure: Figure) -> bytes:
    """The content of an SVG file whose letters are drawn: they look alike where fonts are missing."""
    content = io.BytesIO()
    with drawing(), rc_context({"svg.fonttype": "path"}):
        figure.savefig(content, format="svg", metadata=_about(figure, "svg"))
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
