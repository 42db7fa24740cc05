"""Intervals miss as rarely as they say, however many replicates the first ones ask for."""

import pytest

from tests.analysis.comparing.coverage import MISSES, Missed, normal, of_a_firm, study

SEQUENCES = 1_000


@pytest.mark.parametrize("name", ["normal", pytest.param("of a firm", marks=pytest.mark.nightly)])
def test_two_stages_miss_in_five_of_a_hundred_and_naive_stopping_more_often(name):
    draw = normal if name == "normal" else of_a_firm(200)
    for precision in (0.5, 0.25):
        found = study(draw, precision, SEQUENCES)
        assert found.two_stages <= MISSES + Missed.noise(SEQUENCES)
        assert found.when_sure > 0.3
    assert study(draw, 0.5, SEQUENCES).when_narrow > MISSES + Missed.noise(SEQUENCES)
