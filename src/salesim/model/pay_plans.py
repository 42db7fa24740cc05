"""Pay plans for some reps: by seat, by team, by time in the seat; everybody else has that of the firm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ..rules.knots import SHORT_FORMS
from .dated import in_one_line
from .phases.plans import NEVER

LONGEST_TENURE = 5_200
PLAN_GROUPS = ("pay", "payout", "by_deal", "clawback")  # of which levers may differ between reps
OF_ALL_REPS = ("pay.period_weeks", "payout.calendar")  # since periods end for all at once

Place = Annotated[int, Field(ge=0, lt=1_000_000)]
Said = Annotated[float | int | str, Field(union_mode="smart"), BeforeValidator(in_one_line)]


def _levers(group: str) -> Any:
    return Field(default_factory=dict, description=f"Levers of {group} that differ.")


class GroupPlan(BaseModel):
    """How some reps are paid, as far as they are paid otherwise."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    name: str = Field(min_length=1, max_length=200, description="What the plan, or its group, is called.")
    seats: tuple[Place, ...] = Field((), strict=False, description="Seats, from 0; none are all.")
    teams: tuple[Place, ...] = Field((), strict=False, description="Teams, from 0; none are all.")
    tenure_from: int = Field(0, ge=0, le=LONGEST_TENURE, description="From how many weeks in the seat.")
    tenure_below: int = Field(
        LONGEST_TENURE, ge=1, le=LONGEST_TENURE, description="Below how many weeks in the seat."
    )
    pay: dict[str, Said] = _levers("pay")
    payout: dict[str, Said] = _levers("payout")
    by_deal: dict[str, Said] = _levers("by_deal")
    clawback: dict[str, Said] = _levers("clawback")

    @property
    def levers(self) -> dict[str, float | int | str]:
        """What differs, by path; curves first, since others may take the place of one that they end."""
        groups = ((group, getattr(self, group)) for group in PLAN_GROUPS)
        said = [(group, *each) for group, levers in groups for each in levers.items()]
        said.sort(key=lambda each: each[1] not in SHORT_FORMS)
        return {f"{group}.{name}": value for group, name, value in said}

    def holds_for(self, seat: int, team: int) -> bool:
        """Whether the plan is for this seat at some time."""
        return (not self.seats or seat in self.seats) and (not self.teams or team in self.teams)


def check_plans(plans: Sequence[GroupPlan], levers: frozenset[str], seats: int, span: int) -> None:
    """Each plan is for somebody, not for everybody, and moves levers of pay.

    Raises:
        ValueError: one that does not, with its path.
    """
    teams = -(-seats // span)
    names: set[str] = set()
    for number, plan in enumerate(plans):
        where = f"pay_plans.{number}"
        if plan.name in names:
            raise ValueError(f"{where}.name: stands twice; got {plan.name!r}; allowed: a name of its own")
        names.add(plan.name)
        for kind, said, many in (("seats", plan.seats, seats), ("teams", plan.teams, teams)):
            if said and max(said) >= many:
                raise ValueError(f"{where}.{kind}: no such one; got {max(said)}; allowed: 0 to {many - 1}")
        if plan.tenure_from >= plan.tenure_below:
            allowed = f"below tenure_below, {plan.tenure_below}"
            raise ValueError(f"{where}.tenure_from: too late; got {plan.tenure_from}; allowed: {allowed}")
        for_all = all(plan.holds_for(seat, seat // span) for seat in range(seats))
        if for_all and plan.tenure_from == 0 and plan.tenure_below == LONGEST_TENURE:
            allowed = "seats, teams, tenure_from or tenure_below that name some"
            raise ValueError(f"{where}: is for everybody; allowed: {allowed}")
        if not any(plan.holds_for(seat, seat // span) for seat in range(seats)):
            raise ValueError(f"{where}: is for nobody; allowed: seats in one of these teams")
        if not plan.levers:
            raise ValueError(f"{where}: moves no lever; allowed: levers of {', '.join(PLAN_GROUPS)}")
        for path in plan.levers:
            if path in OF_ALL_REPS or path not in levers:
                wrong = "is the same for all reps" if path in OF_ALL_REPS else "no such lever"
                raise ValueError(f"{where}.{path}: {wrong}; allowed: levers of {', '.join(PLAN_GROUPS)}")


def tenures_of(plans: Sequence[GroupPlan], seats: int, span: int) -> NDArray[np.int64]:
    """From and below which weeks in the seat a plan holds, plan by plan and seat by seat; 0, 0 is never.

    Below -1 is without an end.
    """
    rows = np.zeros((len(plans), seats, 2), dtype=np.int64)
    for number, plan in enumerate(plans):
        for seat in range(seats):
            if plan.holds_for(seat, seat // span):
                below = plan.tenure_below if plan.tenure_below < LONGEST_TENURE else NEVER
                rows[number, seat] = plan.tenure_from, below
    return rows.ravel()
