"""The folder of a sweep: begun once, and gone on with as often as it takes."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from ..errors import ResultsError
from ..inputs.design import Study
from ..inputs.whole_files import put_file
from ..messages import reason_of, unusable
from .bits import digest_of
from .checked import content_of, damaged, table_in
from .folder import FIGURES, check_place, temporary_in
from .manifest import MANIFEST, SWEEP, environment, of_another_model, put_manifest, read_manifest
from .points import check_points, points_form, points_table, stand_as_said
from .reading import study_of
from .recording import RUNS
from .schema import SCHEMA_VERSION
from .store import LOCK, Store, as_parquet, is_table

POINTS = "points.parquet"
OF_RUNS = "digest.txt"  # which runs the figures show
MENDING = "what salesim sweep has written; the same command writes it again"


def begin(folder: Path, study: Study, model: str, about: dict[str, Any]) -> Store:
    """Make the folder of a study, or find it as it was left, with damaged parts set aside.

    Args:
        folder: a new or empty folder, or that of the same study and model.
        study: the design.
        model: the key of the model.
        about: what else the manifest says.

    Raises:
        ResultsError: a folder of something else, or a place that cannot be written.
    """
    store = Store(folder)
    try:
        if is_new(folder, study, model):
            points = points_table(study, model)
            check_points(study, points)
            folder.mkdir(parents=True, exist_ok=True)
            with store.alone():
                _make(folder, study, points, {"key": study.key(model), **about})
        with store.alone():
            _mend_points(folder, study, model)
        for name in store.mend():
            warnings.warn(f"{folder}/{name} is damaged and set aside; its runs are run again", stacklevel=3)
    except OSError as error:
        raise unusable(folder, f"cannot be written: {reason_of(error)}") from None
    return store


def is_new(folder: Path, study: Study, model: str) -> bool:
    """Whether a study would begin in a folder, and not go on.

    Raises:
        ResultsError: a folder of something else, or a place that cannot be written.
    """
    check_place(folder)
    if not _holds_something(folder):
        return True
    _check_same(folder, study, model, study.key(model))
    return False


def _holds_something(folder: Path) -> bool:
    """Whether there is more in a folder than what a killed beginning or a removal in mid-run leaves."""
    if not folder.is_dir():
        return False
    names = {path.name for path in folder.iterdir()} - {LOCK, POINTS, RUNS}
    return not all(name.startswith(".salesim-") or is_table(name) for name in names)


def _check_same(folder: Path, study: Study, model: str, key: str) -> None:
    if not (folder / MANIFEST).is_file():
        wrong = "holds something else"
        raise unusable(folder, wrong, allowed="a new or empty folder")
    manifest = read_manifest(folder)
    if manifest["key"] == key:
        if study_of(folder).key(model) != key:
            raise damaged(folder / MANIFEST, "its study is not that of its key")
        return
    about = manifest.get("study", manifest.get("scenario", {}))
    there = about.get("title", "something else")
    if manifest["kind"] != SWEEP or about.get("name") != study.name:
        wrong = f"holds another {manifest['kind']}, {there!r}"
    elif of_another_model(manifest):
        wrong = f"holds {there!r} by another version of the model, {manifest['model']}"
    else:
        wrong = f"holds {there!r} with other numbers, rules or options"
    takes = f"salesim sweep --reuse {folder} takes over the runs that are the same"
    allowed = f"a new folder ({takes}), or this same study"
    raise unusable(folder, wrong, allowed=allowed)


def _make(folder: Path, study: Study, points: pa.Table, about: dict[str, Any]) -> None:
    """Points first and the manifest last: where there is a manifest, the folder is begun."""
    if (folder / MANIFEST).is_file():
        return  # somebody else was faster
    put_file(folder / POINTS, as_parquet(points))
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "kind": SWEEP,
        **about,
        **environment(),
        "points": digest_of(points, "point"),
        "copied": {},
        "study": study.model_dump(mode="json"),
    }
    put_manifest(folder, manifest)


def note_copied(store: Store, copied: Mapping[Path, int]) -> None:
    """Say in the manifest from where runs were copied, and how many.

    Raises:
        ResultsError: a place that cannot be written.
    """
    with store.alone():
        manifest = read_manifest(store.folder)
        manifest["copied"] |= {str(folder): runs for folder, runs in copied.items()}
        put_manifest(store.folder, manifest)


def keep_figures(folder: Path, digest: str, draw: Callable[[Path], None]) -> None:
    """Draw the figures of results, unless those that are there show the same.

    Raises:
        OSError: a place that cannot be written.
    """
    with Store(folder).alone():
        said = folder / FIGURES / OF_RUNS
        if said.is_file() and content_of(said) == digest.encode():
            return
        with temporary_in(folder) as temporary:
            draw(temporary)
            (temporary / OF_RUNS).write_text(digest, encoding="utf-8")
            shutil.rmtree(folder / FIGURES, ignore_errors=True)
            temporary.rename(folder / FIGURES)


def _mend_points(folder: Path, study: Study, model: str) -> None:
    """Work the points out again where their file is damaged."""
    try:
        read_points(folder, study)
    except ResultsError as error:
        warnings.warn(f"{str(error).partition(';')[0]}; it is written again", stacklevel=4)
        put_file(folder / POINTS, as_parquet(points_table(study, model)))


def read_points(folder: Path, study: Study) -> pa.Table:
    """The points of a sweep.

    Raises:
        ResultsError: a table that is missing, damaged, or not that of the manifest or the study.
    """
    try:
        points = table_in(folder / POINTS, points_form(study))
        whole = digest_of(points, "point") == read_manifest(folder)["points"]
        whole = whole and stand_as_said(study, points)
    except (OSError, ResultsError):
        whole = False
    if not whole:
        raise unusable(folder / POINTS, "is damaged or missing", allowed=MENDING)
    return points
