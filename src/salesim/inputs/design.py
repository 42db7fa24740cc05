"""The design of a study: what is moved over what, how often each point is simulated, what is asked.

Levers, uncertainties and replicates are three axes: a point is one firm, a setting is what somebody decides
(policy and levers), and replicates are random draws that every point shares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from ..model.scenario import Scenario
from ..outcomes import NUMBERS, Outcome
from ..outcomes.promise import THE_PROMISE
from .answers import Answer
from .content_hash import digits_of
from .delta import TEXTS

BASELINE = "baseline"
OF_THE_PROMISE = {o.name for o in THE_PROMISE if not o.name.startswith("realised")}
MAX_RUNS = 1_000_000
AN_ARM = re.compile(r"(?!\.)[^/\\\x00-\x1f\x7f]{1,200}")  # of a study in Python too; it becomes a file name
A_FOLDER = re.compile(r"\w[\w.-]*")
Number = int | float | str  # a mode is called by its name
Values = tuple[Number, ...]


def _name_of_a_folder(name: str) -> str:
    """Results are filed under the name, in one folder and nowhere else."""
    if not A_FOLDER.fullmatch(name):
        raise ValueError(f"got {name!r}; allowed: letters, digits, and then also . _ -")
    return name


FolderName = Annotated[str, AfterValidator(_name_of_a_folder)]


class Replicates(BaseModel):
    """How often a point is simulated: a fixed number, or until a mean is known well enough.

    Args:
        least, most: equal where the number is fixed.
        outcome, half_width: replicate until the 95% interval of this mean is this narrow (in the unit
            of the outcome, to either side).
        precision: replicate until the 95% interval of each difference from today's firm, in each
            outcome of the study, is this narrow (points of the promise for money, percent of
            the baseline for others, to either side).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    least: int
    most: int
    outcome: str = ""
    half_width: float = 0.0
    precision: float = 0.0

    def looks(self) -> list[int]:
        """How many replicates a point has whenever it is judged; each time as many again."""
        counts = [self.least]
        while counts[-1] < self.most:
            counts.append(min(2 * counts[-1], self.most))
        return counts


@dataclass(frozen=True)
class Point:
    """One firm of a study: under which policy, and with which numbers moved.

    Args:
        index: its place, counted from 0.
        setting: the place of its policy and levers.
        sample: the place of its uncertain numbers.
        policy: the name of its policy.
        numbers: what levers and uncertain numbers are, by path.
    """

    index: int
    setting: int
    sample: int
    policy: str
    numbers: dict[str, Number]


class Study(BaseModel):
    """A question, and the runs that answer it.

    Args:
        name: what its results are filed under.
        title, question: in words.
        firms: the firm under each policy; the first is today's firm.
        levers: values of each lever, each crossed with all others and with the policies.
        uncertainties: values of numbers that nobody decides, crossed with everything.
        samples: numbers drawn together: at each place one value of each.
        seed: random seed.
        replicates: how often each point is simulated.
        outcomes: what the answer is about.
        tables: tables that are kept of each run beside its outcomes.
        promise: whether full execution is simulated too; without it outcomes of the promise are
            undefined, and no tables are kept.
        answer: how the question is answered, if the study says so.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: FolderName
    title: str
    question: str = ""
    firms: dict[str, Scenario]
    levers: dict[str, Values] = {}
    uncertainties: dict[str, Values] = {}
    samples: dict[str, Values] = {}
    seed: int = 1
    replicates: Replicates
    outcomes: tuple[str, ...]
    tables: tuple[str, ...] = ()
    promise: bool = True
    answer: Answer | None = None

    @model_validator(mode="after")
    def _only_what_is_there(self) -> Self:
        lost = [*sorted({*self.outcomes} & OF_THE_PROMISE), *self.tables]
        if lost and not self.promise:
            raise ValueError(f"without the promise there is no {lost[0]}")
        return self

    @property
    def axes(self) -> tuple[str, ...]:
        """Paths of all numbers that are moved."""
        return (*self.levers, *self.uncertainties, *self.samples)

    @property
    def numbers(self) -> list[Outcome]:
        """The outcomes asked for that are numbers."""
        return [NUMBERS[name] for name in self.outcomes if name in NUMBERS]

    @property
    def _sizes(self) -> list[int]:
        """How many policies, values of each lever and uncertain number, and samples there are."""
        crossed = [*self.levers.values(), *self.uncertainties.values()]
        return [len(self.firms), *map(len, crossed), self.samples_each]

    @property
    def samples_each(self) -> int:
        """How many values were drawn of each number that is drawn; 1 where none is."""
        return max(map(len, self.samples.values()), default=1)

    @property
    def points(self) -> int:
        """How many firms there are."""
        return prod(self._sizes)

    @property
    def settings(self) -> int:
        """How many combinations of policy and levers there are."""
        return prod(self._sizes[: 1 + len(self.levers)])

    @property
    def most_runs(self) -> int:
        """Runs at most, each of a firm and of its full execution."""
        return self.points * self.replicates.most

    def point(self, index: int) -> Point:
        """The point at a place; the policy changes slowest, the samples fastest.

        Raises:
            IndexError: a place where there is none.
        """
        sizes = self._sizes
        if not 0 <= index < prod(sizes):
            raise IndexError(f"point {index} of {prod(sizes)}")
        rest, places = index, []
        for size in reversed(sizes):
            rest, place = divmod(rest, size)
            places.append(place)
        policy, *crossed, drawn = reversed(places)
        lists = (self.levers | self.uncertainties).items()
        numbers = {path: values[k] for (path, values), k in zip(lists, crossed, strict=True)}
        numbers |= {path: values[drawn] for path, values in self.samples.items()}
        setting, sample = divmod(index, self.points // self.settings)
        return Point(index, setting, sample, list(self.firms)[policy], numbers)

    def each_point(self) -> Iterator[Point]:
        """All points in their order."""
        return map(self.point, range(self.points))

    def firm(self, point: Point) -> Scenario:
        """The firm at a point.

        Raises:
            ValueError: numbers that do not fit each other.
        """
        return self.firms[point.policy].with_numbers(point.numbers)

    def key_of_runs(self, model: str) -> str:
        """What names runs beside firm and draws: the model, and whether the promise is left out."""
        return model if self.promise else f"{model} realised"

    def key(self, model: str) -> str:
        """Twelve digits that name this study as a model, given by its key, answers it; words aside.

        The order in which things were written counts where it decides which point is which.
        """
        said: Any = self.model_dump(exclude={"name", "title", "question", "firms", "promise", "answer"})
        said["firms"] = [[name, firm.model_dump(exclude={*TEXTS})] for name, firm in self.firms.items()]
        for crossed in ("levers", "uncertainties"):
            said[crossed] = list(said[crossed].items())
        return digits_of([self.key_of_runs(model), said], 12)


def policy_text(policy: Number) -> str:
    """A policy by its name."""
    return str(policy).replace("_", " ")
