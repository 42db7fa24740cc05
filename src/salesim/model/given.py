"""Quotas that are given and not planned: by period of the plan, a number for each seat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from .calendar import YEAR
from .dated import LONGEST_PLAN

LARGEST_QUOTA = 1e12


class GivenQuotas(BaseModel):
    """What seats are asked for in one period."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    start: Annotated[
        int, Field(ge=0, le=LONGEST_PLAN, description="First week of the period, from week 0 of the plan.")
    ]
    weeks: Annotated[int, Field(ge=1, le=LONGEST_PLAN, description="Its length.")]
    quotas: Annotated[
        tuple[Annotated[float, Field(ge=0.0, le=LARGEST_QUOTA)], ...],
        Field(strict=False, min_length=1, description="USD for the period, seat by seat; 0 is none."),
    ]

    @property
    def stop(self) -> int:
        """The week after its last."""
        return self.start + self.weeks


def check_given(periods: Sequence[GivenQuotas], seats: int) -> None:
    """Periods come one after the other, and no number is without a seat.

    Raises:
        ValueError: periods that overlap, or more numbers than seats, with its path.
    """
    end = 0
    for place, period in enumerate(periods):
        where = f"given_quotas.{place}"
        if period.start < end:
            allowed = f"from {end} on, when the period before it ends"
            raise ValueError(f"{where}.start: overlaps; got {period.start}; allowed: {allowed}")
        end = period.stop
        if any(period.quotas[seats:]):
            wrong = f"more quotas than seats; got {len(period.quotas)}"
            raise ValueError(
                f"{where}.quotas.{seats}: {wrong}; allowed: at most {seats} (organisation.headcount)"
            )


def given_by_week(
    periods: Sequence[GivenQuotas], seats: int, burn_in: int, weeks: int
) -> NDArray[np.float64]:
    """Given quotas by week, burn-in included, and seat (USD a year; 0 is none); empty where none is given.

    Args:
        periods: what is given.
        seats: how many there are.
        burn_in: weeks before the plan.
        weeks: all weeks of a run.
    """
    if not periods:
        return np.zeros(0)
    rows = np.zeros((weeks, seats))
    for period in periods:
        asked = np.array(period.quotas[:seats]) * (YEAR / period.weeks)
        rows[burn_in + period.start : burn_in + period.stop, : len(asked)] = asked
    return rows.ravel()
