"""What a study will take and what it found, as sentences, tables and objects for programs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..outcomes import NUMBERS
from ..quantity import MILLION, Scale, Unit
from ..study.answering import answer_so_far
from ..study.exporting import TABLE, chosen_runs
from ..study.manifest import read_manifest
from ..study.sweeps.design import Study
from ..study.sweeps.planning import Plan
from ..study.sweeps.runs import Runs
from ..tables import Head, Table, listed

if TYPE_CHECKING:
    import pandas as pd

JSON_SCHEMA_VERSION = 1
KEYS_OF_A_PLAN = {
    "schema_version": "The form of this object; higher when a program must look again.",
    "study": "Name of the study.",
    "points": "Firms.",
    "runs": "Runs at most, each of a firm as it is and of full execution.",
    "stored": "How many of them are in the folder already.",
    "copied": "How many more other sweeps have, from which they are copied.",
    "minutes": "Time for the rest, reckoned from a few runs.",
    "bytes": "Room on disk for all of them, reckoned from a few runs; figures come on top.",
    "workers": "Runs at a time.",
    "folder": "Where the results will be.",
}
KEYS_OF_FOUND = {
    "schema_version": "The form of this object; higher when a program must look again.",
    "study": "Name of the study; of a run, of its folder.",
    "title": "The study in a few words.",
    "question": "What it asks.",
    "folder": "Where the results are.",
    "points": "Firms.",
    "runs": "Runs that are stored, counted at every point that they stand at.",
    "missing": "Runs that are asked for at least and not stored.",
    "failed": "Runs that failed, and points whose numbers do not fit each other.",
    "rows": "A list of means, each with `low`, `high`, `replicates`, `outcome`, `unit` and what its "
    "`interval` is; with `--each` of runs; with `--failed` of failures. Each has what was moved, by path.",
    "answer": "Of a sweep: its answer in one sentence, if it says how it is answered and all is there.",
    "digest": "Of a sweep: digits that stand for every bit of its runs.",
}
MOST_ROWS = 40
NOT_SHOWN = ("firm", "seed", "setting", "sample")


def plan_lines(study: Study, plan: Plan, folder: str) -> list[str]:
    """What a study will take, in words."""
    axes = [f"{len(study.firms):,} policies" if len(study.firms) > 1 else ""]
    moved = {**study.levers, **study.uncertainties}
    axes += [f"{len(values):,} x {path}" for path, values in moved.items()]
    axes += [f"{len(next(iter(study.samples.values()))):,} samples"] if study.samples else []
    made_of = f" ({', '.join(axis for axis in axes if axis)})" if any(axes) else ""
    rule = study.replicates
    often = f"{rule.most:,}" if rule.least == rule.most else f"{rule.least:,} to {rule.most:,}"
    copied = f", {plan.copied:,} more in other sweeps" if plan.copied else ""
    at_most = " at most" if rule.least < rule.most else ""
    return [
        study.title,
        f"points      {plan.points:,}{made_of}",
        f"replicates  {often} of each",
        f"runs        {plan.runs:,}{at_most}, {plan.stored:,} of them stored{copied}",
        f"time        {duration(plan.seconds)} on {plan.workers} worker{'s' if plan.workers > 1 else ''}",
        f"room        {size(plan.bytes)} of data in {folder}",
    ]


def plan_object(study: Study, plan: Plan, folder: str) -> dict[str, Any]:
    """The same for programs."""
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "study": study.name,
        "points": plan.points,
        "runs": plan.runs,
        "stored": plan.stored,
        "copied": plan.copied,
        "minutes": plan.seconds / 60.0,
        "bytes": plan.bytes,
        "workers": plan.workers,
        "folder": folder,
    }


def duration(seconds: float) -> str:
    """A time in the unit that suits it."""
    if seconds < 90.0:
        return f"about {max(1, round(seconds))} s"
    minutes = seconds / 60.0
    return f"about {minutes:,.0f} minutes" if minutes < 120.0 else f"about {minutes / 60.0:,.1f} hours"


def size(number: float) -> str:
    """A number of bytes in the unit that suits it."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6)):
        if number >= factor:
            return f"about {number / factor:,.1f} {unit}"
    return f"about {max(1.0, number / 1e3):,.0f} kB"


def headline(found: Runs) -> str:
    """What there is, in one sentence."""
    study, stored, missing = found.study, len(found.joined([])), set(found.missing())
    failed = missing & {*found.failed["run_id"].dropna()} if missing else set()
    states = [f"{len(failed):,} failed"] if failed else []
    if missing - failed:
        states.append(f"{len(missing - failed):,} still to come")
    wide = 0 if missing else found.too_wide()
    if wide:
        states.append(f"all there, but {wide:,} means are not known as well as asked")
    points = f"{study.points:,} point{'s' if study.points > 1 else ''}"
    return f"{study.title}: {stored:,} runs at {points}, {' and '.join(states) or 'all there'}."


def where(found: Runs) -> str:
    """Where the runs are, and where there is no table of them for a spreadsheet, how to get one."""
    said = f"In {found.folder}, digest {found.digest}"
    if (found.folder / TABLE).is_file():
        return said
    return f"{said}; a table for a spreadsheet: salesim runs {found.folder} --export runs.csv"


def answer_of(found: Runs) -> str:
    """The answer to the question of a study in sentences; nothing where it has none, or not yet."""
    from .figures.answers import sentences

    known = answer_so_far(found)
    return "" if known is None else " ".join(sentences(known))


