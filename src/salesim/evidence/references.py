"""What the file of a finding refers to must be there: works, studies, firms, levers, outcomes, causes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..inputs.design import BASELINE
from ..inputs.toml import Written
from ..outcomes import COMPANY
from ..rules.sources import SOURCES
from ..runs.causes import CAUSES
from .measures import OF_A_CURVE, OF_A_GAP, OF_FIRMS, OF_TWO_GAPS, STATISTICS

if TYPE_CHECKING:
    from .target import Arm, Measure, Target

# What somebody refers to, under which key, and the names that there are.
Reference = tuple[str, str, Sequence[str]]


def check_references(target: Target, written: Written) -> None:
    """Make sure that everything that a finding refers to is there.

    Raises:
        ScenarioError: names that stand for nothing, each with the nearest one.
    """
    _check_studies(target, written)
    for path, given, names in _references(target):
        if given not in names:
            written.reject(path, "unknown name", given=given, names=names)
            written.problems.check()


def _check_studies(target: Target, written: Written) -> None:
    """Make sure that each study says how often it is simulated, how many firms are drawn, and what with."""
    studies = {f"studies.{name}": said for name, said in target.studies.items()}
    studies |= {f"gap.{name}": said for name, said in target.gap.items()}
    numbers = [(path, "replicates", said) for path, said in studies.items()]
    numbers += [(f"draws.{name}", "samples", said) for name, said in target.draws.items()]
    for path, key, said in numbers:
        if not isinstance(said.get(key), int):
            wrong = "wrong type" if key in said else "is missing"
            written.reject(f"{path}.{key}", wrong, given=said.get(key), allowed="a whole number")
    for path, said in studies.items():
        for key in ("outcomes", "tables"):
            if not isinstance(names := said.get(key, []), list) or not all(
                isinstance(n, str) for n in names
            ):
                written.reject(f"{path}.{key}", "wrong type", given=names, allowed="a list of names")
        for key in ("policies", "levers"):
            if not isinstance(table := said.get(key, {}), dict):
                written.reject(f"{path}.{key}", "wrong type", given=table, allowed="a table")
    written.problems.check()


def _references(target: Target) -> Iterator[Reference]:
    yield from (("sources", source, tuple(SOURCES)) for source in target.sources)
    yield from (("draws", name, tuple(target.studies)) for name in target.draws)
    for measure in target.measures:
        where = f"measures.{measure.name}"
        yield f"{where}.statistic", measure.statistic, tuple(STATISTICS)
        yield f"{where}.study", measure.study, _studies_for(measure, target)
        if measure.statistic in OF_A_GAP:
            yield from _causes(where, measure)
            if measure.statistic in OF_TWO_GAPS:
                yield f"{where}.base_study", measure.base_study, tuple(target.gap)
        else:
            yield from _of_a_study(where, measure, target)


def _studies_for(measure: Measure, target: Target) -> tuple[str, ...]:
    if measure.statistic in OF_A_GAP:
        return tuple(target.gap)
    return tuple(target.draws if measure.statistic in OF_FIRMS else target.studies)


def _causes(where: str, measure: Measure) -> Iterator[Reference]:
    names = tuple(cause.name for cause in CAUSES)
    for cause in (*measure.causes, *(cause for group in measure.others for cause in group)):
        yield f"{where}.causes", cause, names


def _of_a_study(where: str, measure: Measure, target: Target) -> Iterator[Reference]:
    said = target.studies[measure.study]
    if measure.base_study:
        yield f"{where}.base_study", measure.base_study, tuple(target.studies)
    base = target.studies[measure.base_study or measure.study]
    yield from _firms(where, (("arm", measure.arm, said), ("base", measure.base, base)))
    if measure.statistic in OF_A_CURVE:
        yield f"{where}.axis", measure.axis, tuple(_paths(said.get("levers", {})))
    for part in measure.parts:
        yield f"{where}.parts", part, tuple(said.get("policies", {}))
    for key, given in _outcomes(measure):
        yield f"{where}.{key}", given, tuple(said.get("outcomes", ()))
        yield f"{where}.{key}", given, tuple(outcome.name for outcome in COMPANY)


def _paths(levers: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Paths of levers, which TOML nests by their dots unless they are quoted."""
    for key, values in levers.items():
        if isinstance(values, Mapping):
            yield from _paths(values, f"{above}{key}.")
        else:
            yield f"{above}{key}"


def _firms(where: str, arms: Sequence[tuple[str, Arm, Mapping[str, Any]]]) -> Iterator[Reference]:
    for key, arm, said in arms:
        yield f"{where}.{key}.policy", arm.policy, (BASELINE, *said.get("policies", {}))


def _outcomes(measure: Measure) -> Iterator[tuple[str, str]]:
    yield "outcome", measure.outcome
    yield from (("plus", name) for name in measure.plus)
    if measure.below:
        yield "below", measure.below
    if measure.peak_of:
        yield "peak_of", measure.peak_of
