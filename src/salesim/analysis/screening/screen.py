"""Screen the parameters that nobody has measured: which of them move an outcome, beyond chance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ...errors import ResultsError
from ...inputs.declared import declared_numbers
from ...inputs.load import load_scenario
from ...messages import error_text, unusable
from ...model.scenario import Scenario
from ...outcomes import Outcome
from ...outcomes.history import Numbers
from ...runs.exec import Exec
from ...runs.intervals import by_replicate, rows_of
from ...runs.reading import filed_under
from ...runs.runs import Runs
from ...runs.sweep import sweep
from .choosing import UNMEASURED
from .elementary_effects import MIN_SIGNS, effects_of, split
from .screening import ParameterEffect, Screening
from .screening_study import MIN, SCREENED, Layout, screening_study


def screen(
    scenario: Scenario | Path | str,
    *,
    outcome: str = "realisation_ratio",
    over: Sequence[str] = (UNMEASURED,),
    trajectories: int = 20,
    levels: int = 6,
    replicates: int = 2,
    seed: int = 1,
    out: Path | str | None = None,
    how: Exec = Exec(),
) -> Screening:
    """Find which numbers that nobody has measured move an outcome most, and which only seem to.

    Args:
        scenario: the firm: a scenario, a TOML file, or the name of a shipped one.
        outcome: a number of the company.
        over: "assumed", "all", groups, or paths of numbers that are no levers.
        trajectories: through the plausible ranges; each moves every number once.
        levels: places along each range, an even number.
        replicates: how often each point is simulated; both ends of a step use the same random draws.
        seed: random seed, and of the draw of trajectories, 0 to 2**63 - 1.
        out: the folder for the runs; results/SCENARIO_screened/KEY unless given.
        how: workers, engine and rules of one's own, such as `Exec(workers=2)`.

    Raises:
        SalesimError: anything of this that cannot be used, SALib missing, or an outcome that is
            undefined on most trajectories.
    """
    names = (over,) if isinstance(over, str) else tuple(over)
    asked = Layout(outcome, names, trajectories, levels, replicates, seed)
    study = screening_study(load_scenario(scenario), filed_under(scenario), asked)
    return screening_of(sweep(study, out=out, how=how))


def screening_of(found: Runs) -> Screening:
    """What the runs of a screening say.

    Args:
        found: a sweep whose points are trajectories.

    Raises:
        ResultsError: another sweep, runs that are missing or failed, or an outcome that is undefined on
            most trajectories.
    """
    study = found.study
    places = _places(found)
    found.refuse_failed()
    outcome = study.numbers[0]
    values = _values(found, outcome).reshape(*places.shape[:2], study.replicates.most)
    known: Numbers = np.asarray(np.isfinite(values).all(axis=(1, 2)))
    _refuse_undefined(outcome, known)
    measured = split(_effects(found, places[known], values[known]), study.seed)
    order = np.argsort(-measured["mu_star"], kind="stable").tolist()
    paths, columns = list(study.samples), {name: each.tolist() for name, each in measured.items()}
    parameters = (
        ParameterEffect(path=paths[k], **{name: each[k] for name, each in columns.items()}) for k in order
    )
    return Screening(
        folder=str(found.folder),
        scenario=study.name.removesuffix(SCREENED),
        title=study.title,
        question=study.question,
        outcome=outcome,
        seed=study.seed,
        replicates=study.replicates.most,
        trajectories=int(known.sum()),
        undefined=int((~known).sum()),
        parameters=tuple(parameters),
    )


def _places(found: Runs) -> Numbers:
    """Where each number is along its plausible range (0 to 1): trajectory, point, number."""
    study = found.study
    count = len(study.samples)
    ways, rest = divmod(study.samples_each, count + 1)
    enough = ways >= MIN and ways * (study.replicates.most - 1) >= MIN_SIGNS
    if rest or not enough or study.points != study.samples_each or len(study.numbers) != 1:
        raise _no_screening(found)
    columns = []
    for path, values in study.samples.items():
        low, high = declared_numbers()[path].sweep
        columns.append((np.array(values, dtype=float) - low) / (high - low))
    return np.column_stack(columns).reshape(-1, count + 1, count)


def _effects(found: Runs, places: Numbers, values: Numbers) -> Numbers:
    try:
        return effects_of(places, values)
    except ValueError:
        raise _no_screening(found) from None


def _no_screening(found: Runs) -> ResultsError:
    allowed = "the folder of salesim screen"
    return unusable(found.folder, "no screening", allowed=allowed)


def _values(found: Runs, outcome: Outcome) -> Numbers:
    """What each replicate (columns) says of the outcome at each point (rows)."""
    study = found.study
    _refuse_missing(found)
    each = by_replicate(outcome, rows_of(study, found.store, [outcome], study.replicates.most))
    values: Numbers = each.T.reindex(index=found.points["firm"]).to_numpy(dtype=float)
    return values


def _refuse_missing(found: Runs) -> None:
    missing = len(found.missing())
    if missing:
        wrong = f"{missing:,} runs are missing"
        allowed = "the same command, which resumes it"
        raise unusable(found.folder, wrong, allowed=allowed)


def _refuse_undefined(outcome: Outcome, known: Numbers) -> None:
    """Refuse an outcome that is undefined on so many trajectories that the others say little of them.

    Raises:
        ResultsError: such an outcome.
    """
    count, total = int(known.sum()), len(known)
    if count < max(MIN, (total + 1) // 2):
        wrong = f"is undefined somewhere on most trajectories ({outcome.undefined})"
        given = f"{count:,} of {total:,} trajectories on which it is known"
        allowed = "another outcome, more replicates, or a larger firm"
        raise ResultsError(error_text("outcome", outcome.name, wrong, given=given, allowed=allowed))
