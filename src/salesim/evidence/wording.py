"""Numbers, bands and verdicts of findings in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite

from ..quantity import MILLION, Scale, Unit
from .judging import Finding, Verdict
from .target import FITTED

Interval = tuple[float, float]
OPEN = 10.0  # times its other end, and more than that: such an end of a band is no limit
SHARE, DOLLARS = "share ", "USD "


def scale_of(words: str, values: Sequence[float] = (), intervals: Sequence[Interval] = ()) -> Scale:
    """How numbers of a finding are written, dollars in millions.

    Args:
        words: the unit of the finding, which may say of what: "share of firms" is a share, "of firms".
        values: what is written with the same digits.
        intervals: what is known of them.
    """
    named = any(words == unit.value for unit in Unit)
    kind = next((kind for kind in (SHARE, DOLLARS) if words.startswith(kind) and not named), "")
    scale = Unit(kind.strip() or words).scale(values, intervals, size=MILLION)
    return replace(scale, shown=f"{scale.shown} {words.removeprefix(kind)}") if kind else scale


def is_percent(words: str) -> bool:
    """Whether numbers in this unit are written with a sign of percent."""
    return unit_text(words).startswith("%")


def unit_text(words: str) -> str:
    """A unit as it stands beside numbers that `said` writes."""
    return scale_of(words).shown or words


def value_text(value: float, words: str, interval: Sequence[float] = ()) -> str:
    """A number with as many digits as its interval deserves, a share in percent and dollars in millions."""
    number = scale_of(words, [value], [(interval[0], interval[1])] if interval else ()).number(value)
    return f"{number}%" if is_percent(words) and isfinite(value) else number


def span_text(interval: Sequence[float], words: str) -> str:
    """An interval, with as many digits as it deserves."""
    return " to ".join(value_text(end, words, interval) for end in interval)


def exact(value: float, words: str) -> str:
    """A number that somebody has chosen or published, with the digits that it was given."""
    return f"{scale_of(words).factor * value + 0.0:,.6g}{'%' * is_percent(words)}"


def is_open(end: float, other: float) -> bool:
    """Whether an end of a band is so far off that it is no limit."""
    return abs(end) >= OPEN * max(abs(other), 1.0)


def band_text(band: Sequence[float], unit: str) -> str:
    """A band; an end that is no limit is left out."""
    low, high = band
    if is_open(high, low):
        return f"{exact(low, unit)} or more"
    if is_open(low, high):
        return f"{exact(high, unit)} or less"
    return f"{exact(low, unit)} to {exact(high, unit)}"


def verdict_text(verdict: Verdict) -> str:
    """What is said of a measure; what was fitted is in its band and proves nothing."""
    if not verdict.measure.judged:
        return f"not judged, {place_text(verdict)}"
    fitted = verdict.measure.role == FITTED
    if not verdict.reproduced:
        return f"{'fitted, ' * fitted}missed, {place_text(verdict)}"
    return "fitted, in band" if fitted else "reproduced"


def place_text(verdict: Verdict) -> str:
    """Where a value lies, or in how few replicates its sign holds."""
    low, high = verdict.measure.band
    if verdict.value < low:
        return "below band"
    if verdict.value > high:
        return "above band"
    if not verdict.in_band:
        return "interval off band"
    if verdict.sign_holds is not None and not verdict.reproduced:
        return f"sign in {verdict.sign_holds:.0%} of replicates"
    return "in band"


def finding_text(finding: Finding) -> str:
    """Whether a finding is reproduced, and how much of it is missed."""
    if finding.reproduced:
        return "reproduced" if finding.target.counts else "fitted, in band"
    missed = sum(not verdict.reproduced for verdict in finding.judged)
    whole = len(finding.judged)
    return "missed" if whole == 1 else f"missed: {missed} of {whole} parts"
