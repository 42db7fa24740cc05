"""Which uncertain parameters move an outcome: as numbers, in sentences, and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import Field, computed_field

from ...english import capital, counted, phrase
from ...inputs.declared import declared_numbers
from ...quantity import Scale
from ...result import Described, Result, flat
from ...runs.schema import OutcomeByName
from ...statistics import sign_of
from ...table import Head, Table, listed
from .elementary_effects import FIRST

RAISES, LOWERS, EITHER = "raises", "lowers", "either way"
UNCLEAR, NONE = "no clear effect", "no effect"
SURE = 0.95  # share of resamples from which on a place among the first is not called uncertain


class ParameterEffect(Described):
    """What one parameter does to the outcome over the whole of its plausible range."""

    path: str = Field(description="Which parameter.")
    mu_star: float = Field(description="Mean size of the effect, in the unit of the outcome.")
    interval: tuple[float, float] = Field(description="Its 95% interval, over trajectories.")
    mu: float = Field(description="Mean effect, in the same unit.")
    mu_interval: tuple[float, float] = Field(description="Its 95% interval.")
    sigma: float = Field(
        description="Standard deviation of the effect between trajectories, that of chance taken out: how "
        "much it depends on other parameters, or is no straight line."
    )
    noise: float = Field(
        description="Mean size that chance alone would give to a parameter without effect."
    )
    p_value: float = Field(description="How likely chance alone gives effects of this size or more.")
    significant: bool = Field(
        description="Whether the effect is significant, all parameters in view (Benjamini and Hochberg)."
    )
    among_first: float = Field(description=f"Share of resamples in which it is among the top {FIRST}.")

    @computed_field(  # type: ignore[prop-decorator]
        description=f"{RAISES}, {LOWERS}, {EITHER}, {UNCLEAR}, or {NONE} where no run changes."
    )
    @property
    def direction(self) -> str:
        """Whether more of it raises or lowers the outcome, either by what else holds, or nothing known."""
        if not self.significant:
            return UNCLEAR if self.mu_star > 0.0 else NONE
        return (LOWERS, EITHER, RAISES)[int(sign_of(*self.mu_interval)) + 1]

    @property
    def name(self) -> str:
        """Its group and its name as words, such as buying threshold."""
        return self.path.replace(".", " ").replace("_", " ")

    @property
    def meaning(self) -> str:
        """What it is, in one sentence."""
        return declared_numbers()[self.path].meaning

    def cells(self, scale: Scale) -> tuple[str, ...]:
        """Mean size, interval, direction, sigma, noise, and how often it is among the first."""
        return (
            scale.number(self.mu_star),
            scale.interval(*self.interval),
            self.direction,
            scale.number(self.sigma),
            scale.number(self.noise),
            f"{self.among_first:.0%}",
        )


class Screening(Result):
    """Which parameters that nobody has measured move an outcome."""

    scenario: str = Field(description="Name of the scenario.")
    question: str = Field(description="What was asked, how it was laid out, and what was left out of it.")
    outcome: OutcomeByName = Field(description="What is moved.")
    seed: int = Field(description="Random seed, of the runs and of the trajectories.")
    replicates: int = Field(description="How often each point was run.")
    trajectories: int = Field(description="How many count; each moves every parameter once.")
    undefined: int = Field(description="Trajectories left out, because the outcome is undefined on them.")
    parameters: tuple[ParameterEffect, ...] = Field(description="A list, the largest mean size first.")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def unit(self) -> str:
        """The unit of the outcome, in which effects are given."""
        return str(self.outcome.unit)

    def records(self) -> Iterator[dict[str, Any]]:
        """A row for each parameter, that with the largest mean size first."""
        return map(flat, self.parameters)

    @property
    def significant(self) -> list[ParameterEffect]:
        """The parameters with a significant effect."""
        return [each for each in self.parameters if each.significant]

    @property
    def first(self) -> list[ParameterEffect]:
        """The few that matter most, as far as their effects are significant."""
        return [each for each in self.parameters[:FIRST] if each.significant]

    @property
    def scale(self) -> Scale:
        """How effects are written: in the unit of the outcome, as finely as the first of them are known."""
        ends = [
            (low - each.mu_star, high - each.mu_star)
            for each in self.parameters[:FIRST]
            for low, high in [each.interval]
        ]
        return self.outcome.unit.difference.scale([each.mu_star for each in self.parameters], ends)

    def in_words(self) -> Iterator[str]:
        """What the outcome depends on most, how sure that is, and what was left out."""
        yield self._answer()
        yield self._counts()
        yield from self._uncertain()
        if self.undefined:
            noun = self.outcome.noun
            yield f"Trajectories left out because {noun} is undefined on them: {self.undefined:,}."
        yield self.question.partition("? ")[2]

    def _answer(self) -> str:
        noun = self.outcome.noun
        if not self.first:
            return f"No parameter has a significant effect on {noun} of {self.title}."
        named = [f"{each.name} ({self.scale.number(each.mu_star)})" for each in self.first]
        over = f"{self.scale.shown} over the plausible range".strip()
        return f"{capital(noun)} of {self.title} depends most on {phrase(named)}: {over}."

    def _counts(self) -> str:
        kinds = [each.direction for each in self.parameters]
        others = [(kinds.count(UNCLEAR), UNCLEAR), (kinds.count(NONE), "no effect in this firm")]
        rest = "".join(f"; {counted(number, 'has', 'have')} {said}" for number, said in others if number)
        ways = counted(self.trajectories, "trajectory", "trajectories")
        often = f"{ways}, {counted(self.replicates, 'replicate')}"
        have = f"{len(self.significant):,} of {counted(len(kinds), 'parameter')}"
        return f"{have} {'has' if len(kinds) == 1 else 'have'} a significant effect{rest} ({often})."

    def _uncertain(self) -> Iterator[str]:
        """Which of the first might not belong there, and which others might."""
        if len(self.parameters) <= FIRST:
            return
        first = [each for each in self.first if each.among_first < SURE]
        others = [each for each in self.significant if each not in self.first]
        others = [each for each in others if each.among_first > 1.0 - SURE]
        for those, said in (
            (first, f"Not certain to be in the top {FIRST}"),
            (others, "Could be among them too"),
        ):
            names = [f"{each.name} ({each.among_first:.0%} of resamples)" for each in those]
            if names:
                yield f"{said}: {phrase(names)}."

    def tables(self) -> tuple[Table, ...]:
        """A row for each parameter, the one that matters most first."""
        heads = [
            Head("parameter", whole=True),
            Head(f"mean size ({self.scale.shown})", right=True),
            *(
                Head(name, right=True, whole=True)
                for name in ("95% interval", "direction", "sigma", "noise")
            ),
            Head(f"in top {FIRST}", right=True),
            Head("meaning"),
        ]
        scale = self.scale
        rows = ((each.path, *each.cells(scale), each.meaning) for each in self.parameters)
        caption = "The effect of each parameter over its plausible range"
        return (listed(heads, rows).called("parameters", caption),)
