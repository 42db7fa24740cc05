"""What the runs of a folder show: means, single runs or failures as a table, and the answer of a study."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import Field

from ...inputs.declared import spelt
from ...outcomes import COMPANY, NUMBERS
from ...quantity import MILLION, Scale, Unit
from ...result import Result
from ...runs.exporting import TABLE
from ...runs.manifest import read_manifest
from ...runs.promising import losses
from ...runs.runs import Runs
from ...table import Head, Table, listed
from ..answer_text import answer_sentences
from ..answering import answer_so_far
from . import cells, ranking, responses

if TYPE_CHECKING:
    import pandas as pd

NOT_SHOWN = ("firm", "seed", "setting", "sample")
SHOWN = {outcome.name: outcome for outcome in COMPANY}


class Listing(Result):
    """Some rows of the runs of a folder, and how far these have come."""

    study: str = Field(description="Name of the study; of a run, of its folder.")
    question: str = Field(description="What it asks.")
    points: int = Field(description="Firms.")
    runs: int = Field(description="Runs that are stored, counted at every point that they stand at.")
    missing: int = Field(description="Runs that are asked for at least and not stored.")
    failed: int = Field(description="Runs that failed, and points whose numbers do not fit each other.")
    rows: list[dict[str, Any]] = Field(
        description="Means, each with `low`, `high`, `replicates`, `outcome`, `unit` and `interval`, what "
        "these are; with `--each` runs; with `--failed` failures. Each has what was moved, by path."
    )
    answer: tuple[str, ...] = Field(
        (),
        description="Of a sweep: its answer in sentences, if it says how it is answered and all is there.",
    )
    findings: tuple[str, ...] = Field(
        (), description="Of a sweep without an answer: what each outcome does, in sentences."
    )
    losses: tuple[str, ...] = Field((), exclude=True)  # a sentence where a promise loses money
    digest: str = Field("", description="Of a sweep: digits that stand for every bit of its runs.")
    series: tuple[str, ...] = Field((), exclude=True)  # outcomes of the study that means leave out
    state: str = Field(exclude=True)  # how many runs are stored, failed and still to come, in a sentence
    found: Any = Field(exclude=True)  # the rows as a frame

    @property
    def frame(self) -> pd.DataFrame:
        """The rows: means by point or setting, runs, or failures."""
        rows: pd.DataFrame = self.found
        return rows

    def in_words(self) -> Iterator[str]:
        """The answer, where there is one, and how far the runs have come."""
        yield from self.losses
        yield from self.answer
        yield from self.findings
        yield self.state
        if self.series:
            names, option = ", ".join(self.series), " --outcome ".join(["", *self.series])
            yield f"Series are not in the table: {names}; see: salesim runs {self.folder} --each{option}"
        if not self.rows:
            yield "No rows to show."
        if self.digest:
            yield f"Digest {self.digest}: a folder with the same digest holds the same runs."

    def tables(self) -> tuple[Table, ...]:
        """Means with their intervals, or runs."""
        if not len(self.frame) or "error" in self.frame.columns:
            return ()
        return (means_table(self.frame) if "mean" in self.frame.columns else _runs_table(self.frame),)


def listing_of(found: Runs, rows: pd.DataFrame, *, whole: bool = False) -> Listing:
    """Rows of the runs of a folder.

    Args:
        found: the runs.
        rows: means, runs or failures of them.
        whole: whether to say the answer of the study and the digest of all runs, too.
    """
    answer = answer_so_far(found) if whole else None
    stored, missing = len(found.joined([])), found.missing()
    records = [{name: _plain(value) for name, value in row.items()} for row in rows.to_dict("records")]
    return Listing(
        title=found.study.title,
        folder=str(found.folder),
        study=found.study.name,
        question=found.study.question,
        points=found.study.points,
        runs=stored,
        missing=len(missing),
        failed=len(found.failed),
        rows=records,
        answer=tuple(answer_sentences(answer)) if answer else (),
        findings=tuple(findings(found)) if whole and not answer and not missing else (),
        losses=tuple(losses(found)) if whole else (),
        digest=found.digest if whole else "",
        series=tuple(n for n in found.study.outcomes if n not in NUMBERS and n not in rows.columns),
        state=_state(found, stored, {*missing}),
        found=rows,
    )


def findings(found: Runs) -> Iterator[str]:
    """What each outcome does where levers or policies are moved, as far as there are means of it."""
    for outcome in found.study.numbers:
        for kind in (responses, cells, ranking):
            means = kind.means(found, outcome.name)
            if means is not None:
                yield f"{kind.finding(means)}."
                break


def state_of(found: Runs) -> str:
    """How many runs there are, in one sentence."""
    return _state(found, len(found.joined([])), {*found.missing()})


def _state(found: Runs, stored: int, missing: set[str]) -> str:
    study = found.study
    failed = missing & {*found.failed["run_id"].dropna()} if missing else set()
    states = [f"{len(failed):,} failed"] if failed else []
    if missing - failed:
        states.append(f"{len(missing - failed):,} still to come")
    wide = 0 if missing else found.too_wide()
    if wide:
        states.append(f"all there, but {wide:,} means are less certain than asked")
    points = f"{study.points:,} point{'s' if study.points > 1 else ''}"
    said = f"{study.title}: {stored:,} runs at {points}, {' and '.join(states) or 'all there'}."
    if stored and not (found.folder / TABLE).is_file():
        return f"{said} A table for a spreadsheet: salesim runs {found.folder} --export runs.csv"
    return said


def failure_sentences(found: Runs) -> Iterator[str]:
    """How many runs failed, and why the first did."""
    failed = found.failed
    runs, points = failed[failed["run_id"].notna()], failed[failed["run_id"].isna()]
    if len(points):
        yield f"{len(points):,} points have no firm, the first because of {points.iloc[0]['error']}"
    if len(runs):
        yield f"{len(runs):,} runs failed, the first with: {runs.iloc[0]['error']}"


def failed_lines(found: Runs, most: int) -> Iterator[str]:
    """Runs that failed, why, and the command that replays each, in lines that can be copied."""
    rows = found.failed
    yield f"{min(most, len(rows)):,} of {len(rows):,} failures"
    code = " --allow-code" if any(firm.rules for firm in found.study.firms.values()) else ""
    engine = " --engine mesa" if read_manifest(found.folder)["engine"] == "mesa" else ""
    for row in rows.head(most).to_dict("records"):
        where = f"point {row['point']}, {row['policy']}"
        if isinstance(row["run_id"], str):
            yield f"{where}, replicate {row['replicate']}: {row['error']}"
            yield f"    salesim verify {found.folder} --run {row['run_id']}{engine}{code}"
        else:
            yield f"{where}: no firm, because of {row['error']}"


def means_table(rows: pd.DataFrame) -> Table:
    """Means with their intervals: a row for each point or setting, a column for each outcome."""
    outcomes = list(dict.fromkeys(rows["outcome"]))
    alike = {"policy"} if rows["policy"].nunique() == 1 else set()
    before = rows.columns[: list(rows.columns).index("mean")]
    labels = [name for name in before if name not in {"setting", *alike}]
    groups = rows.groupby(rows.columns[0], sort=False)
    labels += ["replicates"] if rows["replicates"].nunique() > 1 else []
    heads = [Head(_headed(name), right=name != "policy") for name in [*labels, *outcomes]]
    cells = (_means_of(group, labels, outcomes) for _, group in groups)
    return listed(heads, cells).called("means", f"Means with their {', '.join(rows['interval'].unique())}")


def _means_of(group: pd.DataFrame, labels: Sequence[str], outcomes: Sequence[str]) -> list[str]:
    """What was moved at a point or setting, and its mean of each outcome."""
    first = group.iloc[0]
    said = {row["outcome"]: _interval(row) for row in group.to_dict("records")}
    return [*(_cell(name, first[name]) for name in labels), *(said[outcome] for outcome in outcomes)]


def _runs_table(rows: pd.DataFrame) -> Table:
    """Runs, a row for each."""
    names = [name for name in rows.columns if name not in NOT_SHOWN]
    heads = [Head(_headed(name), whole=name == "run_id") for name in names]
    cells = ([_cell(name, row[name]) for name in names] for row in rows.to_dict("records"))
    return listed(heads, cells).called("runs", "Runs, a row for each")


def _plain(value: Any) -> Any:
    """A value as JSON has it; what is not defined is null."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return None if value is not value or type(value).__name__ == "NAType" else value


