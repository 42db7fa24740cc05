"""What a study answers: differences between its settings on the same random draws, with intervals.

All intervals of an answer hold together in 95% of cases, also where the best of several is looked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from ..errors import ResultsError
from ..inputs.answers import ANSWER, POLICY, Answer, Best, Effect, Together
from ..inputs.design import Number
from ..inputs.settings import Spot, spot_of, spots_along
from ..messages import error_text
from ..outcomes import NUMBERS
from ..outcomes.history import Numbers
from ..runs.runs import Runs
from ..statistics import LEVEL, bonferroni, level_of_each, mean_interval, sign_of

MIN = 2  # replicates that say anything about chance


class Found(BaseModel):
    """What was found, as it is kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Change(Found):
    """A difference with its interval, in the unit of its outcome.

    Args:
        said: where, or of which measure.
        mean, low, high: over replicates.
    """

    said: str
    mean: float
    low: float
    high: float

    @property
    def sign(self) -> int:
        """1 where it lies above zero, -1 where below, 0 where there is no clear difference."""
        return int(sign_of(self.low, self.high))


class EffectFound(Found):
    """What a measure changed.

    Args:
        what, label: the measure, in a sentence and beside a row of a figure.
        outcome: what it changed.
        changes: in each of the circumstances.
        apart: the last of these less the first, where that is asked.
    """

    kind: Literal["effect"] = "effect"
    what: str
    label: str
    outcome: str
    changes: tuple[Change, ...]
    apart: Change | None = None


class TogetherFound(Found):
    """What measures changed together, and alone.

    Args:
        what, label: all of them, in a sentence and beside a row of a figure.
        outcome: what they changed.
        parts: what each changed alone.
        whole: what all changed together.
        total: the sum of the parts.
        beyond: the whole less this sum.
    """

    kind: Literal["together"] = "together"
    what: str
    label: str
    outcome: str
    parts: tuple[Change, ...]
    whole: Change
    total: Change
    beyond: Change


class Peak(Found):
    """The best of some values, in some circumstances.

    Args:
        said: the circumstances.
        value: the best.
        same: others that do not differ clearly from it.
        others: how many others there are.
        base: what it is compared with.
        gain: what it has over that; nothing where it is that.
    """

    said: str
    value: Number
    same: tuple[Number, ...]
    others: int
    base: Number
    gain: Change | None


class BestFound(Found):
    """Where an outcome is best.

    Args:
        along: the path of the lever, or "policy".
        outcome: what is best there.
        peaks: the best in each of the circumstances.
        moves: whether the best of the last circumstances beats that of the first there, and is beaten by
            it in the first, both significantly.
    """

    kind: Literal["best"] = "best"
    along: str
    outcome: str
    peaks: tuple[Peak, ...]
    moves: bool


ClaimFound = Annotated[EffectFound | TogetherFound | BestFound, Field(discriminator="kind")]


class Answered(Found):
    """The answer to the question of a study, in numbers.

    Args:
        outcome: what it is about.
        figure: which figure shows it.
        replicates: how often each setting was simulated.
        intervals: how many intervals hold together.
        level: how often each of them holds by itself.
        claims: what was found, in the order of what was asked.
    """

    outcome: str
    figure: str
    replicates: int
    intervals: int
    level: float
    claims: tuple[ClaimFound, ...]


def answered(found: Runs) -> Answered | None:
    """The answer to the question of a study; None where the study does not say how it is answered.

    Raises:
        ResultsError: a run that failed, runs that are still to come, or too few for an interval.
    """
    answer = found.study.answer
    if answer is None:
        return None
    found.refuse_failed()
    if not found.complete:
        wrong = f"{len(found.missing()):,} runs are still to come"
        raise ResultsError(error_text(str(found.folder), ANSWER, wrong, allowed="the same command goes on"))
    return Reader(found, answer).answered()


def answer_so_far(found: Runs) -> Answered | None:
    """The same; None also where not everything that it takes is there."""
    if found.study.replicates.least < MIN or not found.complete or len(found.failed):
        return None
    return answered(found)


