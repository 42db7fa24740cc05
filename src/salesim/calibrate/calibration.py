"""A calibrated firm and what is known of its parameters: as numbers, in sentences and as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import Field, computed_field

from ..english import counted
from ..evidence.wording import band_text, exact, span_text, value_text
from ..inputs.declared import spelt
from ..model.scenario import Scenario
from ..outcomes.history import Numbers
from ..quantity import percent
from ..result import Described, Result
from ..statistics import central
from ..table import Head, Table, listed
from .calibration_plan import Plan
from .identifying import PINNED, Posterior

PREDICTED = 0.90  # of firms drawn from the posterior


class Fit(Described):
    """One fitted row: what was published, and what the calibrated firm shows on random draws of its own."""

    row: str = Field(description="Its name.")
    target: str = Field(exclude=True)  # the finding that it is of
    says: str = Field(description="What is measured.")
    unit: str = Field(description="Of these numbers.")
    published: float = Field(description="The published number.")
    band: tuple[float, float] = Field(description="Lowest and highest value that counts as met.")
    before: float = Field(description="Of the firm before, on the random draws of the search.")
    value: float = Field(description="Of the calibrated firm, on new random draws.")
    standard_error: float = Field(description="Its standard error.")
    draws: Numbers = Field(exclude=True)  # of firms drawn from the posterior, on new random draws

    @computed_field  # type: ignore[prop-decorator]
    @property
    def in_band(self) -> bool:
        """Whether the calibrated firm lies within the band."""
        low, high = self.band
        return low <= self.value <= high

    @computed_field(description=f"The middle {PREDICTED:.0%} of firms drawn from the posterior.")  # type: ignore[prop-decorator]
    @property
    def predicted(self) -> tuple[float, float]:
        """The middle of firms drawn from the posterior."""
        low, high = central(self.draws, PREDICTED).tolist()
        return low, high

    @computed_field  # type: ignore[prop-decorator]
    @property
    def covered(self) -> bool:
        """Whether the published number lies among them."""
        low, high = self.predicted
        return low <= self.published <= high

    @property
    def name(self) -> str:
        """The finding and what is measured."""
        return f"{self.target}: {self.says}"


class Fitted(Described):
    """One free parameter."""

    path: str = Field(description="Which parameter.")
    value: float = Field(description="The fitted value.")
    before: float = Field(description="The value before.")
    range: tuple[float, float] = Field(description="Lowest and highest value that was tried.")
    unit: str = Field(description="Its unit.")
    spread: float = Field(description="Standard deviation of the posterior.")
    learned: float = Field(description="Share of the prior's variance that the findings take away.")

    @property
    def pinned(self) -> bool:
        """Whether the findings pin it down by itself."""
        return self.learned >= PINNED


class Calibration(Result):
    """A calibrated firm and what is known of its parameters."""

    scenario: str = Field(description="The firm whose parameters were fitted.")
    seed: int = Field(description="Random seed.")
    attempts: int = Field(description="How many firms were evaluated, each over several replicates.")
    plan: Plan = Field(exclude=True)
    firm: Scenario = Field(exclude=True)
    posterior: Posterior = Field(exclude=True)
    fit: tuple[Fit, ...] = Field(description="A list: every fitted row.")
    numbers: tuple[Fitted, ...] = Field(description="A list: every free parameter.")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def directions(self) -> int:
        """How many combinations of parameters the findings pin down better than the prior does."""
        return self.posterior.directions

    @computed_field  # type: ignore[prop-decorator]
    @property
    def trade_offs(self) -> list[dict[str, Any]]:
        """A list of pairs of parameters that trade off, with their correlation in the posterior."""
        paths = [each.path for each in self.numbers]
        trades = self.posterior.trades()
        return [{"numbers": [paths[i], paths[j]], "correlation": together} for i, j, together in trades]

    @property
    def values(self) -> dict[str, float]:
        """The fitted values, by path."""
        return {each.path: each.value for each in self.numbers}

    def records(self) -> Iterator[dict[str, Any]]:
        """A row for each free parameter."""
        return (each.model_dump() for each in self.numbers)

    def in_words(self) -> Iterator[str]:
        """What was fitted, what it pins down, and what stays open."""
        inside, tried = sum(fit.in_band for fit in self.fit), counted(self.attempts, "firm")
        yield (
            f"The calibrated firm meets {inside} of {len(self.fit)} published numbers, on random draws "
            f"that the search has not seen ({counted(len(self.numbers), 'free parameter')}, {tried} tried)."
        )
        pinned = [each.path for each in self.numbers if each.pinned]
        yield (
            f"The findings pin down {counted(self.directions, 'combination')} of parameters, and by "
            f"themselves {', '.join(pinned) if pinned else 'none'}; {len(self.numbers) - len(pinned)} stay "
            f"near their prior, because no fitted finding depends on them."
        )
        for trade in self.trade_offs[:1]:
            first, second = trade["numbers"]
            together = trade["correlation"]
            way = "rise together" if together > 0.0 else "one rises as the other falls"
            yield f"The strongest trade-off: {first} and {second} {way} (correlation {together:.2f})."
        missed = [fit.says for fit in self.fit if not fit.covered]
        yield (
            f"Firms drawn from the posterior miss the published {'; '.join(missed)}."
            if missed
            else "Firms drawn from the posterior cover every published number."
        )
        yield "The fitted values are in calibrated.toml, a scenario, and all of this in calibration.json."

    def tables(self) -> tuple[Table, ...]:
        """Every fitted row, and every free parameter, the best pinned down first."""
        numbers = ("published", "band", "before", "calibrated", f"posterior, middle {PREDICTED:.0%}")
        heads = [Head("measure"), *(Head(name, right=True) for name in numbers), Head("")]
        caption = "Fit, on random draws that the search has not seen"
        fit = listed(heads, map(_fit, self.fit)).called("fit", caption)
        ranked = sorted(self.numbers, key=lambda each: -each.learned)
        columns = ("before", "fitted", "+-", "range")
        heads = [Head("parameter"), *(Head(name, right=True) for name in columns), Head("unit")]
        heads.append(Head("learned", right=True))
        return fit, listed(heads, map(_fitted, ranked)).called("numbers", "Parameters")


def _fit(fit: Fit) -> tuple[str, ...]:
    """A published number: what the firm showed before, and what it shows now."""
    unit, error = fit.unit, (fit.value - fit.standard_error, fit.value + fit.standard_error)
    return (
        fit.name,
        exact(fit.published, unit),
        band_text(fit.band, unit),
        value_text(fit.before, unit, error),
        f"{value_text(fit.value, unit, error)} +- {value_text(fit.standard_error, unit, error)}",
        span_text(fit.predicted, unit),
        "met" if fit.in_band else "missed",
    )


def _fitted(each: Fitted) -> tuple[str, ...]:
    """A free parameter: what it was, what it is, and how well that is known."""
    low, high = each.range
    return (
        each.path,
        spelt(each.before),
        spelt(each.value),
        f"{each.spread:.2g}",
        f"{spelt(low)} to {spelt(high)}",
        each.unit,
        f"{percent(each.learned)}{' pinned down' * each.pinned}",
    )
