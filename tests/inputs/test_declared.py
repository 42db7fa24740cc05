"""What is known of every number: where a sweep may take it, and how far its default can be relied on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.inputs.declared import declared_numbers
from salesim.model.scenario import Scenario

NUMBERS = declared_numbers()
DIVISORS = [weeks for weeks in range(1, 53) if 52 % weeks == 0]


def firm_with(values):
    groups = {}
    for path, value in values.items():
        group, _, name = path.partition(".")
        modes = NUMBERS[path].modes
        groups.setdefault(group, {})[name] = modes[value] if modes else value
    return Scenario.model_validate(groups)


def value_of(firm, path):
    group, _, name = path.partition(".")
    return getattr(getattr(firm, group), name)


@pytest.mark.parametrize("end", [0, 1])
@pytest.mark.parametrize("path", NUMBERS)
def test_a_number_can_be_moved_alone_to_each_end_of_its_sweep_range(path, end):
    value = NUMBERS[path].sweep[end]
    assert value_of(firm_with({path: value}), path) == value


def somewhere(number):
    low, high = number.sweep
    if number.path == "pay.period_weeks":
        return st.sampled_from([weeks for weeks in DIVISORS if low <= weeks <= high])
    return st.integers(int(low), int(high)) if number.type is int else st.floats(low, high)


@given(st.fixed_dictionaries({path: somewhere(number) for path, number in NUMBERS.items()}))
def test_all_numbers_can_be_moved_at_once_within_their_sweep_ranges(values):
    firm = firm_with(values)
    assert {path: value_of(firm, path) for path in values} == values


def test_numbers_that_belong_together_keep_their_order_all_over_their_sweep_ranges():
    def ends(path):
        return NUMBERS[path].sweep

    assert ends("market.price_buyers")[1] + ends("market.value_buyers")[1] <= 1
    assert ends("market.other_fit")[1] < ends("market.target_fit")[0]
    assert ends("effort.lowest")[1] < 1 < ends("effort.highest")[0]
    assert ends("reference.weight_of_quoted")[1] <= ends("reference.weight_of_paid")[0]
    least = ends("market.list_price")[0] * (1 - ends("planning.planned_discount")[1])
    assert ends("market.unit_cost")[1] < least


def test_modes_are_swept_over_all_their_names():
    for path, number in NUMBERS.items():
        if number.modes:
            assert number.sweep == (0, len(number.modes) - 1), path


def test_a_number_for_which_nothing_narrower_is_declared_is_swept_over_all_that_is_allowed():
    clarity = NUMBERS["communication.strategy_clarity"]
    assert clarity.sweep == (clarity.low, clarity.high) == (0, 1)


@pytest.mark.parametrize(
    ("path", "standing"),
    [
        ("coaching.coaching_share", "verified"),
        ("leaving.turnover", "reported"),
        ("communication.fidelity", "derived"),
        ("buying.price_coefficient", "derived"),
        ("hiring.hiring_fit", "recalled"),
        ("acceptance.trust_in_head_office", "size assumed"),
        ("market.value", "assumed"),
    ],
)
def test_a_number_stands_as_what_it_rests_on(path, standing):
    assert NUMBERS[path].standing == standing


def test_one_source_can_serve_a_number_that_it_gives_and_one_whose_size_is_assumed():
    given_there, of_assumed_size = NUMBERS["calls.trust_kept"], NUMBERS["calls.loyalty"]
    assert given_there.source == of_assumed_size.source == "sinha-zoltners-2001"
    assert (given_there.standing, of_assumed_size.standing) == ("recalled", "size assumed")
