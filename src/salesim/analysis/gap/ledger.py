"""The gap between promise and result, split over its causes, replicate by replicate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import fsum, nan
from typing import Any

import numpy as np
from pydantic import Field, computed_field

from ...english import capital, counted, phrase
from ...model.calendar import YEAR
from ...model.scenario import Scenario
from ...outcomes.history import Numbers
from ...quantity import Scale, percent, yearly
from ...result import Result
from ...runs.causes import CAUSES, DIMENSIONS, LEVEL
from ...runs.estimating import Estimated
from ...statistics import mean_interval
from ...table import STRONG, Head, Row, Table, grouped
from .steps import NextLevers

THROUGH = "Shared vision also works through price and accounts, and shares the credit with them."


class Amount(Estimated):
    """What of the gap is put down to a cause, a dimension, or two dimensions that act on each other."""

    name: str = Field(description="A cause, a dimension, or two dimensions.")
    dimension: str = Field(description="The dimension of a cause; the name itself of a dimension.")
    ideal: str | None = Field(None, description="Of a cause: what holds where it is at its ideal.")

    @property
    def unclear(self) -> bool:
        """Whether the interval includes zero; not said of what is zero in every replicate."""
        return self.estimate.unclear

    @property
    def is_loss(self) -> bool:
        """Whether it takes something from the promise, as far as one can know."""
        return self.mean > 0.0 and not self.unclear

    @computed_field  # type: ignore[prop-decorator]
    @property
    def amount(self) -> float:
        """USD over the plan; above zero takes from the promise."""
        return self.mean


@dataclass(frozen=True, eq=False)
class Split:
    """What was promised, realised, and taken by each cause, replicate by replicate (USD).

    Args:
        promised, realised: contribution by replicate.
        parts: what each cause takes from the promise, by replicate (rows) and cause.
        interactions: how much more two dimensions bring together than alone, by replicate (rows) and
            pair of dimensions in the order of `pairs`.
        pairs: places in DIMENSIONS of two that act on each other.
    """

    promised: Numbers
    realised: Numbers
    parts: Numbers
    interactions: Numbers
    pairs: tuple[tuple[int, int], ...]

    @property
    def gap(self) -> Numbers:
        """Promised less realised, by replicate."""
        return self.promised - self.realised

    def of_dimension(self, dimension: str) -> Numbers:
        """What a dimension takes from the promise, by replicate."""
        places = [k for k, cause in enumerate(CAUSES) if cause.dimension == dimension]
        return np.array([fsum(row[places]) for row in self.parts])

    @cached_property
    def totals(self) -> dict[str, Amount]:
        """What was promised and realised, and the gap between them."""
        wholes = {"promised": self.promised, "realised": self.realised, "gap": self.gap}
        return {name: _amount(name, "", values) for name, values in wholes.items()}


class Ledger(Result):
    """Promised less realised contribution of a firm, split over causes."""

    scenario: str = Field("", description="Name of the scenario.")
    seed: int = Field(description="Random seed.")
    orders: int = Field(
        description="Pairs of orders of causes that were drawn for each replicate; 0 where all "
        "combinations were run."
    )
    firm: Scenario = Field(exclude=True)
    split: Split = Field(exclude=True)
    levers: NextLevers | None = Field(None, description="The next best levers, or null.")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def replicates(self) -> int:
        """How often the plan was run."""
        return len(self.split.promised)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def promised(self) -> float:
        """Promised contribution, mean over replicates (USD over the plan)."""
        return self.split.totals["promised"].mean

    @computed_field  # type: ignore[prop-decorator]
    @property
    def realised(self) -> float:
        """Realised contribution (USD over the plan)."""
        return self.split.totals["realised"].mean

    @computed_field  # type: ignore[prop-decorator]
    @property
    def gap(self) -> float:
        """Promised less realised (USD); the causes add up to it."""
        return self.split.totals["gap"].mean

    @computed_field  # type: ignore[prop-decorator]
    @property
    def realisation_ratio(self) -> float:
        """Summed realised over summed promised."""
        return float(np.sum(self.split.realised)) / float(np.sum(self.split.promised))

    @computed_field  # type: ignore[prop-decorator]
    @cached_property
    def causes(self) -> list[Amount]:
        """A list, in the order of the model's description."""
        columns = zip(CAUSES, self.split.parts.T, strict=True)
        return [_amount(cause.name, cause.dimension, each, cause.ideal) for cause, each in columns]

    @computed_field  # type: ignore[prop-decorator]
    @cached_property
    def dimensions(self) -> list[Amount]:
        """The sums over the causes of each dimension, in the same form."""
        return [_amount(name, name, self.split.of_dimension(name)) for name in DIMENSIONS]

    @computed_field  # type: ignore[prop-decorator]
    @cached_property
    def interactions(self) -> list[Amount]:
        """What two dimensions bring together beyond the sum of each alone, the largest first."""
        pairs = zip(self.split.pairs, self.split.interactions.T, strict=True)
        found = [_amount(f"{DIMENSIONS[a]} with {DIMENSIONS[b]}", "", each) for (a, b), each in pairs]
        return sorted(found, key=lambda amount: -abs(amount.mean))

    @property
    def years(self) -> float:
        """How long the plan is."""
        return self.firm.organisation.weeks / YEAR

    def records(self) -> Iterator[dict[str, Any]]:
        """A row for each cause: what it takes from the promise, its 90% interval (USD), its share."""
        parts = ("dimension", "amount", "low", "high")
        for each in self.causes:
            row = {"cause": each.name, **{name: getattr(each, name) for name in parts}}
            yield row | {"share": each.amount / self.gap if self.gap else nan}

    def dollars(self, *amounts: Amount, minus: str = "-") -> Scale:
        """How amounts are written beside each other: a year, as finely as their intervals deserve."""
        ends = [(each.low, each.high) for each in amounts]
        return yearly([each.mean for each in amounts], ends, self.years, minus)

    def text(self, amount: Amount) -> str:
        """How much it is a year, without its sign."""
        return self.dollars(amount).text(abs(amount.mean))

    def in_words(self) -> Iterator[str]:
        """How much is missing, where, what acts on what, what is unclear, and what to do next."""
        yield self.answer()
        if self.gap > 0.0:
            yield self.where()
        yield from self._acting_together()
        yield THROUGH
        unclear = [amount.name for amount in self.causes if amount.unclear]
        if unclear:
            yield f"No clear effect: {phrase(unclear)}."
        yield self.how()
        if self.levers is not None:
            yield from self.levers.in_words()

    def answer(self) -> str:
        """How much of the promise is realised, and how much is missing, a year."""
        gap, title = self.split.totals["gap"], self.title
        dollars = yearly([self.promised], [(gap.low, gap.high), (gap.mean, gap.mean)], self.years)
        much = dollars.part(self.realised, self.promised)
        if gap.unclear:
            return f"{title} realises its promised contribution as far as can be told: {much}."
        if gap.mean <= 0.0:
            return f"{title} realises {'more than ' * (gap.mean < 0.0)}its promised contribution: {much}."
        missing = dollars.text(gap.mean)
        share = percent(self.realisation_ratio)
        return f"{title} realises {share} of its promised contribution: {much}, so {missing} is missing."

    def where(self) -> str:
        """In which dimensions most is lost, and by which causes, of what is significant."""
        lost = {amount.name: amount for amount in self.dimensions if amount.is_loss}
        causes = sorted((each for each in self.causes if each.is_loss), key=lambda each: -each.mean)
        if not lost or not causes:
            return "No single cause is significant: more replicates may show where it is lost."
        first = max(lost, key=lambda name: lost[name].mean)
        ties = [name for name in lost if name != first and self._less(first, name) <= 0.0]
        most = f"The largest part is lost in {first} ({self.text(lost[first])})."
        if ties:
            most = f"Most is lost in {phrase([first, *ties])}, without a clear difference."
        cause, interval = causes[0], self.dollars(causes[0]).interval(causes[0].low, causes[0].high)
        between = f"; {LEVEL:.0%} interval {interval}" if interval else ""
        after = f", then {causes[1].name} ({self.text(causes[1])})" if len(causes) > 1 else ""
        return f"{most} The largest cause is {cause.name} ({self.text(cause)}{between}){after}."

    def _acting_together(self) -> Iterator[str]:
        strongest = self.interactions[0]
        if strongest.unclear or strongest.mean == 0.0:
            return
        less = strongest.mean < 0.0
        names = strongest.name.replace(" with ", " and ")
        how = "overlap" if less else "reinforce each other"
        much = f"{self.text(strongest)} {'less' if less else 'more'}"
        yield f"{capital(names)} {how}: fixing both brings {much} than the sum of fixing each alone."

    def how(self) -> str:
        """How the parts were estimated."""
        often = counted(self.replicates, "replicate")
        end = " One replicate has no intervals." if self.replicates == 1 else ""
        if self.orders == 0:
            return f"Estimated from all combinations of causes (Shapley and Owen values) in {often}.{end}"
        pairs = f"{counted(self.orders, 'random order')} of causes and its reverse"
        return f"Estimated from {pairs} in each of {often} (Shapley and Owen values).{end}"

    def _less(self, dimension: str, other: str) -> float:
        """The least that a dimension takes more than another."""
        difference = self.split.of_dimension(dimension) - self.split.of_dimension(other)
        return mean_interval(difference, LEVEL).low

    def tables(self) -> tuple[Table, ...]:
        """Every cause by dimension, with its interval and its share of the gap; then the next levers."""
        gap = self.split.totals["gap"]
        unit = yearly([gap.mean], [(each.low, each.high) for each in self.causes], self.years)
        heads = [
            Head("cause of the gap", whole=True),
            *(Head(name, right=True, whole=True) for name in (unit.shown, "90% interval", "of the gap")),
            Head(""),
            Head("at its ideal", roomy=True),
        ]
        groups = [
            [
                Row(self._cells(dimension, unit), STRONG),
                *(
                    Row((*self._cells(each, unit), each.ideal or ""))
                    for each in self.causes
                    if each.dimension == dimension.name
                ),
            ]
            for dimension in self.dimensions
        ]
        whole = percent(1.0) if gap.mean > 0.0 else ""
        total = Row(("promised less realised", unit.number(gap.mean), "", whole))
        caption = "What each cause takes from the promise, mean over replicates"
        table = grouped(heads, [*groups, [total]]).called("causes", caption)
        return (table, *(self.levers.tables() if self.levers is not None else ()))

    def _cells(self, amount: Amount, unit: Scale) -> tuple[str, ...]:
        share = percent(amount.mean / self.gap) if self.gap > 0.0 else ""
        name = capital(amount.name) if amount.name == amount.dimension else amount.name
        interval = unit.interval(amount.low, amount.high)
        return name, unit.number(amount.mean), interval, share, "no clear effect" * amount.unclear


def _amount(name: str, dimension: str, values: Numbers, ideal: str | None = None) -> Amount:
    return Amount(name=name, dimension=dimension, estimate=mean_interval(values, LEVEL), ideal=ideal)
