"""Orders of causes, drawn for each replicate, where simulating all coalitions would take too long."""

from __future__ import annotations

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
    orders = (_order(groups, luck, pair) for pair in range(pairs))
    return [each for order in orders for each in (order, order[::-1])]


def _order(groups: Groups, luck: Luck, pair: int) -> list[int]:
    """One order in which no other group stands between the players of one."""

    def draw(who: int) -> float:
        return uniform(luck, pair, who, ORDER_OF_CAUSES)

    drawn = sorted((draw(FIRST_GROUP + k), group) for k, group in enumerate(groups))
    return [player for _, group in drawn for player in sorted(group, key=draw)]
