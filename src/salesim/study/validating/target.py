"""A published finding as data: the experiments that repeat it, what is measured, and its band."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ...errors import ScenarioError
from ...model.scenario import Scenario
from ...scenario.refusal import nearest, refusal
from ...scenario.shipped import SUFFIX, shipped_studies
from ..sweeps.design import AS_IS, Study
from ..sweeps.reading import load_study
from ..sweeps.sampling import latin_hypercube

FOLDER = "evidence"
FITTED, HELD_OUT = "fitted", "held out"
Role = Literal["fitted", "held out"]
TYPICAL = "typical_firm"


class Arm(BaseModel):
    """One firm of a study: its policy."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    policy: str = AS_IS


class Measure(BaseModel):
    """What is measured of a finding, and the band within which it counts as reproduced.

    Args:
        name: short, for programs.
        says: what it is, in words.
        study: the study or split of the gap that it is read from.
        statistic: the name of one in `statistics`.
        outcome: what is measured of each arm.
        unit: of the value, the band and what was published.
        band: lowest and highest value that counts.
        published: the number that was published, where there is one.
        role: whether the model is fitted to it.
        judged: whether it counts for the finding.
        headline: whether it stands for the finding where there is room for one number.
        arm, base: the firm that is measured, and the one that it is compared with.
        base_study: the study of the base, where that is another.
        place, base_place, places, base_places: places of a series, counted from 0; -1 is the last.
        plus: outcomes that are added.
        below: the outcome that is divided by.
        axis: the lever along which a curve is looked at.
        at: a threshold, or a distance along the axis.
        peak_of: the outcome whose peak is meant.
        causes, others: causes of the gap, and groups of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    says: str
    study: str
    statistic: str
    unit: str
    band: tuple[float, float]
    outcome: str = ""
    published: float | None = None
    role: Role = "held out"
    judged: bool = True
    headline: bool = False
    arm: Arm = Arm()
    base: Arm = Arm()
    base_study: str = ""
    place: int = 0
    base_place: int = 0
    places: tuple[int, ...] = ()
    base_places: tuple[int, ...] = ()
    plus: tuple[str, ...] = ()
    below: str = ""
    axis: str = ""
    at: float = 0.0
    peak_of: str = ""
    causes: tuple[str, ...] = ()
    others: tuple[tuple[str, ...], ...] = ()


class Target(BaseModel):
    """A published finding.

    Args:
        name: T1 to T20, as in the list of findings.
        title: the finding in a few words.
        published: what was published.
        sources: keys of works.
        role: whether its headline is fitted or held out.
        note: what a reader must know of the experiment.
        needs: the least that numbers of the firm must be, by path.
        studies: what is lived through, by name.
        draws: numbers of a study that are drawn together from ranges, by study.
        gap: splits of the gap, by name, with their replicates.
        measures: what is measured.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    published: str
    sources: tuple[str, ...]
    role: Role
    note: str = ""
    needs: dict[str, float] = {}
    studies: dict[str, dict[str, Any]] = {}
    draws: dict[str, dict[str, Any]] = {}
    gap: dict[str, dict[str, int]] = {}
    measures: tuple[Measure, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def one_headline(self) -> Target:
        """One measure stands for the finding."""
        if sum(measure.headline for measure in self.measures) != 1:
            raise ValueError("one measure, and no more, must be the headline")
        return self

    @property
    def headline(self) -> Measure:
        """The measure that stands for the finding."""
        return next(measure for measure in self.measures if measure.headline)


def targets() -> dict[str, Path]:
    """The files of all findings by name, in the order of their numbers."""
    folder = next(iter(shipped_studies().values())).parent / FOLDER
    return dict(sorted(((p.stem, p) for p in folder.glob(f"*{SUFFIX}")), key=lambda item: _order(item[0])))


def _order(name: str) -> tuple[str, int]:
    letters, digits = re.match(r"(\D*)(\d*)", name).groups()  # type: ignore[union-attr]
    return (letters != "T", int(digits or 0))  # type: ignore[return-value]


def load_target(name: str) -> Target:
    """A finding by its name, such as T2.

    Raises:
        ScenarioError: no such finding, or a file that is none.
    """
    known = targets()
    key = name.upper()
    if key not in known:
        raise ScenarioError(refusal(
            "target", "", "no such target", given=name, allowed=", ".join(known),
            near=nearest(key, list(known)),
        ))
    try:
        return Target(name=key, **tomllib.loads(known[key].read_text(encoding="utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError, TypeError) as error:
        raise ScenarioError(f"{known[key]}: {error}") from None


@dataclass(frozen=True)
class Experiment:
    """A study of a finding, with what it is called there."""

    name: str
    study: Study


def experiments(target: Target, scenario: Scenario | str, seed: int, replicates: int | None) -> list[Experiment]:
    """The studies of a finding for a firm.

    Args:
        target: the finding.
        scenario: the firm, or the name of one.
        seed: where all luck starts.
        replicates: how often each arm is lived through; as the file says unless given.

    Raises:
        ScenarioError: a firm that does not have what the finding needs.
    """
    return [Experiment(name, _study(target, name, said, scenario, seed, replicates))
            for name, said in target.studies.items()]


def _study(
    target: Target, name: str, said: Mapping[str, Any], scenario: Scenario | str, seed: int,
    replicates: int | None,
) -> Study:
    drawn = dict(target.draws.get(name, {}))
    number = said["replicates"] if replicates is None or drawn else replicates
    study = load_study({
        "title": target.title, "scenario": scenario, **said, "seed": seed, "replicates": number,
    })
    samples = drawn.pop("samples", 1)
    ranges = {path: (low, high) for path, (low, high) in drawn.items()}
    return study.model_copy(update={
        "name": f"{target.name}_{name}", "samples": latin_hypercube(ranges, samples, seed),
    })
