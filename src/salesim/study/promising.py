"""Whether a firm promises anything, which must be known before much time is spent on what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import SalesimError
from ..model.binding import Function
from ..model.engine import EngineName
from ..model.run import Run
from ..model.scenario import Scenario
from ..model.state import Luck
from ..scenario.refusal import refusal
from ..scenario.rivals import named_rules, rival_rules
from .outcomes.pair import run_pair
from .outcomes.promise import PROMISED
from .simulate import engine_that_can


def check_promise(
    firm: Scenario, seed: int, engine: EngineName, rules: Mapping[str, Function], *, allow_code: bool
) -> None:
    """Refuse a firm whose first replicate promises nothing.

    Raises:
        SalesimError: a promise that is not above zero.
    """
    rivals = rival_rules({**named_rules(firm, allow_code=allow_code), **rules})
    pair = run_pair(Run(firm, Luck(seed, 0), rivals=rivals), engine_that_can(rivals, engine))
    refuse_nothing(firm, PROMISED[1](pair.history))


def refuse_nothing(firm: Scenario, promised: float) -> None:
    """Refuse a promise that is not above zero (USD).

    Raises:
        SalesimError: such a promise.
    """
    if not promised > 0.0:
        wrong = "promises nothing, so there is no gap and nothing to measure against"
        allowed = "a scenario whose full execution earns a contribution above zero"
        given = f"USD {promised:,.0f}"
        raise SalesimError(refusal(firm.title, "promised", wrong, given=given, allowed=allowed))
