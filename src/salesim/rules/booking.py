"""In which period a deal is booked that may still go into this one or the next."""

from .arithmetic import at_least, at_most, normal_density, normal_share_above
from .curve import NEVER, pay_on_line, start_of
from .expected_pay import SMALLEST_SPREAD
from .knots import MAX_LINES, Lines, Terms

MAX_PIECES = 2 * MAX_LINES  # between the knots of a curve and of the same curve without the deal


def expected_of_the_better(
    lines: Lines, terms: Terms, mean: float, spread: float, credit: float, later: float
) -> float:
    """Expected pay for a deal whose rep books it in this period or the next, when this one ends (USD).

    The other credit of this period is known by then: Normal(mean, spread) now. `later` is what a dollar
    of the deal pays in the next period, less what it pays by the year's curve in this one (USD per USD).
    """
    other = later * credit
    if terms.knot <= 0.0 or lines.size == 1:
        rate = lines.rate[0] if terms.knot > 0.0 else lines.alone
        return at_least(terms.rate * rate * credit, other)
    sd = at_least(spread, SMALLEST_SPREAD)
    expected, start, without, with_it = other, -NEVER, 0, 0
    for _ in range(MAX_PIECES):
        leaves = start_of(lines, terms, without + 1) if without + 1 < lines.size else NEVER
        enters = start_of(lines, terms, with_it + 1) - credit if with_it + 1 < lines.size else NEVER
        end = at_most(leaves, enters)
        gain = pay_on_line(lines, terms, with_it, mean + credit) - pay_on_line(lines, terms, without, mean)
        slope = terms.rate * (lines.rate[with_it] - lines.rate[without])
        expected += gain_between(start, end, gain - other, slope, mean, sd)
        if end >= NEVER:
            return expected
        without += 1 if leaves <= end else 0
        with_it += 1 if enters <= end else 0
        start = end
    return expected


def gain_between(low: float, high: float, gain: float, slope: float, mean: float, sd: float) -> float:
    """Expected gain between two amounts of credit, counted where it is above zero (USD).

    The gain is a line: this much at the mean, and so much more for each dollar above it.
    """
    if slope > 0.0:
        low = at_least(low, mean - gain / slope)
    elif slope < 0.0:
        high = at_most(high, mean - gain / slope)
    elif gain <= 0.0:
        return 0.0
    if low >= high:
        return 0.0
    a, b = (low - mean) / sd, (high - mean) / sd
    expected = gain * (normal_share_above(a) - normal_share_above(b))
    if slope != 0.0:
        expected += slope * sd * (normal_density(a) - normal_density(b))
    return expected
