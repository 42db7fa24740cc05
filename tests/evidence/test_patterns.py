"""Published patterns that the typical firm shows, in quick form: direction and rough size.

The seed is fixed, so a test that passes goes on passing until the model changes. Whoever changes it meets other
luck: the chance that a pattern that is there is missed by luck alone is below 0.1% for each test, which the test
works out from the scatter over its replicates.
"""

import numpy as np
import pytest

from tests.evidence.quick import MAX_FALSE_ALARMS, Pattern, Seen, seen

AUTHORITY = (("regime.discount_authority", (0.0, 0.1, 0.2, 0.3, 0.4)),)
HOURS = (("accounts.selling_time_share", (0.264, 0.33, 0.396)),)

PATTERNS = [
    Pattern("T1", "ratio", 0.35, 0.80),
    Pattern("T1", "level_slope", high=0.0),
    Pattern("T2", "curvature", high=0.0, replicates=5, levers=AUTHORITY),
    Pattern("T2", "peak", 0.01, 0.39, replicates=5, levers=AUTHORITY),
    Pattern("T2", "gain_at_peak", low=0.02, replicates=5, levers=AUTHORITY),
    Pattern("T3", "lost_without_authority", -0.02, 0.02),
    Pattern("T5", "reps_below_supervisors", high=0.0),
    Pattern("T5", "overrating", 2.0, 4.0),
    Pattern("T5", "fidelity_per_step", 0.60, 0.85),
    Pattern("T6", "without_margin_pay", high=0.0),
    Pattern("T6", "margin_less_sales", high=0.0),
    Pattern("T6", "delegation_without", high=0.0),
    Pattern("T11", "elasticity", 0.15, 0.60, levers=HOURS),
    Pattern("T13", "reps_at_quota", 0.25, 0.75),
    Pattern("T13", "firm_attainment", 0.80, 1.10),
    Pattern("T13", "skew", low=0.0, replicates=16),
    Pattern("T14", "late_bookings", low=0.16),
    Pattern("T14", "late_bookings_linear", high=0.25),
    Pattern("T14", "early_discount", low=0.0, replicates=20),
    Pattern("T14", "late_discount", low=0.0, replicates=20),
    Pattern("T20", "spread_in_similar_territories", 1.5, 6.0),
    Pattern("T20", "rank_correlation", low=0.1),
    Pattern("S9", "won", 0.35, 0.60),
    Pattern("S9", "no_decision", 0.10, 0.35),
]


@pytest.mark.nightly  # what moves them moves the reference too
@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_the_pattern_is_there_and_luck_would_hide_it_less_than_once_in_a_thousand(pattern):
    found = seen(pattern)
    assert pattern.low < found.value < pattern.high, found
    assert found.false_alarms(pattern.low, pattern.high) < MAX_FALSE_ALARMS, found


def test_the_chance_of_a_false_alarm_is_what_it_says():
    """Two normal samples: the second lies above zero as often as the first says, on average over first samples."""
    luck = np.random.default_rng(3)
    said, happened = [], []
    for _ in range(4000):
        first, second = luck.normal(1.0, 2.0, (2, 6))
        said.append(
            Seen(float(first.mean()), float(first.std(ddof=1) / np.sqrt(6)), 6).false_alarms(0.0, np.inf)
        )
        happened.append(second.mean() <= 0.0)
    assert (
        np.mean(said) >= np.mean(happened) - 0.02
    )  # three standard errors; it may promise too little, not too much


def test_what_never_scatters_is_in_or_out():
    assert Seen(0.5, 0.0, 4).false_alarms(0.0, 1.0) == 0.0
    assert Seen(1.5, 0.0, 4).false_alarms(0.0, 1.0) == 1.0
