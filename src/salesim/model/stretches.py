"""The weeks between two changes of a firm's numbers, and what the people in it know of the next one."""

from __future__ import annotations

from dataclasses import dataclass

from .dated import PAY_RULES
from .scenario import Scenario

NEVER = -1
DATES = ("rules_end", "rules_known", "quotas_begin")  # what the week must know, in `Keeping`


@dataclass(frozen=True)
class Stretch:
    """Weeks in which a firm's numbers stay as they are.

    Args:
        first: its first week, counted from the burn-in.
        last: one past its last week.
        scenario: the numbers that hold.
        pay_plans: the same, and as they are for groups of reps with a pay plan of their own.
        later: those after it, where pay changes then; else the same.
        rules_end: the week from which pay follows other rules; -1 is never.
        rules_known: the week from which reps know that.
        quotas_begin: the week in which quotas are set anew; -1 is none.
    """

    first: int
    last: int
    scenario: Scenario
    pay_plans: tuple[Scenario, ...]
    later: tuple[Scenario, ...]
    rules_end: int = NEVER
    rules_known: int = NEVER
    quotas_begin: int = NEVER


def stretches_of(scenario: Scenario) -> list[Stretch]:
    """Burn-in, and plan by its dates."""
    raw = scenario.stretches()
    plans = [firm.with_each_plan() for *_, firm in raw]
    found = []
    before: Scenario | None = None
    for number, (first, last, firm) in enumerate(raw):
        later = plans[min(number + 1, len(raw) - 1)]
        changes = any(pays_otherwise(*both) for both in zip(plans[number], later, strict=True))
        anew = before is not None and before.quotas != firm.quotas
        found.append(
            Stretch(
                first,
                last,
                firm,
                plans[number],
                later if changes else plans[number],
                last if changes else NEVER,
                known_from(scenario, last) if changes else NEVER,
                first if anew else NEVER,
            )
        )
        before = firm
    return found


def pays_otherwise(firm: Scenario, later: Scenario) -> bool:
    """Whether any rule of pay differs."""
    return any(getattr(firm, group) != getattr(later, group) for group in PAY_RULES)


def known_from(scenario: Scenario, week: int) -> int:
    """When reps know that pay changes in a week: the end of rules at once, new rules when announced."""
    start = scenario.organisation.burn_in_weeks
    day, known = week - start, 0
    for change in scenario.dated:
        if change.is_about_pay and day in (change.start, change.stop):
            known = max(known, start + change.start - change.announced)
    return known