def failure_lines(found: Runs) -> Iterator[str]:
    """How many runs failed, why the first did, and how to see the others."""
    failed = found.failed
    runs, points = failed[failed["run_id"].notna()], failed[failed["run_id"].isna()]
    if len(points):
        yield f"{len(points):,} points have no firm, the first because of {points.iloc[0]['error']}"
    if len(runs):
        yield f"{len(runs):,} runs failed, the first with: {runs.iloc[0]['error']}"
    if len(failed):
        yield f"See: salesim runs {found.folder} --failed"


def replay_line(found: Runs, run: str) -> str:
    """The command that lives through a run again."""
    code = " --allow-code" if any(firm.rules for firm in found.study.firms.values()) else ""
    engine = " --engine mesa" if read_manifest(found.folder)["engine"] == "mesa" else ""
    return f"salesim verify {found.folder} --run {run}{engine}{code}"


def choice_of(
    found: Runs, outcomes: Sequence[str] | None, where: Sequence[str], *, by: str, each: bool
) -> pd.DataFrame:
    """The rows that were asked for: runs, or means by point or setting."""
    if each:
        names = outcomes or [name for name in found.study.outcomes if name in NUMBERS]
        return chosen_runs(found, names, where)
    return found.summary(list(outcomes) if outcomes else None, by=by, where=where)


def means_table(rows: pd.DataFrame, most: int) -> Table:
    """Means with their intervals: a row for each point or setting, a column for each outcome."""
    outcomes = list(dict.fromkeys(rows["outcome"]))
    alike = {"policy"} if rows["policy"].nunique() == 1 else set()
    before = rows.columns[: list(rows.columns).index("mean")]
    labels = [name for name in before if name not in {"setting", *alike}]
    groups = list(rows.groupby(rows.columns[0], sort=False))
    kinds = ", ".join(rows["interval"].unique())
    often = ["replicates"] if rows["replicates"].nunique() > 1 else []
    names = [*labels, *often, *outcomes]
    heads = [Head(_headed(name), right=name != "policy") for name in names]
    caption = f"{min(most, len(groups)):,} of {len(groups):,} rows, each with its {kinds}"
    return listed(
        heads, (_means_of(group, [*labels, *often], outcomes) for _, group in groups[:most]), caption
    )


def _means_of(group: pd.DataFrame, labels: Sequence[str], outcomes: Sequence[str]) -> list[str]:
    """What was moved at a point or setting, and its mean of each outcome."""
    first = group.iloc[0]
    said = {row["outcome"]: _interval(row) for row in group.to_dict("records")}
    return [*(_cell(name, first[name]) for name in labels), *(said[outcome] for outcome in outcomes)]


def runs_table(rows: pd.DataFrame, most: int) -> Table:
    """Runs, a row for each."""
    names = [name for name in rows.columns if name not in NOT_SHOWN]
    heads = [Head(_headed(name), whole=name == "run_id") for name in names]
    cells = ([_cell(name, row[name]) for name in names] for row in rows.head(most).to_dict("records"))
    return listed(heads, cells, f"{min(most, len(rows)):,} of {len(rows):,} runs")


def failed_lines(found: Runs, rows: pd.DataFrame, most: int) -> Iterator[str]:
    """Runs that failed, why, and the command that replays each, in lines that can be copied."""
    yield f"{min(most, len(rows)):,} of {len(rows):,} failures"
    for row in rows.head(most).to_dict("records"):
        where = f"point {row['point']}, {row['policy']}"
        if isinstance(row["run_id"], str):
            yield f"{where}, replicate {row['replicate']}: {row['error']}"
            yield f"    {replay_line(found, row['run_id'])}"
        else:
            yield f"{where}: no firm, because of {row['error']}"


def sweep_object(found: Runs) -> dict[str, Any]:
    """What `salesim sweep --json` prints."""
    answer = answer_of(found)
    return {**frame_object(found, found.summary()), "answer": answer or None, "digest": found.digest}


def frame_object(found: Runs, rows: pd.DataFrame) -> dict[str, Any]:
    """Rows as an object for programs; what is not defined is null."""
    records = [{name: _plain(value) for name, value in row.items()} for row in rows.to_dict("records")]
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "study": found.study.name,
        "title": found.study.title,
        "question": found.study.question,
        "folder": str(found.folder),
        "points": found.study.points,
        "runs": len(found.joined([])),
        "missing": len(found.missing()),
        "failed": len(found.failed),
        "rows": records,
    }


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return None if value is not value or type(value).__name__ == "NAType" else value


def _headed(name: str) -> str:
    """A column's name in words, with the unit of an outcome; a number is called without its group."""
    shown = _scale(NUMBERS[name].unit, []).shown if name in NUMBERS else ""
    words = name.rpartition(".")[2].replace("_", " ")
    return f"{words} ({shown})" if shown else words


def _scale(unit: str, values: Sequence[float], *intervals: tuple[float, float]) -> Scale:
    """How numbers of an outcome are written in a column, which counts dollars in millions."""
    return Unit(unit).scale(values, intervals, size=MILLION)


def _cell(name: str, value: Any) -> str:
    if hasattr(value, "__len__") and not isinstance(value, str):
        return " ".join("none" if each != each else f"{each:.3g}" for each in value)
    if value is None or value != value:
        return "none"
    if name in NUMBERS:
        return _scale(NUMBERS[name].unit, [value]).number(value)
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _interval(row: dict[Any, Any]) -> str:
    if row["mean"] != row["mean"]:
        return "none"
    ends = row["low"], row["high"]
    scale = _scale(row["unit"], [row["mean"]], ends)
    return f"{scale.number(row['mean'])} ({scale.interval(*ends) or 'no interval'})"
