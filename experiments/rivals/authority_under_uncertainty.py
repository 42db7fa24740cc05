"""Two theories of price authority where customers differ more: reps see more of it, or play safe.

That reps see more is the model's own rule: their error about what an offer is worth does not grow
with the differences between customers, so there is more to see and it is seen (Frenzen et al. 2010;
Lal 1986).
"""

import math

from salesim.rules.arithmetic import at_least
from salesim.rules.estimates import shrunken_estimate

USUAL_SPREAD = 10.0  # USD per unit: how much deals differ in value as a rule in the experiment (sd)
CAUTION = 1.0  # share of what is unknown beyond the usual that a rep takes off; assumed


def left_unknown(prior_sd, error_sd):
    """How far a deal's value may still be from the best guess of it (USD per unit, sd)."""
    total = math.sqrt(prior_sd * prior_sd + error_sd * error_sd)
    return prior_sd * error_sd / total if total > 0.0 else 0.0


def cautious_estimate(deviation, error, prior_sd, error_sd):
    """Where customers differ more, reps see no more sharply and price for safety (USD per unit).

    The error grows in step with the differences, so a rep knows no larger part of them than before;
    and being paid by results, the rep insures the deal: the guess is lowered by what is unknown beyond
    the usual. As in the model where customers differ as usual or less. That authority is given less
    under uncertainty is published (Lo et al. 2016), and that delegation falls with risk aversion
    (Frenzen et al. 2010); this way of it, and its size, are assumed.
    """
    blurred = error_sd * at_least(prior_sd / USUAL_SPREAD, 1.0)
    guess = shrunken_estimate(deviation, error, prior_sd, blurred)
    if prior_sd <= USUAL_SPREAD:
        return guess
    return guess - CAUTION * (left_unknown(prior_sd, blurred) - left_unknown(USUAL_SPREAD, error_sd))


REPS_SEE_MORE = {}
REPS_PLAY_SAFE = {"estimates.shrunken_estimate": cautious_estimate}
