"""How numbers and modes are declared: names at the edge, codes inside, and nothing out of range."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from salesim.rules import coaching, communication, handover, reviews
from salesim.rules.coaching import Coaching
from salesim.rules.communication import Communication
from salesim.rules.declaration import Group, behaviour, kind_of, lever, mode, modes_of, setting
from salesim.rules.handover import Handover
from salesim.rules.reviews import Reviews

NAMED = [
    (
        Communication,
        "communication_mode",
        communication,
        {
            "none": "SILENCE",
            "broadcast": "BROADCAST",
            "cascade": "CASCADE",
            "direct": "DIRECT",
            "dialogue": "DIALOGUE",
        },
    ),
    (
        Coaching,
        "coaching_focus",
        coaching,
        {
            "weakest": "WEAKEST",
            "equal": "EQUAL",
            "middle": "MIDDLE",
            "strongest": "STRONGEST",
        },
    ),
    (Reviews, "review_format", reviews, {"alone": "ALONE", "team": "TEAM", "paired": "PAIRED"}),
    (
        Handover,
        "account_handover",
        handover,
        {
            "new_hire": "NEW_HIRE",
            "existing_rep": "EXISTING_REP",
            "similar_rep": "SIMILAR_REP",
        },
    ),
]


class Example(Group):
    """One number of each kind."""

    share: float = lever(0.5, "share", 0, 1, source="assumed", meaning="A lever.")
    weeks: int = setting(13, "weeks", 1, 52, source="assumed", meaning="A setting.")
    power: float = behaviour(2.0, "power", 1, 10, source="assumed", meaning="A behaviour.")
    way: int = mode("middle", ("low", "middle", "high"), source="assumed", meaning="A mode.")


@pytest.mark.parametrize(
    ("group", "field", "rules", "constants"), NAMED, ids=lambda part: getattr(part, "__name__", "")
)
def test_every_name_of_a_mode_means_the_code_that_the_rules_know(group, field, rules, constants):
    assert modes_of(group, field) == tuple(constants)
    for name, constant in constants.items():
        assert getattr(group(**{field: name}), field) == getattr(rules, constant)


@pytest.mark.parametrize(
    ("group", "field", "rules", "constants"), NAMED, ids=lambda part: getattr(part, "__name__", "")
)
def test_a_mode_is_written_out_by_name_and_read_back_the_same(group, field, rules, constants):
    for name in constants:
        chosen = group(**{field: name})
        assert chosen.model_dump()[field] == name
        assert group.model_validate(chosen.model_dump()) == chosen
        assert group.model_validate_json(chosen.model_dump_json()) == chosen


def test_a_mode_starts_as_its_default_name():
    assert Example().way == 1
    assert Example() == Example(way="middle")
    assert Example(way="high").way == 2
    assert modes_of(Example, "way") == ("low", "middle", "high")


def test_numbers_have_no_names():
    assert modes_of(Example, "share") == ()
    assert Example().model_dump() == {"share": 0.5, "weeks": 13, "power": 2.0, "way": "middle"}


@pytest.mark.parametrize("wrong", ["sideways", "MIDDLE", "", "1", 2, 3, -1, 1.0, None])
def test_a_mode_that_is_not_there_is_refused(wrong):
    with pytest.raises(ValidationError):
        Example(way=wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"share": 1.1},
        {"share": -0.1},
        {"share": float("nan")},
        {"share": float("inf")},
        {"share": "0.5"},
        {"weeks": 0},
        {"weeks": 53},
        {"weeks": 13.0},
        {"weeks": True},
        {"weeks": "low"},
        {"power": 0.5},
        {"nonsense": 1},
    ],
)
def test_a_number_that_is_not_allowed_is_refused(wrong):
    with pytest.raises(ValidationError):
        Example(**wrong)


@given(st.floats(0, 1), st.integers(1, 52), st.floats(1, 10))
def test_every_number_in_its_range_is_taken_as_it_is(share, weeks, power):
    taken = Example(share=share, weeks=weeks, power=power)
    assert (taken.share, taken.weeks, taken.power) == (share, weeks, power)


def test_a_whole_number_for_a_share_becomes_a_share():
    """Rules calculate with the same kind of number in both engines."""
    assert type(Example(share=1).share) is float
    assert type(Example(way="low").way) is int


def test_parameters_do_not_change_once_they_are_said():
    with pytest.raises(ValidationError):
        Example().share = 0.7


@pytest.mark.parametrize(
    ("field", "kind", "unit"),
    [
        ("share", "lever", "share"),
        ("weeks", "setting", "weeks"),
        ("power", "behaviour", "power"),
        ("way", "lever", "mode"),
    ],
)
def test_a_declaration_tells_kind_unit_source_and_meaning(field, kind, unit):
    declared = Example.model_fields[field]
    assert kind_of(declared) == kind
    assert declared.json_schema_extra["unit"] == unit
    assert declared.json_schema_extra["source"] == "assumed"
    assert declared.description.startswith("A ")


def test_a_mode_whose_default_is_none_of_its_names_cannot_be_declared():
    with pytest.raises(ValueError, match="tuple"):
        mode("sideways", ("low", "high"), source="assumed", meaning="Wrong.")


def test_a_number_that_was_not_declared_so_has_no_kind():
    assert kind_of(FieldInfo(annotation=float, default=1.0)) is None
