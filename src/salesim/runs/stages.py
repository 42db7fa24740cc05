"""In which stages a study is carried out: one where replicates are fixed, else until means are narrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from ..inputs.design import Study
from ..outcomes import NUMBERS
from ..statistics import level_of_each
from .intervals import means_of, rows_of
from .paired import firms_of, paired_outcomes, replicates_needed
from .store import Store

if TYPE_CHECKING:
    import pandas as pd


def stages(study: Study, points: pd.DataFrame, store: Store) -> Iterator[tuple[int, list[str]]]:
    """How many replicates there must be, and of which firms, by their keys.

    What comes after a stage depends on the runs that are stored when it is asked for.
    """
    if study.replicates.precision:
        yield from _until_precise(study, points, store)
        return
    firms = points["firm"].dropna().unique().tolist()
    looks = study.replicates.looks()
    for replicates in looks:
        if firms:
            yield replicates, firms
            narrow = _narrow(study, store, replicates, len(looks))
            firms = [firm for firm in firms if firm not in narrow]


def _until_precise(study: Study, points: pd.DataFrame, store: Store) -> Iterator[tuple[int, list[str]]]:
    """First replicates of all firms, then as many as their differences need."""
    rule, firms = study.replicates, firms_of(study, points)
    yield rule.least, firms
    first = paired_outcomes(study, store, firms, rule.least)
    needed = replicates_needed(first, rule.precision, rule.least, rule.most)
    if needed > rule.least:
        yield needed, firms


def too_wide(study: Study, points: pd.DataFrame, store: Store) -> list[str]:
    """Firms whose mean is not known well enough with as many replicates as are allowed."""
    looks = study.replicates.looks()
    narrow = _narrow(study, store, looks[-1], len(looks))
    return [firm for firm in points["firm"].dropna().unique() if firm not in narrow]


def _narrow(study: Study, store: Store, replicates: int, looks: int) -> set[str]:
    """Firms whose mean is known well enough; each of several looks may err so much more rarely."""
    rule = study.replicates
    if not rule.outcome:
        return set()
    outcome = NUMBERS[rule.outcome]
    means = means_of(outcome, rows_of(study, store, [outcome], replicates), "firm", level_of_each(looks))
    half = (means["high"] - means["low"]) / 2.0
    return {str(firm) for firm in means.index[np.asarray(half) <= rule.half_width]}
