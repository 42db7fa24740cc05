"""Luck by address: the published vectors, and what an address does and does not depend on."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.luck import PURPOSES, draws, normal, philox, uniform
from salesim.model.state import Luck

# Random123 1.14 (Salmon et al. 2011), kat_vectors: philox4x32 10.
KNOWN_ANSWERS = [
    (
        (0x00000000, 0x00000000, 0x00000000, 0x00000000), (0x00000000, 0x00000000),
        (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
    ),
    (
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF), (0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
word = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_philox_gives_the_published_answers(counter, key, answer):
    assert philox(*counter, *key) == answer


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
def test_compiled_philox_gives_the_published_answers(counter, key, answer):
    numba = pytest.importorskip("numba")
    assert numba.njit(philox)(*counter, *key) == answer


@given(st.tuples(word, word, word, word), st.tuples(word, word))
def test_words_stay_32_bits(counter, key):
    assert all(0 <= w < 2**32 for w in philox(*counter, *key))


@given(seed=st.integers(0, 2**63 - 1), replicate=word, occasion=word, who=word)
def test_draws_are_probabilities_strictly_inside(seed, replicate, occasion, who):
    assert all(0.0 < u < 1.0 for u in draws(Luck(seed, replicate), occasion, who, 3))


@pytest.mark.parametrize("changed", ["seed", "replicate", "occasion", "who", "purpose"])
def test_every_part_of_the_address_matters(changed):
    address = {"seed": 11, "replicate": 2, "occasion": 30, "who": 4, "purpose": 5}
    other = address | {changed: address[changed] + 1}

    def drawn(a):
        return draws(Luck(a["seed"], a["replicate"]), a["occasion"], a["who"], a["purpose"])

    assert not set(drawn(address)) & set(drawn(other))


def test_high_bits_of_the_seed_matter():
    assert uniform(Luck(5, 0), 1, 1, 1) != uniform(Luck(5 + 2**40, 0), 1, 1, 1)


def test_order_of_draws_does_not_matter():
    luck = Luck(3, 0)
    addresses = [(t, who, purpose) for t in range(5) for who in range(5) for purpose in (1, 2)]
    forwards = {a: uniform(luck, *a) for a in addresses}
    backwards = {a: uniform(luck, *a) for a in reversed(addresses)}
    assert forwards == backwards


def test_purposes_have_numbers_of_their_own():
    assert len(PURPOSES) >= 12
    assert len(set(PURPOSES.values())) == len(PURPOSES)


def test_uniforms_are_uniform_and_normals_normal():
    """Standard errors at 20,000 draws: mean of a uniform 0.002, of a normal 0.007."""
    luck = Luck(123, 0)
    four = np.array([draws(luck, k, 7, 1) for k in range(20_000)])
    assert np.abs(four.mean(axis=0) - 0.5).max() < 0.01
    assert np.abs(np.corrcoef(four.T) - np.eye(4)).max() < 0.03
    normals = np.array([normal(a, b) for a, b, _, _ in four])
    assert abs(normals.mean()) < 0.03
    assert abs(normals.std() - 1.0) < 0.02
    assert abs(np.mean(normals > 1.96) - 0.025) < 0.005
    assert math.isfinite(normals.max())
