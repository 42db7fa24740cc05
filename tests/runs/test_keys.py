"""Runs keep their names when words change that only people read, and no longer when measures do."""

import pytest

from salesim.outcomes import OUTCOMES
from salesim.runs.keys import measured_in

SOURCE = """
NUMBERS = (
    Outcome("won", Unit.SHARE, "higher", "Deals won.", lambda h: h.won / h.decided, undefined="none decided"),
)
"""
NOUN = ', noun="share of deals"'


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("Deals won.", "Deals that were won."),
        ("none decided", "nobody decided"),
        ('="none decided"', f'="none decided"{NOUN}'),
        (', undefined="none decided"', NOUN),
    ],
)
def test_words_that_people_read_rename_nothing(now, then):
    assert now in SOURCE
    assert measured_in(SOURCE.replace(now, then).encode()) == measured_in(SOURCE.encode())


@pytest.mark.parametrize(
    ("now", "then"),
    [('"won"', '"wins"'), ("SHARE", "RATIO"), ("higher", "lower"), ("h.won", "h.lost"), ("NUMBERS", "ALL")],
)
def test_what_is_measured_renames_runs(now, then):
    assert now in SOURCE
    assert measured_in(SOURCE.replace(now, then).encode()) != measured_in(SOURCE.encode())


def test_every_outcome_has_a_meaning_and_a_noun():
    assert all(outcome.meaning.endswith(".") and outcome.noun for outcome in OUTCOMES)
