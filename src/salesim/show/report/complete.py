"""Whether all runs are there that a report is to speak of."""

from __future__ import annotations

from ...messages import unusable
from ...runs.runs import Runs


def check_complete(found: Runs) -> None:
    """Make sure that nothing is still to come, and nothing that is there is damaged.

    Runs that failed are there: that they did is what is known of them.

    Raises:
        ResultsError: a folder that was left half-written, or one with damaged parts.
    """
    allowed = "what has finished; the same command resumes it"
    if found.store.damaged:
        wrong = f"{found.store.damaged[0]} is damaged"
        raise unusable(found.folder, wrong, allowed=allowed)
    missing = {*found.missing()} - {*found.failed["run_id"].dropna()}
    if missing or not found.store.ids:
        wrong = f"is half-written: {max(1, len(missing)):,} runs are still to come"
        raise unusable(found.folder, wrong, allowed=allowed)
