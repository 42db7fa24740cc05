"""Carry out the experiments that come with salesim, and publish what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from salesim.analysis.answer_text import answer_sentences, note
from salesim.analysis.answering import Answered, answered
from salesim.errors import ResultsError, SalesimError
from salesim.inputs.dates import span_of
from salesim.inputs.design import Replicates, Study
from salesim.inputs.shipped import shipped_studies
from salesim.messages import chosen, error_text, reason_of
from salesim.runs.keys import model_key
from salesim.runs.reading import load_study
from salesim.runs.runs import Runs
from salesim.runs.sweep import sweep
from salesim.show.figures import BY_NAME, effects_of_answer, figures_of
from salesim.show.figures.saving import drawn

from .published import PLACE, PUBLISHED, Asked, digits_of_file, publish, read, written
from .rendering import anchor, rendered, table

EXPERIMENTS, PAGE = "experiments", "experiments/README.md"
ANSWERS = f"{EXPERIMENTS}/answers.json"  # of all experiments, by name
SCHEMA_VERSION = 2
DOTS_PER_INCH = 96


def answerable() -> dict[str, Path]:
    """The files of the studies that say how they are answered, by name."""
    return {name: path for name, path in shipped_studies().items() if load_study(path).answer is not None}


def named(names: Sequence[str]) -> list[str]:
    """The experiments that are meant; all of them where none is named.

    Raises:
        SalesimError: a name that is none.
    """
    known = tuple(answerable())
    return [chosen("experiment", name, known) for name in names] or list(known)


def parts(names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What is published of each experiment, and the file that it is made of as it stands."""
    return {
        f"{EXPERIMENTS}/{name}": {"study_file": digits_of_file(shipped_studies()[name])}
        for name in named(names)
    }


def make(asked: Asked) -> None:
    """Carry out what was asked for and publish what it answers."""
    for name in named(asked.names):
        found = carry_out(study_of(name, asked.replicates), asked)
        print(f"{name}: {keep(found, asked.to)}", flush=True)


def study_of(name: str, replicates: int | None = None) -> Study:
    """The study of an experiment, with as many replicates as it says unless given."""
    return repeated(load_study(shipped_studies()[name]), replicates)


def repeated(study: Study, replicates: int | None) -> Study:
    """A study with so many replicates, or with as many as it says."""
    if replicates is None:
        return study
    return study.model_copy(update={"replicates": Replicates(least=replicates, most=replicates)})


def carry_out(study: Study, asked: Asked) -> Runs:
    """The runs of an experiment, in a folder for this study and this model."""
    folder = asked.results / EXPERIMENTS / study.name / study.key(model_key())
    return sweep(study, out=folder, how=asked.how)


def keep(found: Runs, root: Path = PUBLISHED) -> str:
    """Publish what an experiment answers; gives the answer.

    Raises:
        SalesimError: runs that give no answer, or a place that cannot be written.
    """
    study, known = found.study, answered(found)
    if known is None:
        wrong = "does not say how it is answered"
        raise SalesimError(error_text(study.name, "answer", wrong, allowed="a table [answer]"))
    told = answer_object(found, known)
    part = f"{EXPERIMENTS}/{study.name}"
    figure = drawn(answer_figure(found, known), "png", DOTS_PER_INCH)
    about = {
        "command": f"python -m docs.make {EXPERIMENTS} {study.name}",
        "seed": study.seed,
        "replicates": study.replicates.most,
        **parts([study.name])[part],
        "runs": found.digest,
    }
    answers = (read(root / ANSWERS) if (root / ANSWERS).is_file() else {}) | {study.name: told}
    publish(root, part, {f"{part}.png": figure, ANSWERS: written(dict(sorted(answers.items())))}, about)
    return str(told["answer"])


