"""Processor time of cases that take turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial

Case = Callable[[], object]
AT_MIN = 0.2  # seconds; a shorter case would be measured in the caches that another one left


def seconds(case: Case) -> float:
    """Processor time of one call, the mean of as many as fill a moment."""
    start, calls = time.process_time(), 0
    while calls == 0 or time.process_time() - start < AT_MIN:
        case()
        calls += 1
    return (time.process_time() - start) / calls


def taking_turns(measures: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The least of each measure, the least disturbed one.

    They take turns, so that a machine whose speed drifts treats them alike.
    """
    found = dict.fromkeys(measures, float("inf"))
    for _ in range(rounds):
        for name, measure in measures.items():
            found[name] = min(found[name], measure())
    return found


def least(cases: Mapping[str, Case], rounds: int) -> dict[str, float]:
    """The least processor time of each case (s).

    Each is called once before, so that compiling and importing are left out.
    """
    for case in cases.values():
        case()
    return taking_turns({name: partial(seconds, case) for name, case in cases.items()}, rounds)
