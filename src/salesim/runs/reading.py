"""From a TOML file, or a mapping of the same form, to a study; everything wrong is said at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any

from ..errors import ResultsError, ScenarioError
from ..inputs.answers import ANSWER, read_answer
from ..inputs.axes import latin_hypercube, read_levers, read_uncertainties
from ..inputs.declared import value_of
from ..inputs.delta import read_delta, read_mapping
from ..inputs.design import AS_IS, MOST_RUNS, Study
from ..inputs.firms import read_firms
from ..inputs.replicating import read_replicates
from ..inputs.settings import check_answer
from ..inputs.shipped import file_of, shipped_studies
from ..inputs.written import Written
from ..messages import refusal
from ..model.scenario import LONGEST_DESCRIPTION, LONGEST_TITLE, Scenario
from ..outcomes import COMPANY, NUMBERS
from .coalitions import COALITIONS
from .folder import folder_at
from .manifest import MANIFEST, SWEEP, read_manifest, read_part
from .rows import SHEETS
from .simulate import LARGEST_SEED

KEYS = ("title", "question", "scenario", "seed", "replicates", "outcomes", "tables")
TABLES = ("settings", "policies", "levers", "uncertainties", "replicates", ANSWER)
DEFAULT_OUTCOMES = ("realisation_ratio", "realised")
BESIDE = (*(name for name in SHEETS if name != "outcomes"), COALITIONS)


def load_study(study: Study | Path | str | Mapping[str, Any]) -> Study:
    """Read a study: a TOML file, the name of a shipped one, or a mapping of the same form.

    A folder of results stands for the study that it answers. Paths in a file start from its folder;
    in a mapping from where the user stands.

    Raises:
        ScenarioError: everything that is wrong, a line each.
    """
    if isinstance(study, Study):
        return study
    if isinstance(study, str | Path) and ((folder := folder_at(study)) / MANIFEST).is_file():
        return study_of(folder)
    written = _written(study)
    _check_twice(written)
    _check_keys(written)
    levers, uncertain = read_levers(written), read_uncertainties(written)
    firms = read_firms(written, [*levers, *uncertain.crossed, *uncertain.drawn])
    said: dict[str, Any] = {
        "title": written.text("title", written.name.replace("_", " ")[:LONGEST_TITLE], LONGEST_TITLE),
        "question": written.text("question", "", LONGEST_DESCRIPTION),
        "outcomes": written.names("outcomes", DEFAULT_OUTCOMES, [outcome.name for outcome in COMPANY]),
        "tables": written.names("tables", (), BESIDE),
    }
    answer = read_answer(written)
    seed, replicates = written.whole("seed", 1, 0, LARGEST_SEED), read_replicates(written)
    _raise(written.problems)
    crossed = prod(map(len, [firms, *levers.values(), *uncertain.crossed.values()]))
    _raise(_too_large(written, crossed * uncertain.samples, replicates.most))
    study = Study(
        name=folder_name(written.name),
        **said,
        firms=firms,
        levers=levers,
        uncertainties=uncertain.crossed,
        seed=seed,
        replicates=replicates,
        samples=latin_hypercube(uncertain.drawn, uncertain.samples, seed),
        answer=answer,
    )
    _raise([*_no_baseline(written, study), *check_answer(study, written.place(ANSWER))])
    return study


def _no_baseline(written: Written, study: Study) -> list[str]:
    """That differences are asked for and there is no one firm to take them from, or nothing to take."""
    if not study.replicates.precision:
        return []
    place = written.place("replicates.precision")
    if study.points > study.settings:
        allowed = "a study without uncertainties, or replicates as a number"
        return [refusal(place, "replicates.precision", "with uncertain numbers", allowed=allowed)]
    if not study.numbers:
        return [refusal(place, "outcomes", "none that is a number", allowed=", ".join(NUMBERS))]
    firm = study.firms[AS_IS]
    return [
        refusal(
            place,
            path,
            "lacks the value of today's firm, from which differences are taken",
            given=list(values),
            allowed=f"{value_of(firm, path)!r} among them",
        )
        for path, values in study.levers.items()
        if value_of(firm, path) not in values
    ]


def filed_under(scenario: Scenario | Path | str) -> str:
    """What the results of a scenario are filed under."""
    return "firm" if isinstance(scenario, Scenario) else folder_name(Path(scenario).stem)


def folder_name(name: str) -> str:
    """The name of a study as the name of a folder, whatever its file is called."""
    return re.sub(r"[^\w.-]+", "_", name).strip("._-") or "study"


def _written(study: Path | str | Mapping[str, Any]) -> Written:
    if isinstance(study, Mapping):
        return Written("study", read_mapping("study", study), Path())
    if not isinstance(study, str | Path):
        allowed = "the name or path of a TOML file, or a mapping"
        raise ScenarioError(refusal("study", "", "wrong type", given=study, allowed=allowed))
    path = file_of(study, shipped_studies())
    return Written(path.stem, read_delta(path), path.parent)


def study_of(folder: Path) -> Study:
    """The study that a folder of results answers.

    Raises:
        ResultsError: no folder of a sweep, or one that cannot be read.
    """
    manifest = read_manifest(folder)
    if manifest["kind"] != SWEEP:
        wrong = "holds evidence, whose sweeps are in folders of their own"
        raise ResultsError(refusal(str(folder), "", wrong, allowed="the folder of a sweep"))
    return read_part(folder, manifest, "study", Study)


def _check_twice(written: Written) -> None:
    """Refuse a path that is said both as a whole and part by part, as quoted keys can."""
    values = written.delta.values
    for path in values:
        parts = path.split(".")
        above = [whole for k in range(1, len(parts)) if (whole := ".".join(parts[:k])) in values]
        if above:
            written.refuse(path, "said twice", allowed=f"this, or {above[0]} as a whole")
    _raise(written.problems)


def _check_keys(written: Written) -> None:
    """Refuse what stands where nothing is read, once for each key or table."""
    known = list(dict.fromkeys((*KEYS, *TABLES)))
    seen = set()
    for path, value in written.delta.values.items():
        head, dot, _ = path.partition(".")
        if head in (TABLES if dot else KEYS) or head in seen:
            continue
        seen.add(head)
        if head not in known:
            written.refuse_key(head, known)
        elif dot:
            written.refuse(head, "wrong type", allowed="no table")
        else:
            written.refuse(head, "wrong type", given=value, allowed="a table")


def _too_large(written: Written, points: int, most: int) -> list[str]:
    """That a study asks for too many runs, which is known before any value is worked out."""
    if points * most <= MOST_RUNS:
        return []
    wrong = f"too large: {points:,} points, each run up to {most:,} times"
    allowed = f"at most {MOST_RUNS:,} runs"
    return [refusal(written.delta.name, "", wrong, given=points * most, allowed=allowed)]


def _raise(problems: list[str]) -> None:
    if problems:
        raise ScenarioError("\n".join(problems))
