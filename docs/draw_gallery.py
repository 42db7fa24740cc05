"""Draw the pictures of the gallery and of the first page, live through the decisions of the teaching notes.

    python docs/draw_gallery.py [--check]

Every command is carried out as the pages show it. With --check only say whether what is kept is of this
model.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import generate
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import salesim as package
from salesim.scenario.placing import put_file
from salesim.show.gallery import KINDS, Kind, own_kinds
from salesim.show.teaching import KEPT, decision_sheets
from salesim.show.tutorial import COMMANDS, SAID
from salesim.study.manifest import MANIFEST, environment

HERE = Path(__file__).parent
WIDTH = 1200
FILE = re.compile(r"^```toml\n# (\w+\.toml)\n(.*?)^```", re.S | re.M)
PAGES = ("docs/gallery.md", "docs/tutorial.md", "docs/teaching.md", "docs/index.md", "README.md")
SAME = ("salesim", "model", "measures")


def salesim(command: str, folder: Path) -> str:
    """What a command that a page shows prints, carried out in a folder."""
    program, *arguments = shlex.split(command)
    assert program == "salesim", command
    line = [sys.executable, "-c", "from salesim.cli import main; main()", *arguments]
    print(command, flush=True)
    here = os.environ | {"PYTHONPATH": str(Path(package.__file__).parent.parent)}  # this very salesim
    done = subprocess.run(line, cwd=folder, env=here, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def smaller(picture: bytes) -> bytes:
    """A figure as it fits into a page: narrower, in fewer colours, with the same title."""
    with Image.open(io.BytesIO(picture)) as image:
        about = PngInfo()
        for name, said in image.info.items():
            if isinstance(said, str):
                about.add_itxt(name, said)
        size = (WIDTH, round(image.height * WIDTH / image.width))
        fitted = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        content = io.BytesIO()
        # Each shade is the mean of those that it stands for, so that colours which mean something stay.
        few = fitted.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
        few.save(content, format="png", optimize=True, pnginfo=about)
    return content.getvalue()


def draw(docs: Path, folder: Path, kinds: Sequence[Kind], firm: str = "typical_firm") -> None:
    """Carry out the commands of kinds of figures in a folder, and take over the pictures.

    Args:
        docs: where pictures go.
        folder: where commands are carried out.
        kinds: which.
        firm: instead of the typical firm, where a small one will do.
    """
    for command in dict.fromkeys(kind.command for kind in kinds):
        salesim(command.replace("typical_firm", firm), folder)
    for kind in kinds:
        figures = folder / shlex.split(kind.command)[-1] / "figures"
        drawn = sorted(figures.glob(f"{kind.name}*.png"))[0]
        target = docs / kind.picture
        target.parent.mkdir(parents=True, exist_ok=True)
        put_file(target, smaller(drawn.read_bytes()))


def decide(docs: Path, folder: Path) -> None:
    """Live through every decision that the teaching notes show, and keep what came of it."""
    (docs / KEPT).mkdir(parents=True, exist_ok=True)
    for name, command in decision_sheets().items():
        found = json.loads(salesim(f"{command} --json", folder))
        put_file(docs / KEPT / f"{name}.json", _json(found))


def say(docs: Path, folder: Path) -> None:
    """Carry out the commands of the tutorial, with the files that readers write; keep what they print."""
    page = (docs / "tutorial.md").read_text(encoding="utf-8")
    for name, content in FILE.findall(page):
        (folder / name).write_text(content, encoding="utf-8")
    printed = {name: salesim(command, folder).strip() for name, command in COMMANDS.items()}
    put_file(docs / KEPT / SAID, _json(printed))


def _json(content: Any) -> bytes:
    return (json.dumps(content, indent=1) + "\n").encode()


def manifest() -> dict[str, Any]:
    """With what it was made, and by which commands."""
    drawing = dict.fromkeys(kind.command for kind in own_kinds())
    commands = [*drawing, *decision_sheets().values(), *COMMANDS.values()]
    return {**environment(), "command": "make gallery", "commands": commands}


def is_stale(docs: Path) -> bool:
    """Whether what is kept is missing, or of another model."""
    path = docs / KEPT / MANIFEST
    said = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    now = manifest()
    return any(said.get(key) != now[key] for key in (*SAME, "commands"))


def main() -> int:
    """Draw, decide, and write the pages that are made of it."""
    if "--check" in sys.argv[1:]:
        stale = is_stale(HERE)
        if stale:
            print("The gallery is out of date: make gallery", file=sys.stderr)
        return int(stale)
    with tempfile.TemporaryDirectory() as temporary:
        draw(HERE, Path(temporary), own_kinds())
        decide(HERE, Path(temporary))
        say(HERE, Path(temporary))
    put_file(HERE / KEPT / MANIFEST, _json(manifest()))
    for page in PAGES:
        (generate.HERE / page).write_text(generate.FILES[page](), encoding="utf-8")
    print(f"{', '.join(PAGES)} written; {len(KINDS)} kinds of figures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
