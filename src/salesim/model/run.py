"""What is run: a firm, the luck that it meets, and what of it is held fixed or kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from .binding import Rivals
from .ideal import Ideal
from .scenario import Scenario
from .state import Luck


@dataclass(frozen=True)
class Run:
    """One run of a firm: the luck that it meets, and what of it is held fixed or kept.

    Args:
        scenario: the firm.
        luck: seed, 0 to 2**63 - 1, and replicate, 0 to 2**32 - 1.
        ideal: causes of the gap that are at their ideal from the first week of the plan.
        quotas: quotas of another run of the same firm, held fixed; by week and seat (USD a year).
        every_deal: whether the deals of all weeks are kept, or only those of the last.
        rivals: functions in the place of rules.
    """

    scenario: Scenario
    luck: Luck
    ideal: Ideal = field(default_factory=Ideal)
    quotas: NDArray[np.float64] | None = None
    every_deal: bool = True
    rivals: Rivals = ()

    def held(self, quotas: NDArray[np.float64]) -> Run:
        """The same with quotas held as they were, and only the deals of the last week kept."""
        return replace(self, quotas=quotas, every_deal=False)
