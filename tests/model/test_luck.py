"""Luck by address: the published vectors, and what an address does and does not depend on."""

import ast
import inspect
import math
import re
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model import state
from salesim.model.agents import SalesModel
from salesim.model.binding import bind
from salesim.model.books import Deal, Level, Office, RepYear, Week
from salesim.model.columns import SEATS_AT_MOST
from salesim.model.ideal import Ideal
from salesim.model.initialise import initialise
from salesim.model.luck import PURPOSES, draws, normal, philox, uniform
from salesim.model.state import Luck
from salesim.model.week import week
from salesim.outcomes.pair import FULL_EXECUTION
from tests.firms import busy_firm

MODEL = Path(inspect.getsourcefile(draws)).parent

# Random123 1.14 (Salmon et al. 2011), kat_vectors: philox4x32 10.
KNOWN_ANSWERS = [
    (
        (0x00000000, 0x00000000, 0x00000000, 0x00000000),
        (0x00000000, 0x00000000),
        (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8),
    ),
    (
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF),
        (0xFFFFFFFF, 0xFFFFFFFF),
        (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
    ),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
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
    """Read from the source: a number that stands twice would be seen, whatever its name."""
    said = re.findall(
        r"^([A-Z_]+) = (\d+)$", Path(inspect.getsourcefile(draws)).read_text(encoding="utf-8"), re.M
    )
    codes = {name: int(code) for name, code in said if int(code) < 100}
    assert codes == PURPOSES
    assert len(PURPOSES) >= 29
    assert sorted(codes.values()) == list(range(1, len(codes) + 1))


def drawers() -> dict[str, set[str]]:
    """Which functions of the model draw for which purpose, read from the source."""
    found: dict[str, set[str]] = {}
    for path in MODEL.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef) or path.name == "luck.py":
                continue
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("draws", "uniform"):
                    purpose = call.args[3]
                    assert isinstance(purpose, ast.Name), (
                        f"{path.name}:{call.lineno} draws for no named purpose"
                    )
                    found.setdefault(purpose.id, set()).add(f"{path.stem}.{function.name}")
    return found


def test_every_draw_names_a_purpose_and_purposes_are_not_shared():
    """One function draws for each purpose; needs alone are drawn at the start too, as the first."""
    found = drawers()
    assert set(found) <= set(PURPOSES)
    shared = {purpose: who for purpose, who in found.items() if len(who) > 1}
    assert shared == {"NEED": {"initialise.know_old_customer", "work.have_need"}}
    assert set(PURPOSES) - set(found) <= {"ABILITY"}  # used before talent was drawn; its number stays taken


@pytest.mark.parametrize(
    "ideal",
    [
        pytest.param(Ideal(), id="as it is"),
        pytest.param(FULL_EXECUTION, id="full execution", marks=pytest.mark.nightly),
    ],
)
def test_no_address_is_drawn_for_two_things(ideal):
    """In a firm where everything happens: each address belongs to one function, however often it asks."""
    asked_by: dict[tuple[int, ...], set[str]] = {}

    def listening(function):
        if function.__name__ != "draws":
            return function

        def heard(luck, occasion, who, purpose):
            caller = sys._getframe(1)
            if caller.f_code.co_name == "uniform":
                caller = caller.f_back
            asked_by.setdefault((occasion & 0xFFFFFFFF, who, purpose), set()).add(caller.f_code.co_name)
            return function(luck, occasion, who, purpose)

        return heard

    bound: dict = {}
    initialise_, week_ = (bind(entry, listening, bound, {}) for entry in (initialise, week))
    size = {"weeks": 65, "burn_in_weeks": 26}
    scenario = busy_firm(reviews={"account_review_rate": 0.5, "review_format": "paired"}, organisation=size)
    scenario = scenario.model_copy(update={"dated": ()})
    model = SalesModel(scenario, seed=4, ideal=ideal)
    firm = model.firm
    plain = firm._replace(
        managers=[state.Manager() for _ in firm.managers],
        reps=[state.Rep() for _ in firm.reps],
        customers=[state.Customer() for _ in firm.customers],
        deals=[Deal() for _ in range(5_000)],
        books=[Week() for _ in firm.books],
        levels=[Level() for _ in firm.levels],
        years=[RepYear() for _ in range(500)],
        office=[Office()],
        keeping=[state.Keeping()],
        order=list(range(len(firm.customers))),
        ideal=Ideal(),
    )
    initialise_(scenario, plain)
    start = scenario.organisation.burn_in_weeks
    for t in range(len(firm.books)):
        week_(scenario, plain._replace(ideal=ideal if t >= start else Ideal()), t)
    assert len(asked_by) > 5_000
    assert [address for address, who in asked_by.items() if len(who) > 1] == []
    purposes = {purpose for _, _, purpose in asked_by}
    assert purposes == {code for name, code in PURPOSES.items() if name in drawers()} or ideal.best_prices
    while model.running:
        model.step()
    assert [book.revenue for book in plain.books] == [book.revenue for book in model.books]


def test_people_and_accounts_never_share_a_high_occasion():
    """A person is hires * SEATS_AT_MOST + seat: no two people are one, up to 4,294 hires in a seat."""
    most = SEATS_AT_MOST
    people = {(hires * most + seat) & 0xFFFFFFFF for hires in (0, 1, 2, 4293) for seat in (0, 1, most - 1)}
    assert len(people) == 12


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
