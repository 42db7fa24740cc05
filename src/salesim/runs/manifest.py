"""The manifest of a results folder: what is in it, what it was made with, and when."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..inputs.design import FolderName
from ..inputs.rivals import path_of
from ..inputs.whole_files import put_file
from ..messages import reason_of, unusable
from ..model.binding import Rivals
from ..model.engine import EngineName
from ..model.fingerprint import model_fingerprint
from .checked import check_own, damaged, json_in
from .keys import measures_fingerprint
from .schema import SCHEMA_VERSION

Part = TypeVar("Part", bound=BaseModel)

MANIFEST = "manifest.json"
SWEEP, EVIDENCE, EARLIER = "sweep", "evidence", "run"  # the last was written by earlier versions
LIBRARIES = ("SALib", "joblib", "mesa", "numba", "numpy", "pandas", "pyarrow", "pydantic", "scipy")


class Manifest(BaseModel):
    """What the manifest of every results folder says."""

    model_config = ConfigDict(extra="allow", strict=True)

    schema_version: int = Field(
        description="The form of all files of the folder; higher when a reader must look again."
    )
    kind: str = Field(
        EARLIER,
        description="What is in the folder: a sweep, which may be of one firm, or evidence, which is "
        "sweeps in folders of its own.",
    )
    key: str = Field(
        description="Twelve digits that name what was asked: firms, seed, model, measures and rival rules."
    )
    salesim: str = Field("unknown", description="Version of this package.")
    model: str = Field(
        description="Digits that change when a source of the model does, in more than format and comments."
    )
    measures: str = Field("", description="The same of the sources that say what is measured, and how.")
    created: str = Field("unknown", description="When the folder was written, or begun (UTC).")
    python: str = Field("unknown", description="Version of Python.")
    platform: str = Field("unknown", description="Operating system and machine.")
    libraries: dict[str, str] = Field({}, description="Versions of the libraries that were used.")
    command: list[str] = Field([], description="What was asked on the command line.")
    engine: EngineName = Field("compiled", description="compiled or mesa; both give the same bits.")
    rivals: dict[str, str] = Field(
        {}, description="Functions in the place of rules, by the path of the rule."
    )


class ManifestOfSweep(Manifest):
    """What that of a sweep says beside this."""

    points: str = Field(description="Digits that stand for every bit of the table of points.")
    study: dict[str, Any] = Field(
        description="The design in full: firms by policy, values of levers and uncertain numbers, samples, "
        "seed, replicates, outcomes and tables."
    )
    copied: dict[str, int] = Field(
        {}, description="How many runs were copied from other sweeps, by the folders that they come from."
    )


class ManifestOfEvidence(Manifest):
    """What that of evidence says beside this."""

    seed: int = Field(description="Random seed.")
    scenario: dict[str, Any] = Field(
        description="Every number of the firm, by group, with its title, dated levers and named rules."
    )
    firm: str = Field(description="Twenty digits that name the firm and the model.")
    findings: dict[str, str] = Field(description="Digits of the file of each finding that was tried.")
    runs: dict[FolderName, str] = Field(
        description="Digits that stand for every bit of the runs of each study."
    )


FORMS: dict[str, type[Manifest]] = {SWEEP: ManifestOfSweep, EVIDENCE: ManifestOfEvidence, EARLIER: Manifest}


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
            raise unusable(folder, "no such folder", allowed="a results folder")
        if not (folder / MANIFEST).is_file():
            wrong = f"holds no results: {MANIFEST} is missing"
            raise unusable(folder, wrong, allowed="a results folder")
        check_own(folder)
        said = json_in(folder / MANIFEST)
    except OSError as error:
        raise unusable(folder, f"cannot be read: {reason_of(error)}") from None
    manifest = _formed(folder, said, Manifest)
    if manifest.kind == EARLIER and not earlier:
        allowed = f"salesim convert {folder}, which makes a new folder of it"
        raise unusable(folder, "is of an earlier form", allowed=allowed)
    if manifest.schema_version > SCHEMA_VERSION or manifest.kind not in FORMS:
        wrong = f"was written by a newer salesim, {manifest.salesim}"
        allowed = f"folders of schema version {SCHEMA_VERSION} and earlier"
        given = f"schema version {manifest.schema_version}, {manifest.kind}"
        raise unusable(folder, wrong, given=given, allowed=allowed)
    return _formed(folder, said, FORMS[manifest.kind]).model_dump()


def _formed(folder: Path, said: dict[str, Any], form: type[Manifest]) -> Manifest:
    try:
        return form.model_validate(said)
    except ValidationError as error:
        first = error.errors()[0]
        why = f"not a manifest: {'.'.join(map(str, first['loc']))}: {first['msg'].lower()}"
        raise damaged(folder / MANIFEST, why) from None


def put_manifest(folder: Path, said: Mapping[str, Any]) -> None:
    """Write the manifest of a results folder.

    Raises:
        ResultsError: a place that cannot be written.
    """
    put_file(folder / MANIFEST, (json.dumps(said, indent=2) + "\n").encode())


def read_part(folder: Path, manifest: dict[str, Any], name: str, kind: type[Part]) -> Part:
    """What a manifest says of a firm or a study, checked.

    Raises:
        ResultsError: a manifest that says nothing of it, or what it cannot be.
    """
    try:
        return kind.model_validate(manifest[name])
    except (ValueError, KeyError, RecursionError) as error:
        wrong = f"its {name} cannot be read: {str(error).splitlines()[0]}"
        raise unusable(folder / MANIFEST, wrong) from None


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