def level_for(found: Runs, outcome: str) -> float:
    """How often an interval of an outcome holds by itself; more often where several make an answer."""
    answer = found.study.answer
    return Reader(found, answer).level if answer is not None and answer.outcome == outcome else LEVEL


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads an answer off the runs.

    Args:
        found: the runs.
        answer: what is asked.
    """

    found: Runs
    answer: Answer

    def answered(self) -> Answered:
        """Everything that is asked."""
        claims = tuple(self._claim(claim) for claim in self.answer.claims)
        return Answered(
            outcome=self.answer.outcome,
            figure=self.answer.figure,
            claims=claims,
            replicates=self.replicates,
            intervals=self.intervals,
            level=self.level,
        )

    @cached_property
    def replicates(self) -> int:
        """How often each setting was simulated at least.

        Raises:
            ResultsError: too few for an interval.
        """
        fewest = min(len(each) for each in self._values(self.answer.outcome).values())
        if fewest < MIN:
            wrong, allowed = "too few replicates for an interval", f"{MIN} or more"
            name = self.found.study.name
            raise ResultsError(error_text(name, "replicates", wrong, given=fewest, allowed=allowed))
        return fewest

    @cached_property
    def intervals(self) -> int:
        """How many intervals there are in all."""
        return sum(_intervals_of(claim, self.found) for claim in self.answer.claims)

    @cached_property
    def level(self) -> float:
        """How often each of them must hold, so that all do."""
        return level_of_each(self.intervals)

    @cached_property
    def _known(self) -> dict[str, dict[Spot, Numbers]]:
        return {}

    def _values(self, outcome: str) -> dict[Spot, Numbers]:
        """What each replicate says of an outcome at each setting."""
        if outcome not in self._known:
            table, study = self.found.by_replicate(NUMBERS[outcome]), self.found.study
            moved = [POLICY, *study.levers, *study.uncertainties]
            spots = self.found.points.set_index("point").loc[table.columns, moved]
            keys = spots.itertuples(index=False, name=None)
            self._known[outcome] = dict(zip(keys, table.to_numpy(dtype=float).T, strict=True))
        return self._known[outcome]

    def _change(self, said: str, outcome: str, weights: Sequence[tuple[float, Spot]]) -> Change:
        """A sum of means of settings, each with its weight, replicate by replicate."""
        values = self._values(outcome)
        each = sum(weight * values[spot] for weight, spot in weights)
        known = np.asarray(each)[np.isfinite(each)]
        if len(known) < MIN:
            wrong = "is known in too few replicates for an interval"
            raise ResultsError(error_text(self.found.study.name, outcome, wrong, given=len(known)))
        found = mean_interval(known, self.level, bonferroni(self.intervals))
        return Change(said=said, mean=found.mean, low=found.low, high=found.high)

    def _claim(self, claim: Effect | Together | Best) -> EffectFound | TogetherFound | BestFound:
        if claim.kind == "effect":
            return self._effect(claim)
        return self._together(claim) if claim.kind == "together" else self._best(claim)

    def _effect(self, claim: Effect) -> EffectFound:
        study, outcome = self.found.study, self.answer.outcome_of(claim)
        arms = [spot_of(study, claim.arm, where.at, where.arm) for where in claim.where]
        bases = [spot_of(study, claim.base, where.at, where.base) for where in claim.where]
        changes = tuple(
            self._change(where.said, outcome, [(1.0, arm), (-1.0, base)])
            for where, arm, base in zip(claim.where, arms, bases, strict=True)
        )
        apart = None
        if claim.compare and len(arms) > 1:
            weights = [(1.0, arms[-1]), (-1.0, bases[-1]), (-1.0, arms[0]), (1.0, bases[0])]
            apart = self._change(claim.where[-1].said, outcome, weights)
        label = claim.label or claim.what
        return EffectFound(what=claim.what, label=label, outcome=outcome, changes=changes, apart=apart)

    def _together(self, claim: Together) -> TogetherFound:
        study, outcome = self.found.study, self.answer.outcome_of(claim)
        base = spot_of(study, claim.base)
        whole = spot_of(study, claim.base, claim.whole)
        alone = [spot_of(study, claim.base, part.at) for part in claim.parts]
        total = [(1.0, spot) for spot in alone] + [(-float(len(alone)), base)]
        beyond = [(1.0, whole), (-1.0, base), *((-weight, spot) for weight, spot in total)]
        return TogetherFound(
            what=claim.what,
            label=claim.label or claim.what,
            outcome=outcome,
            parts=tuple(
                self._change(part.said, outcome, [(1.0, spot), (-1.0, base)])
                for part, spot in zip(claim.parts, alone, strict=True)
            ),
            whole=self._change("", outcome, [(1.0, whole), (-1.0, base)]),
            total=self._change("", outcome, total),
            beyond=self._change("", outcome, beyond),
        )

    def _best(self, claim: Best) -> BestFound:
        study, outcome = self.found.study, self.answer.outcome_of(claim)
        spots = [spots_along(study, claim, where.at) for where in claim.where]
        place = [POLICY, *study.levers, *study.uncertainties].index(claim.along)
        bases = [spot_of(study, claim.base, where.at, where.base)[place] for where in claim.where]
        peaks = tuple(
            self._peak(where.said, outcome, each, base)
            for where, each, base in zip(claim.where, spots, bases, strict=True)
        )
        first, last = peaks[0].value, peaks[-1].value
        moves = first != last and last not in peaks[0].same and first not in peaks[-1].same
        return BestFound(along=claim.along, outcome=outcome, peaks=peaks, moves=moves)

    def _peak(self, said: str, outcome: str, spots: Mapping[Number, Spot], base: Number) -> Peak:
        """The best of some values, by its mean, and what does not differ clearly from it."""
        values = self._values(outcome)
        sign = -1.0 if NUMBERS[outcome].better == "lower" else 1.0
        best = max(spots, key=lambda value: sign * float(np.nanmean(values[spots[value]])))
        over = {
            other: self._change(said, outcome, [(1.0, spots[best]), (-1.0, spot)])
            for other, spot in spots.items()
            if other != best
        }
        same = tuple(other for other, change in over.items() if change.sign != int(sign))
        return Peak(
            said=said,
            value=best,
            same=same,
            others=len(over),
            base=base,
            gain=over.get(base),
        )


def _intervals_of(claim: Effect | Together | Best, found: Runs) -> int:
    """How many intervals a claim is based on; of the best, one for each two values that might be it."""
    if claim.kind == "effect":
        return len(claim.where) + (claim.compare and len(claim.where) > 1)
    if claim.kind == "together":
        return len(claim.parts) + 3
    return sum(
        len(list(combinations(spots_along(found.study, claim, where.at), 2))) for where in claim.where
    )
