"""One archive with everything that somebody needs to look at results and to get them again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from ..errors import ResultsError
from ..scenario.placing import put_file
from ..scenario.refusal import refusal
from ..scenario.writing import whole_scenario
from .manifest import RUN, read_manifest
from .opening import open_results
from .sweeps.design import AS_IS

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # so that the same content is the same archive
AGAIN = "salesim sweep . --out again"
README = """\
# {title}

{question}
Results of salesim {salesim} (model {model}), made {created} with Python {python} on {platform}.

| | |
| --- | --- |
| `manifest.json` | what was asked, with every number, and with what it was answered |
| {data} | the data: Parquet, readable by pandas, R, Julia, DuckDB |
| `firms/` | every firm as a scenario of its own, with unit and source of each number |
| `environment.txt` | versions of all Python packages that were installed where this archive was made |

Unpack it, install salesim {salesim}, and in this folder:

```
salesim verify .
salesim runs .
{again}
```

The first lives through a sample of the runs again and compares them bit for bit (`--all` takes all of
them); the last gets everything anew.
"""


def write_bundle(folder: Path, archive: Path | None = None) -> Path:
    """Put a results folder into one ZIP archive, with its environment and how to get it again.

    Args:
        folder: a results folder.
        archive: where it goes; beside the folder, called like it, unless given.

    Raises:
        ResultsError: no results folder, an archive that is there already, or a place that cannot be
            written.
    """
    manifest = read_manifest(folder)
    path = archive or Path(f"{folder.resolve().name}.zip")
    if path.exists():
        raise ResultsError(refusal(str(path), "", "is there already", allowed="a new name, with --out"))
    top = path.stem
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, written in sorted(_files(folder, manifest)):
            bundle.writestr(zipfile.ZipInfo(f"{top}/{name}", LONG_AGO), written, zipfile.ZIP_DEFLATED)
    put_file(path, content.getvalue())
    return path


def _files(folder: Path, manifest: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Every file of the archive by its name in the folder."""
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.is_file() and not path.is_symlink() and not hidden:
            yield inside.as_posix(), path.read_bytes()
    study = open_results(folder).study
    for name, firm in study.firms.items():
        yield f"firms/{name}.toml", whole_scenario(firm).encode()
    yield "environment.txt", _environment().encode()
    run = manifest["kind"] == RUN
    luck = f"--replicates {study.replicates.most} --seed {study.seed}"
    told = {
        "title": study.title, "question": f"{study.question}\n" if study.question else "",
        "data": "`*.parquet`" if run else "`points.parquet`, `runs/`",
        "again": f"salesim run firms/{AS_IS}.toml {luck} --out again" if run else AGAIN,
    }
    yield "README.md", README.format(**{**manifest, **told}).encode()


def _environment() -> str:
    """Versions of all packages that are installed, as pip writes them."""
    found = {dist.metadata["Name"].lower(): dist.version for dist in distributions()}
    return "".join(f"{name}=={version}\n" for name, version in sorted(found.items()))
