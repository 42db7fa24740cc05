"""Where two histories on the same luck part: the first week, agent and decision that differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from ...model.binding import Rivals
from ...model.deals import AWAITING
from ...model.engine import EngineName, run_by_weeks
from ...model.run import Run
from ...model.scenario import Scenario
from ...model.state import Luck, names
from ...model.tables import Records, Size, Tables
from .parting_words import (
    agent_of,
    decision_of,
    said_meaning,
    said_prices,
    said_unit,
    said_values,
    said_week_of,
)
from .slow_motion import (
    FOUNDING,
    WATCHED,
    Act,
    Scene,
    Spot,
    founding_in_slow_motion,
    week_in_slow_motion,
)

SLOW_MOTION_AT_MOST = 20_000  # accounts; larger firms would take longer than the answer is worth
TOO_LARGE = (
    "Which decision and agent came first is not looked for in firms of more than "
    f"{SLOW_MOTION_AT_MOST:,} accounts"
)
HOW_MANY = {
    "reps": "Seats in the sales force.",
    "customers": "Accounts in the market.",
    "managers": "Managers.",
}


@dataclass(frozen=True)
class Parting:
    """The first thing that differs between two histories on the same luck.

    Args:
        week: counted from the start of the burn-in, from 0.
        in_plan: whether the plan has begun by then.
        said_week: the week in words, as people count: "week 1 of the burn-in", or "the first day"
            where the firms were founded apart.
        phase: the phase of the week, as the model calls it; empty where it was not looked for, and
            then the agent is one of those that differ when the week ends.
        decision: the same in words of the field.
        agent: who or what differs, by the ids of the tables, which begin at 0: "rep 3", "account 512
            of rep 17", "head office".
        column: the variable, as the tables name it.
        meaning: what that is.
        unit: its unit.
        values: of the baseline, and of the other.
        prices: what was quoted in that deal (USD per unit), where it is the terms of a deal that
            differ and both firms quote a price; else None.
    """

    week: int
    in_plan: bool
    said_week: str
    phase: str
    decision: str
    agent: str
    column: str
    meaning: str
    unit: str
    values: tuple[Any, Any]
    prices: tuple[float, float] | None = None

    def sentence(self) -> str:
        """Where the two part, for somebody who has never seen a table."""
        base, other = said_values(self.column, self.values)
        differs = f"{said_meaning(self.column, self.meaning)} {base} against {other}{said_unit(self.unit)}"
        if self.phase == FOUNDING:
            return f"The two firms differ from the first day, first of all in {self.agent}: {differs}."
        same = f"Both histories are the same until {self.said_week}"
        if not self.phase:
            return f"{same}; at its end {self.agent} differs, among others: {differs}. {TOO_LARGE}."
        quoted = said_prices(self.prices)
        first = f"first of all for {self.agent}: {differs}{quoted}"
        return f"{same}, when they part in {self.decision}, {first}."

    def as_object(self) -> dict[str, Any]:
        """The same as a plain dict, for JSON."""
        return {
            "week": self.week,
            "in_plan": self.in_plan,
            "said_week": self.said_week,
            "phase": self.phase,
            "decision": self.decision,
            "agent": self.agent,
            "column": self.column,
            "meaning": self.meaning,
            "unit": self.unit,
            "baseline": self.values[0],
            "other": self.values[1],
            "prices": None if self.prices is None else list(self.prices),
            "sentence": self.sentence(),
        }


@dataclass(frozen=True)
class _Found:
    """A spot where two firms differ, with the values there and the phase, if that is known."""

    spot: Spot
    values: tuple[Any, Any]
    phase: str


def parting_of(
    baseline: Scenario, other: Scenario, luck: Luck, engine: EngineName = "compiled", rivals: Rivals = ()
) -> Parting | None:
    """Where two firms' histories on the same luck part; None if they never do.

    Only what agents are and do, deals, and what head office knows count; that the numbers of the two
    scenarios differ is no parting. Of plans of different length the shorter is looked at.

    Raises:
        MissingEngineError: the compiled engine is asked for, and Numba is not installed.
        UncompiledRuleError: a rival that Numba cannot compile.
    """
    runs = tuple(Run(firm, luck, every_deal=False, rivals=rivals) for firm in (baseline, other))
    days = zip(*(run_by_weeks(run, engine) for run in runs), strict=False)
    for day, (a, b) in enumerate(days):
        if _differ(a, b):
            slow = _is_small(runs) and _sizes(a) == _sizes(b)
            found = (_in_slow_motion(runs, day, engine) if slow else None) or _at_rest(a, b)
            return _told(found if day else _as_founded(found), day, a, b, baseline)
    return None


def _is_small(runs: tuple[Run, ...]) -> bool:
    return all(Size.of(run.scenario).customers <= SLOW_MOTION_AT_MOST for run in runs)


def _sizes(tables: Tables) -> dict[str, int]:
    return {name: len(getattr(tables, name)) for name in HOW_MANY}


def _as_founded(found: _Found) -> _Found:
    """On the first day there is but one thing that can have happened."""
    return _Found(found.spot, found.values, FOUNDING)


def _told(found: _Found, day: int, a: Tables, b: Tables, baseline: Scenario) -> Parting:
    """What was found, in words."""
    week, start = max(day - 1, 0), baseline.organisation.burn_in_weeks
    table, row, column = found.spot
    counted = row < 0  # not a variable of an agent, but how many agents there are
    facts = {} if counted else WATCHED[table].__dataclass_fields__[column].metadata
    return Parting(
        week=week,
        in_plan=week >= start,
        said_week=said_week_of(day, start),
        phase=found.phase,
        decision=decision_of(found.phase),
        agent="the size of the firm" if counted else agent_of(found.spot, a, b),
        column=column,
        meaning=HOW_MANY[table] if counted else facts["meaning"],
        unit="" if counted else facts["unit"],
        values=found.values,
        prices=_prices(row, a, b) if table == "deals" and column != "price" else None,
    )


def _prices(row: int, a: Tables, b: Tables) -> tuple[float, float] | None:
    """What both firms quoted in the deal of this row; None where one has no such deal, or no price yet."""
    if any(row >= tables.keeping["deal_rows"][0] for tables in (a, b)):
        return None
    mine, theirs = a.deals[row], b.deals[row]
    same = all(mine[column] == theirs[column] for column in ("account", "generation", "need"))
    if not same or AWAITING in (mine["outcome"], theirs["outcome"]):
        return None
    return float(mine["price"]), float(theirs["price"])


def _parts(tables: Tables) -> Iterator[tuple[str, Records]]:
    """What counts of a firm: its agents, head office, and the deals in use."""
    for name in WATCHED:
        records: Records = getattr(tables, name)
        yield name, records[: tables.keeping["deal_rows"][0]] if name == "deals" else records


def _differ(a: Tables, b: Tables) -> bool:
    """Whether any agent, deal or belief of head office differs."""
    for (name, mine), (_, theirs) in zip(_parts(a), _parts(b), strict=True):
        if len(mine) != len(theirs):
            return True
        if any((mine[column] != theirs[column]).any() for column in names(WATCHED[name])):
            return True
    return False


def _at_rest(a: Tables, b: Tables) -> _Found:
    """The first agent that differs in two firms that do, and its first column that does.

    First in the order of tables, not of the week: it need not be where the difference began.
    Firms of different size differ in that first.
    """
    mine_many, theirs_many = _sizes(a), _sizes(b)
    for name, many in mine_many.items():
        if many != theirs_many[name]:
            return _Found(Spot(name, -1, name), (many, theirs_many[name]), "")
    for (name, mine), (_, theirs) in zip(_parts(a), _parts(b), strict=True):
        rows = min(len(mine), len(theirs))
        apart = {c: np.nonzero(mine[c][:rows] != theirs[c][:rows])[0] for c in names(WATCHED[name])}
        first = min((int(found[0]) for found in apart.values() if len(found)), default=-1)
        if first >= 0:
            column = next(c for c, found in apart.items() if len(found) and found[0] == first)
            values = (mine[column][first].item(), theirs[column][first].item())
            return _Found(Spot(name, first, column), values, "")
    raise AssertionError("asked where two firms differ that do not")


def _in_slow_motion(runs: tuple[Run, ...], day: int, engine: EngineName) -> _Found | None:
    """The first act that differs, looked for phase by phase in the week before this day ended."""
    if day == 0:
        stories = [founding_in_slow_motion(run) for run in runs]
    else:
        days = [next(islice(run_by_weeks(run, engine), day - 1, None)) for run in runs]
        stories = [week_in_slow_motion(run, at, day - 1) for run, at in zip(runs, days, strict=True)]
    for mine, theirs in zip(*stories, strict=False):
        found = _first_difference(mine, theirs)
        if found is not None:
            return found
    return None


def _first_difference(mine: Scene, theirs: Scene) -> _Found | None:
    """Where two scenes part that began with the same firm.

    As long as both do the same things in the same order, that is where something is set to two
    values. From where one does what the other does not, it is the first thing that ends the
    scene with two values.
    """
    pairs = zip(mine.acts, theirs.acts, strict=False)
    split = min(len(mine.acts), len(theirs.acts))
    for number, (act, other) in enumerate(pairs):
        if act.spot != other.spot:
            split = number
            break
        if act.after != other.after:
            return _Found(act.spot, (act.after, other.after), mine.phase)
    return _difference_left(mine.acts[split:], theirs.acts[split:], mine.phase)


def _difference_left(mine: list[Act], theirs: list[Act], phase: str) -> _Found | None:
    """The first agent that ends with two values; a deal that only one firm has begun says nothing.

    Of what differs in that agent, a plain yes or no tells best what one did and the other did not.
    """
    before: dict[Spot, Any] = {}
    turn: dict[Spot, int] = {}
    for acts in (mine, theirs):
        for number, act in enumerate(acts):
            before.setdefault(act.spot, act.before)
            turn[act.spot] = min(number, turn.get(act.spot, number))
    begun = {spot.row for spot in before if spot.table == "deals" and spot.column == "week"}
    ends = [before | {act.spot: act.after for act in acts} for acts in (mine, theirs)]
    apart = [
        spot
        for spot in sorted(turn, key=turn.__getitem__)
        if ends[0][spot] != ends[1][spot] and not (spot.table == "deals" and spot.row in begun)
    ]
    if not apart:
        return None
    same_agent = [spot for spot in apart if spot[:2] == apart[0][:2]]
    plain = [spot for spot in same_agent if isinstance(ends[0][spot], bool)]
    spot = (plain or same_agent)[0]
    return _Found(spot, (ends[0][spot], ends[1][spot]), phase)