def _headed(name: str) -> str:
    """A column's name in words, with the unit of an outcome; a number is called without its group."""
    shown = _scale(SHOWN[name].unit, []).shown if name in SHOWN else ""
    words = name.rpartition(".")[2].replace("_", " ")
    return f"{words} ({shown})" if shown else words


def _scale(unit: str, values: Sequence[float], *intervals: tuple[float, float]) -> Scale:
    """How numbers of an outcome are written in a column, which counts dollars in millions."""
    return Unit(unit).scale(values, intervals, size=MILLION)


def _cell(name: str, value: Any) -> str:
    if hasattr(value, "__len__") and not isinstance(value, str):
        scale = _scale(SHOWN[name].unit, value)
        return " ".join("none" if each != each else scale.number(each) for each in value)
    if value is None or value != value:
        return "none"
    if name in NUMBERS:
        return _scale(NUMBERS[name].unit, [value]).number(value)
    return spelt(value) if isinstance(value, float) else str(value)


def _interval(row: dict[Any, Any]) -> str:
    if row["mean"] != row["mean"]:
        return "none"
    ends = row["low"], row["high"]
    scale = _scale(row["unit"], [row["mean"]], ends)
    return f"{scale.number(row['mean'])} ({scale.interval(*ends) or 'no interval'})"
