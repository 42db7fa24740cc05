"""Where the history of each arm of a comparison parts from that of the firm as it is."""

from __future__ import annotations

from ...model.binding import Rivals
from ...model.engine import EngineName
from ...model.state import Luck
from ..sweeps.design import AS_IS
from .comparison import Comparison
from .parting import Parting, parting_of

MOST_PARTINGS = 6  # of more arms only the best is followed


def partings_of(
    found: Comparison, engine: EngineName = "compiled", rivals: Rivals = ()
) -> dict[str, Parting | None]:
    """Where each arm, or the best of many, parts from the baseline in the first replicate.

    Raises:
        MissingEngineError: the compiled engine is asked for, and Numba is not installed.
        UncompiledRuleError: a rival that Numba cannot compile.
    """
    study = found.sweep.study
    arms = [arm for arm in found.places if arm != AS_IS]
    if len(arms) > MOST_PARTINGS:
        ranked = next(iter(found.rankings.values()))
        arms = [rank.arm for rank in ranked if rank.arm != AS_IS][:1]
    baseline, luck = study.firms[AS_IS], Luck(study.seed, 0)
    return {arm: parting_of(baseline, found.firm(arm), luck, engine, rivals) for arm in arms}
