"""What the model says of published findings, as a result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from pydantic import Field

from ...english import counted
from ...evidence.judging import Finding, Verdict
from ...evidence.lever_curves import Curve
from ...evidence.measures import OF_FIRMS
from ...evidence.target import FITTED, drawn_at_most
from ...evidence.wording import finding_text, verdict_text
from ...result import Described, Result, flat
from ...statistics import LEVEL
from ...table import Table
from .listed_targets import TargetListed, TargetMeasure, evidence_table, listed_as


class CurvePoint(Described):
    """A mean with its interval; what is not defined is null."""

    value: float | None
    low: float | None
    high: float | None


class CurveCheck(Described):
    """A curve that measures are read from."""

    study: str = Field(description="The study that it is read from.")
    outcome: str = Field(description="What is measured.")
    axis: str = Field(description="The lever.")
    policy: str = Field(description="The firm.")
    values: tuple[float | str, ...] = Field(description="Values of the lever.")
    points: tuple[CurvePoint, ...] = Field(description=f"At each the mean with its {LEVEL:.0%} interval.")


class Checked(Described):
    """What the model says beside the band of a measure, or of that which stands for a finding."""

    value: float = Field(description="What the model says, in the measure that stands for a finding.")
    interval: tuple[float, float] | None = Field(description=f"Its {LEVEL:.0%} interval, or null.")
    band: tuple[float, float] = Field(description="Lowest and highest value that counts as reproduced.")
    published: float | None = Field(description="The number that was published, or null.")
    unit: str = Field(description="Of these numbers.")
    reproduced: bool = Field(
        description="Whether all that counts is as the band asks: value, interval, sign."
    )
    verdict: str = Field(description="The same in words.")


class MeasureCheck(Checked, TargetMeasure):
    """A measure of a finding beside its band."""

    headline: bool = Field(description="Whether it stands for the finding.")
    sign_holds: float | None = Field(
        description="Share of replicates with the sign of the band; null where it has none."
    )
    units: int = Field(description="How many replicates were resampled, or firms where they are drawn.")
    study: str = Field(description="The study or split of the gap that it is read from.")
    statistic: str = Field(description="How it is computed.")
    outcome: str = Field(description="The outcome that it is computed of; empty for points of the gap.")
    arm: str = Field(description="The policy that is measured.")
    base: str = Field(description="The policy that it is compared with, where it is.")


class FindingCheck(Checked, TargetListed):
    """A published finding beside what the model says of it."""

    counts: bool = Field(description="Whether something in it was not fitted.")
    measures: tuple[MeasureCheck, ...] = Field(description="A list with an object for each measure.")
    curves: tuple[CurveCheck, ...] = Field(description="A list with an object for each curve.")


class Evidence(Result):
    """What the model says of published findings."""

    scenario: str = Field(description="Name of the scenario.")
    seed: int = Field(description="Random seed.")
    replicates: int = Field(description="How often each arm was run.")
    firms: int = Field(description="How many firms were drawn from the ranges of parameters.")
    first_look: bool = Field(description="Whether there were fewer replicates or firms than planned.")
    findings: int = Field(description="How many findings were tried that were not wholly fitted.")
    reproduced: int = Field(description="How many of them are reproduced.")
    held_out: int = Field(description="How many measures count and were not fitted.")
    held_out_reproduced: int = Field(description="How many of these are reproduced.")
    fitted: int = Field(description="How many measures the model was fitted to.")
    fitted_in_band: int = Field(description="How many of these are in their bands, which proves nothing.")
    missed: tuple[str, ...] = Field(description="Names of the findings that are missed.")
    targets: tuple[FindingCheck, ...] = Field(description="A list with an object for each finding.")
    judged: tuple[Finding, ...] = Field(exclude=True)

    def records(self) -> Iterator[dict[str, Any]]:
        """A row for each measure of each finding."""
        return (
            {"target": each.target, **flat(measure)} for each in self.targets for measure in each.measures
        )

    def in_words(self) -> Iterator[str]:
        """How many findings are reproduced, then each that is missed, and in what."""
        inside = self.measures_text()
        yield f"{self.title}: {self.headline()}{f'; {inside}' if inside else ''}."
        for target in self.targets:
            if not target.reproduced:
                parts = (
                    f"{each.says} ({each.verdict.rpartition(', ')[2]})"
                    for each in target.measures
                    if each.judged and not each.reproduced
                )
                yield f"Missed: {target.target}, {target.title.lower()}: {'; '.join(parts)}."
        if self.first_look:
            least = min(each.units for target in self.targets for each in target.measures)
            yield (
                f"A first look, with as few as {least} replicates or with fewer firms than planned: "
                "verdicts near the edge of a band may change in a full run."
            )

    def headline(self) -> str:
        """How many findings are reproduced, without a full stop."""
        if not self.findings:
            return "Nothing was tried that was not fitted, so nothing counts as reproduced"
        are = "is" if 1 in (self.reproduced, self.findings) else "are"
        return f"{self.reproduced} of {counted(self.findings, 'finding')} {are} reproduced"

    def measures_text(self) -> str:
        """How many measures are in their bands, the held out apart from the fitted; without a full stop."""
        said = []
        if self.held_out:
            said.append(f"{self.held_out_reproduced} of {counted(self.held_out, 'held-out measure')}")
        if self.fitted:
            fitted = counted(self.fitted, "fitted measure")
            said.append(f"{self.fitted_in_band} of {fitted} (to hit these proves nothing)")
        return f"in their bands are {' and '.join(said)}" if said else ""

    def tables(self) -> tuple[Table, ...]:
        """Every measure: published, band, and ours with its interval."""
        caption = f"Every measure: published, band, and ours with its {LEVEL:.0%} interval"
        return (evidence_table(self.model_dump()).called("measures", caption),)


def evidence_of(name: str, title: str, seed: int, findings: Sequence[Finding], folder: str) -> Evidence:
    """What was judged, as a result.

    Args:
        name, title: of the firm.
        seed: random seed.
        findings: what was judged.
        folder: where the runs are.
    """
    counting = [finding for finding in findings if finding.target.counts]
    held_out = [verdict for finding in findings for verdict in finding.held_out]
    fitted = [v for finding in findings for v in finding.judged if v.measure.role == FITTED]
    return Evidence(
        title=title,
        folder=folder,
        scenario=name,
        seed=seed,
        replicates=_most(findings, drawn=False),
        firms=_most(findings, drawn=True),
        first_look=any(map(is_first_look, findings)),
        findings=len(counting),
        reproduced=sum(finding.reproduced for finding in counting),
        held_out=len(held_out),
        held_out_reproduced=sum(verdict.reproduced for verdict in held_out),
        fitted=len(fitted),
        fitted_in_band=sum(verdict.reproduced for verdict in fitted),
        missed=tuple(finding.target.name for finding in findings if not finding.reproduced),
        targets=tuple(map(_target, findings)),
        judged=tuple(findings),
    )


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


def _target(finding: Finding) -> FindingCheck:
    target, headline = finding.target, finding.headline
    return FindingCheck(
        **listed_as(target),
        counts=target.counts,
        **_numbers(headline),
        reproduced=finding.reproduced,
        verdict=finding_text(finding),
        measures=tuple(map(_measure, finding.verdicts)),
        curves=tuple(map(_curve, finding.curves)),
    )


def _numbers(verdict: Verdict) -> dict[str, Any]:
    known = isfinite(verdict.low) and isfinite(verdict.high)
    return {
        "value": verdict.value,
        "interval": (verdict.low, verdict.high) if known else None,
        "band": verdict.measure.band,
        "published": verdict.measure.published,
        "unit": verdict.measure.unit,
    }


def _measure(verdict: Verdict) -> MeasureCheck:
    measure = verdict.measure
    same = ("name", "says", "role", "judged", "headline", "study", "statistic", "outcome")
    return MeasureCheck(
        **{name: getattr(measure, name) for name in same},
        **_numbers(verdict),
        sign_holds=verdict.sign_holds,
        reproduced=verdict.reproduced,
        verdict=verdict_text(verdict),
        units=verdict.units,
        arm=measure.arm.policy,
        base=measure.base.policy,
    )


def _curve(curve: Curve) -> CurveCheck:
    ends = ((each.mean, each.low, each.high) for each in curve.points)
    known = ([end if isfinite(end) else None for end in each] for each in ends)
    points = tuple(CurvePoint(value=value, low=low, high=high) for value, low, high in known)
    same = ("study", "outcome", "axis", "policy", "values")
    return CurveCheck(**{name: getattr(curve, name) for name in same}, points=points)
