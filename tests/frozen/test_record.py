"""The net finds what moves, what is missing, and nothing else."""

import csv

import pandas as pd
import pytest

from tests.frozen.commands import COMMANDS
from tests.frozen.record import CHANGED, NUMBERS, RENAMED, columns_of, differences, numbers_of, renamed

SAID = {
    "schema_version": 3,
    "title": "words 5",
    "minutes": 2.5,
    "nothing": None,
    "holds": True,
    "causes": [{"name": "stale plan", "amount": 2.0}, {"name": "weak skill", "amount": 3.0}],
    "interval": [1.0, 4.0],
    "twice": [{"name": "same", "x": 1}, {"name": "same", "x": 2}],
}


def test_numbers_are_called_by_the_keys_that_lead_to_them():
    assert dict(numbers_of(SAID)) == {
        "/holds": 1.0,
        "/causes/stale plan/amount": 2.0,
        "/causes/weak skill/amount": 3.0,
        "/interval/0": 1.0,
        "/interval/1": 4.0,
        "/twice/0/x": 1.0,
        "/twice/1/x": 2.0,
    }


def test_another_order_of_named_entries_is_no_difference():
    turned = SAID | {"causes": SAID["causes"][::-1]}
    assert dict(numbers_of(turned)) == dict(numbers_of(SAID))


def test_columns_of_numbers_are_taken_whole_and_words_left():
    frame = pd.DataFrame({"price": [1.5, None], "outcome": ["won", "lost"], "held": [True, False]})
    assert dict(columns_of("deals", frame)) == {
        "/table deals/price": [1.5, None],
        "/table deals/held": [1.0, 0.0],
    }


@pytest.mark.parametrize(
    ("new", "names", "changed", "often"),
    [
        ({"a": [1.0]}, [], [], 0),
        ({"a": [1.0 + 1e-13]}, [], [], 0),
        ({"a": [1.0 + 1e-11]}, [], [], 1),
        ({"a": [None]}, [], [], 1),
        ({"a": [1.0, 1.0]}, [], [], 1),
        ({}, [], [], 1),
        ({"b": [1.0]}, [["a", "b"]], [], 0),
        ({"b": [2.0]}, [["a", "b"]], [], 1),
        ({"a": [1.0], "more": [7.0]}, [], [], 0),
        ({"a": [9.0]}, [], [["a", "0009"]], 0),
        ({}, [], [["a*", "0009"]], 0),
    ],
)
def test_what_differs_is_found_unless_a_list_says_so(new, names, changed, often):
    assert len(list(differences({"a": [1.0]}, new, names, changed))) == often


def test_a_name_that_ends_in_a_star_stands_for_all_that_begin_so():
    names = [["run/revenue*", "run/measures/revenue*"]]
    assert renamed("run/revenue/mean", names) == "run/measures/revenue/mean"
    assert renamed("run/realised/mean", names) == "run/realised/mean"


def test_every_command_is_recorded_and_every_change_names_a_decision():
    assert {path.stem for path in NUMBERS.iterdir()} == set(COMMANDS)
    for path, head in ((RENAMED, ["old key", "new key"]), (CHANGED, ["key", "decision"])):
        with path.open(encoding="utf-8", newline="") as file:
            first, *rows = csv.reader(file)
        assert first == head
        assert all(len(row) == 2 and all(row) for row in rows)
