"""Draw the pictures of the gallery and of the first page, simulate the decisions of the teaching notes.

Every command is carried out as the pages show it.
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

from PIL import Image
from PIL.PngImagePlugin import PngInfo

import salesim as package

from .gallery import GALLERY, Kind, own_kinds
from .published import REPOSITORY, Asked, publish, written
from .teaching import COMMANDS, DECISIONS, PRINTED, TEACHING, TUTORIAL, decision_sheets

WIDTH = 1200
FILE = re.compile(r"^```toml\n# (\w+\.toml)\n(.*?)^```", re.S | re.M)
OF_HERE = "folder"  # where results lie is of no interest to others


def parts(_: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What is published, and the commands that it is made of as they stand."""
    drawing = list(dict.fromkeys(kind.command for kind in own_kinds()))
    telling = [*decision_sheets().values(), *COMMANDS.values()]
    return {GALLERY: {"commands": drawing}, TEACHING: {"commands": telling}}


def make(asked: Asked) -> None:
    """Draw, decide, and carry out what the tutorial says."""
    with tempfile.TemporaryDirectory() as temporary:
        pictures = draw(Path(temporary), own_kinds())
        told = {DECISIONS: decide(Path(temporary)), PRINTED: say(Path(temporary))}
    files = {GALLERY: pictures, TEACHING: {f"{TEACHING}/{TEACHING}.json": written(told)}}
    for part, about in parts(()).items():
        publish(asked.to, part, files[part], {"command": "make gallery", **about})


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
                about.add_itxt(str(name), said)
        size = (WIDTH, round(image.height * WIDTH / image.width))
        fitted = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        content = io.BytesIO()
        # Each shade is the mean of those that it stands for, so that colours which mean something stay.
        few = fitted.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
        few.save(content, format="png", optimize=True, pnginfo=about)
    return content.getvalue()


def draw(folder: Path, kinds: Sequence[Kind], firm: str = "typical_firm") -> dict[str, bytes]:
    """Carry out the commands of kinds of figures in a folder; gives their pictures as they are published.

    Args:
        folder: where commands are carried out.
        kinds: which.
        firm: instead of the typical firm, where a small one will do.
    """
    for command in dict.fromkeys(kind.command for kind in kinds):
        salesim(command.replace("typical_firm", firm), folder)
    return {kind.picture: smaller(_drawn(folder, kind).read_bytes()) for kind in kinds}


def _drawn(folder: Path, kind: Kind) -> Path:
    figures = folder / shlex.split(kind.command)[-1] / "figures"
    return min(figures.glob(f"{kind.name}*.png"))


def decide(folder: Path) -> dict[str, Any]:
    """The result of every decision that the teaching notes show, by firm."""
    return {name: _decided(command, folder) for name, command in decision_sheets().items()}


def _decided(command: str, folder: Path) -> dict[str, Any]:
    found = json.loads(salesim(f"{command} --json", folder))
    return {key: value for key, value in found.items() if key != OF_HERE}


def say(folder: Path) -> dict[str, str]:
    """What the commands of the tutorial print, with the files that readers write."""
    page = (REPOSITORY / TUTORIAL).read_text(encoding="utf-8")
    for name, content in FILE.findall(page):
        (folder / name).write_text(content, encoding="utf-8")
    return {name: salesim(command, folder).strip() for name, command in COMMANDS.items()}
