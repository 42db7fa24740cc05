"""Levers that are moved on a day and put back on another."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from ..rules.declaration import Group

LONGEST_PLAN = 5_200
PAY_RULES = ("pay", "payout")  # groups of levers


class Dated(BaseModel):
    """A lever that has another value from one week of the plan to another."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    lever: Annotated[str, Field(description="The lever, such as regime.list_price_change.")]
    value: Annotated[float | int | str, Field(union_mode="smart", description="Its value meanwhile.")]
    start: Annotated[
        int, Field(default=0, ge=0, le=LONGEST_PLAN, description="First week of the plan, from 0.")
    ]
    stop: Annotated[
        int | None,
        Field(default=None, ge=1, le=LONGEST_PLAN, description="The week when it is put back."),
    ]
    announced: Annotated[
        int,
        Field(
            default=0,
            ge=0,
            le=LONGEST_PLAN,
            description="Weeks before its start when reps are told of new pay.",
        ),
    ]

    @property
    def is_about_pay(self) -> bool:
        """Whether the lever is one of the rules of pay."""
        return self.lever.partition(".")[0] in PAY_RULES

    def holds(self, week_of_plan: int) -> bool:
        """Whether the lever is moved in this week."""
        return self.start <= week_of_plan and (self.stop is None or week_of_plan < self.stop)

    def overlaps(self, other: Dated) -> bool:
        """Whether both move the same lever in the same week."""
        ends = [LONGEST_PLAN + 1 if d.stop is None else d.stop for d in (self, other)]
        together = max(self.start, other.start) < min(ends)
        return self.lever == other.lever and together


def moved(group: Group, name: str, value: Any) -> Group:
    """The same group with one number changed, checked as if it had been said so from the start."""
    return type(group).model_validate(group.model_dump() | {name: value})
