"""From a TOML file, or a mapping of the same form, to a study; everything wrong is said at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, ValidationError, field_validator

from ..errors import ScenarioError
from ..inputs.answers import Answer
from ..inputs.axes import latin_hypercube, read_levers, read_uncertainties
from ..inputs.declared import declared_values, value_of
from ..inputs.design import AN_ARM, BASELINE, MAX_RUNS, Replicates, Study
from ..inputs.explain import OneOf, Said, explain
from ..inputs.firms import read_firms
from ..inputs.replicating import MAX_OF_A_POINT, MIN, Enough
from ..inputs.settings import check_answer
from ..inputs.shipped import file_of, shipped_studies
from ..inputs.toml import Written, read_mapping, read_toml
from ..messages import error_text, unusable
from ..model.scenario import LONGEST_DESCRIPTION, LONGEST_TITLE, Scenario
from ..outcomes import COMPANY, NUMBERS
from .checked import damaged
from .coalitions import COALITIONS
from .folder import folder_at
from .manifest import MANIFEST, SWEEP, read_manifest, read_part
from .rows import SHEETS
from .simulate import LARGEST_SEED
from .store import is_table

A_RULE = re.compile(r"\w+(\.\w+)*:\w+")
BESIDE = (*(name for name in SHEETS if name != "outcomes"), COALITIONS)
Often = Annotated[
    int, Field(strict=True, ge=1, le=MAX_OF_A_POINT, description="How often each point is simulated.")
]


def _kind_of_number(said: Any) -> str:
    return "Enough" if isinstance(said, dict | Enough) else "integer"


class StudyFile(Said):
    """A question, and the runs that answer it."""

    title: str = Field("", max_length=LONGEST_TITLE, description="What it is called.")
    question: str = Field("", max_length=LONGEST_DESCRIPTION, description="What it is to answer.")
    scenario: Any = Field("typical_firm", description="The file of the firm, or the name of a shipped one.")
    seed: Annotated[int, Field(strict=True, ge=0, le=LARGEST_SEED, description="Random seed.")] = 1
    replicates: Annotated[
        Annotated[Enough, Tag("Enough")] | Annotated[Often, Tag("integer")], Discriminator(_kind_of_number)
    ] = MIN
    outcomes: tuple[Annotated[str, OneOf([outcome.name for outcome in COMPANY])], ...] = Field(
        ("realisation_ratio", "realised"), min_length=1, description="What the answer is about."
    )
    tables: tuple[Annotated[str, OneOf(BESIDE)], ...] = Field(
        (), description="Tables that are kept of each run beside its outcomes."
    )
    settings: dict[str, Any] = Field({})
    policies: dict[str, Any] = Field({})
    levers: dict[str, Any] = Field({})
    uncertainties: dict[str, Any] = Field({})
    answer: Answer | None = None

    @field_validator("outcomes", "tables")
    @classmethod
    def each_once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        """What is named twice is kept once."""
        return tuple(dict.fromkeys(names))


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
    name, written = _written(study)
    said = _file_in(written)
    levers, uncertain = read_levers(written), read_uncertainties(written)
    firms = read_firms(written, [*levers, *uncertain.crossed, *uncertain.drawn])
    written.problems.check()
    replicates = _replicates(said)
    crossed = prod(map(len, [firms, *levers.values(), *uncertain.crossed.values()]))
    _check_size(written, crossed * uncertain.samples, replicates.most)
    found = Study(
        name=folder_name(name),
        title=said.title or name.replace("_", " ")[:LONGEST_TITLE],
        question=said.question,
        firms=firms,
        levers=levers,
        uncertainties=uncertain.crossed,
        samples=latin_hypercube(uncertain.drawn, uncertain.samples, said.seed),
        seed=said.seed,
        replicates=replicates,
        outcomes=said.outcomes,
        tables=said.tables,
        answer=said.answer,
    )
    _check_baseline(written, found)
    check_answer(found, written)
    written.problems.check()
    return found


def _file_in(written: Written) -> StudyFile:
    """What a file says; where that cannot be used, an empty one."""
    try:
        return StudyFile.model_validate(written.nested())
    except ValidationError as error:
        explain(error, written, StudyFile)
    return StudyFile()


def _replicates(said: StudyFile) -> Replicates:
    if isinstance(said.replicates, Enough):
        return said.replicates.replicates
    return Replicates(least=said.replicates, most=said.replicates)


def _check_size(written: Written, points: int, most: int) -> None:
    """Refuse a study of too many runs, which is known before any value is worked out."""
    if points * most > MAX_RUNS:
        wrong = f"too large: {points:,} points, each run up to {most:,} times"
        written.reject("", wrong, given=points * most, allowed=f"at most {MAX_RUNS:,} runs")
    written.problems.check()


def _check_baseline(written: Written, study: Study) -> None:
    """Refuse differences where there is no one firm to take them from, or nothing to take."""
    path = "replicates.precision"
    if not study.replicates.precision:
        return
    if study.points > study.settings:
        allowed = "a study without uncertainties, or replicates as a number"
        written.reject(path, "with uncertain numbers", allowed=allowed)
        return
    if not study.numbers:
        written.reject("outcomes", "none that is a number", allowed=", ".join(NUMBERS))
    firm = study.firms[BASELINE]
    for lever, values in study.levers.items():
        if value_of(firm, lever) not in values:
            wrong = "lacks the value of today's firm, from which differences are taken"
            allowed = f"{value_of(firm, lever)!r} among them"
            written.reject(f"levers.{lever}", wrong, given=list(values), allowed=allowed)


def filed_under(scenario: Scenario | Path | str) -> str:
    """What the results of a scenario are filed under."""
    return "firm" if isinstance(scenario, Scenario) else folder_name(Path(scenario).stem)


def folder_name(name: str) -> str:
    """The name of a study as the name of a folder, whatever its file is called."""
    return re.sub(r"[^\w.-]+", "_", name).strip("._-") or "study"


def _written(study: Path | str | Mapping[str, Any]) -> tuple[str, Written]:
    """The name of a study, and what somebody wrote of it."""
    if isinstance(study, Mapping):
        return "study", read_mapping("study", study)
    if not isinstance(study, str | Path):
        allowed = "the name or path of a TOML file, or a mapping"
        raise ScenarioError(error_text("study", "", "wrong type", given=study, allowed=allowed))
    path = file_of(study, shipped_studies())
    return path.stem, read_toml(path)


def study_of(folder: Path) -> Study:
    """The study that a folder of results answers.

    Raises:
        ResultsError: no folder of a sweep, or one that cannot be read.
    """
    manifest = read_manifest(folder)
    if manifest["kind"] != SWEEP:
        wrong = "holds evidence, whose sweeps are in folders of their own"
        raise unusable(folder, wrong, allowed="the folder of a sweep")
    study = read_part(folder, manifest, "study", Study)
    if wrong := _wrong_in(study):
        raise damaged(folder / MANIFEST, f"its study has {wrong} that no study has")
    said = read_mapping("study", {})
    check_answer(study, said)
    try:
        said.problems.check()
    except ScenarioError as error:
        raise damaged(folder / MANIFEST, str(error).splitlines()[0]) from None
    return study


def _wrong_in(study: Study) -> str:
    """What of a stored study no study can be, whatever wrote it."""
    rule, drawn = study.replicates, {*map(len, study.samples.values())}
    names = list(study.firms)
    right = {
        "firms": names[:1] == [BASELINE] and all(map(AN_ARM.fullmatch, names)),
        "paths": {*study.axes} <= {*declared_values()},
        "samples": len(drawn) <= 1,
        "replicates": 1 <= rule.least <= rule.most and rule.outcome in ("", *NUMBERS),
        "numbers of runs": 1 <= study.most_runs <= MAX_RUNS,
        "rules": all(A_RULE.fullmatch(r) for firm in study.firms.values() for r in firm.rules.values()),
        "seed": 0 <= study.seed <= LARGEST_SEED,
        "outcomes": {*study.outcomes} <= {outcome.name for outcome in COMPANY},
        "tables": all(map(is_table, study.tables)),
    }
    return next((name for name, holds in right.items() if not holds), "")
