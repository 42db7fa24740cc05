"""Numbers, bands and verdicts of findings in words."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, isfinite, log10

from ...study.validating.judging import Finding, Verdict
from ...study.validating.target import FITTED

OPEN = 10.0  # times its other end, and more than that: such an end of a band is no limit
SHARE, DOLLARS = "share ", "USD"
MILLION = 1e6
MOST_DECIMALS, MOST_OF_PERCENT = 3, 2


def is_share(unit: str) -> bool:
    """Whether a number in this unit reads better in percent."""
    return unit.startswith(SHARE)


def unit_said(unit: str) -> str:
    """A unit as it stands beside numbers that `said` writes."""
    if is_share(unit):
        return f"% {unit.removeprefix(SHARE)}"
    return unit.replace(DOLLARS, "USD million", 1) if unit.startswith(DOLLARS) else unit


def scale_of(unit: str) -> float:
    """By how much a number in this unit is multiplied before it is written."""
    return 100.0 if is_share(unit) else 1.0 / MILLION if unit.startswith(DOLLARS) else 1.0


def said(value: float, unit: str, beside: Sequence[float] = ()) -> str:
    """A number with as many digits as it deserves, a share in percent and dollars in millions.

    Args:
        value: the number.
        unit: what it is counted in.
        beside: numbers that are written beside it, with as many digits.
    """
    if not isfinite(value):
        return "unknown"
    scale = scale_of(unit)
    largest = max(abs(scale * each) for each in (value, *beside) if isfinite(each))
    decimals = _decimals(largest, MOST_OF_PERCENT if is_share(unit) else MOST_DECIMALS)
    return f"{round(scale * value, decimals) + 0.0:,.{decimals}f}{'%' if is_share(unit) else ''}"


def _decimals(largest: float, most: int) -> int:
    """As many decimals as leave three digits, but not more than so many."""
    if largest <= 0.0:
        return 0
    return min(most, max(0, 2 - floor(log10(largest))))


def span_said(low: float, high: float, unit: str, beside: Sequence[float] = ()) -> str:
    """An interval, with as many digits as what stands beside it."""
    each = (low, high, *beside)
    return f"{said(low, unit, each)} to {said(high, unit, each)}"


def exact(value: float, unit: str) -> str:
    """A number that somebody has chosen or published, with the digits that it was given."""
    return f"{scale_of(unit) * value + 0.0:,.6g}{'%' if is_share(unit) else ''}"


def is_open(end: float, other: float) -> bool:
    """Whether an end of a band is so far off that it is no limit."""
    return abs(end) >= OPEN * max(abs(other), 1.0)


def band_said(band: Sequence[float], unit: str) -> str:
    """A band; an end that is no limit is left out."""
    low, high = band
    if is_open(high, low):
        return f"{exact(low, unit)} or more"
    if is_open(low, high):
        return f"{exact(high, unit)} or less"
    return f"{exact(low, unit)} to {exact(high, unit)}"


def verdict_said(verdict: Verdict) -> str:
    """What is said of a measure; what was fitted is in its band and proves nothing."""
    if not verdict.measure.judged:
        return f"not judged, {place_said(verdict)}"
    fitted = verdict.measure.role == FITTED
    if not verdict.reproduced:
        return f"{'fitted, ' * fitted}missed, {place_said(verdict)}"
    return "fitted, in band" if fitted else "reproduced"


def place_said(verdict: Verdict) -> str:
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


def finding_said(finding: Finding) -> str:
    """Whether a finding is reproduced, and how much of it is missed."""
    if finding.reproduced:
        return "reproduced" if finding.target.counts else "fitted, in band"
    missed = sum(not verdict.reproduced for verdict in finding.judged)
    whole = len(finding.judged)
    return "missed" if whole == 1 else f"missed: {missed} of {whole} parts"
