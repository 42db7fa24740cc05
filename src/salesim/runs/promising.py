"""Whether a firm promises anything, which must be known before much time is spent on what becomes of it."""

from __future__ import annotations

from ..errors import SalesimError
from ..messages import error_text
from ..model.run import Run
from ..model.scenario import Scenario
from ..model.state import Luck
from ..outcomes.pair import run_pair
from ..outcomes.promise import PROMISED
from .exec import Exec


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
        wrong = "promises nothing, so there is no gap and nothing to measure against"
        allowed = "a scenario whose full execution earns a contribution above zero"
        given = f"USD {promised:,.0f} on average"
        raise SalesimError(error_text(firm.title, "promised", wrong, given=given, allowed=allowed))
