"""Warn of values that are allowed and yet far from plausible, which are mostly mistakes of unit."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from math import log
from weakref import WeakValueDictionary

from ..english import phrase
from ..errors import ImplausibleWarning
from ..model.accounts import planned_price_of
from ..model.dated import PAY_RULES
from ..model.phases.due import on_target_rate, usual_factor
from ..model.phases.foresight import sums_per_dollar
from ..model.scenario import Scenario
from ..rules.needs import mean_units
from ..rules.pay import base_salary, target_incentive
from .declared import Declared, declared_values, spelt, value_of
from .delta import PLANS

CLOSE = 0.1  # of the target incentive: a plan that pays so much more or less at quota meets it
FAR = 3.0  # times an end of the plausible range
SIZES = ("headcount", "accounts", "weeks", "burn_in_weeks")  # a firm may be small, and a plan short
KNOWN: WeakValueDictionary[int, Scenario] = WeakValueDictionary()  # firms of which it was said
MISTAKES = (  # what the unit says, what the value is to be multiplied by, and what was meant
    ("per week", 1 / 52, "a year's number where a week's is asked"),
    ("per year", 52.0, "a week's number where a year's is asked"),
    ("per year", 12.0, "a month's number where a year's is asked"),
    ("weeks", 52.0, "years where weeks are asked"),
    ("months", 12.0, "years where months are asked"),
    ("share", 1 / 100, "percent of a percent"),
    ("share", 100.0, "a percent divided by 100 twice"),
    ("probability", 1 / 100, "percent of a percent"),
    ("USD", 1_000.0, "{value:.3f} is {value:g} dollars"),
    ("", 1_000.0, "{value:.3f} is {value:g}"),
    ("", 1 / 1_000, "a thousand times too much"),
)


def warn_of_firm(firm: Scenario, stands_on: object = None) -> None:
    """Warn of each number of a firm, also for a time or for some, that is far from plausible.

    Args:
        firm: of which nothing was said yet.
        stands_on: where it is a firm too, what that has of its own is said once, however often it is read.
    """
    before = _values(stands_on) if isinstance(stands_on, Scenario) else {}
    if isinstance(stands_on, Scenario) and KNOWN.get(id(stands_on)) is not stands_on:
        KNOWN[id(stands_on)] = stands_on
        warn_of_values(before)
    KNOWN[id(firm)] = firm
    values = _values(firm)
    warn_of_values({path: [v for v in values[path] if v not in before.get(path, ())] for path in values})


def _values(firm: Scenario) -> dict[str, list[float | str]]:
    """All values of each number, from the start, from a day on, and for some reps."""
    values = {path: [value_of(firm, path)] for path in declared_values()}
    for entry in firm.dated:
        values[entry.lever].append(entry.value)
    for plan in firm.pay_plans:
        for path, value in plan.levers.items():
            values[path].append(value)
    return values


def warn_of_pay(firm: Scenario, said: Iterable[str]) -> None:
    """Warn where pay at the planned quota is far from the target incentive, if somebody has changed pay.

    Rates are as the contract says, so nothing brings the two together.

    Args:
        firm: with all that was said of it.
        said: paths of the numbers that the user's own files and settings say.
    """
    groups, quota = {path.partition(".")[0] for path in said}, planned_quota(firm)
    if quota <= 0.0:
        return
    first, *plans = firm.with_each_plan()
    if groups & {*PAY_RULES}:
        _warn_of_plan(firm.title, quota, first)
    for plan, rules in zip(firm.pay_plans if PLANS in groups else (), plans, strict=False):
        _warn_of_plan(f"{firm.title} ({plan.name})", quota, rules)


def _warn_of_plan(name: str, quota: float, firm: Scenario) -> None:
    """Warn where one plan pays far more or less at this quota than it aims at."""
    aim = target_incentive(firm.pay)
    by_curves = on_target_rate(quota, firm) * quota * usual_factor(firm)
    sums = sums_per_dollar(mean_units(firm.needs), firm) * quota
    paid, whole = by_curves + sums, aim + base_salary(firm.pay)
    if abs(paid - aim) > CLOSE * aim:
        off = f"{abs(paid / aim - 1.0):.0%} {'more' if paid > aim else 'less'} than" if aim else "and not"
        parts = [f"{by_curves / quota:.2%} of it by the curves"] + [f"USD {sums:,.0f} of sums"] * (
            sums > 0.0
        )
        on_quota = f"at the planned quota of USD {quota:,.0f} ({phrase(parts)})"
        target = f"the target incentive of USD {aim:,.0f} ({aim:,.0f} of {whole:,.0f})"
        text = f"{name} pays USD {paid:,.0f} of variable pay {on_quota}, {off} {target}"
        warnings.warn(text, ImplausibleWarning, stacklevel=1)


def planned_quota(firm: Scenario) -> float:
    """The mean quota of a rep in the first operating plan, over the luck of accounts (USD per year)."""
    accounts, reps = (float(value_of(firm, f"organisation.{name}")) for name in ("accounts", "headcount"))
    units = accounts * firm.needs.rate * 52.0 * mean_units(firm.needs)
    plan = units * firm.planning.planned_conversion * planned_price_of(firm)
    return plan * (1.0 + float(value_of(firm, "quotas.over_assignment"))) / reps


def warn_of_values(values: Mapping[str, Iterable[float | str]]) -> None:
    """Warn once of each number that is given a value far from plausible, and of the farthest value.

    Far is above 3 times the upper end of the plausible range, or below a third of its lower end; where
    the range reaches below zero, farther from it than it is wide. Nothing is said of 0, which turns
    something off, of names, and of how large a firm is and how long its plan.

    Args:
        values: of each number, by its path.
    """
    for path, several in values.items():
        number = declared_values()[path]
        found = [value for value in several if not isinstance(value, str) and _is_far(number, value)]
        if found:
            farthest = max(found, key=lambda value: abs(value - number.default))
            warnings.warn(_text(number, farthest), ImplausibleWarning, stacklevel=1)


def _is_far(number: Declared, value: float) -> bool:
    low, high = number.sweep
    if value == 0.0 or number.modes or (number.group == "organisation" and number.name in SIZES):
        return False
    if low < 0.0:
        return not 2.0 * low - high <= value <= 2.0 * high - low
    return not low / FAR <= value <= high * FAR


def _text(number: Declared, value: float) -> str:
    low, high = map(spelt, number.sweep)
    side = "above" if value > number.sweep[1] else "below"
    plausible = f"is far {side} the plausible range, {low} to {high} ({number.unit})"
    return f"{number.path} = {spelt(value)} {plausible}{_mistake(number, value)}"


def _mistake(number: Declared, value: float) -> str:
    """What was probably meant: what leads into the plausible range, and near to the default."""
    if value * number.default <= 0.0:
        return ""
    low, high = number.sweep
    fits = [
        (abs(log(factor * value / number.default)), factor * value, words)
        for unit, factor, words in MISTAKES
        if unit in number.unit and low <= factor * value <= high
    ]
    away, meant, words = min(fits, default=(log(FAR), 0.0, ""))
    if away >= log(FAR):
        return ""
    asked = f"{meant:.0f}" if meant >= 1_000.0 else f"{meant:.3g}"
    return f"; did you mean {asked} ({words.format(value=value)})?"
