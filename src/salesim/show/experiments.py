"""Experiments that come with salesim: question, answer and figure of each, as files and as a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import ResultsError
from ..scenario.refusal import reason_of, refusal
from ..scenario.shipped import shipped_studies
from ..study.answering import Answered
from ..study.sweeps.design import Study
from ..study.sweeps.reading import load_study
from ..study.sweeps.swept import Sweep
from .figures.answers import note, sentences
from .words import span_of

SCHEMA_VERSION = 1
OBJECT, MEANS, FIGURE, MANIFEST = "answer.json", "means.csv", "figure.png", "manifest.json"
RESULTS = "results"  # in the folder of the studies
HEAD = """\
# Experiments

Each experiment is one file: a question, the runs that answer it, and what is set against what. `salesim
sweep NAME` carries it out and ends with its answer; `--dry-run` says first what it takes. To ask your
own question, copy a file, edit it, and give its path; `[answer]` may be left out.

What follows is written by `make experiments` from the runs, answers too: they say what this model does,
not what the world does. In brackets stand intervals that hold together, for all that an answer says, in
95% of cases; settings of an experiment met the same luck. Money is that of the whole plan.
"""
WITHOUT = """\
## Without an answer in a sentence

| study | question |
| --- | --- |
"""
TAIL = """
## Elsewhere

In [rivals](rivals) lie rules of rival theories, Python functions in the place of the model's own, each
with the study that tells them apart: [effort or timing](rivals/effort_or_timing.toml), [authority under
uncertainty](rivals/authority_under_uncertainty.toml). `make rivals` carries both studies out under each
theory and writes the page of what was found, `docs/rival-theories.md`, with its figures and manifest.
In [evidence](evidence/README.md) lie the published findings by which the model is judged, in
[calibration](calibration) what it is fitted to.
"""


def answerable() -> dict[str, Path]:
    """The files of the studies that say how they are answered, by name."""
    return {name: path for name, path in shipped_studies().items() if load_study(path).answer is not None}


def answer_object(found: Sweep, answer: Answered) -> dict[str, Any]:
    """What an experiment found, as it is kept: words beside the numbers that they are made of."""
    study = found.study
    firm = next(iter(study.firms.values()))
    answered, *beside = sentences(answer)
    return {
        "schema_version": SCHEMA_VERSION,
        "experiment": study.name,
        "title": study.title,
        "question": " ".join(study.question.split()),
        "answer": answered,
        "beside": beside,
        "note": note(answer),
        "command": f"salesim sweep {study.name}",
        "firm": f"{firm.title}, {span_of(firm)}",
        "settings": study.points,
        "runs": len(found.joined([])),
        "found": answer.model_dump(mode="json"),
    }


def means_of_settings(found: Sweep, answer: Answered) -> str:
    """The mean of every outcome of the answer at every setting, as a table in text."""
    outcomes = dict.fromkeys([answer.outcome, *(claim.outcome for claim in answer.claims)])
    rows = found.summary([*outcomes], by="point").drop(columns=["point", "sample"], errors="ignore")
    return str(rows.to_csv(index=False, float_format="%.10g", lineterminator="\n"))


def read_answers(folder: Path) -> dict[str, dict[str, Any]]:
    """What is kept of each experiment, by its name.

    Args:
        folder: that of the results.

    Raises:
        ResultsError: a file that is missing or cannot be read.
    """
    return {path.parent.name: _read(path) for path in sorted(folder.glob(f"*/{OBJECT}"))}


def _read(path: Path) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        Answered.model_validate(said["found"])
    except OSError as error:
        raise ResultsError(refusal(str(path), "", f"cannot be read: {reason_of(error)}")) from None
    except (ValueError, KeyError, TypeError):
        raise ResultsError(refusal(str(path), "", "is damaged: not the answer of an experiment")) from None
    return said


def experiments_page(folder: Path) -> str:
    """The page of all experiments, from what is kept of them.

    Args:
        folder: that of the studies, with their results below.

    Raises:
        ResultsError: results that are missing or cannot be read.
    """
    kept = read_answers(folder / RESULTS)
    missing = [name for name in answerable() if name not in kept]
    if missing:
        wrong, allowed = "has no results", "make experiments"
        raise ResultsError(refusal(str(folder / RESULTS), missing[0], wrong, allowed=allowed))
    told = {name: kept[name] for name in answerable()}
    others = {name: load_study(name) for name in shipped_studies() if name not in told}
    rows = [
        f"| [{said['title']}](#{anchor(said['title'])}) | `{said['command']}` |" for said in told.values()
    ]
    contents = "\n".join(["| experiment | command |", "| --- | --- |", *rows])
    parts = [HEAD, contents, *(_section(name, said) for name, said in told.items())]
    table = WITHOUT + "\n".join(_row(name, study) for name, study in others.items())
    return "\n\n".join(part.strip() for part in [*parts, *([table] if others else []), TAIL]) + "\n"


def anchor(title: str) -> str:
    """What a heading is linked by."""
    clean = "".join(sign for sign in title.lower() if sign.isalnum() or sign in " -_")
    return clean.replace(" ", "-")


def _section(name: str, said: Mapping[str, Any]) -> str:
    place = f"{RESULTS}/{name}"
    often = said["found"]["replicates"]
    points = "\n".join(f"- {told}" for told in said["beside"])
    found = "\n\n".join(filter(None, [f"**{said['answer']}**", points]))
    return f"""
## {said["title"]}

*{said["question"]}*

{found}

![{said["title"]}: {said["answer"]}]({place}/{FIGURE})

`{said["command"]}` carries it out; here {said["settings"]:,} settings were lived through {often:,} times
each ({said["firm"]}). [Study]({name}.toml), [answer in numbers]({place}/{OBJECT}),
[means]({place}/{MEANS}), [made with]({place}/{MANIFEST}).
"""


def _row(name: str, study: Study) -> str:
    return f"| [{name}]({name}.toml) | {' '.join(study.question.split())} |"
