"""The signature of a firm as data: statements that must hold in it, and the experiments that judge them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import Field

from salesim.evidence.measures import OF_A_GAP
from salesim.evidence.references import check_references
from salesim.evidence.target import HELD_OUT, TYPICAL, Measure, Target
from salesim.inputs.cards import Card, card_of
from salesim.inputs.explain import Said, validated
from salesim.inputs.load import load_scenario
from salesim.inputs.shipped import SUFFIX, experiments, shipped_presets
from salesim.inputs.toml import Written, read_toml
from salesim.messages import chosen
from salesim.outcomes import NUMBERS

PRESET, THE_TYPICAL = "preset", "typical"  # studies that every signature has
REPLICATES, OF_A_SPLIT = 20, 12
RATIO, NUMBER = "ratio", "number"  # measured of every firm, beside its statements
ALWAYS = ("realisation_ratio", "promised", "realised")


class Unmeasured(Said):
    """What must hold and cannot be measured, and why."""

    says: str
    why: str


class Statement(Measure):
    """What must hold, and why it does not if it does not."""

    why: str = ""


class SignatureFile(Said):
    """What the file of a signature says.

    Args:
        studies: experiments beside the baseline and the typical firm, or more of these two.
        gap: splits of the gap, by name; of another firm or under a policy where it says so.
        statements: measures, each with its band, and why it does not hold if it does not.
        unmeasured: what cannot be measured.
    """

    studies: dict[str, dict[str, Any]] = Field({})
    gap: dict[str, dict[str, Any]] = Field({})
    statements: tuple[Statement, ...] = Field(min_length=1)
    unmeasured: tuple[Unmeasured, ...] = ()


@dataclass(frozen=True)
class Signature:
    """A firm with its card, and what must hold in it.

    Args:
        name: of the firm.
        card: what a class is told of it.
        target: its statements, with the experiments that judge them; two measures more, `ratio` and
            `number`, are not judged.
        why: what is known of why a statement does not hold, by its name.
        unmeasured: what must hold and cannot be measured.
    """

    name: str
    card: Card
    target: Target
    why: Mapping[str, str]
    unmeasured: tuple[Unmeasured, ...]


def shipped_signatures() -> dict[str, Path]:
    """What must hold in each firm that has a card, by the name of the firm."""
    return {path.stem: path for path in sorted((experiments() / "presets").glob(f"*{SUFFIX}"))}


def load_signature(name: str) -> Signature:
    """The signature of a shipped firm, by the firm's name.

    Raises:
        ScenarioError: no such firm, or a file that is none.
    """
    known = shipped_presets()
    chosen("preset", name, tuple(known))
    return read_signature(shipped_signatures().get(name, Path(f"{name}.toml")), known[name])


def digits_of_signatures() -> dict[str, str]:
    """Digits that change when a firm, its card or what must hold in it does, by its name."""
    signatures = shipped_signatures()
    return {
        name: sha256(path.read_bytes() + signatures[name].read_bytes()).hexdigest()[:16]
        for name, path in shipped_presets().items()
    }


def read_signature(path: Path, preset: Path) -> Signature:
    """A signature from its file, and the firm that it is of.

    Raises:
        ScenarioError: a file that cannot be read, or what is wrong in it first.
    """
    card, written = card_of(preset), read_toml(path)
    said = validated(SignatureFile, written, written.nested())
    target = _target(said, preset, card, written)
    check_references(target, written)
    why = {statement.name: statement.why for statement in said.statements if statement.why}
    return Signature(preset.stem, card, target, why, said.unmeasured)


def _target(said: SignatureFile, preset: Path, card: Card, written: Written) -> Target:
    """The statements in the form of a finding, so that they are judged in the same way."""
    statements = (Measure(**statement.model_dump(exclude={"why"})) for statement in said.statements)
    measures = (*_of_every_firm(card), *statements)
    first: dict[str, dict[str, Any]] = {PRESET: {}, THE_TYPICAL: {"scenario": TYPICAL}}
    names = {**first, **said.studies}
    studies = {name: {**first.get(name, {}), **said.studies.get(name, {})} for name in names}
    target = {
        "name": preset.stem,
        "title": load_scenario(preset).title,
        "published": card.expected,
        "sources": (),
        "role": HELD_OUT,
        "measures": measures,
        "studies": {name: _study(name, study, measures) for name, study in studies.items()},
        "gap": {name: {"replicates": OF_A_SPLIT, **split} for name, split in said.gap.items()},
    }
    return validated(Target, written, target)


def _of_every_firm(card: Card) -> tuple[Measure, Measure]:
    """Realised over promised beside what was aimed at, and the one number to explain."""
    low, high = card.ratio
    ratio = Measure(
        name=RATIO,
        says="Realised over promised contribution",
        study=PRESET,
        statistic="level",
        outcome="realisation_ratio",
        unit="ratio",
        band=(low, high),
        judged=False,
        headline=True,
    )
    outcome = chosen("card.number.outcome", card.number.outcome, tuple(NUMBERS))
    number = Measure(
        name=NUMBER,
        says=NUMBERS[outcome].meaning,
        study=PRESET,
        statistic="level",
        outcome=outcome,
        unit=NUMBERS[outcome].unit,
        band=(-float("inf"), float("inf")),
        judged=False,
    )
    return ratio, number


def _study(name: str, said: Mapping[str, Any], measures: tuple[Measure, ...]) -> dict[str, Any]:
    """A study with the outcomes that its measures need."""
    mine = [m for m in measures if m.statistic not in OF_A_GAP and name in (m.study, m.base_study)]
    if name == THE_TYPICAL:
        mine += [m for m in measures if m.name == NUMBER]
    outcomes = [o for m in mine for o in (m.outcome, *m.plus, m.below) if o]
    return {"replicates": REPLICATES, **said, "outcomes": list(dict.fromkeys([*ALWAYS, *outcomes]))}
