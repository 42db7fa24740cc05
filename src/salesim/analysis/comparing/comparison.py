"""What a comparison found: differences of arms from a baseline on the same random draws, and a ranking."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pydantic import Field, computed_field

from ...english import TODAY, capital, counted, phrase
from ...inputs.design import BASELINE
from ...model.calendar import YEAR
from ...model.scenario import Scenario
from ...outcomes import Outcome
from ...outcomes.history import Numbers
from ...quantity import Quantity, Scale, Unit, yearly
from ...result import Described, Result
from ...runs.estimating import Estimated
from ...runs.paired import MONEY
from ...runs.promising import losses
from ...runs.runs import Runs
from ...runs.schema import OutcomeByName
from ...table import Head, Table, listed
from .difference_parts import COSTS, MAX_ARMS, TOTALS, DifferenceSplit, table_of_splits
from .divergence import Divergence

BETTER, WORSE, UNCLEAR, SAME = "better", "worse", "no clear difference", "the same firm"
DIFFERS = "differs"  # clearly, in an outcome of which no direction is better
MAX_SENTENCES = 8


class Difference(Estimated):
    """An arm less the baseline in one outcome, over replicates that both have."""

    arm: str = Field(description="Name of the arm, such as a policy.")
    outcome: OutcomeByName = Field(description="What was compared.")
    baseline: float = Field(description="Mean of the baseline, in the unit of the outcome.")
    scale: float = Field(exclude=True)  # turns that unit into `scaled_unit`; not a number where it cannot
    scaled_unit: str = Field(description="Points of the promise, or percent of the baseline.")
    chance_positive: float = Field(
        description="Probability that the mean difference is above zero, by itself; null where no "
        "replicate shows a difference."
    )
    verdict: str = Field(
        description=f"{BETTER}, {WORSE}, {UNCLEAR}, {SAME}, or {DIFFERS}: clearly, where "
        "no direction is better."
    )
    replicates: int = Field(description="How many both have.")
    correlation: float = Field(description="Of the two arms over replicates; null where one never varies.")
    variance_ratio: float = Field(
        description="Variance of the difference with independent random draws over that with the same."
    )
    paired: Numbers = Field(exclude=True)  # the differences, replicate by replicate

    @property
    def half_width(self) -> float:
        """Half the interval, in points of the promise or percent of the baseline."""
        return 0.5 * (self.high - self.low) * self.scale

    @computed_field  # type: ignore[prop-decorator]
    @property
    def unit(self) -> str:
        """Unit of the outcome."""
        return str(self.outcome.unit)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def difference(self) -> float:
        """Mean difference over the plan, in the unit of the outcome."""
        return self.mean

    @computed_field  # type: ignore[prop-decorator]
    @property
    def interval(self) -> tuple[float, float]:
        """Its 95% interval; all of an outcome hold together. Null where nothing is known."""
        known = self.paired.any() or self.verdict == SAME
        return (self.low, self.high) if known else (math.nan, math.nan)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def scaled(self) -> float:
        """The difference in `scaled_unit`."""
        return self.mean * self.scale

    @computed_field  # type: ignore[prop-decorator]
    @property
    def scaled_interval(self) -> tuple[float, float]:
        """Its interval."""
        low, high = self.interval
        return low * self.scale, high * self.scale

    @computed_field  # type: ignore[prop-decorator]
    @property
    def positive_in(self) -> int:
        """In how many replicates the arm is higher."""
        return int((self.paired > 0.0).sum())

    def effect(self, years: float) -> str:
        """What the arm does to the outcome, such as: raises revenue by USD 2 million a year (...)."""
        low, high = (abs(end) for end in sorted((self.low, self.high), key=abs))
        if self.outcome.unit == MONEY:
            scale = yearly([self.mean], [(low, high)], years)
        else:
            scale = self.outcome.unit.difference.scale([self.mean], [(low, high)])
        interval = scale.interval(low, high)
        shown = [f"95% interval {interval}" if interval else "interval unknown, one replicate"]
        if math.isfinite(self.scale):
            shown.append(scaled_amount([self]).text(self.mean, signed=True))
        does = "raises" if self.mean > 0.0 else "lowers"
        return f"{does} {self.outcome.noun} by {scale.text(abs(self.mean))} ({'; '.join(shown)})"


def scaled_amount(differences: Sequence[Difference], minus: str = "-") -> Scale:
    """What differences in one outcome are written in: its own unit where the baseline is nothing."""
    outcome, factor = differences[0].outcome, differences[0].scale
    known = math.isfinite(factor)
    unit = Unit(differences[0].scaled_unit) if known else outcome.unit.difference
    factor = factor if known else 1.0
    ends = [(d.low * factor, d.high * factor) for d in differences]
    scale = unit.scale([d.mean * factor for d in differences], ends, minus=minus)
    return replace(scale, factor=scale.factor * factor)


class Rank(Described):
    """One arm in the order of an outcome."""

    arm: str = Field(description="Its name; the baseline is one of them.")
    mean: float = Field(description="Its mean, in the unit of the outcome.")
    place: int = Field(
        description="1 for the best, or the highest where none is better; arms without a clear difference "
        "may share a place."
    )
    tied_with: tuple[str, ...] = Field(description="Arms without a clear difference from it.")


class Comparison(Result):
    """Arms against a baseline."""

    sweep: Runs = Field(exclude=True)  # the runs that it is based on; its first policy is the baseline
    places: dict[str, int] = Field(exclude=True)  # the point at which each arm stands, the baseline first
    seed: int = Field(description="Random seed.")
    precision: float = Field(
        description="The half-width that was asked for: points of the promise for money, percent of the "
        "baseline's mean for others."
    )
    arms: dict[str, str] = Field(description="Each arm in words, by its name; `baseline` is today's firm.")
    differences: tuple[Difference, ...] = Field(description="A list: outcome by outcome, arm by arm.")
    rankings: dict[str, tuple[Rank, ...]] = Field(description="By outcome, all arms, the best first.")
    splits: tuple[DifferenceSplit, ...] = Field(
        (), description="A list: why each arm differs in money; empty where runs lack their totals."
    )
    equal: dict[str, str] = Field(description="Arms that are the same firm as another, and which.")
    divergences: dict[str, Divergence | None] = Field(
        {}, description="By arm, where it first differs from the baseline in the first replicate, or null."
    )

    @computed_field  # type: ignore[prop-decorator]
    @property
    def precise(self) -> bool:
        """Whether every difference is as precise as asked; else the run limit came first."""
        widths = (d.half_width for d in self.differences)
        return self.precision == 0.0 or all(not w > 1.05 * self.precision for w in widths)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What was compared, in the order asked for."""
        return tuple(dict.fromkeys(difference.outcome for difference in self.differences))

    def firm(self, arm: str) -> Scenario:
        """The firm of an arm, or of the baseline."""
        study = self.sweep.study
        return study.firm(study.point(self.places[arm]))

    def of(self, outcome: Outcome) -> list[Difference]:
        """The differences in one outcome, arm by arm."""
        return [difference for difference in self.differences if difference.outcome == outcome]

    def kind(self, count: int = 1) -> str:
        """What arms are, in a sentence."""
        if self.sweep.study.levers:
            return "setting" if count == 1 else "settings"
        return "policy" if count == 1 else "policies"

    @property
    def base(self) -> str:
        """The name of the arm that all others are compared with."""
        return next(iter(self.arms))

    def best_first(self, outcome: Outcome) -> list[Difference]:
        """Arms that are firms of their own, the best first; the highest, where no direction is better."""
        sign = 1.0 if outcome.better == "lower" else -1.0
        own = [each for each in self.of(outcome) if each.arm not in self.equal]
        return sorted(own, key=lambda d: sign * d.mean if math.isfinite(d.mean) else math.inf)

    def called(self, arm: str) -> str:
        """An arm in a sentence."""
        return TODAY if arm == BASELINE else self.arms[arm]

    def records(self) -> Iterator[dict[str, Any]]:
        """A row for each arm and outcome: the difference with its interval, its unit, the verdict."""
        parts = ("arm", "outcome", "unit", "difference", "low", "high", "baseline", "replicates", "verdict")
        for each in self.differences:
            yield {name: getattr(each, name) for name in parts} | {"outcome": each.outcome.name}

    def in_words(self) -> Iterator[str]:
        """A promise that loses money, the answer, other differences, why, the ranking, how it is known."""
        yield from losses(self.sweep)
        for outcome in self.outcomes:
            yield self.answer(outcome)
            best, each = self.best(outcome), self.of(outcome)
            if len(self.differences) <= MAX_SENTENCES and len(each) > 1:
                yield from (self.sentence(difference) for difference in each if difference is not best)
        yield from self._why()
        if len(self.arms) > 2:
            yield from (self._ranking(each) for each in self.outcomes if each.better != "neither")
        yield from self._limits()
        yield from self._pairing()
        for arm, divergence in self.divergences.items():
            said = divergence.sentence if divergence else "the two runs are the same to the end."
            yield f"{capital(self.called(arm))}: {said[:1].lower()}{said[1:]}"

    def _why(self) -> Iterator[str]:
        """What the difference of each arm, or of the best of many, is made of."""
        splits = {(split.outcome, split.arm): split for split in self.splits}
        for outcome in self.outcomes:
            each = self.of(outcome)
            for difference in each if len(each) <= MAX_ARMS else self.best_first(outcome)[:1]:
                if split := splits.get((outcome, difference.arm)):
                    clear = difference.verdict in (BETTER, WORSE)
                    said = split.sentence(self.called(split.arm), self._years, clear=clear)
                    yield from filter(None, [said])
        if (
            not self.splits
            and any(o.name in COSTS for o in self.outcomes)
            and set(self.places) - {BASELINE}
        ):
            yield (
                f"The runs lack the table {TOTALS}, from which the difference is split into its causes; "
                f'tables = ["{TOTALS}"] in the study keeps it.'
            )

    def answer(self, outcome: Outcome) -> str:
        """The verdict in an outcome, in one sentence: on the arm, or on the best of several."""
        each = self.of(outcome)
        if len(each) == 1:
            return self.sentence(each[0])
        best, of = self.best(outcome), f"{len(each):,} {self.kind(len(each))}"
        if outcome.better == "neither":
            clear = [difference for difference in each if difference.verdict == DIFFERS]
            most = max(clear, key=lambda difference: abs(difference.mean), default=None)
            effect = f", most of all {self.called(most.arm)}: it {most.effect(self._years)}" if most else ""
            return f"{len(clear) or 'None'} of {of} clearly differ from {TODAY} in {outcome.noun}{effect}."
        if all(difference.arm in self.equal for difference in each):
            return f"Every {self.kind()} is the same firm as {TODAY}: there is nothing to compare."
        if best is None:
            verdicts = [difference.verdict for difference in each]
            kinds = ((WORSE, "worse"), (UNCLEAR, f"with {UNCLEAR}"), (SAME, SAME))
            counts = ", ".join(f"{verdicts.count(k)} {said}" for k, said in kinds if k in verdicts)
            return f"None of {of} is better than {TODAY} in {outcome.noun}: {counts}."
        rank = next(rank for rank in self.rankings[outcome.name] if rank.arm == best.arm)
        ties = [arm for arm in rank.tied_with if arm != BASELINE and arm not in self.equal]
        tied = f" (statistically as good: {counted(len(ties), 'other')})" if ties else ""
        return f"{capital(self.called(best.arm))} is the best of {of}{tied}: it {best.effect(self._years)}."

    def best(self, outcome: Outcome) -> Difference | None:
        """The arm that ranks first of those that are better than the baseline, if any is."""
        better = {each.arm: each for each in self.of(outcome) if each.verdict == BETTER}
        return next((better[rank.arm] for rank in self.rankings[outcome.name] if rank.arm in better), None)

    @property
    def _years(self) -> float:
        return self.sweep.study.firms[BASELINE].organisation.weeks / YEAR

    def sentence(self, difference: Difference) -> str:
        """Whether an arm is better than the baseline in an outcome, by how much, and how surely."""
        name, noun = capital(self.called(difference.arm)), difference.outcome.noun
        if difference.verdict == SAME:
            return f"{name} is the same firm as {TODAY}: there is nothing to compare."
        twin = self.equal.get(difference.arm)
        same = f" (the same firm as {self.arms[twin]})" if twin else ""
        often = counted(difference.replicates, "replicate")
        if (difference.paired == 0.0).all():
            return f"{name}{same} makes no difference to {noun} in any of {often}."
        if difference.verdict == UNCLEAR:
            interval = scaled_amount([difference]).interval(difference.low, difference.high, signed=True)
            unit = scaled_amount([difference]).shown
            space = "" if unit.startswith("%") else " "
            known = f"95% interval {interval}{space}{unit}" if interval else "interval unknown"
            return f"{name}{same} has no clear effect on {noun} ({known}, {often})."
        verdict = "" if difference.verdict == DIFFERS else f"{difference.verdict}, "
        return f"{name}{same} {difference.effect(self._years)}: {verdict}{often}."

    def _ranking(self, outcome: Outcome) -> str:
        """The order of all arms, and whether the first is clearly better."""
        ranks = self.rankings[outcome.name]
        order = "; ".join(f"{rank.place}. {self.called(rank.arm)}" for rank in ranks[:MAX_SENTENCES])
        more = f" and {len(ranks) - MAX_SENTENCES:,} more" if len(ranks) > MAX_SENTENCES else ""
        ties = [self.called(arm) for arm in ranks[0].tied_with]
        clear = "The first is clearly better than all others"
        if ties:
            left = f" and {len(ties) - MAX_SENTENCES:,} more" * (len(ties) > MAX_SENTENCES)
            clear = f"No clear difference between the first and {phrase(ties[:MAX_SENTENCES])}{left}"
        return f"Ranking by {outcome.noun}: {order}{more}. {clear}."

    def _limits(self) -> Iterator[str]:
        for outcome in self.outcomes:
            if not all(math.isfinite(difference.scale) for difference in self.of(outcome)):
                yield f"{capital(outcome.noun)} of {TODAY} is zero, so no percentage can be given."
        if not self.precise:
            widest = max(
                (d.half_width for d in self.differences if math.isfinite(d.half_width)), default=0.0
            )
            rule = self.sweep.study.replicates
            spent = len(self.sweep.store.ids) >= rule.most * len(self.places)
            more = f"Later replicates scatter more than the first {rule.least:,}"
            least = f"{widest:,.2g} (you asked for +/-{self.precision:g})"
            said = "Stopped at the run limit" if spent else more
            yield f"{said}. The least certain difference is +/-{least}."

    def _pairing(self) -> Iterator[str]:
        """What using the same random draws was worth, with a warning where it was not."""
        pairs = [d for d in self.differences if math.isfinite(d.variance_ratio) and d.arm not in self.equal]
        if not pairs:
            return
        low, high = (end(pair.variance_ratio for pair in pairs) for end in (min, max))
        times = f"{low:,.1f}" if len(pairs) == 1 else f"{low:,.1f} to {high:,.1f}"
        yield f"The same random draws in all arms did the work of {times} times as many independent runs."
        for poor in (pair for pair in pairs if pair.variance_ratio <= 1.0):
            name = self.called(poor.arm)
            yield f"Warning: they do not help {name} in {poor.outcome.noun}. Its interval is still valid."

    def tables(self) -> tuple[Table, ...]:
        """Every difference: in its unit, in points or percent, and its verdict."""
        heads = [
            Head("arm", least=18),
            Head("outcome", whole=True),
            *(Head(n, True, True) for n in ("difference", "points or %", "95% interval", "chance > 0")),
            Head("verdict", whole=True),
            Head("replicates", True, True),
            Head("variance ratio", right=True, roomy=True),
        ]
        rows = (self._cells(difference) for difference in self.differences)
        caption = f"Each arm less {TODAY}, on the same random draws, over the plan"
        table = listed(heads, rows).called("differences", caption)
        return (table, *([table_of_splits(self.splits, self.arms, self._years)] if self.splits else []))

    def _cells(self, difference: Difference) -> tuple[str, ...]:
        own = Quantity(difference.mean, difference.outcome.unit.difference, difference.low, difference.high)
        scaled = scaled_amount([difference])
        known = math.isfinite(difference.scale)
        return (
            self.arms[difference.arm],
            difference.outcome.name,
            own.text(),
            scaled.text(difference.mean).partition(" of ")[0] if known else "",
            scaled.interval(difference.low, difference.high) or "unknown",
            _chance(difference.chance_positive),
            difference.verdict,
            f"{difference.replicates:,}",
            f"{difference.variance_ratio:,.2f}" if math.isfinite(difference.variance_ratio) else "",
        )


def _chance(probability: float) -> str:
    """A chance in percent, never as certain as it cannot be."""
    if not math.isfinite(probability):
        return ""
    percent = 100.0 * probability
    return ">99.9%" if percent > 99.9 else "<0.1%" if percent < 0.1 else f"{percent:.1f}%"
