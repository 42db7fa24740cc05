"""One week of a firm in slow motion: who changed what, in which phase and in which order."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from types import CodeType, FunctionType
from typing import Any, NamedTuple

from ...model import week as order_of_the_week
from ...model.binding import Function, bind, global_names
from ...model.founding import found
from ...model.run import Run
from ...model.state import (
    Customer,
    Deal,
    Firm,
    Ideal,
    Keeping,
    Level,
    Manager,
    Office,
    Rep,
    RepYear,
    Week,
)
from ...model.tables import Records, Tables, empty_tables

FOUNDING = found.__name__
WATCHED: dict[str, type[Any]] = {
    "managers": Manager,
    "reps": Rep,
    "customers": Customer,
    "deals": Deal,
    "office": Office,
}
NOTED: dict[str, type[Any]] = {"books": Week, "levels": Level, "years": RepYear, "keeping": Keeping}


class Spot(NamedTuple):
    """One variable of one agent or deal: its table, its row there, and its column."""

    table: str
    row: int
    column: str


class Act(NamedTuple):
    """Something was set: where, what it was before, and what it is now."""

    spot: Spot
    before: Any
    after: Any


@dataclass(frozen=True)
class Scene:
    """What one phase did, for one team where teams take turns; acts stand in their order."""

    phase: str
    acts: list[Act] = field(default_factory=list)


def founding_in_slow_motion(run: Run) -> list[Scene]:
    """How the firm came to be what it is on its first day: a single scene."""
    story = _Story()
    firm = _firm(run, empty_tables(run.scenario, run.quotas, every_deal=False), 0, story)
    _entry(found, run, story)(run.scenario.stretches()[0][2], firm)
    return story.scenes


def week_in_slow_motion(run: Run, before: Tables, t: int) -> list[Scene]:
    """What everybody did in week t, phase by phase.

    Args:
        run: the firm and the luck that it meets.
        before: the firm as week t - 1 left it, or as it was founded.
        t: the week, counted from the start of the burn-in.
    """
    story = _Story()
    firm = _firm(run, before, t, story)
    scenario = next(now for first, last, now in run.scenario.stretches() if first <= t < last)
    _entry(order_of_the_week.week, run, story)(scenario, firm, t)
    return story.scenes


class _Story:
    """The scenes so far; whatever is set belongs to the last of them."""

    def __init__(self) -> None:
        self.scenes: list[Scene] = []

    def note(self, agent: Any, column: str, value: Any) -> None:
        spot = Spot(agent.in_table, agent.in_row, column)
        self.scenes[-1].acts.append(Act(spot, getattr(agent, column), value))


def _entry(entry: Function, run: Run, story: _Story) -> Function:
    """The founding or the week, with rivals in the place of rules, that opens a scene for each phase."""
    opening = _phases() | {_code_of(found)}

    def watched(function: FunctionType) -> Any:
        if function.__code__ not in opening:
            return function

        def phase(*arguments: Any) -> Any:
            story.scenes.append(Scene(function.__name__))
            return function(*arguments)

        return phase

    bound: Function = bind(entry, watched, {}, dict(run.rivals))
    return bound


def _phases() -> set[CodeType]:
    """What the week calls, one after the other."""
    called = (getattr(order_of_the_week, name) for name in global_names(order_of_the_week.week))
    return {_code_of(function) for function in called if inspect.isfunction(function)}


def _code_of(function: Function) -> CodeType:
    assert isinstance(function, FunctionType)
    return function.__code__


def _firm(run: Run, tables: Tables, t: int, story: _Story) -> Firm:
    """The firm of these tables as lists of agents, with the rows that week t may need."""
    parts: dict[str, list[Any]] = {
        name: [kind(*row) for row in getattr(tables, name).tolist()] for name, kind in NOTED.items()
    }
    for name, kind in WATCHED.items():
        records: Records = getattr(tables, name)
        parts[name] = _watched(kind, name, [] if name == "deals" else records.tolist(), story)
    parts["keeping"][0].every_deal = False
    parts["deals"] = _watched(Deal, "deals", [()] * parts["books"][t].open_at_end, story)
    lacking = parts["keeping"][0].year_rows + len(parts["reps"]) - len(parts["years"])
    parts["years"] += [RepYear() for _ in range(lacking)]
    in_plan = t >= run.scenario.organisation.burn_in_weeks
    return Firm(
        luck=run.luck,
        ideal=run.ideal if in_plan else Ideal(),
        order=tables.order.tolist(),
        quotas=tables.quotas.tolist(),
        **parts,
    )


def _watched(kind: type[Any], table: str, rows: list[tuple[Any, ...]], story: _Story) -> list[Any]:
    """Agents or deals that let the story know of all that is set in them."""

    def note_and_set(agent: Any, column: str, value: Any) -> None:
        story.note(agent, column, value)
        object.__setattr__(agent, column, value)

    plain = type(kind.__name__, (kind,), {"in_table": table, "in_row": 0})
    agents = [plain(*row) for row in rows]
    for number, agent in enumerate(agents):
        agent.in_row = number
    plain.__setattr__ = note_and_set  # type: ignore[method-assign, assignment]
    return agents
