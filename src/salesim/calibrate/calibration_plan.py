"""The plan of a calibration: which numbers are free, within which ranges, and how hard is searched."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..errors import ScenarioError
from ..inputs.declared import Declared, declared_numbers, value_of
from ..inputs.load import load_scenario
from ..inputs.shipped import SUFFIX, file_of, shipped_studies
from ..messages import nearest, reason_of, refusal
from ..model.scenario import Scenario

PLAUSIBLE = "plausible"
CALIBRATION = "calibration"
DIGITS = 4  # significant; what is fitted is known to fewer


class Search(BaseModel):
    """How hard is searched.

    Args:
        replicates, population, generations: of the search over the whole ranges.
        polish_replicates, polish_steps: of the steps from the best attempt, and the slopes along them.
        exact_replicates: of the places themselves that steps lead from and to.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    replicates: int = Field(3, ge=2, le=1000)
    population: int = Field(16, ge=4, le=1000)
    generations: int = Field(60, ge=1, le=10_000)
    polish_replicates: int = Field(20, ge=2, le=1000)
    polish_steps: int = Field(4, ge=1, le=100)
    exact_replicates: int = Field(24, ge=2, le=1000)


class Check(BaseModel):
    """How many draws of the posterior are simulated on new random draws, and how often."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    draws: int = Field(60, ge=20, le=10_000)
    replicates: int = Field(4, ge=2, le=1000)


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    scenario: str = "typical_firm"
    search: Search = Search()
    check: Check = Check()
    free: dict[str, Any] = Field(min_length=1)


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


def load_plan(written: Path | str, scenario: str = "") -> Plan:
    """Read a plan: a TOML file, or the name of a shipped one.

    Args:
        written: the file or the name.
        scenario: another firm than the one that the plan names.

    Raises:
        ScenarioError: everything that is wrong, a line each.
    """
    folder = next(iter(shipped_studies().values())).parent / CALIBRATION
    path = file_of(written, {file.stem: file for file in folder.glob(f"*{SUFFIX}")})
    try:
        said = _Written(**_flat(tomllib.loads(path.read_text(encoding="utf-8"))))
    except OSError as error:
        raise ScenarioError(refusal(str(path), "", f"cannot be read: {reason_of(error)}")) from None
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(refusal(str(path), "", f"no TOML: {error}")) from None
    except ValidationError as error:
        raise ScenarioError("\n".join(_line(path, each) for each in error.errors())) from None
    name = scenario or said.scenario
    firm = load_scenario(name)
    problems: list[str] = []
    free = [_free(path, firm, number, value, problems) for number, value in said.free.items()]
    if problems:
        raise ScenarioError("\n".join(problems))
    found = tuple(each for each in free if each is not None)
    return Plan(said.title, firm, name, found, said.search, said.check)


def _flat(said: dict[str, Any]) -> dict[str, Any]:
    """Free numbers by their paths, whether they were written with dots or as tables."""
    free = said.get("free")
    if not isinstance(free, dict):
        return said
    paths: dict[str, Any] = {}
    for group, inside in free.items():
        if isinstance(inside, dict):
            paths |= {f"{group}.{name}": value for name, value in inside.items()}
        else:
            paths[group] = inside
    return {**said, "free": paths}


def _line(path: Path, error: Any) -> str:
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] == "missing":
        return refusal(str(path), place, "is missing", allowed="a plan of a calibration")
    if error["type"] == "extra_forbidden":
        within: dict[str, type[BaseModel]] = {"search": Search, "check": Check}
        known = within.get(place.partition(".")[0], _Written).model_fields
        near = nearest(str(error["loc"][-1]), list(known))
        return refusal(str(path), place, "unknown key", allowed=", ".join(known), near=near)
    return refusal(str(path), place, error["msg"][:1].lower() + error["msg"][1:], given=error["input"])


def _free(file: Path, firm: Scenario, path: str, said: Any, problems: list[str]) -> Free | None:
    known = declared_numbers()
    if path not in known:
        near = nearest(path, list(known))
        problems.append(refusal(str(file), f"free.{path}", "no such number", near=near))
        return None
    number = known[path]
    if number.modes or number.type is int:
        wrong = "cannot be fitted: it is no number on a scale"
        problems.append(refusal(str(file), f"free.{path}", wrong, allowed="numbers with fractions"))
        return None
    places = list(number.sweep) if said == PLAUSIBLE else said
    if not _is_range(places, number):
        allowed = (
            f'"{PLAUSIBLE}", [low, high], or [low, where it stands before, high] within '
            f"{number.low:g} to {number.high:g}"
        )
        problems.append(refusal(str(file), f"free.{path}", "no range", given=said, allowed=allowed))
        return None
    low, high = float(places[0]), float(places[-1])
    before = float(places[1] if len(places) == 3 else value_of(firm, path))
    if not low <= before <= high:
        wrong = "the firm's value lies outside its range"
        allowed = f"{low:g} to {high:g}"
        problems.append(refusal(str(file), f"free.{path}", wrong, given=before, allowed=allowed))
        return None
    return Free(number, low, high, before)


def _is_range(said: Any, number: Declared) -> bool:
    if not isinstance(said, list) or len(said) not in (2, 3):
        return False
    if not all(type(end) in (int, float) for end in said):
        return False
    return bool(number.low <= said[0] < said[-1] <= number.high)
