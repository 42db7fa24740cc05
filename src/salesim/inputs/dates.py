"""Dated levers as they are written: one table each, with lever, value, start and stop."""

from __future__ import annotations

from typing import Any, Self

from pydantic import ValidationError, field_validator, model_validator

from ..errors import ScenarioError
from ..messages import Unfit
from ..model.calendar import YEAR
from ..model.dated import Dated
from ..model.scenario import Scenario, datable_levers
from .building import build_scenario
from .declared import A_LEVER, declared_numbers
from .explain import explain
from .toml import Written

ALLOWED = "tables [[dated]] with lever, value, start, stop and announced"


class Entry(Dated):
    """A lever that is moved on a day, as somebody wrote it."""

    value: Any  # which is checked as a value of the lever

    @field_validator("lever", mode="before")
    @classmethod
    def can_be_dated(cls, lever: Any) -> Any:
        """It is a lever, and not one of the size of the firm."""
        if lever in [*datable_levers()]:
            return lever
        if not isinstance(lever, str) or lever not in declared_numbers():
            raise Unfit("no such lever", given=lever, allowed=A_LEVER, names=sorted(datable_levers()))
        kind = declared_numbers()[lever].kind
        wrong = f"is a {kind}" if kind != "lever" else "sets the size of the firm"
        allowed = "levers other than those of organisation"
        raise Unfit(f"{wrong}, and cannot be dated", given=lever, allowed=allowed)

    @model_validator(mode="after")
    def ends_after_its_start(self) -> Self:
        """It is moved for some weeks."""
        if self.stop is not None and self.stop <= self.start:
            allowed = f"after its start, {self.start}"
            raise Unfit("too early", at="stop", given=self.stop, allowed=allowed)
        return self


def check_entry(said: dict[str, Any], path: str, written: Written) -> None:
    """Take note of what is wrong with one entry, by itself or as a value from the start."""
    try:
        entry = Entry.model_validate(said)
        build_scenario([Written(written.place(path), {entry.lever: entry.value})])
    except ValidationError as error:
        explain(error, written, Entry, path)
    except ScenarioError as error:
        written.problems.take(str(error).splitlines())


def span_of(firm: Scenario) -> str:
    """How long a plan is, in words: 3 years, or 26 weeks."""
    weeks = firm.organisation.weeks
    if weeks >= 2 * YEAR and weeks % YEAR == 0:
        return f"{weeks // YEAR} years"
    return f"{weeks} week{'s' if weeks > 1 else ''}"


def plan_text(firm: Scenario) -> str:
    """How long the plan is, in words."""
    return f"a plan of {span_of(firm)}"