def answer_figure(sweep: Runs, found: Answered) -> Figure:
    """The figure that a study names to show its answer.

    Raises:
        ResultsError: a figure that the study does not have.
    """
    kind = BY_NAME[found.figure]
    if kind.each is None:
        return kind.draw(effects_of_answer.of_sweep(sweep, found))
    means = kind.each(sweep, found.outcome)
    if means is None:
        has = ", ".join(name for name, _ in figures_of(sweep, [found.outcome]))
        place, wrong = sweep.study.name, "the study has no such figure"
        raise ResultsError(error_text(place, "answer.figure", wrong, given=found.figure, allowed=has))
    return kind.draw(means)


def answer_object(found: Runs, answer: Answered) -> dict[str, Any]:
    """What an experiment found, as it is published: words beside the numbers that they are made of."""
    study = found.study
    firm = next(iter(study.firms.values()))
    said, *beside = answer_sentences(answer)
    return {
        "schema_version": SCHEMA_VERSION,
        "experiment": study.name,
        "title": study.title,
        "question": " ".join(study.question.split()),
        "answer": said,
        "beside": beside,
        "note": note(answer),
        "command": f"salesim sweep {study.name}",
        "firm": f"{firm.title}, {span_of(firm)}",
        "settings": study.points,
        "runs": len(found.joined([])),
        "found": answer.model_dump(mode="json"),
        "means": means_of_settings(found, answer),
    }


def means_of_settings(found: Runs, answer: Answered) -> dict[str, Any]:
    """The mean of every outcome of the answer at every setting: names of columns, and rows."""
    outcomes = dict.fromkeys([answer.outcome, *(claim.outcome for claim in answer.claims)])
    frame = found.summary([*outcomes], by="point").drop(columns=["point", "sample"], errors="ignore")
    rows = [[*map(_rounded, row)] for row in frame.itertuples(index=False, name=None)]
    return {"columns": [*frame.columns], "rows": rows}


def _rounded(value: Any) -> Any:
    """A number with as many digits as are worth keeping, or a word."""
    if not isinstance(value, float):
        return value
    return float(f"{value:.10g}") if isfinite(value) else None


def read_answers(root: Path = PUBLISHED) -> dict[str, dict[str, Any]]:
    """What is published of each experiment, by its name.

    Raises:
        ResultsError: a file that is missing or cannot be read.
    """
    path = root / ANSWERS
    try:
        said: dict[str, dict[str, Any]] = read(path)
        for each in said.values():
            Answered.model_validate(each["found"])
    except OSError as error:
        raise ResultsError(error_text(str(path), "", f"cannot be read: {reason_of(error)}")) from None
    except (ValueError, KeyError, TypeError):
        raise ResultsError(
            error_text(str(path), "", "is damaged: not the answers of experiments")
        ) from None
    return said


def experiments_page(root: Path = PUBLISHED) -> str:
    """The page of all experiments, from what is published of them.

    Raises:
        ResultsError: results that are missing or cannot be read.
    """
    there = read_answers(root) if (root / ANSWERS).is_file() else {}
    missing = [name for name in answerable() if name not in there]
    if missing:
        wrong, allowed = "has no results", "make experiments"
        raise ResultsError(error_text(str(root / EXPERIMENTS), missing[0], wrong, allowed=allowed))
    told = {name: there[name] for name in answerable()}
    listed = ((f"[{s['title']}](#{anchor(s['title'])})", f"`{s['command']}`") for s in told.values())
    shown = {
        "told": told,
        "place": f"{PLACE}/{EXPERIMENTS}",
        "answers": f"{PLACE}/{ANSWERS}",
        "contents": table(("experiment", "command"), listed),
        "others": _others(told),
    }
    return rendered(PAGE, shown, EXPERIMENTS)


def _others(told: dict[str, Any]) -> str:
    """Studies that do not say how they are answered."""
    others = {name: load_study(name).question for name in shipped_studies() if name not in told}
    rows = [(f"[{name}]({name}.toml)", " ".join(question.split())) for name, question in others.items()]
    return table(("study", "question"), rows) if rows else ""
