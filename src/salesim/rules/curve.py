"""A pay curve at work: what credit pays, what an uncertain end is expected to pay, and where pay jumps."""

from .arithmetic import at_least, normal_share_above
from .expected_pay import SMALLEST_SPREAD, expected_excess
from .knots import Lines, Terms

NEVER = 1e300  # credit that nobody reaches (USD)


def terms_of(lines: Lines, quota: float, rate: float, part: float, gate: float) -> Terms:
    """What a curve's numbers stand for: `quota` and `gate` in USD, `rate` of short forms in USD per USD.

    `part` is weeks in the seat per weeks of the period or year.
    """
    knot = part if lines.in_usd else at_least(quota, 0.0)
    if lines.short:
        return Terms(knot, rate, part, gate)
    if lines.per_quota:
        return Terms(knot, part / quota if quota > 0.0 else 0.0, part, gate)
    return Terms(knot, 1.0, part, gate)


def start_of(lines: Lines, terms: Terms, k: int) -> float:
    """Credit from which on a line holds; gated ones wait for the year's quota (USD)."""
    start = lines.at[k] * terms.knot
    return at_least(start, terms.gate) if k >= lines.gate else start


def pay_on_line(lines: Lines, terms: Terms, k: int, credit: float) -> float:
    """Pay if this line held for the credit (USD)."""
    knot = lines.at[k] * terms.knot
    rated = lines.level[k] * terms.knot + lines.rate[k] * (credit - knot)
    return terms.rate * rated + terms.jump * lines.paid[k]


def pay_at(lines: Lines, terms: Terms, credit: float) -> float:
    """Pay for the credit of a period or a year (USD; below zero where returns leave less than no credit).

    Exactly at a knot counts as reached. Without a quota the first rate alone applies.
    """
    if terms.knot <= 0.0:
        return terms.rate * lines.alone * credit
    k = 0
    while k + 1 < lines.size and credit >= start_of(lines, terms, k + 1):
        k += 1
    return pay_on_line(lines, terms, k, credit)


def expected_pay(lines: Lines, terms: Terms, mean: float, spread: float) -> float:
    """Expected pay when credit at the end is Normal(mean, spread), by partial expectations (USD)."""
    if terms.knot <= 0.0:
        return terms.rate * lines.alone * mean
    sd = at_least(spread, SMALLEST_SPREAD)
    expected = terms.rate * lines.rate[0] * mean
    for k in range(1, lines.size):
        start = start_of(lines, terms, k)
        distance = (start - mean) / sd
        reached = normal_share_above(distance)
        above = expected_excess(distance, reached, sd)
        late = lines.lift[k] * terms.knot + lines.turn[k] * (start - lines.at[k] * terms.knot)
        expected += terms.rate * (lines.turn[k] * above + late * reached)
        expected += terms.jump * lines.jump[k] * reached
    return expected


def has_jumps(lines: Lines) -> bool:
    """Whether pay jumps at any knot."""
    found = False
    for k in range(1, lines.size):
        found = found or lines.jump[k] > 0.0 or lines.lift[k] > 0.0 or k >= lines.gate
    return found


def next_jumps(lines: Lines, terms: Terms, credit: float) -> tuple[float, float]:
    """The next two amounts above this credit at which pay jumps (USD); `NEVER` where there is none."""
    first, second = NEVER, NEVER
    for k in range(1, lines.size if terms.knot > 0.0 else 1):
        start = start_of(lines, terms, k)
        jumps = lines.jump[k] > 0.0 or lines.lift[k] > 0.0 or start > lines.at[k] * terms.knot
        if jumps and start > credit and start < first:
            first = start
        elif jumps and start > first and start < second:
            second = start
    return first, second


def credit_where(lines: Lines, terms: Terms, pay: float) -> float:
    """The least credit, from zero on, at which pay reaches so much (USD); `NEVER` where none does."""
    if terms.knot <= 0.0:
        slope = terms.rate * lines.alone
        return pay / slope if slope > 0.0 and pay > 0.0 else (0.0 if pay <= 0.0 else NEVER)
    least = 0.0
    for k in range(lines.size):
        end = start_of(lines, terms, k + 1) if k + 1 < lines.size else NEVER
        at = pay_on_line(lines, terms, k, least)
        slope = terms.rate * lines.rate[k]
        if end > least or k + 1 == lines.size:
            if at >= pay:
                return least
            if slope > 0.0 and least + (pay - at) / slope < end:
                return least + (pay - at) / slope
            least = at_least(least, end)
    return NEVER
