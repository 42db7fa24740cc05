"""What a comparison found: differences between arms that met the same luck, and a ranking of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...analysis.statistics import Interval
from ...model.scenario import Scenario
from ...outcomes import Outcome
from ...outcomes.history import Numbers
from ...result import Framed
from ..sweeps.runs import Runs

if TYPE_CHECKING:
    import pandas as pd

BETTER, WORSE, WITHIN_NOISE, SAME = "better", "worse", "within noise", "the same firm"


@dataclass(frozen=True)
class Difference(Interval):
    """An arm less the baseline in one outcome, over replicates that both met.

    Args:
        arm: the name of the arm, such as a policy.
        outcome: what was compared.
        mean, low, high, level, family: the mean difference and its interval, in the unit of the outcome.
        baseline: the mean of the baseline, in the same unit.
        scale: factor that turns the unit of the outcome into `said_in`; not a number where the
            baseline is nothing.
        said_in: "points of the promise", or "percent of the baseline".
        chance_positive: how likely the mean difference is above zero (0 to 1), by itself and uncorrected
            for other arms; not a number where nothing differs in any replicate.
        replicates: how many both met.
        correlation: of the two arms over replicates; not a number where one never varies.
        variance_ratio: variance of the difference under independent luck over that under the same.
        verdict: better, worse, within noise, or the same firm.
        paired: the differences, replicate by replicate.
    """

    arm: str
    outcome: Outcome
    baseline: float
    scale: float
    said_in: str
    chance_positive: float
    replicates: int
    correlation: float
    variance_ratio: float
    verdict: str
    paired: Numbers

    @property
    def half_width(self) -> float:
        """Half the interval, in points of the promise or percent of the baseline."""
        return 0.5 * (self.high - self.low) * self.scale


@dataclass(frozen=True)
class Rank:
    """One arm in the order of an outcome.

    Args:
        arm: its name; the baseline is one of them.
        mean: in the unit of the outcome.
        place: 1 for the best and what cannot be told apart from it; else one more than there are arms
            that are better beyond noise, and never before that of an arm with a better mean.
        not_apart: names of the arms that cannot be told apart from it.
    """

    arm: str
    mean: float
    place: int
    not_apart: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Comparison(Framed):
    """Arms against a baseline.

    Args:
        sweep: the runs that it rests on; its first policy is the baseline.
        titles: what each arm is called in sentences, by its name, the baseline first.
        precision: the half-width that was asked for (points of the promise, or percent).
        differences: outcome by outcome, arm by arm.
        rankings: all arms with the baseline, the best first, by the name of the outcome.
        equal: arms that are the same firm as the baseline, or as an arm before them, and which.
        places: the point of the sweep at which each arm stands, the baseline first.
    """

    sweep: Runs
    titles: dict[str, str]
    precision: float
    differences: tuple[Difference, ...]
    rankings: dict[str, tuple[Rank, ...]]
    equal: dict[str, str]
    places: dict[str, int]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What was compared, in the order asked for."""
        return tuple(dict.fromkeys(difference.outcome for difference in self.differences))

    @property
    def precise(self) -> bool:
        """Whether every difference is known as well as was asked, to a twentieth.

        What it is measured in, the promise or the baseline, is known better at the end than at first.
        """
        widths = (d.half_width for d in self.differences)
        return self.precision == 0.0 or all(not w > 1.05 * self.precision for w in widths)

    def firm(self, arm: str) -> Scenario:
        """The firm of an arm, or of the baseline."""
        study = self.sweep.study
        return study.firm(study.point(self.places[arm]))

    @property
    def frame(self) -> pd.DataFrame:
        """A row for each arm and outcome: the difference with its interval, its unit, the verdict."""
        import pandas as pd

        parts = ("arm", "mean", "low", "high", "baseline", "replicates", "verdict")
        rows = ({name: getattr(each, name) for name in parts} for each in self.differences)
        named = pd.DataFrame(rows).rename(columns={"mean": "difference"})
        named.insert(1, "outcome", [each.outcome.name for each in self.differences])
        named.insert(2, "unit", [str(each.outcome.unit) for each in self.differences])
        return named

    def of(self, outcome: Outcome) -> list[Difference]:
        """The differences in one outcome, arm by arm."""
        return [difference for difference in self.differences if difference.outcome == outcome]
