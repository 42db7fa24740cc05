"""What a split of the gap says: only what is beyond noise, in a unit that suits, and nothing twice."""

import numpy as np
import pytest

from salesim.model.scenario import Scenario
from salesim.show.gaps import gap_table, sentences, unit_for
from salesim.study.gap.causes import CAUSES
from salesim.study.gap.ledger import Ledger
from tests.show.figures.ledgers import ledger


def made(parts: dict[str, list[float]], promised: float) -> Ledger:
    """A ledger in which these causes take these amounts, replicate by replicate (USD)."""
    count = len(next(iter(parts.values())))
    amounts = np.array(
        [[parts.get(cause.name, [0.0] * count)[k] for cause in CAUSES] for k in range(count)]
    )
    promises = np.full(count, promised)
    return Ledger(
        Scenario(),
        1,
        0,
        promises,
        promises - amounts.sum(axis=1),
        amounts,
        np.zeros((count, 6)),
        ((1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)),
    )


def test_what_is_within_noise_is_not_named_as_the_largest():
    noisy = made({"vacancy and ramp": [900e3, -500e3, 800e3], "weak skill": [100e3, 110e3, 105e3]}, 1e6)
    said = " ".join(sentences(noisy))
    assert "The largest part is lost in productivity: USD 105 thousand" in said
    assert "cause is weak skill, USD 105 thousand (90% interval 97 to 113)." in said
    assert "Within noise, so not to be told from nothing: vacancy and ramp." in said


def test_where_all_is_noise_nothing_is_named():
    noisy = made({"vacancy and ramp": [900e3, -500e3, 800e3]}, 1e6)
    assert any("Nothing that is lost can be told from noise" in line for line in sentences(noisy))


def test_a_kept_promise_has_no_largest_loss():
    kept = made({"weak skill": [-100e3, -110e3]}, 1e6)
    assert "more than promised" in sentences(kept)[0]
    assert not any("lost in" in line for line in sentences(kept))


@pytest.mark.parametrize(
    ("largest", "name"), [(121e6, "USD million"), (9.9e6, "USD thousand"), (500.0, "USD thousand")]
)
def test_tables_count_in_a_unit_that_suits(largest, name):
    assert unit_for(largest).name == name


def test_nothing_is_said_with_a_sign():
    table = gap_table(made({"weak skill": [-4.0, -4.0], "stale plan": [100e3, 100e3]}, 1e6), 200)
    cells = [cell for column in table.columns for cell in column.cells]
    assert not [cell for cell in cells if str(cell) in ("-0.0", "-0.00", "-0%", "-0")]


def test_the_typical_ledger_reads_well():
    said = sentences(ledger())
    assert said[0].startswith("A firm realised ")
    assert said[1].startswith("The largest part is lost in ")
