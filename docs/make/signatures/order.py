"""Whether the firms stand in the order that was aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from .judged import Judged


@dataclass(frozen=True)
class Pair:
    """Two firms whose aimed bands lie apart.

    Args:
        lower, higher: their names as it was aimed.
        holds: whether the model has them in that order, with intervals apart.
    """

    lower: str
    higher: str
    holds: bool


@dataclass(frozen=True)
class Order:
    """The order of firms by realised over promised.

    Args:
        names: from the lowest ratio to the highest.
        correlation: rank correlation (Spearman) of the middles of aimed bands with the ratios.
        pairs: pairs of firms whose aimed bands lie apart.
    """

    names: tuple[str, ...]
    correlation: float
    pairs: tuple[Pair, ...]


def order_of(found: Sequence[Judged]) -> Order:
    """How firms stand to each other, beside how they were aimed to.

    Args:
        found: at least two firms.
    """
    from scipy.stats import spearmanr

    middles = [sum(each.ratio.measure.band) / 2.0 for each in found]
    ratios = [each.ratio.value for each in found]
    lowest_first = sorted(found, key=lambda each: each.ratio.value)
    pairs = [_pair(*pair) for pair in combinations(found, 2)]
    return Order(
        tuple(each.signature.name for each in lowest_first),
        float(spearmanr(middles, ratios).statistic),
        tuple(pair for pair in pairs if pair is not None),
    )


def _pair(one: Judged, other: Judged) -> Pair | None:
    """The two in the order that was aimed at; nothing where their bands overlap."""
    lower, higher = sorted((one, other), key=lambda each: each.ratio.measure.band)
    if lower.ratio.measure.band[1] >= higher.ratio.measure.band[0]:
        return None
    return Pair(lower.signature.name, higher.signature.name, lower.ratio.high < higher.ratio.low)
