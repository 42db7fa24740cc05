"""The page on what moves the answer: the screening that it is made of, its table and its figure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from salesim.cli.watching import watching
from salesim.outcomes import NUMBERS
from salesim.quantity import Scale
from salesim.scenario.declared import declared_numbers, spelt
from salesim.scenario.load import load_scenario
from salesim.show.figures.saving import drawn
from salesim.show.figures.screening import draw
from salesim.show.screening import called, cells, meaning_of, range_of, scale_of, sentences
from salesim.study.keys import model_key
from salesim.study.screening.designing import Asked as Layout
from salesim.study.screening.designing import screening_study
from salesim.study.screening.effects import FIRST
from salesim.study.screening.screening import NOTHING, Mover, Screening, screening_of
from salesim.study.sweeps.runs import Runs
from salesim.study.sweeps.sweep import sweep

from .published import PLACE, PUBLISHED, Asked, part_of, publish
from .rendering import rendered

SCREENING, TABLE, FIGURE = "screening", "numbers.csv", "screening.png"
FIRM, TRAJECTORIES = "typical_firm", 12
COMMAND = f"salesim screen {FIRM} --trajectories {TRAJECTORIES}"
COUNTS = ("title", "question", "seed", "replicates", "trajectories", "undefined")
SIGNIFICANT = 6  # digits of effects in the table


def parts(_: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What is published, and the command that it is made of as it stands."""
    return {SCREENING: {"command": COMMAND}}


def make(asked: Asked) -> None:
    """Carry out the screening that the command names, and publish it."""
    study = screening_study(load_scenario(FIRM), FIRM, Layout(trajectories=TRAJECTORIES))
    folder = asked.results / SCREENING / study.key(model_key())
    watch = watching("Screening", silent=asked.silent)
    keep(sweep(study, out=folder, workers=asked.workers, watch=watch), asked.to)


def keep(runs: Runs, root: Path = PUBLISHED) -> None:
    """Publish what the page needs of a screening: its table and its figure.

    Raises:
        SalesimError: no screening, or a place that cannot be written.
    """
    found = screening_of(runs)
    about = {key: getattr(found, key) for key in COUNTS} | {"outcome": found.outcome.name}
    files = {TABLE: as_csv(found).encode(), FIGURE: drawn(draw(found), "png")}
    named = {f"{SCREENING}/{name}": content for name, content in files.items()}
    publish(root, SCREENING, named, {"command": COMMAND, **about, "runs": runs.digest})


def as_csv(found: Screening) -> str:
    """A row for each number, effects in the unit of the outcome."""
    names = [field.name for field in fields(Mover)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for mover in found.movers:
        writer.writerow(_written(getattr(mover, name)) for name in names)
    return text.getvalue()


def _written(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else f"{value:.{SIGNIFICANT}g}"


def kept(root: Path = PUBLISHED) -> Screening:
    """A screening as it was published."""
    about = part_of(root, SCREENING)
    with (root / SCREENING / TABLE).open(encoding="utf-8", newline="") as file:
        movers = tuple(_mover(row) for row in csv.DictReader(file))
    said = {key: about[key] for key in COUNTS}
    return Screening(outcome=NUMBERS[about["outcome"]], movers=movers, **said)


def _mover(row: Mapping[str, str]) -> Mover:
    said: dict[str, Any] = {
        name: text == "true" if name == "told" else text if name == "path" else float(text)
        for name, text in row.items()
    }
    return Mover(**said)


def screening_page(root: Path = PUBLISHED) -> str:
    """What moves the answer, as one Markdown page."""
    found = kept(root)
    scale = scale_of(found)
    shown = {
        "noun": found.outcome.noun,
        "place": f"{PLACE}/{SCREENING}",
        "sentences": sentences(found),
        "most": FIRST,
        "first": [_said(mover, found, scale) for mover in found.first],
        "seed": found.seed,
        "command": COMMAND,
        "unit": scale.shown,
        "movers": _rows(found, scale),
        "idle": [called(mover.path) for mover in found.movers if mover.direction == NOTHING],
    }
    return rendered("docs/screening.md", shown)


def _said(mover: Mover, found: Screening, scale: Scale) -> str:
    default = declared_numbers()[mover.path].default
    return (
        f"`{mover.path}`, {scale.text(mover.mu_star)} (95% interval "
        f"{scale.interval(mover.low, mover.high)}), {_way(mover, found)}: "
        f"{meaning_of(mover.path)} {range_of(mover.path)}, default {spelt(default)}."
    )


def _way(mover: Mover, found: Screening) -> str:
    if mover.direction == "either way":
        return f"raises or lowers {found.outcome.noun}, depending on what else holds"
    return f"more of it {mover.direction} {found.outcome.noun}"


def _rows(found: Screening, scale: Scale) -> Iterator[tuple[str, ...]]:
    for mover in found.movers:
        if mover.direction != NOTHING:
            yield f"`{mover.path}`", meaning_of(mover.path), range_of(mover.path), *cells(mover, scale)
