"""The next best levers: what each gains at its best plausible value, and by one step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import Field, computed_field

from ...english import counted
from ...inputs.declared import spelt, value_said
from ...inputs.design import Number
from ...model.calendar import YEAR
from ...model.scenario import Scenario
from ...quantity import Scale, yearly
from ...result import Result, flat
from ...runs.causes import LEVEL
from ...runs.estimating import Estimated
from ...table import Head, Table, listed

MAX_STEPS = 10  # of a table


class Step(Estimated):
    """One lever moved, everything else unchanged."""

    lever: str = Field(description="Its path, such as regime.discount_authority.")
    before: Number = Field(description="Its value now; a mode by its name.")
    after: Number = Field(description="Its value then.")
    unit: str = Field(description="What it is counted in.")
    contribution: float = Field(description="Change of contribution over the plan (USD).")
    cost: float = Field(
        description="Change of salaries, training and hiring, and coaching time at a manager's pay (USD)."
    )

    @computed_field  # type: ignore[prop-decorator]
    @property
    def gain(self) -> float:
        """Change of contribution net of cost over the plan (USD)."""
        return self.mean

    @property
    def inert(self) -> bool:
        """Whether it changed nothing at all in any replicate."""
        return self.low == self.high == 0.0

    @property
    def name(self) -> str:
        """The lever in a sentence."""
        return self.lever.partition(".")[2].replace("_", " ")

    @property
    def ends(self) -> tuple[str, str]:
        """From where to where it is moved."""
        before, after = (
            each if isinstance(each, str) else spelt(each) for each in (self.before, self.after)
        )
        return before.replace("_", " "), after.replace("_", " ")

    @property
    def said(self) -> tuple[str, str]:
        """The same in a sentence: shares as percent."""
        before, after = (
            value_said(self.lever, each).replace("_", " ") for each in (self.before, self.after)
        )
        return before, after


class NextLevers(Result):
    """What each lever of a firm gains, the best first."""

    seed: int = Field(description="Random seed.")
    replicates: int = Field(description="How often each step was run, on the random draws of today's firm.")
    firm: Scenario = Field(exclude=True)
    best: tuple[Step, ...] = Field(
        description="Each lever at the best of the plausible values tried, the best lever first; intervals "
        "hold for all values of a lever together."
    )
    steps: tuple[Step, ...] = Field(description="Each lever moved one step, the best first.")

    def records(self) -> Iterator[dict[str, Any]]:
        """A row for each step, the best first."""
        return map(flat, self.steps)

    @property
    def moving(self) -> list[Step]:
        """The levers that change anything, each at its best."""
        return [step for step in self.best if not step.inert]

    def dollars(self, *steps: Step, minus: str = "-") -> Scale:
        """How gains are written beside each other: a year, as finely as their intervals deserve."""
        years = self.firm.organisation.weeks / YEAR
        return yearly(
            [step.gain for step in steps], [(step.low, step.high) for step in steps], years, minus
        )

    def in_words(self) -> Iterator[str]:
        """The best lever, how many gain significantly, the best single step, and what is left out."""
        yield self.answer()
        sure = sum(step.low > 0.0 for step in self.best)
        by_chance = round(0.5 * (1.0 - LEVEL) * len(self.moving))
        often = counted(self.replicates, "replicate")
        levers = counted(len(self.best), "lever")
        yield (
            f"{sure} of {levers} show a significant gain at the best plausible value tried ({often}); "
            f"about {by_chance} would by chance."
        )
        step = next((step for step in self.steps if step.low > 0.0), None)
        if step is not None:
            yield f"By a single small step, {self._said(step)} gains most."
        inert = len(self.best) - len(self.moving)
        yield f"{inert} change nothing. Gains are net of salaries, training, hiring and coaching time."
        dated = sorted({entry.lever for entry in self.firm.dated})
        if dated:
            yield f"Left out, because the firm changes them on a date: {', '.join(dated)}."

    def answer(self) -> str:
        """The lever that gains most at its best, if any gains significantly; each is tested alone."""
        best = next((step for step in self.moving if step.low > 0.0), None)
        if best is None:
            lose = self.moving and all(each.high < 0.0 for each in self.moving)
            return "Every single lever loses." if lose else "No single lever shows a significant gain."
        return f"The largest gain of one lever: {self._said(best)}."

    def _said(self, step: Step) -> str:
        """A lever, from where to where, and what that gains."""
        dollars, (before, after) = self.dollars(step), step.said
        interval = f"{LEVEL:.0%} interval {dollars.interval(step.low, step.high)}"
        return f"{step.name} from {before} to {after}, {dollars.text(step.gain)} net of cost ({interval})"

    def tables(self) -> tuple[Table, ...]:
        """Levers at their best, then single steps: what they bring and what they cost, a year."""
        return (
            self._table(self.best, "levers", "Next best levers, each at its best plausible value"),
            self._table(self.steps, "steps", "One small step of each lever"),
        )

    def _table(self, steps: Sequence[Step], name: str, caption: str) -> Table:
        shown = steps[:MAX_STEPS]
        unit = self.dollars(*shown)
        numbers = (f"net gain, {unit.shown}", f"{LEVEL:.0%} interval", "contribution", "cost")
        heads = [
            *(Head(name, whole=True) for name in ("lever", "change")),
            *(Head(name, right=True, whole=True) for name in numbers),
            Head(""),
        ]
        rows = (
            (
                step.lever,
                " to ".join(step.ends),
                unit.number(step.gain),
                unit.interval(step.low, step.high),
                unit.number(step.contribution),
                unit.number(step.cost),
                "" if step.significant else "no clear effect",
            )
            for step in shown
        )
        return listed(heads, rows).called(name, caption)
