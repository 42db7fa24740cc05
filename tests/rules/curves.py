"""Pay curves of any kind, and what they pay by the words of their definition."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

from salesim.rules.curve import NEVER, expected_pay, pay_at, terms_of
from salesim.rules.knots import MAX_KNOTS, Knot, Lines, Terms, lines_of
from salesim.rules.payout import Payout

QUOTA = 100_000.0
NODES, WEIGHTS = np.polynomial.legendre.leggauss(64)

gates = st.floats(-5e4, 3e5)
parts = st.sampled_from([1.0, 4 / 13, 9 / 13])


@st.composite
def payouts(draw: st.DrawFn, *, gated: bool = True) -> Payout:
    """A pay plan with a curve for the period: up to eight knots, jumps, rates on all, any unit."""
    steps = draw(st.lists(st.floats(0.05, 0.6), max_size=MAX_KNOTS - 1))
    places = [0.0, *itertools.accumulate(steps)]
    in_usd, per_quota = draw(st.booleans()), draw(st.booleans())
    gate = draw(st.integers(0, len(steps))) if gated else 0
    knots = [
        {
            "at_usd" if in_usd else "at": place * QUOTA if in_usd else place,
            "per_quota" if per_quota else "rate": draw(rates) * (QUOTA if per_quota else 1.0),
            "jump": draw(st.just(0.0) | st.floats(1.0, 5_000.0)),
            "on_all": draw(st.booleans()),
            "gate": k == gate > 0,
        }
        for k, place in enumerate(places)
    ]
    return Payout(curve=knots)


rates = st.just(0.0) | st.floats(0.001, 0.3)


def lines_and_terms(payout: Payout, part: float = 1.0, gate: float = NEVER) -> tuple[Lines, Terms]:
    """A curve as lines, and what its numbers stand for under this quota, with a commission of 4%."""
    lines = payout.by_period
    return lines, terms_of(lines, QUOTA * part, 0.04, part, gate)


def paid(knots: tuple[Knot, ...], credit: float, part: float = 1.0, gate: float = NEVER) -> float:
    """Pay by the definition, knot by knot."""
    total, below, rated = 0.0, 0.0, 0.0
    waits = False
    slope = knots[0].slope / (QUOTA if per_quota_in(knots) else 1.0)
    for k, knot in enumerate(knots):
        waits = waits or knot.gate
        place = knot.credit * (part if knot.at_usd is not None else QUOTA * part)
        if credit < place or (waits and credit < gate):
            break
        rated += slope * (place - below) if k else 0.0
        slope = knot.slope / (QUOTA if per_quota_in(knots) else 1.0)
        rated = max(rated, slope * place) if knot.on_all else rated
        total += knot.jump * part
        below = place
    return total + rated + slope * (credit - below)


def per_quota_in(knots: tuple[Knot, ...]) -> bool:
    return any(knot.per_quota is not None for knot in knots)


def curve_pay(
    credit: float,
    quota: float,
    rate: float,
    threshold: float,
    accelerator: float,
    bonus: float,
    cap: float,
) -> float:
    """Pay by the short forms of a whole period."""
    lines = lines_of((), threshold, accelerator, bonus, cap)
    return pay_at(lines, terms_of(lines, quota, rate, 1.0, NEVER), credit)


def expected_curve_pay(
    mean: float,
    spread: float,
    quota: float,
    rate: float,
    threshold: float,
    accelerator: float,
    bonus: float,
    cap: float,
) -> float:
    """The same for an uncertain end."""
    lines = lines_of((), threshold, accelerator, bonus, cap)
    return expected_pay(lines, terms_of(lines, quota, rate, 1.0, NEVER), mean, spread)


def kinks_of(knots: tuple[Knot, ...], part: float, gate: float) -> list[float]:
    """Credit at which a curve may bend or jump (USD)."""
    places = [knot.credit * (part if knot.at_usd is not None else QUOTA * part) for knot in knots]
    return [*places, gate] if any(knot.gate for knot in knots) else places


def integrated(function, mean: float, spread: float, kinks: list[float]) -> float:
    """The mean of a function of Normal(mean, spread), by 64 points between any two kinks or spreads."""
    ends = {mean + k * spread for k in range(-10, 11)}
    ends |= {kink for kink in kinks if abs(kink - mean) < 10.0 * spread}
    total = 0.0
    for low, high in itertools.pairwise(sorted(ends)):
        x = 0.5 * (low + high) + 0.5 * (high - low) * NODES
        density = np.exp(-0.5 * ((x - mean) / spread) ** 2) / (spread * np.sqrt(2.0 * np.pi))
        values = np.array([function(float(each)) for each in x])
        total += 0.5 * (high - low) * float(np.sum(WEIGHTS * density * values))
    return total
