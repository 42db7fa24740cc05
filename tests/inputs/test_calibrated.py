"""The typical firm holds the numbers that its calibration found, and says so of each of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salesim import load_scenario
from salesim.calibrate.calibration_plan import load_plan
from salesim.inputs.declared import declared_numbers, value_of

PUBLISHED = Path(__file__).parent.parent.parent / "results" / "published"
FOUND = {
    row["path"]: row
    for row in json.loads((PUBLISHED / "calibration" / "calibration.json").read_text())["numbers"]
}


@pytest.mark.parametrize("path", FOUND)
def test_the_typical_firm_has_the_value_that_was_fitted(path):
    assert value_of(load_scenario("typical_firm"), path) == FOUND[path]["value"]
    assert declared_numbers()[path].default == FOUND[path]["value"]
    assert declared_numbers()[path].standing == "fitted"


def test_nothing_else_is_called_fitted():
    assert {path for path, number in declared_numbers().items() if number.standing == "fitted"} == set(
        FOUND
    )


def test_the_plan_that_comes_with_salesim_is_the_one_that_was_carried_out():
    plan = load_plan("calibration")
    assert {free.path: [free.low, free.high] for free in plan.free} == {
        p: row["range"] for p, row in FOUND.items()
    }
