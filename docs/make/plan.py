"""The tables of the plan of the next model, from its files."""

from __future__ import annotations

from collections.abc import Iterable

from salesim.evidence.wording import band_text
from salesim.rules.sources import ASSUMED

from .plan_files import Industry, PlannedMeasure, PlannedTarget, plan
from .rendering import filled, table


def plan_page(page: str) -> str:
    """The page, given its text, with its tables as the files of the plan give them now."""
    return filled(
        page,
        {
            "targets": table(("firm", "finding", "role, band and what is measured"), _targets()),
            "causes": table(("dimension", "cause", "what holds at its ideal", "next"), _causes()),
            "industries": table(
                ("firm", "findings", "sourced", "assumed", "solved", "blank"),
                (_industry(name, each) for name, each in plan().industries.items()),
            ),
            "differences": table(("finding", "what differs from today's file"), _differences()),
        },
    )


def _targets() -> Iterable[tuple[str, ...]]:
    """Findings of the same firm stand together, those of the firm with most of them first."""
    firms = [target.firm for target in plan().targets.values()]
    by_firm = sorted(plan().targets.items(), key=lambda each: (-firms.count(each[1].firm), each[1].firm))
    for name, target in by_firm:
        title = f"{_link('targets', name)} {target.title}"
        yield f"`{target.firm}`", title, "<br>".join(map(_measure, target.measures))


def _measure(measure: PlannedMeasure) -> str:
    """What is measured, its role and band; bold where it stands for the finding."""
    band = band_text(measure.band, measure.unit)
    if measure.strict:
        band += f", strictly {band_text(measure.strict, measure.unit)}"
    text = f"{measure.role} {band}: {measure.says}" + ("" if measure.judged else " (not judged)")
    return f"**{text}**" if measure.headline else text


def _causes() -> Iterable[tuple[str, ...]]:
    for cause in plan().causes.causes:
        yield cause.dimension, cause.name, cause.ideal, ": ".join(filter(None, (cause.status, cause.why)))


def _industry(name: str, industry: Industry) -> tuple[str, ...]:
    """How many of its numbers stand on what."""
    numbers = (*industry.facts, *industry.settings)
    assumed = sum(each.source == ASSUMED for each in numbers)
    solved = sum(bool(each.solved) for each in numbers)
    sourced = sum(bool(each.source) and not each.solved for each in numbers) - assumed
    blank = len(numbers) - assumed - solved - sourced
    findings = ", ".join(key for key, target in plan().targets.items() if target.firm == name)
    return _link("industries", name), findings, *map(str, (sourced, assumed, solved, blank))


def _differences() -> Iterable[tuple[str, str]]:
    for name, target in plan().targets.items():
        if texts := _different(target):
            yield name, "<br>".join(texts)


def _different(target: PlannedTarget) -> list[str]:
    """What differs of a finding and of its measures; nothing more of a finding that is new."""
    new = [each for each in target.differences if each.startswith("New")]
    of_measures = [f"`{each.name}`: {each.differs}" for each in target.measures if each.differs]
    return new or [*target.differences, *of_measures]


def _link(folder: str, name: str) -> str:
    return f"[{name}]({folder}/{name}.toml)"
