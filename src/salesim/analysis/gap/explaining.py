"""What stands behind a cause of the gap: the deals, seats or accounts that it cost most."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sized
from typing import TypeVar

import numpy as np

from ...messages import integer
from ...model.deals import WON
from ...model.engine import EngineName
from ...model.run import Run
from ...model.scenario import Scenario
from ...model.state import Luck
from ...model.tables import Records
from ...outcomes.history import Numbers
from ...outcomes.pair import run_pair
from ...outcomes.promise import contribution_of_full_execution
from ...runs.causes import OPTIMISM, Cause, named
from ...runs.exec import Exec
from ...runs.simulate import LARGEST_SEED
from .cases import Account, AccountCase, Case, DealCase, Seat, SeatCase, Seen
from .explanation import CLEARLY, Explanation
from .replays import Need, Replay, Replays, replays

Key = TypeVar("Key", int, Need)
MAX_CASES = 100
LARGEST_REPLICATE = 2**32 - 1
IN_A_DEAL = ("value_argued", "best_prices", "calendar_ignored")  # causes that show there
TRAITS = {
    "understood": "understanding",
    "accepted": "buy_in",
    "best_effort": "intensity",
    "best_skill": "skill",
    "seats_filled": "",
}


def explain(
    firm: Scenario,
    cause: str,
    *,
    seed: int,
    replicate: int = 0,
    number: int = 3,
    how: Exec = Exec(),
) -> Explanation:
    """The deals, seats or accounts that a cause of the gap cost most: what happened, and what would have.

    Args:
        firm: the firm.
        cause: the name of a cause of the gap.
        seed, replicate: which random draws; a replicate has the same in any other study.
        number: how many cases at most.
        how: engine and rules of one's own.

    Raises:
        SalesimError: an unknown cause, or a number out of range.
    """
    found = named(cause)
    luck = Luck(
        integer("seed", seed, 0, LARGEST_SEED), integer("replicate", replicate, 0, LARGEST_REPLICATE)
    )
    many = integer("number", number, 1, MAX_CASES)
    rivals, engine = how.bound(firm)
    amounts, seen, cases = _looked_behind(found, Run(firm, luck, rivals=rivals), engine, many)
    return Explanation(
        title=firm.title,
        seed=luck.seed,
        replicate=luck.replicate,
        before=amounts[0],
        after=amounts[1],
        seen=seen,
        cases=cases,
        of=found,
        cause=found.name,
        dimension=found.dimension,
        ideal=found.ideal,
    )


def _looked_behind(
    cause: Cause, run: Run, engine: EngineName, many: int
) -> tuple[tuple[float, float], Seen | None, tuple[Case, ...]]:
    """What there was, and would have been (USD); how common it is, and the cases."""
    if not cause.switch:
        return _computed(cause, run, engine), None, ()
    both = replays(run, cause.switch, engine)
    before = both.before.contribution
    if not both.differ:
        return (before, before), None, ()
    return (before, both.after.contribution), *_behind(cause)(both, cause.switch, many)


def _computed(cause: Cause, run: Run, engine: EngineName) -> tuple[float, float]:
    """What the plan holds itself, as it was and at its ideal (USD)."""
    pair = run_pair(run, engine)
    if cause is not OPTIMISM:
        books = pair.realised_books
        return float(books["variable_pay"].sum()), float(books["on_target_pay"].sum())
    full = contribution_of_full_execution(pair.ideal_books)
    return float(((1.0 + pair.realised_books["optimism"]) * full).sum()), float(full.sum())


def _behind(cause: Cause) -> Callable[[Replays, str, int], tuple[Seen, tuple[Case, ...]]]:
    """Where a cause shows."""
    if cause.switch in TRAITS:
        return _seats
    return _deals if cause.switch in IN_A_DEAL else _accounts


def _shows(both: Replays, switch: str, need: Need) -> bool:
    """Whether a cause shows in a need that was quoted both times."""
    row = both.before.last_quotes[need]
    was, would = both.before.deals[row], both.after.deals[both.after.last_quotes[need]]
    if switch == "value_argued":
        return bool(was["argued"] != would["argued"])
    if switch == "calendar_ignored":  # second quotes follow a customer's pause, and not the calendar
        return bool(was["quote"] == would["quote"] == 1 and was["week"] != would["week"])
    if was["price"] == would["price"]:
        return False
    # The other price alone explains the other answer: the same customer would have given it.
    return both.before.would_buy(row, float(would["price"])) == bool(would["outcome"] == WON)


def _deals(both: Replays, switch: str, many: int) -> tuple[Seen, tuple[Case, ...]]:
    """Needs that were quoted in both replays, those first that gain most."""
    needs = sorted(both.before.last_quotes.keys() & both.after.last_quotes.keys())
    gains = {need: _gain(both, need) for need in needs if _shows(both, switch, need)}
    cases = (_deal_case(both, need) for need in _best(gains, many))
    return _seen("deals", needs, gains), tuple(case for case in cases if case)


def _seen(kind: str, compared: Sized, gains: Mapping[Key, float]) -> Seen:
    return Seen(kind, len(compared), len(gains), float(np.sum(list(gains.values()))))


def _gain(both: Replays, need: Need) -> float:
    return both.after.brought(need) - both.before.brought(need)


def _best(gains: dict[Key, float], many: int) -> list[Key]:
    """Those that gain most; of equals those with the lower number first."""
    gaining = sorted((-gain, key) for key, gain in gains.items() if gain > 0.0)
    return [key for _, key in gaining[:many]]


def _deal_case(both: Replays, need: Need) -> DealCase | None:
    account, generation, number = need
    before, after = both.before.quote(need), both.after.quote(need)
    if after is None:
        return None
    return DealCase(account=account, generation=generation, need=number, before=before, after=after)


def _seats(both: Replays, switch: str, many: int) -> tuple[Seen, tuple[Case, ...]]:
    """Seats that differ, those first that gain most; where people come and go, those that somebody left."""
    trait = TRAITS[switch]
    before, after = (list(_seats_of(replay, trait)) for replay in (both.before, both.after))
    gains = {
        k: would.contribution - was.contribution
        for k, (was, would) in enumerate(zip(before, after, strict=True))
        if _shown(trait, was, would)
    }
    cases = (
        SeatCase(seat=k, before=before[k], after=after[k], example=_example(both, k))
        for k in _best(gains, many)
    )
    return _seen("seats", before, gains), tuple(cases)


def _shown(trait: str, was: Seat, would: Seat) -> bool:
    """Whether anything was another in the seat; of its staffing, whether it was empty or changed hands."""
    if trait:
        return was != would
    return (was.holders, was.weeks_filled) != (would.holders, would.weeks_filled) or was.holders > 1


def _example(both: Replays, seat: int) -> DealCase | None:
    """The need that gains most of those that the seat would have quoted."""
    deals = both.after.deals
    gains = {
        need: _gain(both, need) for need, row in both.after.last_quotes.items() if deals["rep"][row] == seat
    }
    best = _best(gains, 1)
    return _deal_case(both, best[0]) if best else None


def _seats_of(replay: Replay, trait: str) -> Iterator[Seat]:
    deals, years, reps = replay.deals, replay.tables.years, replay.tables.reps
    count = len(reps)
    years = years[years["week"] >= replay.start]
    sums = _sums(replay, "rep", count)
    argued = np.bincount(deals["rep"], deals["argued"], count)
    listed = _of_won(deals, "listed", "rep", count)
    paid = _of_won(deals, "price", "rep", count)
    weeks = np.bincount(years["rep"], years["weeks"], count)
    for k, (contribution, quotes, won) in enumerate(sums):
        holders = np.unique(years["hire"][years["rep"] == k])
        yield Seat(
            contribution,
            quotes,
            won,
            float(argued[k]) / quotes if quotes else None,
            float(paid[k] / listed[k]) if won else None,
            int(weeks[k]),
            len(holders),
            float(reps[trait][k]) if trait and reps["staffed"][k] else None,
        )


def _sums(replay: Replay, owner: str, count: int) -> Iterator[tuple[float, int, int]]:
    """Contribution, quotes and deals won of each owner of quotes: rep or account."""
    deals = replay.deals
    contributions = np.bincount(deals[owner], replay.contributions, count)
    quotes = np.bincount(deals[owner], minlength=count)
    won = np.bincount(deals[owner][deals["outcome"] == WON], minlength=count)
    yield from zip(contributions.tolist(), quotes.tolist(), won.tolist(), strict=True)


def _of_won(deals: Records, price: str, owner: str, count: int) -> Numbers:
    won = deals[deals["outcome"] == WON]
    total: Numbers = np.bincount(won[owner], won["size"] * won[price], count)
    return total


def _accounts(both: Replays, switch: str, many: int) -> tuple[Seen, tuple[Case, ...]]:
    """Accounts that the plan sees otherwise, or that are called on more; those first that gain most."""
    before, after = (list(_accounts_of(replay)) for replay in (both.before, both.after))
    customers = (both.before.tables.customers, both.after.tables.customers)
    showing = _shown_by(switch, *customers)
    gains = {int(k): after[k].contribution - before[k].contribution for k in np.flatnonzero(showing)}
    cases = (AccountCase(account=k, before=before[k], after=after[k]) for k in _best(gains, many))
    return _seen("accounts", before, gains), tuple(cases)


def _shown_by(switch: str, before: Records, after: Records) -> Numbers:
    """Accounts that still are the same customer, and that are called on more at the end.

    Where the plan is stale, only those that it clearly took for less than they are.
    """
    same = before["generation"] == after["generation"]
    shown: Numbers = same & (after["attention"] > before["attention"])
    if switch == "plan_is_fresh":
        shown &= after["planned_fit"] >= before["planned_fit"] + CLEARLY
    return shown


def _accounts_of(replay: Replay) -> Iterator[Account]:
    customers = replay.tables.customers
    for customer, sums in zip(customers, _sums(replay, "account", len(customers)), strict=True):
        yield Account(
            *sums,
            float(customer["planned_fit"]),
            float(customer["attention"]),
        )
