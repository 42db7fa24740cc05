"""What a cause of the gap looks like in deals, seats and accounts, as it was and at its ideal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import computed_field

from ...result import Described


@dataclass(frozen=True)
class Quote:
    """The last price that was quoted for a need, and what the need brought.

    Args:
        week: week of the plan, 1 for the first.
        seat: who quoted.
        number: 1 for the first quote, 2 for the second.
        outcome: won, lost, no_decision or rested.
        price: USD per unit.
        over_list: the same over the list price of the week (share).
        most: the highest price at which this customer would have bought, over list; 0 where it would have
            bought at no price.
        argued: how much of the offer's value was shown (share).
        late: weeks after the week in which the customer would have signed by itself; below 0 is early.
        left: full weeks of the period of pay that were still to come.
        contribution: what the need brought before variable pay (USD).
    """

    week: int
    seat: int
    number: int
    outcome: str
    price: float
    over_list: float
    most: float
    argued: float
    late: int
    left: int
    contribution: float


class Gaining(Described):
    """Something as it was, and as it would have been with the cause at its ideal."""

    before: Any
    after: Any

    @computed_field  # type: ignore[prop-decorator]
    @property
    def gain(self) -> float:
        """What the ideal would have brought more, before variable pay (USD)."""
        return float(self.after.contribution - (self.before.contribution if self.before else 0.0))


class DealCase(Gaining):
    """One need of a customer: what became of it, and what would have.

    Args:
        account: whose need.
        generation: which customer held the account.
        need: which of its needs.
        before: the quote as it was; None where no price was quoted.
        after: the quote with the cause at its ideal.
    """

    account: int
    generation: int
    need: int
    before: Quote | None
    after: Quote


@dataclass(frozen=True)
class Seat:
    """What a seat of the sales force brought over the plan.

    Args:
        contribution: of its deals, before variable pay (USD).
        quotes: prices quoted.
        won: deals won.
        argued: how much of the offer's value was shown, mean over quotes; None without a quote.
        over_list: revenue over the same units at list price; None without a sale.
        weeks_filled: weeks of the plan in which somebody held the seat.
        holders: how many held it.
        trait: of its holder at the end, what the cause acts on: understanding, buy-in, intensity or
            skill; None where the seat is empty then, or the cause is about empty seats.
    """

    contribution: float
    quotes: int
    won: int
    argued: float | None
    over_list: float | None
    weeks_filled: int
    holders: int
    trait: float | None


class SeatCase(Gaining):
    """One seat as it was and would have been, and a deal that shows how."""

    seat: int
    before: Seat
    after: Seat
    example: DealCase | None


@dataclass(frozen=True)
class Account:
    """What an account brought over the plan.

    Args:
        contribution: of its deals, before variable pay (USD).
        quotes: prices quoted.
        won: deals won.
        planned_fit: at the end, how well the offer suits it as the plan sees it (share).
        attention: selling hours a week that it then got, as a memory of recent calls.
    """

    contribution: float
    quotes: int
    won: int
    planned_fit: float
    attention: float


class AccountCase(Gaining):
    """One account as it was and would have been."""

    account: int
    before: Account
    after: Account


Case = DealCase | SeatCase | AccountCase


@dataclass(frozen=True)
class Seen:
    """How common it is: all deals, seats or accounts of which the cases are the clearest.

    Args:
        kind: deals, seats or accounts.
        compared: how many there were in both replays.
        showing: in how many of them what the cause acts on was another.
        gain: what these bring more with the cause at its ideal (USD).
    """

    kind: str
    compared: int
    showing: int
    gain: float
