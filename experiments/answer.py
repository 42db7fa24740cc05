"""Carry out the experiments and write what they answer: numbers, figure and manifest of each, and the page.

    python experiments/answer.py [NAME ...] [--results DIR] [--to DIR] [--replicates N] [--check]

Runs that are stored already are not run again, so the same command goes on where it was stopped.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from salesim.cli.watching import watching
from salesim.errors import SalesimError
from salesim.model.engine import EngineName
from salesim.scenario.placing import put_file
from salesim.scenario.refusal import chosen, refusal
from salesim.scenario.shipped import shipped_studies
from salesim.show.experiments import (
    FIGURE,
    MANIFEST,
    MEANS,
    OBJECT,
    RESULTS,
    answer_object,
    answerable,
    experiments_page,
    means_of_settings,
)
from salesim.show.figures import answer_figure
from salesim.show.figures.saving import drawn
from salesim.study.answering import answered
from salesim.study.keys import model_key
from salesim.study.manifest import environment
from salesim.study.sweeps.design import Replicates, Study
from salesim.study.sweeps.reading import load_study
from salesim.study.sweeps.sweep import sweep
from salesim.study.sweeps.swept import Sweep

HERE = Path(__file__).parent
PAGE = "README.md"
DOTS_PER_INCH = 96
SAME = ("salesim", "model", "measures", "study_file")  # what makes results out of date when it changes


def study_of(name: str, replicates: int = 0) -> Study:
    """The study of an experiment, with as many replicates as it says unless given."""
    study = load_study(shipped_studies()[name])
    if not replicates:
        return study
    return study.model_copy(update={"replicates": Replicates(least=replicates, most=replicates)})


def carry_out(
    study: Study,
    results: Path,
    engine: EngineName = "compiled",
    workers: int | None = None,
    *,
    silent: bool = False,
) -> Sweep:
    """The runs of an experiment, in a folder for this study and this model."""
    watch = watching(study.name, silent=silent)
    folder = results / study.name / study.key(model_key())
    return sweep(study, out=folder, engine=engine, workers=workers, watch=watch)


def digits_of_file(path: Path) -> str:
    """Digits that change when a file does."""
    return sha256(path.read_bytes()).hexdigest()[:16]


def manifest(found: Sweep, path: Path) -> dict[str, Any]:
    """What an answer was made from: command, model, libraries, the firm in full, digest of its runs."""
    study = found.study
    return {
        **environment(),
        "command": ["python", "experiments/answer.py", study.name],
        "seed": study.seed,
        "replicates": study.replicates.most,
        "study_file": digits_of_file(path),
        "key": study.key(model_key()),
        "runs": found.digest,
        "firm": next(iter(study.firms.values())).model_dump(mode="json"),
    }


def write(found: Sweep, path: Path, folder: Path) -> str:
    """Write what an experiment answers into a folder; gives the answer.

    Raises:
        SalesimError: runs from which it cannot be told, or a place that cannot be written.
    """
    known = answered(found)
    if known is None:
        wrong = "does not say how it is answered"
        raise SalesimError(refusal(found.study.name, "answer", wrong, allowed="a table [answer]"))
    told = answer_object(found, known)
    files = {
        FIGURE: drawn(answer_figure(found, known), "png", DOTS_PER_INCH),
        MEANS: means_of_settings(found, known).encode(),
        OBJECT: _json(told),
        MANIFEST: _json(manifest(found, path)),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        put_file(folder / name, content)
    return str(told["answer"])


def _json(content: Any) -> bytes:
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def stale(names: Sequence[str], to: Path) -> list[str]:
    """Experiments whose results are missing, or of another model, measure or study."""
    now = environment()
    found = []
    for name in names:
        path = to / name / MANIFEST
        said = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        here = now | {"study_file": digits_of_file(shipped_studies()[name])}
        if any(said.get(key) != here[key] for key in SAME):
            found.append(name)
    return found


def options() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="experiments; all unless named")
    parser.add_argument("--results", type=Path, default=Path("results/experiments"), help="of the runs")
    parser.add_argument("--to", type=Path, default=HERE / RESULTS, help="for what they answer")
    parser.add_argument("--replicates", type=int, default=0, help="instead of the number in the studies")
    parser.add_argument("--workers", type=int, default=None, help="runs at a time; as many as cores")
    parser.add_argument("--check", action="store_true", help="only name those that are out of date")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Carry out what was asked for and write what it answers."""
    parser = options()
    asked = parser.parse_args(arguments)
    if asked.replicates < 0 or asked.replicates == 1:
        parser.error(f"--replicates: too few for an interval: {asked.replicates}; allowed: 2 or more")
    try:
        return _carry_out(asked)
    except SalesimError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2


def _carry_out(asked: argparse.Namespace) -> int:
    known = tuple(answerable())
    names = [chosen("experiment", name, known) for name in asked.names] or list(known)
    if asked.check:
        old = stale(names, asked.to)
        for name in old:
            print(f"{name} is out of date: python experiments/answer.py {name}")
        return 1 if old else 0
    for name in names:
        study = study_of(name, asked.replicates)
        found = carry_out(study, asked.results, workers=asked.workers)
        print(f"{name}: {write(found, shipped_studies()[name], asked.to / name)}", flush=True)
    if asked.to.resolve() == (HERE / RESULTS).resolve():
        put_file(HERE / PAGE, experiments_page(HERE).encode())
        print(HERE / PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
