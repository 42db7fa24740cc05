"""Judge the typical firm by all findings, put what comes of it into docs/evidence, say what has changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SHOWN = HERE / "evidence"
OBJECT, PAGE, MANIFEST, FIGURES = "evidence.json", "evidence.md", "manifest.json", "figures"


def judge(arguments: list[str]) -> dict[str, Any]:
    """What `salesim evidence` says, with its progress on the screen."""
    command = [sys.executable, "-c", "from salesim.cli import main; main()", "evidence", *arguments]
    subprocess.run(command, check=True)
    said = subprocess.run([*command, "--json"], check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, Any] = json.loads(said)
    return found


def publish(folder: Path) -> None:
    """Copy object, page, manifest, and figures as SVG; all of them or none."""
    with tempfile.TemporaryDirectory(dir=HERE) as temporary:
        new = Path(temporary) / "new"
        (new / FIGURES).mkdir(parents=True)
        shutil.copyfile(folder / PAGE, new / "index.md")
        for name in (OBJECT, MANIFEST):
            shutil.copyfile(folder / name, new / name)
        for figure in folder.glob(f"{FIGURES}/*.svg"):
            shutil.copyfile(figure, new / FIGURES / figure.name)
        shutil.rmtree(SHOWN, ignore_errors=True)
        new.rename(SHOWN)


def verdicts(path: Path) -> dict[str, str]:
    """What was said of each finding, if anything was."""
    if not path.is_file():
        return {}
    return {t["target"]: t["verdict"] for t in json.loads(path.read_text(encoding="utf-8"))["targets"]}


def main() -> None:
    """Judge, publish, and say which verdicts are others than before."""
    before = verdicts(SHOWN / OBJECT)
    found = judge(sys.argv[1:])
    publish(Path(found["folder"]))
    for name, verdict in verdicts(SHOWN / OBJECT).items():
        if before.get(name, verdict) != verdict:
            print(f"{name}: was {before[name]}, is {verdict}")
    print(f"docs/evidence written from {found['folder']}")


if __name__ == "__main__":
    main()
