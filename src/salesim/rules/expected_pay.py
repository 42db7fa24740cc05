"""Expected pay of a period or year of which the end is not certain."""

from .arithmetic import normal_density, normal_share_above

SMALLEST_SPREAD = 0.01  # one cent: even a certain end of the period is not sharper


def expected_above(knot: float, mean: float, spread: float) -> float:
    """Expected excess of a normal over a knot: the normal partial expectation (USD)."""
    distance = (knot - mean) / spread
    return expected_excess(distance, normal_share_above(distance), spread)


def expected_excess(distance: float, share_above: float, spread: float) -> float:
    """The same for a knot so many spreads above the mean, with the chance to exceed it (USD)."""
    return spread * (normal_density(distance) - distance * share_above)
