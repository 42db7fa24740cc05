"""Calibrate a firm: search, improve, say what is known of each number, and check it on new random draws."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import ResultsError
from ..evidence.provenance import digits_of_findings
from ..inputs.content_hash import digits_of
from ..inputs.whole_files import put_file
from ..messages import integer, unusable
from ..outcomes.history import Numbers
from ..runs.checked import json_in
from ..runs.exec import Exec
from ..runs.folder import check_place
from ..runs.keys import model_key
from ..runs.manifest import environment
from ..runs.simulate import LARGEST_SEED
from ..runs.sweep import RESULTS
from .attempts import AttemptTask, looked_at
from .calibrated_scenario import calibrated_toml
from .calibration import Calibration, Fit, Fitted
from .calibration_plan import CALIBRATION, Plan, load_plan
from .evaluating import Evaluations
from .identifying import Posterior, posterior_of
from .searching import polish, search, slopes

NEW_LUCK = 1_000_000  # the first replicate that the search has not seen
CHECK_REPLICATES = 30
PLAN, OBJECT, VALUES = "plan.json", "calibration.json", "calibrated.toml"


def calibrate(
    plan: Plan | Path | str = CALIBRATION,
    *,
    scenario: str = "",
    seed: int = 1,
    out: Path | str | None = None,
    how: Exec = Exec(),
) -> Calibration:
    """Fit the free numbers of a firm to the findings that are marked for it, and to nothing else.

    Args:
        plan: a plan, a TOML file, or the name of a shipped one.
        scenario: another firm than the plan names.
        seed: random seed.
        out: the folder; results/calibration/KEY unless given. What is in it is not evaluated again.
        how: workers, engine and rules of one's own, such as `Exec(workers=2)`.

    Raises:
        SalesimError: a plan, firm or folder that cannot be used, or the library for the search is missing.
    """
    asked = plan if isinstance(plan, Plan) else load_plan(plan, scenario)
    integer("seed", seed, 0, LARGEST_SEED)
    rivals, engine = how.bound(asked.firm)
    key = _key(asked, seed, model_key(rivals))
    folder = Path(out) if out is not None else RESULTS / "calibration" / key
    _begin(folder, key)
    task = AttemptTask(looked_at(asked.firm), engine, rivals)
    evaluations = Evaluations(asked, task, folder, seed, how)
    evaluations.load()
    best = polish(evaluations, search(evaluations))
    found = _known(evaluations, best, folder)
    _write(found, how.command)
    return found


def _key(plan: Plan, seed: int, model: str) -> str:
    free = [[each.path, each.low, each.before, each.high] for each in plan.free]
    asked = [plan.search.model_dump(), plan.check.model_dump(), free]
    said = [*asked, plan.firm.model_dump(), digits_of_findings()]
    return digits_of([model, said, seed], 12)


def _begin(folder: Path, key: str) -> None:
    """Take a folder that is empty, or one in which the same calibration was begun."""
    check_place(folder)
    path = folder / PLAN
    if path.is_file():
        if _key_in(path) != key:
            wrong = "holds another calibration, or one of another version of the model"
            raise unusable(folder, wrong, allowed="a new folder")
        return
    if folder.exists() and any(folder.iterdir()):
        allowed = "a new or empty folder"
        raise unusable(folder, "holds something else", allowed=allowed)
    folder.mkdir(parents=True, exist_ok=True)
    put_file(path, (json.dumps({"key": key, **environment()}, indent=2) + "\n").encode())


def _key_in(path: Path) -> Any:
    """The key that a folder was begun with; None where that cannot be read."""
    try:
        return json_in(path)["key"]
    except (ResultsError, KeyError):
        return None


def _known(evaluations: Evaluations, best: Numbers, folder: Path) -> Calibration:
    """What is known after the fit: slopes at the best place, and firms drawn around it on new draws."""
    plan = evaluations.plan
    _, slope = slopes(evaluations, best, plan.search.polish_replicates, "Looking around the best")
    posterior = posterior_of(best, slope)
    start = np.array([free.start for free in plan.free])
    before = evaluations.rows([start], plan.search.polish_replicates, what="The firm as it was")[0]
    after = evaluations.rows([best], CHECK_REPLICATES, first=NEW_LUCK, what="The calibrated firm")[0]
    drawn = evaluations.rows(
        posterior.draws(plan.check.draws, evaluations.seed),
        plan.check.replicates,
        first=NEW_LUCK + CHECK_REPLICATES,
        what="Firms of the posterior",
    )
    fits = tuple(
        Fit(
            row=row.name,
            target=row.target,
            says=row.measure.says,
            unit=row.measure.unit,
            published=row.aim,
            band=row.measure.band,
            before=before[row.name][0],
            value=after[row.name][0],
            standard_error=after[row.name][1],
            draws=np.array([each[row.name][0] for each in drawn]),
        )
        for row in evaluations.looked.rows
    )
    return Calibration(
        title=plan.title,
        folder=str(folder),
        scenario=plan.name,
        seed=evaluations.seed,
        attempts=len(evaluations.known),
        plan=plan,
        firm=evaluations.firm(best),
        posterior=posterior,
        fit=fits,
        numbers=_fitted(evaluations, best, posterior),
    )


def _fitted(evaluations: Evaluations, best: Numbers, posterior: Posterior) -> tuple[Fitted, ...]:
    """What is known of every free parameter."""
    free, values = evaluations.plan.free, evaluations.numbers(best)
    known = zip(free, posterior.spread.tolist(), posterior.learned.tolist(), strict=True)
    return tuple(
        Fitted(
            path=each.path,
            value=values[each.path],
            before=each.before,
            range=(each.low, each.high),
            unit=each.number.unit,
            spread=spread * (each.high - each.low),
            learned=learned,
        )
        for each, spread, learned in known
    )


def _write(found: Calibration, command: Sequence[str]) -> None:
    """Write the values with date and provenance, and everything that is known of them."""
    folder = Path(found.folder)
    said: dict[str, Any] = {**found.model_dump(mode="json"), **environment(), "command": list(command)}
    put_file(folder / OBJECT, (json.dumps(said, indent=2) + "\n").encode())
    put_file(folder / VALUES, calibrated_toml(found, said["created"]).encode())
