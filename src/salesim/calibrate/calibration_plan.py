"""The plan of a calibration: which numbers are free, within which ranges, and how hard is searched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from ..inputs.axes import PLAUSIBLE
from ..inputs.declared import Declared, declared_numbers, value_of
from ..inputs.explain import Said, by_path, validated
from ..inputs.load import load_scenario
from ..inputs.shipped import SUFFIX, file_of, shipped_scenarios, shipped_studies
from ..inputs.toml import Written, read_toml
from ..model.scenario import Scenario

CALIBRATION = "calibration"
DIGITS = 4  # significant; what is fitted is known to fewer


class Search(Said, strict=True):
    """How hard is searched.

    Args:
        replicates, population, generations: of the search over the whole ranges.
        polish_replicates, polish_steps: of the steps from the best attempt, and the slopes along them.
        exact_replicates: of the places themselves that steps lead from and to.
    """

    replicates: int = Field(3, ge=2, le=1000)
    population: int = Field(16, ge=4, le=1000)
    generations: int = Field(60, ge=1, le=10_000)
    polish_replicates: int = Field(20, ge=2, le=1000)
    polish_steps: int = Field(4, ge=1, le=100)
    exact_replicates: int = Field(24, ge=2, le=1000)


class Check(Said, strict=True):
    """How many draws of the posterior are simulated on new random draws, and how often."""

    draws: int = Field(60, ge=20, le=10_000)
    replicates: int = Field(4, ge=2, le=1000)


class PlanFile(Said):
    """What the file of a plan says."""

    title: str
    scenario: str = "typical_firm"
    search: Search = Search()
    check: Check = Check()
    free: Annotated[dict[str, Any], BeforeValidator(by_path), Field(min_length=1)]


@dataclass(frozen=True)
class Free:
    """A number that is fitted, the ends of its range, and where it stands before."""

    number: Declared
    low: float
    high: float
    before: float

    @property
    def path(self) -> str:
        """Its path."""
        return self.number.path

    @property
    def start(self) -> float:
        """Where it stands before, as a share of its range."""
        return (self.before - self.low) / (self.high - self.low)

    def at(self, share: float) -> float:
        """The value at a share of the range, to four digits."""
        value = self.low + share * (self.high - self.low)
        return float(f"{value:.{DIGITS}g}")


@dataclass(frozen=True)
class Plan:
    """A calibration as it is asked for.

    Args:
        title: what it is called.
        firm: the firm whose numbers are fitted.
        name: the name or path of that firm.
        free: the numbers that are fitted.
        search: how hard is searched.
        check: how the result is checked.
    """

    title: str
    firm: Scenario
    name: str
    free: tuple[Free, ...]
    search: Search
    check: Check


def load_plan(plan: Path | str, scenario: str = "") -> Plan:
    """Read a plan: a TOML file, or the name of a shipped one.

    Args:
        plan: the file or the name.
        scenario: another firm than the one that the plan names by a path from its folder, or by name.

    Raises:
        ScenarioError: everything that is wrong, a line each.
    """
    folder = next(iter(shipped_studies().values())).parent / CALIBRATION
    path = file_of(plan, {file.stem: file for file in folder.glob(f"*{SUFFIX}")})
    written = read_toml(path)
    said = validated(PlanFile, written, written.nested())
    shipped = shipped_scenarios()
    file = file_of(scenario or said.scenario, shipped, None if scenario else path.parent)
    name = file.stem if file in shipped.values() else str(file)
    firm = load_scenario(file)
    found = [_free(written, firm, number, value) for number, value in said.free.items()]
    written.problems.check()
    return Plan(said.title, firm, name, tuple(filter(None, found)), said.search, said.check)


def _free(written: Written, firm: Scenario, path: str, said: Any) -> Free | None:
    """A number that is free, or nothing where it cannot be."""
    known, place = declared_numbers(), f"free.{path}"
    if path not in known:
        written.reject(place, "no such number", given=path, names=list(known))
        return None
    number = known[path]
    if number.modes or number.type is int:
        wrong = "cannot be fitted: it is no number on a scale"
        written.reject(place, wrong, allowed="numbers with fractions")
        return None
    places = list(number.sweep) if said == PLAUSIBLE else said
    if not _is_range(places, number):
        allowed = (
            f'"{PLAUSIBLE}", [low, high], or [low, where it stands before, high] within '
            f"{number.low:g} to {number.high:g}"
        )
        written.reject(place, "no range", given=said, allowed=allowed)
        return None
    low, high = float(places[0]), float(places[-1])
    before: Any = places[1] if len(places) == 3 else value_of(firm, path)
    if not low <= before <= high:
        wrong = "the firm's value lies outside its range"
        written.reject(place, wrong, given=before, allowed=f"{low:g} to {high:g}")
        return None
    return Free(number, low, high, float(before))


def _is_range(said: Any, number: Declared) -> bool:
    if not isinstance(said, list) or len(said) not in (2, 3):
        return False
    if not all(type(end) in (int, float) for end in said):
        return False
    return bool(number.low <= said[0] < said[-1] <= number.high)
