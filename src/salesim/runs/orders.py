"""Orders of causes, drawn for each replicate, where simulating all coalitions would take too long."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.luck import uniform
from ..model.state import Luck
from .game import Groups

ORDER_OF_CAUSES = 101  # what the draw is for; the model's own purposes are below 100
FIRST_GROUP = 1_000  # groups draw beside players, who are counted from 0


def orders_of(groups: Groups, luck: Luck, pairs: int) -> list[list[int]]:
    """Pairs of an order and its reverse, groups kept together.

    Each replicate has its own, so that differences between replicates show what sampling adds. An order
    and its reverse err in opposite directions, so a pair errs less than two orders do.
    """
    return [order for pair in range(pairs) for order in _both_ways(_order(groups, luck, pair))]


def _order(groups: Groups, luck: Luck, pair: int) -> list[int]:
    """One order in which no other group stands between the players of one."""
    draws = (uniform(luck, pair, FIRST_GROUP + k, ORDER_OF_CAUSES) for k in range(len(groups)))
    drawn = zip(draws, groups, strict=True)
    return [player for _, group in sorted(drawn) for player in _shuffled(group, luck, pair)]


def _shuffled(group: Sequence[int], luck: Luck, pair: int) -> list[int]:
    return sorted(group, key=lambda player: uniform(luck, pair, player, ORDER_OF_CAUSES))


def _both_ways(order: list[int]) -> tuple[list[int], list[int]]:
    return order, order[::-1]
