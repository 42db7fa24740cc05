"""The manifest of a results folder: what is in it, what it was made with, and when."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from ..errors import ResultsError
from ..inputs.rivals import path_of
from ..messages import error_text, reason_of
from ..model.binding import Rivals
from ..model.fingerprint import model_fingerprint
from .keys import measures_fingerprint
from .schema import SCHEMA_VERSION

Part = TypeVar("Part", bound=BaseModel)

MANIFEST = "manifest.json"
SWEEP, EVIDENCE, EARLIER = "sweep", "evidence", "run"  # the last was written by earlier versions
KINDS = (SWEEP, EVIDENCE, EARLIER)
LIBRARIES = ("SALib", "joblib", "mesa", "numba", "numpy", "pandas", "pyarrow", "pydantic", "scipy")
MANIFEST_KEYS = {
    "schema_version": "The form of all files of the folder; higher when a reader must look again.",
    "kind": "What is in the folder: a sweep, which may be of one firm, or evidence, which is sweeps in "
    "folders of its own.",
    "key": "Twelve digits that name what was asked: firms, seed, model, measures and rival rules.",
    "salesim": "Version of this package.",
    "model": "Digits that change when a source of the model does, in more than format and comments.",
    "measures": "The same of the sources that say what is measured, and how.",
    "created": "When the folder was written, or begun (UTC).",
    "python": "Version of Python.",
    "platform": "Operating system and machine.",
    "libraries": "Versions of the libraries that were used.",
    "command": "What was asked on the command line.",
    "engine": "compiled or mesa; both give the same bits.",
    "rivals": "Functions in the place of rules, by the path of the rule.",
}
KEYS_OF_A_SWEEP = {
    "points": "Digits that stand for every bit of the table of points.",
    "study": "The design in full: firms by policy, values of levers and uncertain numbers, samples, seed, "
    "replicates, outcomes and tables.",
}
KEYS_OF_JUDGED = {
    "seed": "Random seed.",
    "scenario": "Every number of the firm, by group, with its title, dated levers and named rules.",
    "firm": "Twenty digits that name the firm and the model.",
    "findings": "Digits of the file of each finding that was tried.",
    "runs": "Digits that stand for every bit of the runs of each study.",
}


def environment() -> dict[str, Any]:
    """What results are made with here and now."""
    return {
        "salesim": salesim_version(),
        "model": model_fingerprint(),
        "measures": measures_fingerprint(),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "libraries": {name: _version(name) for name in LIBRARIES},
    }


def rivals_text(rivals: Rivals) -> dict[str, str]:
    """The functions in the place of rules, as a scenario would name them."""
    return {path_of(rule): f"{rival.__module__}:{rival.__qualname__}" for rule, rival in rivals}


def read_manifest(folder: Path, *, earlier: bool = False) -> dict[str, Any]:
    """The manifest of a results folder.

    Args:
        folder: where it is.
        earlier: whether it may be that of a run as earlier versions wrote it.

    Raises:
        ResultsError: no results folder, one that cannot be read, or one of a newer salesim.
    """
    try:
        if not folder.exists():
            raise ResultsError(error_text(str(folder), "", "no such folder", allowed="a results folder"))
        if not (folder / MANIFEST).is_file():
            wrong = f"holds no results: {MANIFEST} is missing"
            raise ResultsError(error_text(str(folder), "", wrong, allowed="a results folder"))
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        schema, kind = int(manifest["schema_version"]), str(manifest.get("kind", EARLIER))
        _ = manifest["key"], manifest["model"]
    except OSError as error:
        raise ResultsError(error_text(str(folder), "", f"cannot be read: {reason_of(error)}")) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ResultsError(error_text(str(folder / MANIFEST), "", "is damaged: not a manifest")) from None
    if kind == EARLIER and not earlier:
        allowed = f"salesim convert {folder}, which makes a new folder of it"
        raise ResultsError(error_text(str(folder), "", "is of an earlier form", allowed=allowed))
    if schema > SCHEMA_VERSION or kind not in KINDS:
        wrong = f"was written by a newer salesim, {manifest.get('salesim', 'unknown')}"
        allowed = f"folders of schema version {SCHEMA_VERSION} and earlier"
        given = f"schema version {schema}, {kind}"
        raise ResultsError(error_text(str(folder), "", wrong, given=given, allowed=allowed))
    return {**manifest, "kind": kind}


def read_part(folder: Path, manifest: dict[str, Any], name: str, kind: type[Part]) -> Part:
    """What a manifest says of a firm or a study, checked.

    Raises:
        ResultsError: a manifest that says nothing of it, or what it cannot be.
    """
    try:
        return kind.model_validate(manifest[name])
    except (ValueError, KeyError) as error:
        wrong = f"its {name} cannot be read: {str(error).splitlines()[0]}"
        raise ResultsError(error_text(str(folder / MANIFEST), "", wrong)) from None


def of_another_model(manifest: Mapping[str, Any]) -> bool:
    """Whether results were made by other sources than these, which cannot make them again."""
    now = model_fingerprint(), measures_fingerprint()
    return (manifest.get("model"), manifest.get("measures")) != now


def salesim_version() -> str:
    """The version of this package."""
    return _version("salesim")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
