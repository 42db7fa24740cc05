"""What the model says of published findings, as one object for programs."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

from ...analysis.statistics import LEVEL
from ...rules.sources import SOURCES
from ...study.validating.curves import Curve
from ...study.validating.judging import Finding, Verdict
from ...study.validating.measures import OF_FIRMS
from ...study.validating.target import FITTED, drawn_at_most
from ...study.validating.wording import finding_said, verdict_said
from .summing_up import sentences

JSON_SCHEMA_VERSION = 1
KEYS_OF_EVIDENCE = {
    "schema_version": "The form of this object; higher when a program must look again.",
    "scenario": "Name of the scenario.",
    "title": "The firm in a few words.",
    "seed": "Where all luck starts.",
    "replicates": "How often each arm was lived through, each time with other luck.",
    "firms": "How many firms were drawn from the ranges of parameters; 0 where none was.",
    "first_look": "Whether there were fewer replicates or firms than the files of the findings say.",
    "findings": "How many findings were tried; one that is fitted as a whole does not count.",
    "reproduced": "How many of them are reproduced.",
    "held_out": "How many measures count and were not fitted.",
    "held_out_reproduced": "How many of these are reproduced.",
    "fitted": "How many measures the model was fitted to.",
    "fitted_in_band": "How many of these are in their bands, which proves nothing.",
    "missed": "Names of the findings that are missed.",
    "targets": "A list with an object for each finding.",
    "sentences": "The outcome in words.",
    "folder": "Where the runs are that it rests on.",
}
KEYS_OF_A_TARGET = {
    "target": "Name of the finding, such as T2.",
    "title": "The finding in a few words.",
    "finding": "What was published.",
    "note": "What one must know of the experiment.",
    "citation": "The works, a list.",
    "role": "`fitted` where the measure that stands for it was fitted, or `held out`.",
    "counts": "Whether reproducing it says anything: something in it was not fitted.",
    "value": "What the model says, in the measure that stands for the finding; so are those that follow.",
    "interval": f"Its {LEVEL:.0%} interval, or null.",
    "band": "Lowest and highest value that counts as reproduced.",
    "published": "The number that was published, or null.",
    "unit": "Of these numbers.",
    "reproduced": "Whether every measure of the finding that counts is reproduced.",
    "verdict": "The same in words.",
    "measures": "A list with an object for each measure.",
    "curves": "A list with an object for each curve that measures are read from.",
}
KEYS_OF_A_MEASURE = {
    "name": "Short, for programs.",
    "says": "What is measured.",
    "role": "`fitted` or `held out`.",
    "judged": "Whether it counts for the finding.",
    "headline": "Whether it stands for the finding.",
    "value": "What the model says.",
    "interval": f"Its {LEVEL:.0%} interval, by resampling, or null.",
    "band": "Lowest and highest value that counts as reproduced.",
    "published": "The number that was published, or null.",
    "unit": "Of these numbers.",
    "sign_holds": "In which share of replicates the sign is that of the band; null where it has none.",
    "reproduced": "Whether value, interval and sign are as the band asks.",
    "verdict": "The same in words.",
    "units": "How many replicates were resampled, or firms where they are drawn.",
    "study": "The study or split of the gap that it is read from, as the finding's file calls it.",
    "statistic": "How it is computed.",
    "outcome": "The outcome that it is computed of; empty for points of the gap.",
    "arm": "The policy that is measured.",
    "base": "The policy that it is compared with, where it is.",
}
KEYS_OF_A_CURVE = {
    "study": "The study that it is read from.",
    "outcome": "What is measured.",
    "axis": "The lever.",
    "policy": "The firm.",
    "values": "Values of the lever.",
    "points": f"At each of them `value`, `low` and `high`: the mean with its {LEVEL:.0%} interval.",
}


def evidence_object(
    name: str, title: str, seed: int, findings: Sequence[Finding], folder: str
) -> dict[str, Any]:
    """The object that `salesim evidence --json` prints; it holds `KEYS_OF_EVIDENCE`.

    Args:
        name, title: of the firm.
        seed: where all luck started.
        findings: what was judged.
        folder: where the runs are.
    """
    counting = [finding for finding in findings if finding.target.counts]
    held_out = [verdict for finding in findings for verdict in finding.held_out]
    fitted = [v for finding in findings for v in finding.judged if v.measure.role == FITTED]
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "scenario": name,
        "title": title,
        "seed": seed,
        "replicates": _most(findings, drawn=False),
        "firms": _most(findings, drawn=True),
        "first_look": any(map(is_first_look, findings)),
        "findings": len(counting),
        "reproduced": sum(finding.reproduced for finding in counting),
        "held_out": len(held_out),
        "held_out_reproduced": sum(verdict.reproduced for verdict in held_out),
        "fitted": len(fitted),
        "fitted_in_band": sum(verdict.reproduced for verdict in fitted),
        "missed": [finding.target.name for finding in findings if not finding.reproduced],
        "targets": [_target(finding) for finding in findings],
        "sentences": sentences(title, findings, first_look=any(map(is_first_look, findings))),
        "folder": folder,
    }


def is_first_look(finding: Finding) -> bool:
    """Whether there were fewer replicates or firms than the file of a finding says."""
    target = finding.target
    return any(
        v.units < (drawn_at_most(target) if _is_drawn(v) else target.replicates_of(v.measure.study))
        for v in finding.verdicts
    )


def _is_drawn(verdict: Verdict) -> bool:
    return verdict.measure.statistic in OF_FIRMS


def _most(findings: Sequence[Finding], *, drawn: bool) -> int:
    each = [v.units for finding in findings for v in finding.verdicts if _is_drawn(v) == drawn]
    return max(each, default=0)


def _target(finding: Finding) -> dict[str, Any]:
    target, headline = finding.target, finding.headline
    return {
        "target": target.name,
        "title": target.title,
        "finding": target.published,
        "note": target.note,
        "citation": [SOURCES[source].citation for source in target.sources],
        "role": headline.measure.role,
        "counts": target.counts,
        **_numbers(headline),
        "reproduced": finding.reproduced,
        "verdict": finding_said(finding),
        "measures": [_measure(verdict) for verdict in finding.verdicts],
        "curves": [_curve(curve) for curve in finding.curves],
    }


def _numbers(verdict: Verdict) -> dict[str, Any]:
    known = isfinite(verdict.low) and isfinite(verdict.high)
    return {
        "value": verdict.value,
        "interval": [verdict.low, verdict.high] if known else None,
        "band": list(verdict.measure.band),
        "published": verdict.measure.published,
        "unit": verdict.measure.unit,
    }


def _measure(verdict: Verdict) -> dict[str, Any]:
    measure = verdict.measure
    return {
        "name": measure.name,
        "says": measure.says,
        "role": measure.role,
        "judged": measure.judged,
        "headline": measure.headline,
        **_numbers(verdict),
        "sign_holds": verdict.sign_holds,
        "reproduced": verdict.reproduced,
        "verdict": verdict_said(verdict),
        "units": verdict.units,
        "study": measure.study,
        "statistic": measure.statistic,
        "outcome": measure.outcome,
        "arm": measure.arm.policy,
        "base": measure.base.policy,
    }


def _curve(curve: Curve) -> dict[str, Any]:
    ends = ({"value": each.mean, "low": each.low, "high": each.high} for each in curve.points)
    points = [{key: x if isfinite(x) else None for key, x in each.items()} for each in ends]
    return {
        "study": curve.study,
        "outcome": curve.outcome,
        "axis": curve.axis,
        "policy": curve.policy,
        "values": list(curve.values),
        "points": points,
    }
