"""The study behind a screening: trajectories through the plausible ranges, one number moved at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...errors import SalesimError
from ...inputs.declared import Declared
from ...inputs.design import BASELINE, MAX_RUNS, Number, Replicates, Study, Values
from ...inputs.replicating import MIN_FOR_AN_INTERVAL
from ...messages import chosen, error_text, integer
from ...model.scenario import Scenario
from ...outcomes import NUMBERS
from ...outcomes.history import Numbers
from ...runs.reading import folder_name
from ...runs.simulate import LARGEST_SEED
from .choosing import UNMEASURED, WHY_LEFT_OUT, chosen_numbers
from .elementary_effects import MIN_SIGNS

MIN, MAX = 3, 1_000  # trajectories
MIN_LEVELS, MAX_LEVELS = 2, 100
MAX_REPLICATES = 1_000
SCREENED = "_screened"  # after the name of what is screened
MAX_DRAWS = 20  # times as many trajectories as asked for, before it is given up


@dataclass(frozen=True)
class Layout:
    """How a screening is laid out.

    Args:
        outcome: a number of the company.
        over: what is moved, as in `chosen_numbers`.
        trajectories: how many; each moves every number once.
        levels: places along each range, an even number.
        replicates: how often each point is simulated; two at least, to separate chance from effect.
        seed: random seed, and the draw of trajectories.
    """

    outcome: str = "realisation_ratio"
    over: tuple[str, ...] = (UNMEASURED,)
    trajectories: int = 20
    levels: int = 6
    replicates: int = 2
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be asked.

        Raises:
            SalesimError: an unknown outcome, or a number out of range.
        """
        chosen("outcome", self.outcome, tuple(NUMBERS))
        integer("trajectories", self.trajectories, MIN, MAX)
        if integer("levels", self.levels, MIN_LEVELS, MAX_LEVELS) % 2:
            allowed = f"an even number from {MIN_LEVELS} to {MAX_LEVELS}"
            raise SalesimError(error_text("levels", "", "is odd", given=self.levels, allowed=allowed))
        integer("replicates", self.replicates, MIN_FOR_AN_INTERVAL, MAX_REPLICATES)
        integer("seed", self.seed, 0, LARGEST_SEED)
        self._check_enough()

    def _check_enough(self) -> None:
        """Reject so few runs that nothing could be significant."""
        if self.trajectories * (self.replicates - 1) < MIN_SIGNS:
            wrong = "too few to tell anything from chance"
            given = f"{self.trajectories} trajectories of {self.replicates} replicates"
            least = -(-MIN_SIGNS // (self.replicates - 1))
            more = -(-MIN_SIGNS // self.trajectories) + 1
            allowed = f"{least} trajectories or more, or {more} replicates or more"
            raise SalesimError(error_text("trajectories", "", wrong, given=given, allowed=allowed))


def screening_study(firm: Scenario, name: str, asked: Layout) -> Study:
    """The study whose runs a screening is based on: the points of all trajectories, one after the other.

    Args:
        firm: all that is not moved is as in this firm.
        name: what its results are filed under.
        asked: how it is laid out.

    Raises:
        SalesimError: nothing to move, too many runs, or numbers that do not fit each other anywhere.
    """
    moved, left_out = chosen_numbers(asked.over)
    runs = asked.trajectories * (len(moved) + 1) * asked.replicates
    if runs > MAX_RUNS:
        allowed = f"at most {MAX_RUNS:,} runs: fewer trajectories, replicates or numbers"
        raise SalesimError(error_text("screen", "", "too large", given=f"{runs:,} runs", allowed=allowed))
    samples, redrawn = _drawn(firm, moved, asked)
    return Study(
        name=f"{folder_name(name)}{SCREENED}",
        title=firm.title,
        question=_question(moved, left_out, asked, redrawn),
        firms={BASELINE: firm},
        samples=samples,
        seed=asked.seed,
        replicates=Replicates(least=asked.replicates, most=asked.replicates),
        outcomes=(asked.outcome,),
    )


def _question(moved: Sequence[Declared], left_out: Sequence[Declared], asked: Layout, redrawn: int) -> str:
    """What is asked, how it is laid out, and what is not in it."""
    said = [
        f"Which of {len(moved):,} numbers ({', '.join(asked.over)}) moves {asked.outcome} most? "
        f"{asked.trajectories:,} trajectories through their plausible ranges in {asked.levels} levels."
    ]
    if left_out:
        said.append(f"Left out: {', '.join(number.path for number in left_out)}, because {WHY_LEFT_OUT}.")
    if redrawn:
        said.append(
            f"Trajectories drawn again because their numbers did not fit each other somewhere: {redrawn:,}."
        )
    return " ".join(said)


def _drawn(firm: Scenario, moved: Sequence[Declared], asked: Layout) -> tuple[dict[str, Values], int]:
    """The values of each number at all points, and how many trajectories were drawn in vain.

    Raises:
        SalesimError: a firm in which hardly any trajectory fits.
    """
    kept: list[list[list[Number]]] = []
    refused, reason = 0, ""
    for batch in range(MAX_DRAWS):
        for places in trajectories(len(moved), asked, batch):
            points = [
                [_value(number, place) for number, place in zip(moved, row, strict=True)]
                for row in places.tolist()
            ]
            wrong = _misfit(firm, moved, points)
            refused, reason = (refused + 1, wrong) if wrong else (refused, reason)
            kept += [] if wrong else [points]
            if len(kept) == asked.trajectories:
                rows = [row for trajectory in kept for row in trajectory]
                columns = zip(*rows, strict=True)
                return {n.path: tuple(c) for n, c in zip(moved, columns, strict=True)}, refused
    drawn = refused + len(kept)
    wrong = f"numbers do not fit each other in {refused:,} of {drawn:,} trajectories ({reason})"
    allowed = "a firm around which plausible numbers fit, or fewer of them"
    raise SalesimError(error_text("screen", "", wrong, allowed=allowed))


def trajectories(numbers: int, asked: Layout, batch: int) -> Numbers:
    """Ways through the ranges that move one number at a time, as places (0 to 1): way, point, number.

    Source:
        Morris (1991), Technometrics 33(2), as SALib draws them.
    """
    morris = _sampler()
    seed = int(np.random.SeedSequence([asked.seed, batch]).generate_state(1)[0])
    problem = {"num_vars": numbers, "names": [*map(str, range(numbers))], "bounds": [[0.0, 1.0]] * numbers}
    drawn: Numbers = morris.sample(problem, asked.trajectories, num_levels=asked.levels, seed=seed)
    return drawn.reshape(asked.trajectories, numbers + 1, numbers)


def _sampler() -> Any:
    try:
        from SALib.sample import morris
    except ImportError:
        wrong = "SALib is not installed, which draws the trajectories"
        allowed = "the extra science: pip install '.[science]' in the folder of the sources"
        raise SalesimError(error_text("screen", "", wrong, allowed=allowed)) from None
    return morris


def _value(number: Declared, place: float) -> Number:
    """The value at a place along the plausible range; rounded where the number is whole."""
    low, high = number.sweep
    value = low + place * (high - low)
    return round(value) if number.type is int else min(max(float(f"{value:.12g}"), low), high)


def _misfit(firm: Scenario, moved: Sequence[Declared], points: Sequence[Sequence[Number]]) -> str:
    """Why there is no firm at one of the points; empty where there is one at each."""
    paths = [number.path for number in moved]
    before: Sequence[Number | None] = [None] * len(paths)
    for point in points:
        changed = {p: new for p, old, new in zip(paths, before, point, strict=True) if new != old}
        try:
            firm = firm.with_numbers(changed)  # which takes as long as there are numbers that change
        except ValueError as error:
            return str(error)
        before = point
    return ""
