"""A published finding as data: the experiments that repeat it, what is measured, and its band."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from ..errors import ScenarioError
from ..inputs.axes import latin_hypercube
from ..inputs.design import BASELINE, Study
from ..inputs.explain import Said, by_path, validated
from ..inputs.shipped import shipped_findings
from ..inputs.toml import read_toml
from ..messages import Unfit, error_text, nearest
from ..model.scenario import Scenario
from ..runs.reading import load_study
from .references import check_references

FITTED, HELD_OUT = "fitted", "held out"
Role = Literal["fitted", "held out"]
TYPICAL = "typical_firm"


class Arm(Said):
    """One firm of a study: its policy."""

    policy: str = BASELINE


class Measure(Said):
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
        parts: policies whose differences from the base are added up.
    """

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
    parts: tuple[str, ...] = ()

    @field_validator("band")
    @classmethod
    def band_is_one(cls, band: tuple[float, float]) -> tuple[float, float]:
        """The lower end stands first."""
        if not band[0] <= band[1]:
            raise Unfit("the lower end of a band stands first", given=list(band))
        return band


class Target(Said):
    """A published finding.

    Args:
        name: T1 to T20, as in the list of findings.
        title: the finding in a few words.
        published: what was published.
        sources: keys of works.
        role: whether its headline is fitted or held out.
        note: what a reader must know of the experiment.
        needs: the least that numbers of the firm must be, by path.
        studies: what is simulated, by name.
        draws: numbers of a study that are drawn together from ranges, by study.
        gap: splits of the gap, by name, with their replicates, and the firm and policy where others
            are meant.
        measures: what is measured.
    """

    name: str
    title: str
    published: str
    sources: tuple[str, ...]
    role: Role
    note: str = ""
    needs: Annotated[dict[str, float], BeforeValidator(by_path)] = Field({})
    studies: dict[str, dict[str, Any]] = Field({})
    draws: dict[str, Annotated[dict[str, Any], BeforeValidator(by_path)]] = Field({})
    gap: dict[str, dict[str, Any]] = Field({})
    measures: tuple[Measure, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def measures_are_unique(self) -> Target:
        """Each has a name of its own, and one stands for the finding."""
        names = [measure.name for measure in self.measures]
        if len({*names}) < len(names):
            raise Unfit("two measures have the same name", at="measures")
        if sum(measure.headline for measure in self.measures) != 1:
            raise Unfit("one measure, and no more, must be the headline", at="measures")
        return self

    @property
    def headline(self) -> Measure:
        """The measure that stands for the finding."""
        return next(measure for measure in self.measures if measure.headline)

    @property
    def counts(self) -> bool:
        """Whether reproducing it says anything: something that is judged was not fitted."""
        return any(measure.judged and measure.role != FITTED for measure in self.measures)

    def replicates_of(self, study: str) -> int:
        """How often the arms of a study or split are simulated, as the file says."""
        return int((self.studies | self.gap)[study]["replicates"])


def targets() -> dict[str, Path]:
    """The files of all findings by name, in the order of their numbers."""
    return dict(sorted(shipped_findings().items(), key=lambda item: _order(item[0])))


def _order(name: str) -> tuple[bool, int, str]:
    digits = "".join(sign for sign in name if sign.isdigit())
    return not name.startswith("T"), int(digits or 0), name


def load_target(name: str) -> Target:
    """A finding by its name, such as T2.

    Raises:
        ScenarioError: no such finding, or a file that is none.
    """
    known = targets()
    key = name.upper()
    if key not in known:
        wrong, near = "no such finding", nearest(key, list(known))
        raise ScenarioError(
            error_text("target", "", wrong, given=name, allowed=", ".join(known), near=near)
        )
    return read_target(known[key])


def read_target(path: Path) -> Target:
    """A finding from its file.

    Raises:
        ScenarioError: a file that cannot be read, or what is wrong in it.
    """
    written = read_toml(path)
    target = validated(Target, written, {**written.nested(), "name": path.stem})
    check_references(target, written)
    return target


@dataclass(frozen=True)
class Experiment:
    """A study of a finding, with what it is called there."""

    name: str
    study: Study


def experiments(
    target: Target, scenario: Scenario | str, seed: int, replicates: int | None, firms: int | None = None
) -> list[Experiment]:
    """The studies of a finding for a firm.

    Args:
        target: the finding.
        scenario: the firm, or the name of one.
        seed: random seed.
        replicates: how often each arm is simulated; as the file says unless given. Firms that are
            drawn are simulated as the file says.
        firms: how many firms are drawn at most; as the file says unless given.

    Raises:
        ScenarioError: a firm that does not have what the finding needs.
    """
    return [
        Experiment(name, _study(target, name, {"scenario": scenario, "seed": seed}, replicates, firms))
        for name in target.studies
    ]


def _study(
    target: Target, name: str, firm: Mapping[str, Any], replicates: int | None, firms: int | None
) -> Study:
    drawn = dict(target.draws.get(name, {}))
    said = target.studies[name]
    number = said["replicates"] if replicates is None or drawn else replicates
    study = load_study({"title": target.title, **firm, **said, "seed": firm["seed"], "replicates": number})
    if not drawn:
        return study.model_copy(update={"name": f"{target.name}_{name}"})
    samples = min(drawn.pop("samples"), firms or drawn_at_most(target))
    ranges = {path: (low, high) for path, (low, high) in drawn.items()}
    return study.model_copy(
        update={
            "name": f"{target.name}_{name}",
            "samples": latin_hypercube(ranges, samples, study.seed),
        }
    )


def drawn_at_most(target: Target) -> int:
    """How many firms a finding draws, as its file says; none where nothing is drawn."""
    return max((int(drawn["samples"]) for drawn in target.draws.values()), default=0)
