"""From a TOML file, or a mapping of the same form, to a study; everything wrong is said at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...errors import ResultsError, ScenarioError
from ...model.scenario import LONGEST_DESCRIPTION, LONGEST_TITLE, Scenario
from ...scenario.delta import read_delta, read_mapping
from ...scenario.load import load_scenario
from ...scenario.refusal import nearest, refusal
from ...scenario.shipped import file_of, shipped_policies, shipped_scenarios, shipped_studies
from ..manifest import MANIFEST, SWEEP, read_manifest
from ..outcomes import COMPANY
from ..rows import SHEETS
from ..simulate import LARGEST_SEED
from .axes import read_levers, read_uncertainties
from .design import AS_IS, MOST_RUNS, Replicates, Study
from .written import Written

KEYS = ("title", "question", "scenario", "seed", "replicates", "outcomes", "tables")
TABLES = ("settings", "policies", "levers", "uncertainties", "replicates")
DEFAULT_OUTCOMES = ("realisation_ratio", "realised")
BESIDE = tuple(name for name in SHEETS if name != "outcomes")
LEAST, MOST = 20, 400
MOST_OF_A_POINT = 100_000
A_NAME = re.compile(r"[A-Za-z][\w-]{0,63}")


def load_study(study: Study | Path | str | Mapping[str, Any]) -> Study:
    """Read a study: a TOML file, the name of a shipped one, or a mapping of the same form.

    A folder of results stands for the study that it answers. Paths in a file start from its folder;
    in a mapping from where the user stands.

    Raises:
        ScenarioError: everything that is wrong, a line each.
    """
    if isinstance(study, Study):
        return study
    if isinstance(study, str | Path) and (Path(study) / MANIFEST).is_file():
        return study_of(Path(study))
    written = _written(study)
    _check_keys(written)
    seed = _whole(written, "seed", 1, 0, LARGEST_SEED)
    firm = _firm(written)
    levers = read_levers(written)
    uncertain = read_uncertainties(written, seed)
    firms = _firms(written, firm, {**levers, **uncertain.crossed, **uncertain.drawn})
    replicates = _replicates(written)
    told = {
        "name": written.name,
        "title": _text(written, "title", written.name.replace("_", " "), LONGEST_TITLE),
        "question": _text(written, "question", "", LONGEST_DESCRIPTION),
        "outcomes": _names(written, "outcomes", DEFAULT_OUTCOMES, [o.name for o in COMPANY]),
        "tables": _names(written, "tables", (), list(BESIDE)),
    }
    if written.problems:
        raise ScenarioError("\n".join(written.problems))
    read = Study(
        **told, firms=firms, levers=levers, uncertainties=uncertain.crossed, samples=uncertain.drawn,
        seed=seed, replicates=replicates,
    )
    _check_size(read, written)
    return read


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
        wrong = f"holds a {manifest['kind']}"
        raise ResultsError(refusal(str(folder), "", wrong, allowed="the folder of a sweep"))
    try:
        return Study.model_validate(manifest["study"])
    except (ValueError, KeyError) as error:
        wrong = f"its study cannot be read: {str(error).splitlines()[0]}"
        raise ResultsError(refusal(str(folder / MANIFEST), "", wrong)) from None


def _check_keys(written: Written) -> None:
    """Refuse what stands where nothing is read."""
    for path in written.delta.values:
        head, dot, _ = path.partition(".")
        if head not in (TABLES if dot else KEYS):
            known = [*dict.fromkeys((*KEYS, *TABLES))]
            allowed = "a table" if head in known else ", ".join(known)
            near = "" if head in known else nearest(head, known)
            written.refuse(path, "unknown key", allowed="" if near else allowed, near=near)


def _text(written: Written, path: str, default: str, longest: int) -> str:
    value = written.delta.values.get(path, default)
    if not isinstance(value, str) or len(value) > longest:
        written.refuse(path, "not a text that fits", given=value, allowed=f"at most {longest} characters")
    return str(value)


def _whole(written: Written, path: str, default: int, low: int, high: int) -> int:
    value = written.delta.values.get(path, default)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        allowed = f"a whole number from {low:,} to {high:,}"
        wrong = "out of range" if type(value) is int else "wrong type"
        written.refuse(path, wrong, given=value, allowed=allowed)
        return default
    return value


def _names(
    written: Written, path: str, default: tuple[str, ...], known: list[str]
) -> tuple[str, ...]:
    value = written.delta.values.get(path, list(default))
    if not isinstance(value, list | tuple) or (not value and default):
        written.refuse(path, "wrong type", given=value, allowed=f"a list of names, such as {known[:2]}")
        return default
    for name in value:
        if name not in known:
            written.refuse_name(path, name, known)
    return tuple(dict.fromkeys(str(name) for name in value))


def _firm(written: Written) -> Scenario:
    """The firm that policies and numbers are laid over."""
    said = written.delta.values.get("scenario", "typical_firm")
    try:
        if not isinstance(said, str | Path | Scenario):
            raise ScenarioError("wrong type; allowed: the name or path of a scenario")
        file = said if isinstance(said, Scenario) else file_of(said, shipped_scenarios(), written.folder)
        return load_scenario(file, None, written.under("settings"))
    except ScenarioError as error:
        where = written.place("scenario")
        written.problems += [f"{where}: scenario: {line}" for line in str(error).splitlines()]
        return Scenario()


def _firms(written: Written, firm: Scenario, moved: Mapping[str, Any]) -> dict[str, Scenario]:
    """The firm as it is, and under each policy."""
    firms = {AS_IS: firm}
    for path in {*moved} & {*written.under("settings")}:
        written.refuse(f"settings.{path}", "is moved by the study too", allowed="one or the other")
    for name, policy in _policies(written).items():
        path = f"policies.{name}"
        if not A_NAME.fullmatch(name) or name == AS_IS:
            allowed = f"a short name of letters, digits, _ and -, other than {AS_IS}"
            written.refuse(path, "no name for a policy", given=name, allowed=allowed)
            continue
        try:
            if isinstance(policy, str):
                policy = file_of(policy, shipped_policies(), written.folder)
            firms[name] = load_scenario(firm, policy)
        except ScenarioError as error:
            where = f"{written.place(path)}: {path}"
            written.problems += [
                f"{where}: {line.removeprefix('policy 1: ')}" for line in str(error).splitlines()
            ]
            continue
        for number in moved:
            if _value(firms[name], number) != _value(firm, number):
                wrong = f"changes {number}, which the study moves too"
                written.refuse(path, wrong, allowed="one or the other")
    return firms


def _policies(written: Written) -> dict[str, Any]:
    """Each policy by its name: a file or the name of a shipped one, or what it changes."""
    said: dict[str, Any] = {}
    for path, value in written.under("policies").items():
        name, dot, number = path.partition(".")
        if dot:
            said.setdefault(name, {})[number] = value
        else:
            said[name] = value
    return said


def _value(firm: Scenario, path: str) -> Any:
    group, _, name = path.partition(".")
    return getattr(getattr(firm, group), name)


def _replicates(written: Written) -> Replicates:
    """A fixed number, or a table that says how narrow the interval of a mean must be."""
    said = written.under("replicates")
    if not said:
        number = _whole(written, "replicates", LEAST, 1, MOST_OF_A_POINT)
        return Replicates(least=number, most=number)
    for name in {*said} - {"least", "most", "outcome", "half_width"}:
        written.refuse(f"replicates.{name}", "unknown key", allowed="outcome, half_width, least, most")
    least = _whole(written, "replicates.least", min(LEAST, said.get("most", LEAST)), 2, MOST_OF_A_POINT)
    most = _whole(written, "replicates.most", max(MOST, least), least, MOST_OF_A_POINT)
    numbers = [o.name for o in COMPANY if o.index is None]
    outcome, width = said.get("outcome"), said.get("half_width")
    if outcome not in numbers:
        written.refuse_name("replicates.outcome", outcome, numbers)
    if isinstance(width, bool) or not isinstance(width, int | float) or not 0.0 < width < 1e15:
        allowed = "a number above 0, in the unit of the outcome"
        written.refuse("replicates.half_width", "no width", given=width, allowed=allowed)
        width = 1.0
    return Replicates(least=least, most=most, outcome=str(outcome), half_width=float(width))


def _check_size(study: Study, written: Written) -> None:
    if study.most_runs > MOST_RUNS:
        raise ScenarioError(refusal(
            str(written.delta.name), "", "too large: "
            f"{study.points:,} points, each lived through up to {study.replicates.most:,} times",
            given=f"{study.most_runs:,} runs", allowed=f"at most {MOST_RUNS:,} runs",
        ))
