"""The table of points: a row for each, with its firm, or with the reason why there is none."""

import pyarrow as pa
import pytest
from hypothesis import given

from salesim.errors import ScenarioError
from salesim.runs.exec import Exec
from salesim.runs.keys import firm_key
from salesim.runs.points import LABELS, check_points, points_table
from salesim.runs.reading import load_study
from tests.messages import message_of
from tests.runs.drawn import A_FEW, written_studies

PERIODS = {"levers": {"pay.period_weeks": [13, 3, 26], "pay.margin_weight": [0.0, 1.0]}}


@A_FEW
@given(written_studies())
def test_a_row_says_what_its_point_is(said):
    study = load_study(said)
    table = points_table(study, "m")
    assert table.schema.names == [*LABELS, *study.axes, "firm", "error"]
    for row, point in zip(table.to_pylist(), study.each_point(), strict=True):
        assert {path: row[path] for path in study.axes} == point.numbers
        assert (row["point"], row["setting"], row["sample"], row["policy"]) == (
            point.index,
            point.setting,
            point.sample,
            point.policy,
        )
        assert (row["firm"], row["error"]) == (firm_key(study.firm(point), "m"), None)
    check_points(study, table)


def test_columns_have_the_types_of_their_numbers():
    study = load_study(
        {
            "levers": {
                "organisation.headcount": [4, 5],
                "regime.price_regime": ["guided"],
                "payout.bonus": [1, 2],
            },
            "uncertainties": {
                "samples": 2,
                "market.price_buyers": "plausible",
                "organisation.weeks": "plausible",
            },
        }
    )
    types = {field.name: field.type for field in points_table(study, "m").schema}
    assert types == {
        "point": pa.int64(),
        "setting": pa.int64(),
        "sample": pa.int64(),
        "policy": pa.string(),
        "organisation.headcount": pa.int64(),
        "regime.price_regime": pa.string(),
        "payout.bonus": pa.float64(),
        "market.price_buyers": pa.float64(),
        "organisation.weeks": pa.int64(),
        "firm": pa.string(),
        "error": pa.string(),
    }


def test_firms_that_are_the_same_have_one_key():
    said = {
        "policies": {"same": {"payout.bonus": 3.0}},
        "settings": {"payout.bonus": 3.0},
        "levers": {"pay.margin_weight": [0.0, 1.0]},
    }
    firms = points_table(load_study(said), "m")["firm"].to_pylist()
    assert firms[:2] == firms[2:]
    assert len({*firms}) == 2
    assert not {*firms} & {*points_table(load_study(said), "n")["firm"].to_pylist()}


def test_crossed_numbers_that_do_not_fit_are_refused_with_the_first_point(golden):
    study = load_study(PERIODS)
    table = points_table(study, "m")
    assert [row["error"] is None for row in table.to_pylist()] == [True, True, False, False, True, True]
    assert table["firm"].null_count == 2
    with pytest.raises(ScenarioError) as caught:
        check_points(study, table)
    golden(caught.value)
    place = message_of(caught.value).place
    assert place == (
        "study",
        "point 2 (baseline, pay.period_weeks 3, pay.margin_weight 0.0)",
        "pay.period_weeks",
    )


def test_a_cost_above_the_planned_price_is_refused():
    study = load_study({"uncertainties": {"market.unit_cost": [40, 95]}})
    with pytest.raises(ScenarioError) as caught:
        check_points(study, points_table(study, "m"))
    place = message_of(caught.value).place
    assert place == ("study", "point 1 (baseline, market.unit_cost 95.0)", "market.unit_cost")


DRAWN = {"uncertainties": {"samples": 8, "market.unit_cost": {"from": 40, "to": 140}}}


def test_of_drawn_numbers_some_may_not_fit():
    study = load_study(DRAWN)
    table = points_table(study, "m")
    check_points(study, table)
    for row in table.to_pylist():
        if row["market.unit_cost"] < 90.0:
            assert row["error"] is None
        else:
            assert row["firm"] is None
            assert row["error"].startswith(f"market.unit_cost: got {row['market.unit_cost']:g}; ")
    assert table["firm"].null_count == 4


def test_where_no_sample_fits_the_study_is_refused():
    study = load_study({"uncertainties": {"samples": 3, "market.unit_cost": {"from": 140, "to": 150}}})
    with pytest.raises(ScenarioError) as caught:
        check_points(study, points_table(study, "m"))
    assert message_of(caught.value).place[1].startswith("point 0 (baseline, market.unit_cost 14")


def test_drawn_numbers_excuse_no_lever_that_fits_at_no_sample():
    study = load_study(DRAWN | {"levers": {"pay.period_weeks": [13, 3]}})
    with pytest.raises(ScenarioError) as caught:
        check_points(study, points_table(study, "m"))
    _, point, number = message_of(caught.value).place
    assert point.startswith("point 8 (baseline, pay.period_weeks 3, ")
    assert number == "pay.period_weeks"


def test_a_study_that_cannot_be_makes_no_folder(tmp_path):
    from salesim.runs.sweep import sweep

    with pytest.raises(ScenarioError, match="point 2"):
        sweep(PERIODS, out=tmp_path / "new", how=Exec(workers=1))
    assert not (tmp_path / "new").exists()
