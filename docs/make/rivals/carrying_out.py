"""Carry out the experiments that decide between rival theories, and publish the results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from salesim.inputs.design import Study
from salesim.inputs.rivals import rival_rules
from salesim.runs.exec import Exec
from salesim.runs.keys import model_key
from salesim.runs.manifest import rivals_text
from salesim.runs.reading import load_study
from salesim.runs.runs import Runs
from salesim.runs.sweep import sweep
from salesim.show.figures.saving import drawn as content_of

from ..experiments import repeated
from ..published import PLACE, PUBLISHED, Asked, digits_of_file, publish, read, written
from ..rendering import rendered
from .telling import EXPERIMENTS, RULES, Experiment
from .written import Found, decision, drawn, numbers_of, statistics, title_of

RIVALS, OBJECT = "rivals", "rivals.json"


def parts(_: Sequence[str]) -> dict[str, dict[str, Any]]:
    """What is published, and the rules and studies that it is made of as they stand."""
    files = [RULES / f"{each.study}.{kind}" for each in EXPERIMENTS for kind in ("py", "toml")]
    return {RIVALS: {"files": {path.name: digits_of_file(path) for path in files}}}


def make(asked: Asked) -> None:
    """Carry out all experiments and publish what they found."""
    place = asked.results / RIVALS
    found = [found_by(e, study_of(e, asked.replicates), place, asked.how) for e in EXPERIMENTS]
    keep(found, asked.to)


def study_of(experiment: Experiment, replicates: int | None = None) -> Study:
    """The study of an experiment, with as many replicates as it says unless given."""
    return repeated(load_study(RULES / f"{experiment.study}.toml"), replicates)


def carry_out(experiment: Experiment, study: Study, results: Path, how: Exec) -> dict[str, Runs]:
    """The study under each theory, on the same random draws, in a folder for it and for this model."""
    sweeps = {}
    for theory, rules in experiment.theories.items():
        key = study.key(model_key(rival_rules(rules)))
        out = results / experiment.study / theory / key
        sweeps[theory] = sweep(study, out=out, how=replace(how, rules=rules))
        sweeps[theory].refuse_failed()
    return sweeps


def found_by(experiment: Experiment, study: Study, results: Path, how: Exec) -> Found:
    """Carry out an experiment and measure what decides between its theories."""
    sweeps = carry_out(experiment, study, results, how)
    measured = {
        statistic.name: {theory: statistic.values(found) for theory, found in sweeps.items()}
        for statistic in experiment.statistics
    }
    return Found(experiment, study, numbers_of(experiment, measured), sweeps)


def keep(found: Sequence[Found], root: Path = PUBLISHED) -> None:
    """Publish figures, and every number of every statistic."""
    files = {f"{RIVALS}/{each.study.name}.svg": content_of(drawn(each), "svg") for each in found}
    files[f"{RIVALS}/{OBJECT}"] = written({each.study.name: each.numbers for each in found})
    about = {"command": "make rivals", **parts(())[RIVALS], "studies": made_from(found)}
    publish(root, RIVALS, files, about)


def made_from(found: Sequence[Found]) -> dict[str, Any]:
    """The rules and runs of each experiment."""
    return {each.study.name: _made_from(each) for each in found}


def _made_from(found: Found) -> dict[str, Any]:
    rules = {name: rivals_text(rival_rules(rules)) for name, rules in found.experiment.theories.items()}
    return {
        "seed": found.study.seed,
        "replicates": found.study.replicates.most,
        "rivals": rules,
        "runs": {theory: runs.digest for theory, runs in found.sweeps.items()},
    }


def published(root: Path = PUBLISHED) -> list[Found]:
    """What the experiments found, as it was published."""
    said = read(root / RIVALS / OBJECT)
    return [Found(each, study_of(each), said[each.study], {}) for each in EXPERIMENTS]


def rivals_page(found: Sequence[Found] | None = None) -> str:
    """The page of all experiments, as they were published unless given."""
    told = {"title_of": title_of, "decision": decision, "statistics": statistics}
    shown = {"found": published() if found is None else found, "place": f"{PLACE}/{RIVALS}"}
    return rendered("docs/rival-theories.md", {**told, **shown})
