"""The folder of a run as earlier versions wrote it, as a folder of today; the old one is left as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ..inputs.design import BASELINE, Study
from ..messages import unusable
from ..model.scenario import Scenario
from ..outcomes import COMPANY
from .bits import digest_of
from .checked import table_in
from .exporting import keep_table
from .folder import check_place, temporary_in
from .keys import firm_key, model_key
from .manifest import EARLIER, SWEEP, of_another_model, put_manifest, read_manifest, read_part
from .one_firm import KEPT, study_of_firm
from .points import points_table
from .recording import RUNS, Row, labelled, table_of_rows
from .runs import open_results
from .starting import POINTS
from .store import Store, as_parquet
from .tabling import form_of
from .tasks import Address

GONE = ("scenario", "seed", "replicates", "outcomes")  # of a manifest, which the study says now


def convert(folder: Path | str, out: Path | str | None = None) -> Path:
    """Write the folder of a run of an earlier version as a new folder, and say where that is.

    Args:
        folder: what `salesim run` left; nothing in it is changed.
        out: a folder that is not there yet; beside the old one, its name with "_converted", unless given.

    Raises:
        ResultsError: no such folder, one that is damaged or of today's form, or a place that holds
            something or cannot be written.
    """
    folder = Path(folder)
    old = folder.resolve()
    target = old.with_name(f"{old.name}_converted") if out is None else Path(out)
    manifest = read_manifest(folder, earlier=True)
    if manifest["kind"] != EARLIER:
        raise unusable(folder, "has today's form already", allowed="nothing to do")
    check_place(target)
    if target.exists():
        raise unusable(target, "is there already", allowed="a new folder, with --out")
    firm = read_part(folder, manifest, "scenario", Scenario)
    try:
        study = study_of_firm(firm, old.parent.name, manifest["replicates"], manifest["seed"])
        tables = {name: _table(folder, name) for name in (*KEPT, "outcomes")}
        with temporary_in(target.absolute().parent) as temporary:
            _write(temporary, study, manifest, tables)
            keep_table(open_results(temporary), anew=True)
            temporary.rename(target)
    except (OSError, KeyError, ValueError, pa.ArrowException) as error:
        wrong = f"cannot be converted: {str(error).splitlines()[0]}"
        raise unusable(folder, wrong) from None
    return target


def _table(folder: Path, name: str) -> pa.Table:
    return table_in(folder / f"{name}.parquet", pa.schema([*form_of(name)][1:]))


def _write(folder: Path, study: Study, manifest: dict[str, Any], tables: dict[str, pa.Table]) -> None:
    """Runs with their tables, the point where they stand, and the manifest."""
    model = model_key()
    known = not of_another_model(manifest) and not manifest.get("rivals")
    firm = study.firms[BASELINE]
    key = firm_key(firm, model) if known else str(manifest["key"])
    addresses = [Address(firm, key, study.seed, replicate) for replicate in range(study.replicates.most)]
    rows = _rows(tables.pop("outcomes"), addresses)
    beside = {name: _named(table, addresses) for name, table in tables.items()}
    Store(folder).add(table_of_rows(RUNS, rows), beside)
    points = points_table(study, model)
    points = points.set_column(points.column_names.index("firm"), points.schema.field("firm"), [[key]])
    (folder / POINTS).write_bytes(as_parquet(points))
    said = {
        **{name: said for name, said in manifest.items() if name not in GONE},
        "kind": SWEEP,
        "key": study.key(model) if known else manifest["key"],
        "points": digest_of(points, "point"),
        "study": study.model_dump(mode="json"),
    }
    put_manifest(folder, said)


def _rows(outcomes: pa.Table, addresses: list[Address]) -> list[Row]:
    """A row for each replicate, with the outcomes that were measured then."""
    told = outcomes.to_pandas()
    series = {outcome.name for outcome in COMPANY if outcome.index is not None}
    rows = [address.row for address in addresses]
    for (replicate, outcome), values in told.groupby(["replicate", "outcome"])["value"]:
        found = [None if value != value else value for value in values]
        rows[int(replicate)][str(outcome)] = found if outcome in series else found[0]
    return rows


def _named(table: pa.Table, addresses: list[Address]) -> pa.Table:
    """A table of all replicates with the run that each row is of in front."""
    parts = (labelled(table.filter(pc.equal(table["replicate"], a.replicate)), a.id) for a in addresses)
    return pa.concat_tables(parts)
