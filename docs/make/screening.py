"""The page on what moves the answer: the screening that it is made of, its table and its figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from salesim.analysis.screening.elementary_effects import FIRST
from salesim.analysis.screening.screen import screening_of
from salesim.analysis.screening.screening import EITHER, NONE, ParameterEffect, Screening
from salesim.analysis.screening.screening_study import Layout, screening_study
from salesim.inputs.declared import declared_numbers, spelt
from salesim.inputs.load import load_scenario
from salesim.runs.keys import model_key
from salesim.runs.runs import Runs
from salesim.runs.sweep import sweep
from salesim.show.figures.saving import drawn
from salesim.show.figures.screened import draw

from .published import PLACE, PUBLISHED, Asked, publish
from .rendering import rendered

SCREENING, RESULT, TABLE, FIGURE = "screening", "screening.json", "numbers.csv", "screening.png"
FIRM, TRAJECTORIES = "typical_firm", 12
COMMAND = f"salesim screen {FIRM} --trajectories {TRAJECTORIES}"
SIGNIFICANT = 6  # digits of effects in the table


def parts(_: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What is published, and the command that it is made of as it stands."""
    return {SCREENING: {"command": COMMAND}}


def make(asked: Asked) -> None:
    """Carry out the screening that the command names, and publish it."""
    study = screening_study(load_scenario(FIRM), FIRM, Layout(trajectories=TRAJECTORIES))
    folder = asked.results / SCREENING / study.key(model_key())
    keep(sweep(study, out=folder, how=asked.how), asked.to)


def keep(runs: Runs, root: Path = PUBLISHED) -> None:
    """Publish what the page needs of a screening: the result, its table and its figure.

    Raises:
        ResultsError: no screening, or a place that cannot be written.
    """
    found = screening_of(runs).model_copy(update={"folder": ""})
    files = {
        RESULT: found.model_dump_json(indent=1).encode(),
        TABLE: as_csv(found).encode(),
        FIGURE: drawn(draw(found), "png"),
    }
    named = {f"{SCREENING}/{name}": content for name, content in files.items()}
    publish(root, SCREENING, named, {"command": COMMAND, "runs": runs.digest})


def as_csv(found: Screening) -> str:
    """A row for each parameter, effects in the unit of the outcome."""
    return str(found.frame.to_csv(index=False, float_format=f"%.{SIGNIFICANT}g", lineterminator="\n"))


def kept(root: Path = PUBLISHED) -> Screening:
    """A screening as it was published."""
    return Screening.model_validate_json((root / SCREENING / RESULT).read_bytes())


def screening_page(root: Path = PUBLISHED) -> str:
    """What moves the answer, as one Markdown page."""
    found = kept(root)
    shown = {
        "noun": found.outcome.noun,
        "place": f"{PLACE}/{SCREENING}",
        "sentences": found.sentences,
        "most": FIRST,
        "first": [_said(each, found) for each in found.first],
        "seed": found.seed,
        "command": COMMAND,
        "unit": found.scale.shown,
        "parameters": _rows(found),
        "idle": [each.name for each in found.parameters if each.direction == NONE],
    }
    return rendered("docs/screening.md", shown)


def _said(each: ParameterEffect, found: Screening) -> str:
    default = declared_numbers()[each.path].default
    return (
        f"`{each.path}`, {found.scale.text(each.mu_star)} (95% interval "
        f"{found.scale.interval(*each.interval)}), {_way(each, found)}: "
        f"{each.meaning} {range_of(each.path)}, default {spelt(default)}."
    )


def _way(each: ParameterEffect, found: Screening) -> str:
    if each.direction == EITHER:
        return f"raises or lowers {found.outcome.noun}, depending on the other parameters"
    return f"more of it {each.direction} {found.outcome.noun}"


def _rows(found: Screening) -> Iterator[tuple[str, ...]]:
    scale = found.scale
    for each in found.parameters:
        if each.direction != NONE:
            yield f"`{each.path}`", each.meaning, range_of(each.path), *each.cells(scale)


def range_of(path: str) -> str:
    """The plausible range of a parameter, with its unit."""
    number = declared_numbers()[path]
    low, high = number.sweep
    return f"{spelt(low)} to {spelt(high)} ({number.unit})"
