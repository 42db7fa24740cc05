"""What a split of the gap says: only what is beyond noise, in a unit that suits, and nothing twice."""

import numpy as np
import pytest

from salesim.analysis.gap.ledger import Ledger, Split
from salesim.runs.causes import CAUSES
from tests.firms import small_firm
from tests.show.figures.ledgers import PAIRS, ledger
from tests.show.figures.reading import numbers_in


def made(parts: dict[str, list[float]], promised: float) -> Ledger:
    """A ledger in which these causes take these amounts, replicate by replicate (USD)."""
    count = len(next(iter(parts.values())))
    amounts = np.array(
        [[parts.get(cause.name, [0.0] * count)[k] for cause in CAUSES] for k in range(count)]
    )
    promises = np.full(count, promised)
    split = Split(promises, promises - amounts.sum(axis=1), amounts, np.zeros((count, len(PAIRS))), PAIRS)
    return Ledger(title="A firm", firm=small_firm(), seed=1, orders=0, split=split)


VACANCY, SKILL, PRODUCTIVITY = "vacancy and ramp", "weak skill", "productivity"
NOISE = {VACANCY: [900e3, -500e3, 800e3]}


def test_what_is_within_noise_is_not_named_as_the_largest(golden):
    noisy = made({**NOISE, SKILL: [100e3, 110e3, 105e3]}, 1e6)
    said = noisy.sentences
    (largest,) = [line for line in said if PRODUCTIVITY in line]
    assert SKILL in largest
    assert VACANCY not in largest
    assert numbers_in(largest) == [
        105.0,
        105.0,
        90.0,
        97.0,
        113.0,
    ]  # the dimension, the cause, its interval
    (within,) = [line for line in said if VACANCY in line]
    assert SKILL not in within
    assert numbers_in(within) == []
    golden(largest)
    golden(within)


def test_where_all_is_noise_nothing_is_named(golden):
    said = made(NOISE, 1e6).sentences
    assert sum(VACANCY in line for line in said) == 1  # among what is within noise
    assert not any(PRODUCTIVITY in line or SKILL in line for line in said)
    assert numbers_in(said[1]) == []
    golden(said[1])


def test_a_kept_promise_has_no_largest_loss(golden):
    kept = made({SKILL: [-100e3, -110e3]}, 1e6).sentences
    missed = made({SKILL: [100e3, 110e3]}, 1e6).sentences
    assert [line for line in missed if SKILL in line or PRODUCTIVITY in line]
    assert not [line for line in kept if SKILL in line or PRODUCTIVITY in line]
    golden(kept[0])
    golden(missed[0])


@pytest.mark.parametrize(("lost", "head"), [(121e6, "USD million a year"), (990e3, "USD thousand a year")])
def test_tables_count_in_a_unit_that_suits(lost, head):
    table = made({SKILL: [lost, 1.01 * lost]}, 2.0 * lost).tables()[0]
    assert table.head[1] == head


def test_nothing_is_said_with_a_sign():
    table = made({"weak skill": [-4.0, -4.0], "stale plan": [100e3, 100e3]}, 1e6).tables()[0]
    cells = [cell for row in table.rows for cell in row.cells]
    assert not [cell for cell in cells if str(cell) in ("-0.0", "-0.00", "-0%", "-0")]


def test_the_typical_ledger_reads_well(golden):
    typical = ledger()
    said = typical.sentences
    assert said[0].startswith(f"{typical.title} ")
    assert max(typical.dimensions, key=lambda each: each.mean).name in said[1]
    assert max(typical.causes, key=lambda each: each.mean).name in said[1]
    golden("\n".join(said))
