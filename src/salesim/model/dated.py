"""Levers that are moved on a day and put back on another."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ..messages import Unfit, error_text
from ..rules.declaration import Group
from ..rules.knots import SHORT_FORMS, curve_in_one_line, has_curve

LONGEST_PLAN = 5_200
PAY_RULES = ("pay", "payout", "by_deal", "clawback", "team_pay")  # groups of levers


def in_one_line(value: Any) -> Any:
    """A curve of knots as a text; all else as it is."""
    return curve_in_one_line(value) if isinstance(value, list | tuple) else value


class Dated(BaseModel):
    """A lever that has another value from one week of the plan to another."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    lever: Annotated[str, Field(description="The lever, such as regime.list_price_change.")]
    value: Annotated[
        float | int | str,
        Field(union_mode="smart", description="Its value meanwhile."),
        BeforeValidator(in_one_line),
    ]
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
    """The same group with one number changed, checked as if it had been said so from the start.

    Raises:
        ValueError: a value that does not fit; a short form of pay beside a curve, in one line.
    """
    left_out = SHORT_FORMS.get(name, {}) if has_curve(value) else ()
    kept = {key: said for key, said in group.model_dump().items() if key not in left_out}
    try:
        return type(group).model_validate(kept | {name: value})
    except ValidationError as error:
        for each in error.errors():
            unfit = each.get("ctx", {}).get("error")
            if isinstance(unfit, Unfit) and not each["loc"]:
                where, given, allowed = f"payout.{unfit.at}", unfit.given, unfit.allowed
                raise ValueError(error_text(where, "", unfit.wrong, given=given, allowed=allowed)) from None
        raise
