"""Simulate the case studies, and check their expectations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from salesim.analysis.gap.splitting import gap_study, ledger_of
from salesim.evidence.judging import Finding, Verdict, judge
from salesim.evidence.readings import Readings
from salesim.evidence.target import experiments
from salesim.inputs.design import BASELINE, Study
from salesim.inputs.load import load_scenario
from salesim.inputs.shipped import shipped_presets
from salesim.model.scenario import Scenario
from salesim.runs.exec import Exec
from salesim.runs.keys import model_key
from salesim.runs.runs import Runs
from salesim.runs.sweep import sweep
from salesim.statistics import Interval, bootstrap_interval

from .signature import NUMBER, PRESET, RATIO, THE_TYPICAL, Signature, load_signature

PAIRS_OF_ORDERS = 1  # in which causes are fixed, for each replicate of a split


@dataclass(frozen=True)
class Judged:
    """A case, simulated.

    Args:
        signature: what must hold.
        firm: the firm.
        finding: whether it does, statement by statement.
        of_typical: what the firm realises over what the typical firm promises.
        typical_ratio, typical_number: realised over promised, and the number to explain, in the
            typical firm.
        digests: digits that stand for every bit of its runs, by study.
    """

    signature: Signature
    firm: Scenario
    finding: Finding
    of_typical: Interval
    typical_ratio: Interval
    typical_number: Interval
    digests: Mapping[str, str]

    @property
    def ratio(self) -> Verdict:
        """Realised over promised, beside the band that was aimed at."""
        return next(v for v in self.finding.verdicts if v.measure.name == RATIO)

    @property
    def number(self) -> Verdict:
        """The one number to explain."""
        return next(v for v in self.finding.verdicts if v.measure.name == NUMBER)

    @property
    def statements(self) -> tuple[Verdict, ...]:
        """What must hold, and what was seen beside it (not judged), in the order of the file."""
        return tuple(v for v in self.finding.verdicts if v.measure.name not in (RATIO, NUMBER))


def judged(
    names: Sequence[str] = (),
    *,
    replicates: int | None = None,
    seed: int = 1,
    out: Path,
    how: Exec = Exec(),
) -> Iterator[Judged]:
    """See whether what must hold in each firm does, one after the other; arguments as in `simulate_firms`.

    Raises:
        SalesimError: an unknown firm, or a statement that cannot be measured.
    """
    signatures = [load_signature(name) for name in names or shipped_presets()]
    for signature in signatures:
        yield simulate_firms(signature, replicates, seed, out, how)


def simulate_firms(
    signature: Signature,
    replicates: int | None,
    seed: int,
    out: Path,
    how: Exec = Exec(),
) -> Judged:
    """See whether what must hold in one firm does.

    Args:
        signature: the firm, and what must hold.
        replicates: how often each arm is simulated; by default as in the files.
        seed: of all random draws.
        out: the folder for the runs. Runs in it are used again.
        how: how runs are carried out.
    """
    firm = load_scenario(signature.name)
    studies = studies_of(signature, seed, replicates)
    splits = splits_of(signature, seed, replicates)
    found: dict[str, Runs] = {}
    for key, study in {**studies, **splits}.items():
        reuse = [out] if out.is_dir() else ()  # firms share the typical firm with each other
        folder = out / f"{study.name}_{study.key(model_key())}"
        found[key] = sweep(study, out=folder, reuse=reuse, how=how)
        found[key].refuse_failed()
    readings = Readings(
        sweeps={name: found[name] for name in studies},
        ledgers={name.removeprefix("gap "): ledger_of(found[name]) for name in splits},
    )
    finding = judge(signature.target, readings, seed)
    return Judged(
        signature,
        firm,
        finding,
        *_beside_typical(signature, readings, seed),
        digests={each.study.name: each.digest for each in found.values()},
    )


def studies_of(signature: Signature, seed: int, replicates: int | None) -> dict[str, Study]:
    """The experiments of a signature by name."""
    preset = str(shipped_presets()[signature.name])
    return {e.name: e.study for e in experiments(signature.target, preset, seed, replicates)}


def splits_of(signature: Signature, seed: int, replicates: int | None) -> dict[str, Study]:
    """The splits of the gap of a signature, by name."""
    return {
        f"gap {name}": gap_study(
            load_scenario(split.get("scenario", signature.name), split.get("policy")),
            f"{signature.name}_{name}",
            replicates or split["replicates"],
            seed,
            PAIRS_OF_ORDERS,
        )
        for name, split in signature.target.gap.items()
    }


def _beside_typical(signature: Signature, read: Readings, seed: int) -> tuple[Interval, Interval, Interval]:
    """What is realised of the typical firm's promise, and that firm's own ratio and number to explain."""
    units = min(read.units(PRESET), read.units(THE_TYPICAL))

    def of_typical(name: str) -> Interval:
        return bootstrap_interval(partial(read.value, THE_TYPICAL, BASELINE, name), units, seed)

    share = bootstrap_interval(
        lambda chosen: (
            read.value(PRESET, BASELINE, "realised", chosen)
            / read.value(THE_TYPICAL, BASELINE, "promised", chosen)
        ),
        units,
        seed,
    )
    return share, of_typical("realisation_ratio"), of_typical(signature.card.number.outcome)
