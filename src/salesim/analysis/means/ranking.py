"""An outcome under each policy, and at each mode where levers have names and no size: which is best."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...inputs.design import BASELINE
from ...runs.runs import Runs
from .judges import Setting
from .means import Means, firm_text, is_numeric, name_of, over_settings, today_of


def means(sweep: Runs, outcome: str) -> Means | None:
    """What there is to draw, or None: a lever that has a size was moved, or too little is known."""
    found = over_settings(sweep, outcome)
    return found if not any(map(is_numeric, found.moved)) and found.known > 1 else None


def ranked(found: Means) -> list[Setting]:
    """Settings of which a mean is known, the best first; the highest, where no direction is better."""
    sign = 1.0 if found.outcome.better == "lower" else -1.0
    means = dict(zip(found.settings, found.all.mean.tolist(), strict=True))
    return sorted((s for s in found.settings if np.isfinite(means[s])), key=lambda s: sign * means[s])


def as_it_is(found: Means) -> Setting:
    """The setting of today's firm."""
    return today_of(found.study, found.moved)


def several(found: Means) -> bool:
    """Whether there is a policy beside today's firm."""
    return len(found.study.firms) > 1


def finding(found: Means) -> str:
    """Which policy is best, and whether it differs clearly from the next."""
    settings = ranked(found)
    best, second = settings[:2]
    firm = as_it_is(found)
    name = name_of(found, best, prose=True)
    said = f"{found.opening} is {found.best} for {name}, {found.said(found.at([best]).mean[0])}"
    if found.judge.by_point:
        return f"{said}; it {found.beats} {_points_won(found, settings)}"
    if not found.ranged:
        return f"{said}; in one replicate, so it may be chance"
    other = name_of(found, second, prose=True)
    if _is_apart(found, best, second):
        return f"{said}; a clear difference from the next, {other}"
    end = _of_the_firm(found, best) if firm in settings[2:] else ""
    return f"{said}; no clear difference from the next, {other}{end}"


def _points_won(found: Means, settings: Sequence[Setting]) -> str:
    """At how many points the best is better than today's firm, and than the next."""
    firm = as_it_is(found)
    others = [firm] if firm in settings[1:] else []
    others += [settings[1]] * (settings[1] != firm)
    counts = [found.wins(settings[0], other) for other in others]
    names = [
        firm_text(BASELINE) if other == firm else name_of(found, other, prose=True) for other in others
    ]
    said = [f"{name} at {won} of {known}" for name, (won, known) in zip(names, counts, strict=True)]
    said[0] += f" point{'s' if counts[0][1] != 1 else ''}"
    return ", and ".join(said)


def _is_apart(found: Means, a: Setting, b: Setting) -> bool:
    return bool(np.abs(found.signs(a, [b]))[0] > 0.0)


def _of_the_firm(found: Means, best: Setting) -> str:
    """Whether the best differs clearly from today's firm, where that is not next to it."""
    clear = _is_apart(found, best, as_it_is(found))
    return f", but a clear one from {firm_text(BASELINE)}" if clear else f", nor from {firm_text(BASELINE)}"
