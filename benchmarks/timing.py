"""Processor time of cases that take turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

Case = Callable[[], object]
AT_LEAST = 0.2  # seconds; a shorter case would be measured in the caches that another one left


def seconds(case: Case) -> float:
    """Processor time of one call, the mean of as many as fill a moment."""
    start, calls = time.process_time(), 0
    while calls == 0 or time.process_time() - start < AT_LEAST:
        case()
        calls += 1
    return (time.process_time() - start) / calls


def least(cases: Mapping[str, Case], rounds: int) -> dict[str, float]:
    """The least processor time of each case, the least disturbed one (s).

    Cases take turns, so that a machine whose speed drifts treats them alike; each is called once
    before, so that compiling and importing are left out.
    """
    found = {name: float("inf") for name in cases}
    for case in cases.values():
        case()
    for _ in range(rounds):
        for name, case in cases.items():
            found[name] = min(found[name], seconds(case))
    return found
