"""What a result does not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .page import Section

MODEL = (
    "This is what the model says of this firm, with these numbers. It is no measurement of a real firm and "
    "no forecast."
)
LUCK = (
    "Intervals hold chance only: what other customers, leavers and deals would have made of the same firm. "
    "They do not hold that assumed numbers may be wrong; `salesim screen` says which of these matter most."
)


def limits(manifest: Mapping[str, Any], own: Sequence[str]) -> Section:
    """The section on limits.

    Args:
        manifest: of the folder.
        own: what else limits results of this kind.
    """
    rivals = ", ".join(f"{path} ({rule})" for path, rule in (manifest.get("rivals") or {}).items())
    ruled = [f"Rules of somebody's own stand in the place of the model's: {rivals}."] if rivals else []
    return Section(name="limits", heading="What this does not say", points=(MODEL, LUCK, *own, *ruled))
