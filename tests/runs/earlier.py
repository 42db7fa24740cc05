"""The folder of a run as earlier versions wrote it: a file for each table, and a manifest of another kind."""

import json

import pyarrow.parquet as pq

from salesim import simulate
from salesim.runs.manifest import environment
from salesim.runs.rows import SHEETS


def earlier_folder(firm, folder, *, replicates=2, seed=7, **said):
    """Write one, and give what was simulated for it."""
    results = simulate(firm, replicates=replicates, seed=seed)
    folder.mkdir(parents=True)
    for name in SHEETS:
        pq.write_table(results.arrow(name), folder / f"{name}.parquet", compression="zstd")
    manifest = {
        "schema_version": 2,
        "kind": "run",
        "key": "0123456789ab",
        **environment(),
        "engine": "compiled",
        "seed": seed,
        "replicates": replicates,
        "scenario": firm.model_dump(),
        "rivals": {},
        "command": ["run", "typical_firm"],
        "outcomes": {},
        **said,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return results
