"""Carry out the experiments that tell rival theories apart, and write the page, figures and manifest.

    python experiments/rivals/tell_apart.py [--results DIR] [--docs DIR] [--replicates N]

Runs that are stored already are not run again.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from telling import EXPERIMENTS, Experiment, Values
from written import Found, drawn, page

from salesim.errors import SalesimError
from salesim.model.engine import EngineName
from salesim.scenario.rivals import rival_rules
from salesim.study.keys import model_key
from salesim.study.manifest import environment, rivals_said
from salesim.study.sweeps.design import Replicates, Study
from salesim.study.sweeps.reading import load_study
from salesim.study.sweeps.sweep import sweep
from salesim.study.sweeps.swept import Sweep

HERE = Path(__file__).parent
NAME = "rival-theories"


def study_of(experiment: Experiment, replicates: int = 0) -> Study:
    """The study of an experiment, with as many replicates as it says unless given."""
    study = load_study(HERE / f"{experiment.study}.toml")
    if not replicates:
        return study
    return study.model_copy(update={"replicates": Replicates(least=replicates, most=replicates)})


def carry_out(
    experiment: Experiment, study: Study, results: Path, engine: EngineName, workers: int | None
) -> dict[str, Sweep]:
    """The study under each theory, on the same luck, in a folder for it and for this model."""
    sweeps = {}
    for theory, rules in experiment.theories.items():
        key = study.key(model_key(rival_rules(rules)))
        out = results / experiment.study / theory / key
        sweeps[theory] = sweep(study, rules=dict(rules), out=out, engine=engine, workers=workers)
        sweeps[theory].refuse_failed()
    return sweeps


def measured(experiment: Experiment, sweeps: dict[str, Sweep]) -> dict[str, dict[str, Values]]:
    """Every statistic under every theory, one value for each replicate."""
    return {
        statistic.name: {theory: statistic.values(found) for theory, found in sweeps.items()}
        for statistic in experiment.statistics
    }


def found_by(
    experiment: Experiment,
    study: Study,
    results: Path,
    engine: EngineName = "compiled",
    workers: int | None = None,
) -> Found:
    """Carry out an experiment and measure what tells its theories apart."""
    sweeps = carry_out(experiment, study, results, engine, workers)
    return Found(experiment, study, measured(experiment, sweeps), sweeps)


def manifest(found: list[Found]) -> dict[str, object]:
    """What the page was made from: model, libraries, studies, rules, digests of runs, and every number."""
    return {**environment(), "experiments": [_made_from(each) for each in found]}


def _made_from(found: Found) -> dict[str, object]:
    rules = {name: rivals_said(rival_rules(rules)) for name, rules in found.experiment.theories.items()}
    return {
        "study": found.study.name,
        "seed": found.study.seed,
        "replicates": found.study.replicates.most,
        "rivals": rules,
        "runs": {theory: runs.digest for theory, runs in found.sweeps.items()},
        "statistics": found.numbers(),
    }


def main(arguments: list[str] | None = None) -> int:
    """Carry out all experiments and write what they found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--results", type=Path, default=Path("results/rivals"), help="of the runs")
    parser.add_argument("--docs", type=Path, default=HERE.parent.parent / "docs", help="for the page")
    parser.add_argument("--replicates", type=int, default=0, help="instead of the number in the studies")
    asked = parser.parse_args(arguments)
    if asked.replicates < 0 or asked.replicates == 1:
        parser.error(f"--replicates: too few for an interval: {asked.replicates}; allowed: 2 or more")
    try:
        found = [found_by(e, study_of(e, asked.replicates), asked.results) for e in EXPERIMENTS]
    except SalesimError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    write(found, asked.docs)
    print(asked.docs / f"{NAME}.md")
    return 0


def write(found: list[Found], docs: Path) -> None:
    """Write page, figures and manifest."""
    assets = docs / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    for each in found:
        for ending in ("svg", "png"):
            metadata = {"Date": None} if ending == "svg" else None
            drawn(each).savefig(assets / f"{each.study.name}.{ending}", metadata=metadata)
    text = json.dumps(manifest(found), indent=2) + "\n"
    (assets / f"{NAME}.json").write_text(text, encoding="utf-8")
    (docs / f"{NAME}.md").write_text(page(found), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
