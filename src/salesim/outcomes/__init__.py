"""What is measured: every outcome, by theme for the company, and of managers, reps, accounts, deals."""

from __future__ import annotations

from .company import ACCOUNTS, DEALS, PRICE, THE_RESULT
from .declaring import LEVELS, Outcome
from .people import PAY, PEOPLE, PRODUCTIVITY, VISION
from .promise import THE_PROMISE
from .single import OF_ACCOUNTS, OF_DEALS, OF_MANAGERS, OF_REPS

THEMES: dict[str, tuple[Outcome, ...]] = {
    "the promise": THE_PROMISE,
    "the result": THE_RESULT,
    "shared vision": VISION,
    "price and value": PRICE,
    "deals and timing": DEALS,
    "pay and quotas": PAY,
    "productivity": PRODUCTIVITY,
    "accounts": ACCOUNTS,
    "people": PEOPLE,
}
COMPANY = tuple(outcome for theme in THEMES.values() for outcome in theme)
NUMBERS = {outcome.name: outcome for outcome in COMPANY if outcome.index is None}
OUTCOMES = (*COMPANY, *OF_MANAGERS, *OF_REPS, *OF_ACCOUNTS, *OF_DEALS)


def outcomes_of(level: str) -> tuple[Outcome, ...]:
    """The outcomes of one level: company, manager, rep, account or deal."""
    return tuple(outcome for outcome in OUTCOMES if outcome.level == level)


__all__ = ["COMPANY", "LEVELS", "NUMBERS", "OUTCOMES", "THEMES", "Outcome", "outcomes_of"]
