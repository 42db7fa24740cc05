"""The plan of the next model as data: findings, causes, industries, and the works that only it cites."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, model_validator

from salesim.inputs.explain import Model, Said, by_path, validated
from salesim.inputs.toml import read_toml
from salesim.messages import Unfit
from salesim.rules.sources import ASSUMED, Standing

from .published import REPOSITORY

PLAN = REPOSITORY / "docs" / "plan"
ByPath = Annotated[dict[str, Any], BeforeValidator(by_path)]
Interval = tuple[float, float]


class Number(Said):
    """A setting or a fact: sourced, assumed with a range, solved from others, or blank."""

    path: str
    unit: str
    value: float | None = None
    source: str = ""
    range: Interval | None = None
    solved: str = ""
    reason: str = ""
    to_come: bool = False

    @model_validator(mode="after")
    def stands_for_something(self) -> Number:
        """An assumed number has both ends and a reason; a blank one says why."""
        if self.source and self.value is None:
            raise Unfit("a source without a value")
        if self.source == ASSUMED and not (self.range and self.reason):
            raise Unfit("assumed without range or reason")
        if not (self.source or self.solved or self.reason):
            raise Unfit("neither source, nor solved, nor a reason")
        if self.range and not (self.range[0] < self.range[1]):
            raise Unfit("the lower end of a range stands first", given=list(self.range))
        if self.range and self.value is not None and not self.range[0] <= self.value <= self.range[1]:
            raise Unfit("outside its range", given=self.value)
        return self


class Industry(Said):
    """What firms of an industry can read off their books, as far as it is known."""

    title: str
    says: str
    facts: tuple[Number, ...]
    settings: tuple[Number, ...]

    @property
    def assumed(self) -> tuple[str, ...]:
        """Paths of numbers at whose both ends every finding of this firm is run."""
        facts = (f"facts.{each.path}" for each in self.facts if each.source == ASSUMED)
        return (*facts, *(each.path for each in self.settings if each.source == ASSUMED))


class Cited(Said):
    """A work, what it found, and how far that number can be relied on."""

    key: str
    says: str
    status: Standing


class PlannedArm(Said):
    """What one arm moves: levers, settings, numbers that are solved, causes, and who is treated."""

    says: str = ""
    levers: ByPath = Field({})
    settings: ByPath = Field({})
    solved: ByPath = Field({})
    ideal: tuple[str, ...] = ()
    treats: str = ""


class PlannedMeasure(Said):
    """What is measured, how it is computed, and its band in words and numbers."""

    name: str
    says: str
    statistic: str
    unit: str
    band: Interval
    written: str
    role: Literal["CAL", "HOLD", "VERIF"]
    sign: Literal["positive", "negative", "none"]
    outcome: str = ""
    causes: tuple[str, ...] = ()
    others: tuple[tuple[str, ...], ...] = ()
    arm: str = "baseline"
    base: str = ""
    window: str = "plan"
    computed: str = ""
    published: float | None = None
    strict: Interval | None = None
    headline: bool = False
    judged: bool = True
    differs: str = ""

    @model_validator(mode="after")
    def sign_is_that_of_the_band(self) -> PlannedMeasure:
        """A sign is tested where the band lies to one side of zero and single replicates have one."""
        low, high = self.band
        sign = "positive" if low >= 0.0 else "negative" if high <= 0.0 else "none"
        if not low <= high or self.sign != ("none" if self.statistic == "share_below" else sign):
            raise Unfit("band or sign is wrong", given=list(self.band))
        return self


class PlannedTarget(Said):
    """A published finding, the experiment that repeats it, and what counts as reproduced."""

    number: int
    title: str
    published: str
    role: str
    firm: str
    sign_share: float
    replicates: int
    weeks: int
    sources: tuple[Cited, ...]
    note: str = ""
    identities: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    windows: dict[str, tuple[int, int]]
    levers: ByPath = Field({})
    arms: dict[str, PlannedArm]
    draws: ByPath = Field({})
    reported_at: ByPath = Field({})
    both_ends: tuple[str, ...]
    assumed: tuple[Number, ...] = ()
    measures: tuple[PlannedMeasure, ...]


class PlannedCause(Said):
    """A cause of the gap, and what holds where it is at its ideal."""

    name: str
    dimension: str
    ideal: str
    status: Literal["stays", "changes", "new", "leaves"]
    why: str = ""


class Causes(Said):
    """All causes, and when one leaves."""

    leaving: str
    causes: tuple[PlannedCause, ...]


class Spent(Said):
    """A published number that calibration may use."""

    target: str
    what: str
    source: str


class Protocol(Said):
    """What holds in every experiment, and what calibration may use."""

    reps: int
    managers: int
    regions: int
    accounts: int
    burn_in_weeks: int
    weeks: int
    replicates: int
    interval: float
    sign_share: float
    calibration: tuple[Spent, ...]


class Work(Said):
    """A work that only the plan cites."""

    key: str
    citation: str
    standing: Standing | Literal["definition"]


class Works(Said):
    """All works that only the plan cites."""

    works: tuple[Work, ...]


class Plan(NamedTuple):
    """The whole plan; targets in the order of their numbers."""

    protocol: Protocol
    targets: dict[str, PlannedTarget]
    causes: Causes
    industries: dict[str, Industry]
    works: dict[str, Work]


def read(kind: type[Model], path: Path) -> Model:
    """A file of the plan; a ScenarioError where anything in it is wrong."""
    written = read_toml(path)
    return validated(kind, written, written.nested())


@cache
def plan() -> Plan:
    """All files of the plan."""
    targets = {path.stem: read(PlannedTarget, path) for path in (PLAN / "targets").glob("*.toml")}
    return Plan(
        read(Protocol, PLAN / "protocol.toml"),
        dict(sorted(targets.items(), key=lambda each: each[1].number)),
        read(Causes, PLAN / "causes.toml"),
        {path.stem: read(Industry, path) for path in sorted((PLAN / "industries").glob("*.toml"))},
        {work.key: work for work in read(Works, PLAN / "references.toml").works},
    )
