"""Why an arm earns more or less than the baseline: parts that add up to the difference, with intervals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field, computed_field

from ...outcomes.history import Numbers
from ...quantity import Scale, yearly
from ...result import Described
from ...runs.estimating import Estimated
from ...runs.paired import Paired
from ...runs.runs import Runs
from ...runs.schema import OutcomeByName
from ...statistics import two_stage_interval
from ...table import STRONG, Head, Row, Table, grouped

if TYPE_CHECKING:
    import pandas as pd

TOTALS = "totals"  # the table of sums by run that a split is worked out from
PAID = ("serving_cost", "variable_pay")
FIXED = ("salaries", "people_cost", "overhead")
COSTS = {"contribution": PAID, "realised": PAID, "operating_profit": (*PAID, *FIXED)}  # of each outcome
WORDS = {  # of each part, where it adds and where it takes away
    "price": ("higher prices", "lower prices"),
    "won_deals": ("more won deals per rep", "fewer won deals per rep"),
    "people": ("more filled seats", "fewer filled seats"),
    "units_per_deal": ("larger deals", "smaller deals"),
    "unit_cost": ("a lower unit cost", "a higher unit cost"),
    "cost_to_serve": ("less cost to serve", "more cost to serve"),
    "pay": ("less variable pay", "more variable pay"),
    "salaries": ("lower salaries", "higher salaries"),
    "training_and_hiring": ("less training and hiring", "more training and hiring"),
    "overhead": ("less overhead", "more overhead"),
}
NAMES_OF_COSTS = dict(zip((*PAID, *FIXED), list(WORDS)[5:], strict=True))
CENT = 0.01  # USD; what is less in every replicate is rounding
MAX_NAMED, MAX_ARMS = 3, 3  # parts in a sentence; arms of which a terminal shows all parts


class PartOfDifference(Estimated):
    """What one cause adds to the difference between an arm and the baseline."""

    name: str = Field(description=f"One of: {', '.join(WORDS)}.")
    paired: Numbers = Field(exclude=True)  # replicate by replicate

    @property
    def present(self) -> bool:
        """Whether there is any in some replicate."""
        return bool((np.abs(self.paired) >= CENT).any())

    @computed_field  # type: ignore[prop-decorator]
    @property
    def difference(self) -> float:
        """What it adds to the difference over the plan, mean (USD)."""
        return self.mean


class DifferenceSplit(Described):
    """The difference between an arm and the baseline in parts that add up in every replicate."""

    arm: str = Field(description="Name of the arm.")
    outcome: OutcomeByName = Field(description="What is split: contribution or operating profit.")
    parts: tuple[PartOfDifference, ...] = Field(description="A list of what adds up to the difference.")

    @property
    def difference(self) -> float:
        """The difference over the plan, mean (USD)."""
        return sum(part.mean for part in self.parts)

    def sentence(self, called: str, years: float, *, clear: bool) -> str:
        """The largest significant parts of what an arm adds or takes away; empty where none is."""
        sign = -1.0 if self.difference < 0.0 else 1.0
        sure = [part for part in self.parts if part.significant and part.present]
        named = sorted(sure, key=lambda part: -abs(part.mean))[:MAX_NAMED]
        if not named:
            return ""
        scale = scale_of([self], years)
        said = [(part.mean, WORDS[part.name][part.mean < 0.0]) for part in named]
        rest = self.difference - sum(part.mean for part in named)
        said += [(rest, "the rest")] if scale.number(rest).strip("-0.,") else []
        parts = ", ".join(f"{scale.number(sign * amount)} from {cause}" for amount, cause in said)
        does = (
            f"{'takes from' if sign < 0.0 else 'adds to'} {self.outcome.noun}{' on average' * (not clear)}"
        )
        amount = scale.text(abs(self.difference))
        return f"Of the {amount} that {called} {does}, {parts.replace(' from', ' come from', 1)}."

    def rows(self, called: str, scale: Scale) -> Iterator[Row]:
        """The difference and its parts; what is nothing in every replicate is left out."""
        yield Row((called, scale.number(self.difference, signed=True)), STRONG)
        for part in (part for part in self.parts if part.present):
            interval = scale.interval(part.low, part.high, signed=True) or "unknown"
            yield Row((part.name.replace("_", " "), scale.number(part.mean, signed=True), interval))


def scale_of(splits: Sequence[DifferenceSplit], years: float) -> Scale:
    """How amounts of splits are written beside each other: dollars a year, as finely as they deserve."""
    parts = [part for split in splits for part in split.parts]
    amounts = [*(split.difference for split in splits), *(part.mean for part in parts)]
    return yearly(amounts, [(p.low - p.mean, p.high - p.mean) for p in parts if p.present], years)


def table_of_splits(splits: Sequence[DifferenceSplit], called: Mapping[str, str], years: float) -> Table:
    """Every split, arm by arm."""
    scale, outcomes = scale_of(splits, years), {split.outcome.name for split in splits}
    heads = (Head("part", least=18), Head(scale.shown, True, True), Head("95% interval", True, True))
    groups = (
        split.rows(called[split.arm] + f", {split.outcome.noun}" * (len(outcomes) > 1), scale)
        for split in splits
    )
    caption = "Why arms differ: parts that add up, each change taken at the mean of both arms"
    return replace(grouped(heads, groups).called("parts", caption), details=len(splits) > MAX_ARMS)


def splits_of(
    found: Runs, outcomes: Sequence[Paired], firms: Mapping[str, str], first: int
) -> Iterator[DifferenceSplit]:
    """The split of each arm's difference in each outcome that is one; none where runs lack their totals.

    Args:
        found: the runs.
        outcomes: what is compared.
        firms: the key of the firm of each arm, the baseline first.
        first: replicates by which it was decided how many there would be.
    """
    split = [paired.outcome for paired in outcomes if paired.outcome.name in COSTS]
    totals = _totals(found, list(firms.values())) if split else None
    if totals is None:
        return
    base = totals[next(iter(firms.values()))]
    for outcome in split:
        for arm, firm in list(firms.items())[1:]:
            both = base.index.intersection(totals[firm].index)
            one, other = ({n: t.loc[both, n].to_numpy(float) for n in t} for t in (base, totals[firm]))
            each = parts_of(one, other, COSTS[outcome.name])
            parts = (
                PartOfDifference(name=name, estimate=two_stage_interval(v, first, len(firms) - 1), paired=v)
                for name, v in each.items()
            )
            yield DifferenceSplit(arm=arm, outcome=outcome, parts=tuple(parts))


def _totals(found: Runs, firms: Sequence[str]) -> dict[str, pd.DataFrame] | None:
    """The sums of each firm by replicate; None where a run lacks them."""
    kept = found.store.read_beside(TOTALS)
    runs = found.store.read(["firm", "seed", "replicate"]).to_pandas()
    runs = runs[(runs["seed"] == found.study.seed) & runs["firm"].isin(firms)]
    if kept is None or not runs["run_id"].isin(kept["run_id"].to_pylist()).all():
        return None
    sums = kept.to_pandas().drop(columns="replicate").drop_duplicates("run_id")
    rows = runs.merge(sums, on="run_id").set_index("replicate").sort_index()
    return {firm: rows[rows["firm"] == firm].drop(columns=["run_id", "firm", "seed"]) for firm in firms}


def parts_of(
    base: Mapping[str, Numbers], arm: Mapping[str, Numbers], costs: Sequence[str] = PAID
) -> dict[str, Numbers]:
    """What each cause adds to the difference, replicate by replicate (USD).

    Units sold are filled rep-weeks times won deals each times units of a deal. Each change is taken at
    the mean of both arms, so that neither comes first and nothing is left over.

    Args:
        base, arm: sums over the plan by replicate, as the table of totals has them.
        costs: which of them are charged beside the cost of units.
    """
    change = {name: arm[name] - base[name] for name in base}
    price, cost = _mean_rate(base, arm, "revenue", "units"), _mean_rate(base, arm, "unit_cost", "units")
    size, wins = _mean_rate(base, arm, "units", "won"), _mean_rate(base, arm, "won", "staffed")
    by_people = wins * change["staffed"]
    return {
        "price": change["revenue"] - price * change["units"],
        "won_deals": (price - cost) * size * (change["won"] - by_people),
        "people": (price - cost) * size * by_people,
        "units_per_deal": (price - cost) * (change["units"] - size * change["won"]),
        "unit_cost": cost * change["units"] - change["unit_cost"],
        **{NAMES_OF_COSTS[name]: -change[name] for name in costs},
    }


def _mean_rate(base: Mapping[str, Numbers], arm: Mapping[str, Numbers], above: str, below: str) -> Numbers:
    """One sum over another, mean of both arms; that of the other where one arm has none."""
    tops, bottoms = (np.array([base[name], arm[name]], dtype=float) for name in (above, below))
    known = bottoms > 0.0
    rates = np.divide(tops, bottoms, out=np.zeros_like(tops), where=known)
    mean: Numbers = rates.sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return mean
