"""The page of the documentation on what moves the answer, from a table and a manifest beside it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from shlex import join
from typing import Any

from ..scenario.declared import declared_numbers, spelt
from ..scenario.placing import put_file
from ..study.manifest import read_manifest, salesim_version
from ..study.outcomes import NUMBERS
from ..study.screening.effects import FIRST
from ..study.screening.screening import NOTHING, Mover, Screening, screening_of
from ..study.sweeps.swept import open_sweep
from .screening import Measure, called, cells, meaning_of, noun_of, range_of, sentences

TABLE, MANIFEST, FIGURE = "numbers.csv", "manifest.json", "screening.png"
KEPT = ("command", "salesim", "model", "measures", "created", "python", "platform", "engine", "key")
COUNTS = ("title", "question", "seed", "replicates", "trajectories", "undefined")
SIGNIFICANT = 6  # digits of effects in the table
HOW = """\
A number is assumed where no source gives its size (its standing is "assumed", "size assumed", or
"fitted", since findings pin down combinations and hardly a number by itself); it has
a default and a range that is plausible. Its effect is what the whole of that range could do, so a wide
range makes a large effect. Levers, and numbers that are not screened, are as in the firm.

A trajectory (Morris 1991) starts at random within all ranges at once and moves one number after the
other by more than half of its range; what a step changes, divided by its length, is an elementary
effect, said here over the whole of the range. Both ends of a step meet the same luck, in the same
replicates.

- *Mean size*: of the effects of a number over all trajectories, whichever their sign (mu*), with its 95%
  interval, trajectories resampled.
- *Direction*: whether more of it raises the outcome (up), lowers it (down), or does either, depending on
  what else holds; *none* where no run changes in a single bit.
- *Sigma*: the standard deviation of the effects between trajectories: how much the effect depends on
  the other numbers, or is no straight line. What replicates of one step differ by is luck, and has been
  taken out (one-way random effects).
- *Luck*: the mean size that luck alone would give to a number that does nothing. *Within noise* are
  numbers whose replicates agree no more than luck would have it; of those named as moving the outcome,
  about one in twenty at most is named in vain (Benjamini and Hochberg 1995).
- *Among first five*: in which share of the resamples it is one of the five with the largest mean size.
"""


def keep(folder: Path, target: Path) -> None:
    """Keep what a page needs of a screening: its table, a manifest, and the figure.

    Args:
        folder: what `salesim screen` has left.
        target: a folder, which is made where it is not there.

    Raises:
        SalesimError: no screening, or a place that cannot be written.
    """
    from .plotting import plot

    manifest, found = read_manifest(folder), screening_of(open_sweep(folder))
    about = {key: manifest[key] for key in KEPT} | {"salib": manifest["libraries"]["SALib"]}
    about |= {"drawn_with": salesim_version(), "digest": open_sweep(folder).digest}
    about |= {key: getattr(found, key) for key in COUNTS} | {"outcome": found.outcome.name}
    target.mkdir(parents=True, exist_ok=True)
    put_file(target / TABLE, as_csv(found).encode())
    put_file(target / MANIFEST, (json.dumps(about, indent=2) + "\n").encode())
    plot(found, path=target / FIGURE)


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


def kept(folder: Path) -> tuple[Screening, dict[str, Any]]:
    """A screening as it was kept, and what its manifest says."""
    about: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    with (folder / TABLE).open(encoding="utf-8", newline="") as file:
        movers = tuple(_mover(row) for row in csv.DictReader(file))
    said = {key: about[key] for key in COUNTS}
    return Screening(outcome=NUMBERS[about["outcome"]], movers=movers, **said), about


def _mover(row: Mapping[str, str]) -> Mover:
    said: dict[str, Any] = {
        name: text == "true" if name == "told" else text if name == "path" else float(text)
        for name, text in row.items()
    }
    return Mover(**said)


def screening_page(folder: Path) -> str:
    """What moves the answer, as one Markdown page.

    Args:
        folder: where table, manifest and figure were kept, beside the page.
    """
    found, about = kept(folder)
    noun = noun_of(found.outcome)
    lines = [
        f"# What moves {noun}",
        "",
        "This page is generated by `python docs/generate.py --screening FOLDER` from what `salesim screen` "
        f"has left; the numbers are in [{TABLE}]({folder.name}/{TABLE}).",
        "",
        *(line for sentence in sentences(found) for line in (sentence, "")),
        f"![{noun} moves most with these numbers]({folder.name}/{FIGURE})",
        "",
        f"## The {FIRST} that matter most",
        "",
        *_first(found),
        "",
        "## How it was found",
        "",
        HOW,
        *_made_with(about, folder.name),
        "",
        "## Every number",
        "",
        *_table(found),
    ]
    return "\n".join(lines) + "\n"


def _first(found: Screening) -> Iterator[str]:
    measure = Measure(found)
    if not found.first:
        yield f"None: no number moves {noun_of(found.outcome)} by more than luck does."
    for place, mover in enumerate(found.first, 1):
        default = declared_numbers()[mover.path].default
        yield (
            f"{place}. `{mover.path}`, {measure.said(mover.mu_star)} (95% interval "
            f"{measure.ends(mover.low, mover.high)}), {_way(mover, found)}: "
            f"{meaning_of(mover.path)} {range_of(mover.path)}, default {spelt(default)}."
        )


def _way(mover: Mover, found: Screening) -> str:
    noun = noun_of(found.outcome)
    if mover.direction == "either way":
        return f"raises or lowers {noun}, depending on what else holds"
    return f"more of it {mover.direction} {noun}"


def _made_with(about: Mapping[str, Any], folder: str) -> Iterator[str]:
    yield (
        f"Made with salesim {about['salesim']} (model {about['model']}, engine {about['engine']}) on "
        f"Python {about['python']}, SALib {about['salib']}, begun {about['created']}, seed "
        f"{about['seed']}; digest of the runs {about['digest']}; all of it is in "
        f"[{MANIFEST}]({folder}/{MANIFEST}). The command:"
    )
    yield f"\n```text\nsalesim {join(about['command'])}\n```"


def _table(found: Screening) -> Iterator[str]:
    measure = Measure(found)
    yield f"Effects in {measure.unit}."
    yield ""
    head = (
        "number",
        "meaning",
        "plausible range",
        "mean size",
        "95% interval",
        "direction",
        "sigma",
        "luck",
        "among first five",
    )
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for mover in found.movers:
        if mover.direction != NOTHING:
            row = (f"`{mover.path}`", meaning_of(mover.path), range_of(mover.path), *cells(mover, measure))
            yield f"| {' | '.join(row)} |"
    idle = [called(mover.path) for mover in found.movers if mover.direction == NOTHING]
    if idle:
        yield ""
        yield f"Without any effect in this firm, which uses nothing that they bear on: {', '.join(idle)}."
