"""One archive with everything that somebody needs to look at results and to get them again."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from ..inputs.design import Study
from ..inputs.scenario_file import whole_scenario
from ..inputs.whole_files import placed
from ..messages import readable, unusable
from .checked import content_of
from .exporting import TABLE
from .folder import FIGURES, LEVERS, LONG_AGO, folder_at
from .manifest import MANIFEST, read_manifest
from .recording import FAILED, RUNS
from .runs import open_results
from .starting import POINTS

README = """\
# {title}

{question}
Results of salesim {salesim} (model {model}), made {created} with Python {python} on {platform}.

| | |
| --- | --- |
| `manifest.json` | what was asked, with every number, and with what it was answered |
| `points.parquet`, `runs/` | the data: Parquet, readable by pandas, R, Julia, DuckDB |
| `runs.csv` | the same as one table, where it has at most 10,000 rows |
| `firms/` | every firm as a scenario of its own, with unit and source of each number |
| `environment.txt` | versions of all Python packages that were installed where this archive was made |

Unpack it, install salesim {salesim}, and in this folder:

```
salesim verify .{code}
salesim runs .
salesim sweep . --out ../again{code}
```

The first repeats a sample of the runs and compares them bit for bit (`--all` takes all of
them); the last repeats everything.
"""


def write_bundle(folder: Path, archive: Path | None = None) -> Path:
    """Put a results folder into one ZIP archive, with its environment and how to reproduce it.

    Args:
        folder: a results folder.
        archive: a .zip file; here, called like the folder, unless given.

    Raises:
        ResultsError: no results folder, one with a file that is too large, an archive that is there
            already or has another suffix, or a place that cannot be written.
    """
    folder = folder_at(folder)
    manifest = read_manifest(folder)
    path = archive or Path(f"{folder.resolve().name}.zip")
    if path.suffix != ".zip":
        raise unusable(path, "no archive", given=path.suffix, allowed=".zip")
    if path.exists():
        raise unusable(path, "is there already", allowed="a new name, with --out")
    study = open_results(folder).study
    with placed(path) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in _made(study, manifest).items():
            _put(bundle, f"{path.stem}/{name}", content.encode())
        for file in _stored_files(folder, study.tables):
            _put(bundle, f"{path.stem}/{file.relative_to(folder).as_posix()}", content_of(file))
    return path


def _put(bundle: zipfile.ZipFile, name: str, content: bytes) -> None:
    bundle.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)


def _stored_files(folder: Path, beside: Iterable[str]) -> list[Path]:
    """The files of a results folder, and nothing else that somebody has put there."""
    parts = {MANIFEST, POINTS, TABLE, RUNS, FAILED, *beside, FIGURES, LEVERS}
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    inside = ((path, path.relative_to(folder).parts) for path in files)
    return [path for path, names in inside if names[0] in parts and not names[-1].startswith(".")]


def _made(study: Study, manifest: dict[str, Any]) -> dict[str, str]:
    """What is written for the archive: what to do, the environment, firms, and the code of rules."""
    code = " --allow-code" if any(firm.rules for firm in study.firms.values()) else ""
    told = {
        "title": study.title,
        "question": f"{study.question}\n" if study.question else "",
        "code": code,
    }
    rules = {file.as_posix(): file.read_text(encoding="utf-8") for file in _rule_files(study)}
    firms = {f"firms/{name}.toml": whole_scenario(firm) for name, firm in study.firms.items()}
    readme = readable(README.format(**{**manifest, **told}))
    return {"README.md": readme, "environment.txt": _environment(), **firms, **rules}


def _rule_files(study: Study) -> list[Path]:
    """Files of the rules that a scenario names, where they lie in the folder where the user stands."""
    modules = {name.partition(":")[0] for firm in study.firms.values() for name in firm.rules.values()}
    files = [Path(f"{module.replace('.', '/')}.py") for module in sorted(modules)]
    missing = [file for file in files if not file.is_file()]
    if missing:
        allowed = "the folder where it lies, as the one to stand in"
        raise unusable(missing[0], "the code of a rule is not here", allowed=allowed)
    return files


def _environment() -> str:
    """Versions of all packages that are installed, as pip writes them."""
    found = {dist.metadata["Name"].lower(): dist.version for dist in distributions()}
    return "".join(f"{name}=={version}\n" for name, version in sorted(found.items()))
