"""How many findings are reproduced, and which are missed, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...study.validating.judging import Finding
from ...study.validating.target import FITTED
from ...study.validating.wording import place_said

HEADLINE_OF_NONE = "Nothing was tried that was not fitted, so nothing counts as reproduced"


def headline(findings: Sequence[Finding]) -> str:
    """How many findings are reproduced, without a full stop."""
    counting = [finding for finding in findings if finding.target.counts]
    if not counting:
        return HEADLINE_OF_NONE
    number = sum(finding.reproduced for finding in counting)
    are = "is" if 1 in (number, len(counting)) else "are"
    return f"{number} of {len(counting)} finding{'s' if len(counting) > 1 else ''} {are} reproduced"


def sentences(title: str, findings: Sequence[Finding], *, first_look: bool) -> list[str]:
    """The outcome in words: how many are reproduced, then each finding that is missed.

    Args:
        title: the firm in a few words.
        findings: what was judged.
        first_look: whether there were fewer replicates or firms than the files say.
    """
    more = [_first_look(findings)] if first_look else []
    inside = measures_said(findings)
    return [f"{title}: {headline(findings)}{f'; {inside}' if inside else ''}.", *_missed(findings), *more]


def measures_said(findings: Sequence[Finding]) -> str:
    """How many measures are in their bands, the held out apart from the fitted; without a full stop."""
    held_out = [verdict for finding in findings for verdict in finding.held_out]
    fitted = [v for finding in findings for v in finding.judged if v.measure.role == FITTED]
    said = []
    if held_out:
        said.append(f"{sum(v.reproduced for v in held_out)} of {_counted(len(held_out), 'held-out')}")
    if fitted:
        inside = sum(v.reproduced for v in fitted)
        said.append(f"{inside} of {_counted(len(fitted), 'fitted')} (to hit these proves nothing)")
    return f"in their bands are {' and '.join(said)}" if said else ""


def _counted(number: int, kind: str) -> str:
    return f"{number} {kind} measure{'s' if number != 1 else ''}"


def _missed(findings: Sequence[Finding]) -> Iterator[str]:
    """Each finding that is missed, and in what."""
    for finding in findings:
        if finding.reproduced:
            continue
        parts = "; ".join(f"{v.measure.says} ({place_said(v)})" for v in finding.judged if not v.reproduced)
        yield f"Missed: {finding.target.name}, {finding.target.title.lower()}: {parts}."


def _first_look(findings: Sequence[Finding]) -> str:
    least = min(v.units for finding in findings for v in finding.verdicts)
    return (
        f"A first look, with as few as {least} replicates or with fewer firms than planned: verdicts near "
        "the edge of a band may change in a full run."
    )
