"""One replicate simulated twice: as it was, and with one cause at its ideal, on the same random draws."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast

import numpy as np

from ...model.binding import Function, bind
from ...model.books import Deal
from ...model.columns import names
from ...model.deals import AWAITING, LOST, NO_DECISION, RESTED, WON
from ...model.engine import EngineName, run_once
from ...model.ideal import Ideal
from ...model.phases.decide import choose
from ...model.phases.due import weeks_left
from ...model.run import Run
from ...model.scenario import Scenario
from ...model.state import Customer, Firm
from ...model.tables import Records, Tables
from ...outcomes.history import Numbers
from .cases import Quote

OUTCOMES = {WON: "won", LOST: "lost", NO_DECISION: "no_decision", RESTED: "rested"}
HALVINGS = 60  # leave nothing of the price range that a float can tell
DEAREST = 2.0**20  # times list: nobody who buys there minds the price
Need = tuple[int, int, int]  # account, generation, need


@dataclass(frozen=True, eq=False)
class Replay:
    """One life of a firm's plan, as its quotes tell it."""

    run: Run
    tables: Tables

    @property
    def start(self) -> int:
        """First week of the plan."""
        return self.run.scenario.organisation.burn_in_weeks

    @cached_property
    def deals(self) -> Records:
        """The quotes of the plan, in the order in which they were made."""
        deals = self.tables.deals
        rows: Records = deals[(deals["week"] >= self.start) & (deals["outcome"] != AWAITING)]
        return rows

    @cached_property
    def contributions(self) -> Numbers:
        """What each quote brought before variable pay (USD)."""
        deals = self.deals
        margins = deals["price"] - deals["unit_cost"] - deals["serving_cost"]
        brought: Numbers = np.where(deals["outcome"] == WON, deals["size"] * margins, 0.0)
        return brought

    @cached_property
    def contribution(self) -> float:
        """What the plan brought before variable pay (USD)."""
        books = self.tables.books[self.start :]
        return float((books["revenue"] - books["unit_cost"] - books["serving_cost"]).sum())

    @cached_property
    def last_quotes(self) -> dict[Need, int]:
        """The row of the last quote for each need; only this one can have been won."""
        columns = (self.deals[name].tolist() for name in ("account", "generation", "need"))
        return {need: row for row, need in enumerate(zip(*columns, strict=True))}

    def brought(self, need: Need) -> float:
        """What a need brought before variable pay (USD); nothing where no price was quoted."""
        row = self.last_quotes.get(need)
        return 0.0 if row is None else float(self.contributions[row])

    def quote(self, need: Need) -> Quote | None:
        """The last quote for a need, if there was one."""
        row = self.last_quotes.get(need)
        if row is None:
            return None
        deal = self.deals[row]
        week, listed = int(deal["week"]), float(deal["listed"])
        return Quote(
            week=week - self.start + 1,
            seat=int(deal["rep"]),
            number=int(deal["quote"]),
            outcome=OUTCOMES[int(deal["outcome"])],
            price=float(deal["price"]),
            over_list=float(deal["price"]) / listed,
            most=self.highest_price(row) / listed,
            argued=float(deal["argued"]),
            late=week - int(deal["natural_week"]),
            left=int(weeks_left(self.firm_in(week), week)) - 1,
            contribution=float(self.contributions[row]),
        )

    def firm_in(self, week: int) -> Scenario:
        """The firm of that week, counted from the burn-in: levers may be moved on a day."""
        return next(firm for first, last, firm in self._stretches if first <= week < last)

    @cached_property
    def _stretches(self) -> list[tuple[int, int, Scenario]]:
        return self.run.scenario.stretches()

    def would_buy(self, row: int, price: float) -> bool:
        """Whether the customer of a quote, as it then was, would have bought at another price."""
        values = {name: self.deals[row][name].item() for name in names(Deal)}
        deal = Deal(**values | {"price": price})
        customer = Customer(id=deal.account, need=deal.need)
        scenario = self.firm_in(deal.week)
        nobody: dict[str, Any] = dict.fromkeys(Firm._fields, (scenario,))
        firm = Firm(**(nobody | {"luck": self.run.luck, "ideal": Ideal()}))
        return bool(self._choose(customer, deal, scenario, firm) == WON)

    @cached_property
    def _choose(self) -> Function:
        """How customers choose, rivals of rules included."""
        return cast(Function, bind(choose, lambda function: function, {}, dict(self.run.rivals)))

    def highest_price(self, row: int) -> float:
        """The highest price at which that customer would have bought (USD per unit); 0 where at none."""
        low, high = 0.0, float(self.deals[row]["listed"])
        if not self.would_buy(row, low):
            return 0.0
        while self.would_buy(row, high) and high < DEAREST * float(self.deals[row]["listed"]):
            low, high = high, 2.0 * high
        for _ in range(HALVINGS):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if self.would_buy(row, middle) else (low, middle)
        return low


@dataclass(frozen=True, eq=False)
class Replays:
    """The same random draws twice: unchanged, and with one cause at its ideal."""

    before: Replay
    after: Replay

    @property
    def differ(self) -> bool:
        """Whether any quote or answer of the plan is another, beyond the last bits of a price."""
        a, b = self.before.deals, self.after.deals
        told = ("week", "rep", "account", "generation", "need", "outcome")
        if len(a) != len(b) or any((a[name] != b[name]).any() for name in told):
            return True
        return not np.allclose(a["price"], b["price"], rtol=1e-9, atol=0.0)


def replays(run: Run, switch: str, engine: EngineName) -> Replays:
    """Simulate a replicate as it is and with one switch at its ideal, quotas held as they were."""
    realised = run_once(run, engine)
    ideal = replace(run, ideal=Ideal(**{switch: True}), quotas=realised.quotas)
    return Replays(Replay(run, realised), Replay(ideal, run_once(ideal, engine)))
