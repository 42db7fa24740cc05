"""What a plan of one firm comes to: every replicate, how much of its promise that is, and all outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, computed_field, field_validator

from ..english import capital, counted
from ..messages import chosen
from ..model.binding import Rivals
from ..model.calendar import YEAR
from ..model.engine import EngineName
from ..model.scenario import Scenario
from ..outcomes import COMPANY, LEVELS, NUMBERS, THEMES, Outcome
from ..outcomes.declaring import Value
from ..outcomes.pair import Pair
from ..outcomes.promise import contribution_of_full_execution
from ..quantity import MILLION, Quantity, Scale, Unit, yearly
from ..result import Result
from ..table import HEADING, Head, Row, Table, grouped, listed
from .estimating import Estimate, SeriesEstimate, estimate, estimate_of, series_of
from .promising import loss_text
from .run_findings import findings

if TYPE_CHECKING:
    import pandas as pd

NO_PROMISE = "full execution of the strategy would earn nothing, so there is no promise to compare"
LOSS = "full execution of the strategy would lose money, so there is no promise to compare"
TIMES = 3.0  # from here on a ratio is no percentage that anybody would name
FEW = 10  # replicates, below which shares of them are not said in tenths


class Results(Result):
    """All replicates of one firm, in their order.

    The frames `weeks`, `levels`, `deals`, `reps`, `managers`, `accounts` and `outcomes` are tidy
    tables over the weeks of the plan: a column says which replicate a row is of. They are what the
    files of a results folder hold; `docs/data.md` describes every column.
    """

    brief: ClassVar[bool] = True

    scenario: str = Field("", description="Name of the scenario.")
    seed: int = Field(description="Random seed.")
    engine: EngineName = Field(description="compiled or mesa; both give the same bits.")
    firm: Scenario = Field(exclude=True)
    pairs: tuple[Pair, ...] = Field(exclude=True)
    rivals: Rivals = Field((), exclude=True)

    @field_validator("pairs")
    @classmethod
    def _in_order(cls, pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
        return tuple(sorted(pairs, key=lambda pair: pair.replicate))

    def __repr__(self) -> str:
        return (
            f"Results({self.title!r}, replicates={self.replicates}, seed={self.seed}, "
            f"engine={self.engine!r})"
        )

    @computed_field  # type: ignore[prop-decorator]
    @property
    def replicates(self) -> int:
        """How often the plan was run."""
        return len(self.pairs)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def plan_weeks(self) -> int:
        """Weeks of the plan."""
        return self.firm.organisation.weeks

    @computed_field  # type: ignore[prop-decorator]
    @property
    def reason(self) -> str | None:
        """Why there is no realisation ratio, or null."""
        if self.measures["realisation_ratio"] is not None:
            return None
        return LOSS if self.known("promised").mean < 0.0 else NO_PROMISE

    @computed_field  # type: ignore[prop-decorator]
    @cached_property
    def measures(self) -> dict[str, Estimate | None]:
        """Every outcome that is a number, by its name; null where it is undefined."""
        return {o.name: estimate_of(o, self.values) for o in COMPANY if o.index is None}

    @computed_field  # type: ignore[prop-decorator]
    @cached_property
    def series(self) -> dict[str, SeriesEstimate | None]:
        """Every outcome that is a series, by its name; null where it is undefined."""
        first = self.pairs[0].history
        return {o.name: series_of(o, self.values, first) for o in COMPANY if o.index is not None}

    def realised(self) -> NDArray[np.float64]:
        """Contribution by replicate and week of the plan (USD)."""
        return np.array([pair.realised_books["contribution"] for pair in self.pairs])

    def promised(self) -> NDArray[np.float64]:
        """Contribution promised, by replicate and week of the plan (USD)."""
        optimism = np.array([pair.realised_books["optimism"] for pair in self.pairs])
        return (1.0 + optimism) * self.full_execution()

    def full_execution(self) -> NDArray[np.float64]:
        """Contribution of full execution with pay at the on-target rate (USD)."""
        return np.array([contribution_of_full_execution(pair.ideal_books) for pair in self.pairs])

    @cached_property
    def values(self) -> dict[str, list[Value]]:
        """Every outcome of the company by its name, one value for each replicate."""
        histories = [pair.history for pair in self.pairs]
        return {o.name: [o.of(history) for history in histories] for o in COMPANY}

    def records(self) -> Iterator[dict[str, Any]]:
        """Every number that is an outcome: mean and middle 80% of replicates, where defined, and unit."""
        for name, known in self.measures.items():
            mean, low, high = (known.mean, *known.interval) if known else (None, None, None)
            unit = str(NUMBERS[name].unit)
            yield {"outcome": name, "mean": mean, "low": low, "high": high, "unit": unit}

    @cached_property
    def weeks(self) -> pd.DataFrame:
        """The ledger: a row for each replicate, run (realised or full execution) and week."""
        return self.arrow("weeks").to_pandas()

    @cached_property
    def levels(self) -> pd.DataFrame:
        """What people know and believe: a row for each replicate, week and level of the firm."""
        return self.arrow("levels").to_pandas()

    @cached_property
    def deals(self) -> pd.DataFrame:
        """Every quote of the plan and what became of it."""
        return self.arrow("deals").to_pandas()

    @cached_property
    def reps(self) -> pd.DataFrame:
        """Pay, credit and attainment: a row for each replicate, year and holder of a seat."""
        return self.arrow("reps").to_pandas()

    @cached_property
    def managers(self) -> pd.DataFrame:
        """What teams reach: a row for each replicate, year and first-line manager."""
        return self.arrow("managers").to_pandas()

    @cached_property
    def accounts(self) -> pd.DataFrame:
        """What accounts bring over the plan: a row for each replicate and account."""
        return self.arrow("accounts").to_pandas()

    @cached_property
    def totals(self) -> pd.DataFrame:
        """Sums of the ledger over the plan: a row for each replicate."""
        return self.arrow("totals").to_pandas()

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Every outcome of the company, replicate by replicate; a series has a row for each place."""
        return self.arrow("outcomes").to_pandas()

    def arrow(self, name: str) -> Any:
        """The frame of that name as an Arrow table, whose columns carry unit and meaning.

        Raises:
            SalesimError: another name.
        """
        from .rows import SHEETS
        from .tabling import table_of

        chosen("table", name, tuple(SHEETS))
        return table_of(name, [(pair.replicate, pair.history) for pair in self.pairs])

    def table(self, level: str) -> Any:
        """Outcomes of one level as an Arrow table, a row for each replicate and each of them.

        Args:
            level: "company", "manager" (a team and year), "rep" (a seat and year), "account"
                or "deal".

        Raises:
            SalesimError: another level.
        """
        from .rows import SHEET_OF_LEVEL

        return self.arrow(SHEET_OF_LEVEL[chosen("level", level, LEVELS)])

    @property
    def years(self) -> float:
        """How long the plan is."""
        return self.plan_weeks / YEAR

    @property
    def dollars(self) -> Scale:
        """How promise and result are written: a year, as finely as the range of the result deserves."""
        promised, realised = self.known("promised"), self.known("realised")
        gap = promised.mean - realised.mean
        return yearly([promised.mean, realised.mean], [realised.interval, (gap, gap)], self.years)

    def known(self, name: str) -> Estimate:
        """An outcome that is always defined."""
        found = self.measures[name]
        assert found is not None, name
        return found

    def in_words(self) -> Iterator[str]:
        """How much of its promise the firm realises; then what else the run shows."""
        yield self.answer()
        yield from findings(self)

    def answer(self) -> str:
        """How much of its promise the firm realises, with the range over replicates, in dollars a year."""
        ratio, dollars = self.measures["realisation_ratio"], self.dollars
        realised, promised = (self.known(name).mean for name in ("realised", "promised"))
        if promised < 0.0:
            loss = capital(loss_text(promised, self.years))
            return f"{loss}: {self.title} earns {dollars.text(realised)} of contribution."
        if ratio is None:
            return f"{self.title} earns {dollars.text(realised)} of contribution; {NO_PROMISE}."
        much = dollars.part(realised, promised)
        if ratio.mean < 0.0:
            return f"{self.title} makes a loss where its strategy promises a gain: {much}."
        shares = Unit.RATIO.scale([ratio.mean], [ratio.interval])
        share, ends = shares.text(ratio.mean), [shares.text(end) for end in ratio.interval]
        between = " to ".join(ends)
        few = f"middle 80% of {self.replicates} replicates: {between}"
        spread = f"{between} in 8 of 10 replicates" if self.replicates >= FEW else few
        range_ = f" ({spread})" if self.replicates > 1 else ""
        return f"{self.title} realises {share} of its promised contribution{range_}: {much}."

    def tables(self) -> tuple[Table, ...]:
        """The few numbers that are looked at first, then every one by theme with its meaning."""
        return self.main_numbers(), self.all_numbers()

    def main_numbers(self) -> Table:
        """Result, sales, price and people in seven lines, money a year."""
        promised = f" of {self.dollars.number(self.known('promised').mean)} promised"
        revenue = self.known("revenue")
        rows = [
            ("contribution", f"{self._text(self.known('realised'), self.dollars)}{promised}"),
            ("revenue", self._text(revenue, yearly([revenue.mean], [revenue.interval], self.years))),
            ("deals won", self._deals()),
            ("price realised", self._price()),
            ("contribution margin", self._margin()),
            ("reps at quota", self._measure("reps_at_quota")),
            ("turnover of reps", self._measure("turnover")),
        ]
        ranged = " (middle 80% of them)" * (self.replicates > 1)
        mean = f"mean of {counted(self.replicates, 'replicate')}{ranged}"
        return listed([Head("outcome", whole=True), Head(mean)], rows).called("main", "")

    def all_numbers(self) -> Table:
        """Every number by theme: mean, range over replicates, unit, and its meaning."""
        heads = [
            Head("outcome", whole=True),
            *(Head(n, True, True) for n in ("mean", "middle 80%")),
            Head("unit"),
            Head("meaning", roomy=True),
        ]
        groups = [
            [
                Row((theme.capitalize(),), HEADING),
                *(Row((o.name, *self._cells(o), o.meaning)) for o in outcomes if o.index is None),
            ]
            for theme, outcomes in THEMES.items()
        ]
        caption = f"Every outcome over the plan: mean and middle 80% of {self.replicates:,} replicates"
        return replace(grouped(heads, groups, caption).called("outcomes", caption), details=True)

    def _text(self, value: Estimate, scale: Scale) -> str:
        """A number with its range, which one replicate does not have."""
        ends = f" ({scale.interval(*value.interval)})" if self.replicates > 1 else ""
        return f"{scale.text(value.mean)}{ends}"

    def _measure(self, name: str) -> str:
        """An outcome with its range; or why there is none."""
        value = self.measures[name]
        if value is None:
            return NUMBERS[name].undefined
        return self._text(value, Unit(value.unit).scale([value.mean], [value.interval]))

    def _price(self) -> str:
        """The price paid as a share of the list price, and the discount that this is."""
        price, discount = self._measure("price_realisation"), self.measures["discount"]
        return (
            f"{price} of list, a discount of {Quantity(discount.mean, Unit.SHARE).text()}"
            if discount
            else price
        )

    def _deals(self) -> str:
        """Deals won a year, and what one brings."""
        won = [float(pair.realised_books["won"].sum()) / self.years for pair in self.pairs]
        deals = estimate(won, Unit.DEALS)
        if not deals.mean:
            return "none"
        average = self.known("revenue").mean / (deals.mean * self.years)
        said = self._text(deals, Unit.DEALS.scale([deals.mean], [deals.interval])).replace(
            " deals", " a year"
        )
        return f"{said}, {Unit.USD.scale([average]).text(average)} on average"

    def _margin(self) -> str:
        """Contribution as a share of revenue."""
        pairs = zip(self.values["contribution"], self.values["revenue"], strict=True)
        shares = [float(above) / float(below) for above, below in pairs if above is not None and below]
        if not shares:
            return NUMBERS["price_realisation"].undefined
        margin = estimate(shares, Unit.SHARE)
        return self._text(margin, Unit.SHARE.scale([margin.mean], [margin.interval]))

    def _cells(self, outcome: Outcome) -> tuple[str, str, str]:
        """Mean, range and unit as text; or why there is nothing."""
        measure = self.measures[outcome.name]
        if measure is None:
            return "none", "", outcome.undefined
        unit = Unit.TIMES if measure.unit == Unit.RATIO and measure.mean >= TIMES else Unit(measure.unit)
        scale = unit.scale([measure.mean], [measure.interval], size=MILLION)
        return scale.number(measure.mean), scale.interval(*measure.interval), scale.shown or measure.unit
