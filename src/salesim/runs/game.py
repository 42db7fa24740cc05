"""How a total is shared among players who act on each other: Shapley and Owen values.

Players are numbered and belong to groups; a coalition is a number whose bits are its players. A game
says what each coalition is worth. Groups share the total by the Shapley value (Shapley 1953), players
the part of their group by the Owen value (Owen 1977): an order counts where no other group stands
between the players of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from math import comb, fsum

Groups = Sequence[Sequence[int]]
Coalition = int
Worth = Mapping[Coalition, float]


def coalition_of(players: Sequence[int]) -> Coalition:
    """The coalition of some players."""
    return sum(1 << player for player in players)


def unions(groups: Groups) -> list[Coalition]:
    """Every coalition of whole groups, the empty one first."""
    return [coalition for _, coalition in _subsets([coalition_of(group) for group in groups])]


def coalitions(groups: Groups) -> list[Coalition]:
    """Every coalition that Owen values ask for: whole groups, and a part of one more."""
    found = dict.fromkeys(unions(groups))
    for k, group in enumerate(groups):
        others = [coalition_of(other) for j, other in enumerate(groups) if j != k]
        for _, outside in _subsets(others):
            found.update(dict.fromkeys(outside | inside for _, inside in _subsets([1 << i for i in group])))
    return list(found)


def owen_values(worth: Worth, groups: Groups) -> dict[int, float]:
    """What each player is worth, all coalitions counted.

    Args:
        worth: of each of `coalitions`.
        groups: the players.
    """
    return {
        player: fsum(_contributions(worth, groups, k, player))
        for k, group in enumerate(groups)
        for player in group
    }


def _contributions(worth: Worth, groups: Groups, k: int, player: int) -> Iterator[float]:
    """What a player of group k adds to each coalition that it may find, weighted by how often it does."""
    others = [coalition_of(group) for j, group in enumerate(groups) if j != k]
    mates = [1 << i for i in groups[k] if i != player]
    for before, outside in _subsets(others):
        for ahead, inside in _subsets(mates):
            weight = _weight(before, len(others)) * _weight(ahead, len(mates))
            yield weight * (worth[outside | inside | 1 << player] - worth[outside | inside])


def interactions(worth: Worth, groups: Groups) -> dict[tuple[int, int], float]:
    """How much more two groups bring together than each alone, by their places.

    The Shapley interaction index (Grabisch and Roubens 1999) of the game between groups: above zero
    where each makes the other worth more.
    """
    return {(a, b): fsum(_together(worth, groups, a, b)) for a, b in combinations(range(len(groups)), 2)}


def _together(worth: Worth, groups: Groups, a: int, b: int) -> Iterator[float]:
    one, other = coalition_of(groups[a]), coalition_of(groups[b])
    rest = [coalition_of(group) for j, group in enumerate(groups) if j not in (a, b)]
    for before, base in _subsets(rest):
        both = worth[base | one | other] - worth[base | one] - (worth[base | other] - worth[base])
        yield _weight(before, len(rest)) * both


def along(order: Sequence[int]) -> list[Coalition]:
    """The coalitions that grow along an order of players, the empty one first."""
    return [coalition_of(order[:count]) for count in range(len(order) + 1)]


def values_along(worth: Worth, orders: Sequence[Sequence[int]]) -> dict[int, float]:
    """What each player adds when it joins, as a mean over orders."""
    added: dict[int, list[float]] = {player: [] for player in orders[0]}
    for order in orders:
        for player, (before, after) in zip(order, pairwise(along(order)), strict=True):
            added[player].append(worth[after] - worth[before])
    return {player: fsum(each) / len(orders) for player, each in added.items()}


def _subsets(parts: Sequence[Coalition]) -> Iterator[tuple[int, Coalition]]:
    """Every choice among parts: how many were chosen, and their coalition."""
    for count in range(len(parts) + 1):
        for chosen in combinations(parts, count):
            yield count, sum(chosen)


def _weight(before: int, others: int) -> float:
    """How often just these of the others stand before, over all orders."""
    return 1.0 / ((others + 1) * comb(others, before))
