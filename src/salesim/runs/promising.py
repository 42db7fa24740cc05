"""Whether a firm promises a gain, which must be known before much time is spent on what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..english import capital
from ..errors import SalesimError
from ..messages import error_text
from ..model.calendar import YEAR
from ..model.run import Run
from ..model.scenario import Scenario
from ..model.state import Luck
from ..outcomes.pair import run_pair
from ..outcomes.promise import PROMISED
from ..quantity import yearly
from .exec import Exec

if TYPE_CHECKING:
    from .runs import Runs

WEEKS = "organisation.weeks"


def check_promise(firm: Scenario, luck: tuple[int, int], how: Exec) -> None:
    """Refuse a firm that promises nothing: all replicates are asked where the first promises nothing.

    Args:
        firm: whose promise it is.
        luck: the seed, and how many replicates there will be.
        how: engine and rules of one's own.

    Raises:
        SalesimError: a promise that is not above zero.
    """
    (rivals, engine), (seed, replicates) = how.bound(firm), luck
    promised = 0.0
    for replicate in range(replicates):
        pair = run_pair(Run(firm, Luck(seed, replicate), rivals=rivals), engine)
        promised += PROMISED[1](pair.history)
        if replicate == 0 and promised > 0.0:
            return
    refuse_nothing(firm, promised / replicates)


def refuse_nothing(firm: Scenario, promised: float) -> None:
    """Refuse a mean promise that is not above zero (USD).

    Raises:
        SalesimError: such a promise.
    """
    if not promised > 0.0:
        years = firm.organisation.weeks / YEAR
        loss = loss_text(promised, years) if promised < 0.0 else ""
        given = None if loss else "USD 0 on average"
        wrong = f"{loss or 'promises nothing'}, so there is no gap and nothing to measure against"
        allowed = "a scenario whose full execution earns a contribution above zero"
        raise SalesimError(error_text(firm.title, "promised", wrong, given=given, allowed=allowed))


def loss_text(promised: float, years: float) -> str:
    """What a promise below zero (USD over so many years) says, to be followed by what follows from it."""
    return f"the promise itself loses {yearly([promised], (), years).text(-promised)}"


def losses(found: Runs) -> list[str]:
    """A sentence where the mean promise of some firms of a study is below zero, and none elsewhere."""
    study = found.study
    means = found.joined(["promised"]).groupby("point")["promised"].mean()
    yearly_loss = {}
    for place, mean in means[means < 0.0].items():
        point = study.point(place)
        weeks = point.numbers.get(WEEKS, study.firms[point.policy].organisation.weeks)
        yearly_loss[place] = float(mean) * YEAR / float(weeks)
    if not yearly_loss:
        return []
    loss = capital(loss_text(min(yearly_loss.values()), 1.0))
    worst = " at worst" if len(yearly_loss) > 1 else ""
    where = f" at {len(yearly_loss):,} of {len(means):,} points" if len(means) > 1 else ""
    return [f"{loss}{worst}: full execution costs more than it earns{where}."]
