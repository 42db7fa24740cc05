"""What a study is: its points in their order, its firms, and the key that names it."""

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from salesim.inputs.declared import declared_numbers, value_of
from salesim.inputs.design import BASELINE, Replicates, Study
from salesim.model.scenario import Scenario
from salesim.runs.keys import firm_key
from salesim.runs.reading import load_study
from tests.runs.drawn import A_FEW, FREE, value, written_studies

CROSSED = {
    "policies": {"margin": "margin_pay", "capped": {"payout.cap": 2.0}},
    "levers": {"regime.discount_authority": [0.1, 0.2], "regime.price_regime": ["guided", "list_only"]},
    "uncertainties": {"market.price_buyers": [0.2, 0.3], "samples": 3, "buying.inertia": "plausible"},
}


@A_FEW
@given(written_studies())
def test_points_are_the_product_of_all_axes_once_and_in_order(said):
    study = load_study(said)
    points = list(study.each_point())
    samples = study.samples_each
    crossed = study.levers | study.uncertainties
    expected = [
        (
            policy,
            dict(zip(crossed, values, strict=True))
            | {path: drawn[k] for path, drawn in study.samples.items()},
        )
        for policy, *values, k in product(study.firms, *crossed.values(), range(samples))
    ]
    assert [(point.policy, point.numbers) for point in points] == expected
    assert [point.index for point in points] == list(range(study.points))
    assert len(points) == study.points == study.most_runs / 20


@A_FEW
@given(written_studies())
def test_a_setting_is_policy_and_levers_and_a_sample_all_else(said):
    study = load_study(said)
    settings, samples = {}, {}
    for point in study.each_point():
        decided = (point.policy, tuple(point.numbers[path] for path in study.levers))
        uncertain = tuple(
            (path, number) for path, number in point.numbers.items() if path not in study.levers
        )
        assert settings.setdefault(point.setting, decided) == decided
        assert samples.setdefault(point.sample, uncertain) == uncertain
        assert point.index == point.setting * (study.points // study.settings) + point.sample
    assert len({*settings.values()}) == len(settings) == study.settings
    assert sorted(samples) == list(range(study.points // study.settings))


def test_the_policy_changes_slowest_and_the_samples_fastest():
    study = load_study(CROSSED)
    assert (study.points, study.settings) == (3 * 4 * 2 * 3, 3 * 4)
    assert study.axes == (
        "regime.discount_authority",
        "regime.price_regime",
        "market.price_buyers",
        "buying.inertia",
    )
    first, second, last = study.point(0), study.point(1), study.point(71)
    assert (first.policy, last.policy) == (BASELINE, "capped")
    drawn = study.samples["buying.inertia"]
    assert first.numbers == {
        "regime.discount_authority": 0.1,
        "regime.price_regime": "guided",
        "market.price_buyers": 0.2,
        "buying.inertia": drawn[0],
    }
    assert second.numbers == first.numbers | {"buying.inertia": drawn[1]}
    assert study.point(3).numbers == first.numbers | {"market.price_buyers": 0.3}
    assert study.point(6).numbers == first.numbers | {"regime.price_regime": "list_only"}
    assert (study.point(6).setting, study.point(5).sample, study.point(6).sample) == (1, 5, 0)
    assert study.point(24).policy == "margin"


@pytest.mark.parametrize("index", [-1, 72, 10**9])
def test_there_is_no_point_outside(index):
    with pytest.raises(IndexError, match=rf" {index} \w+ 72\b"):
        load_study(CROSSED).point(index)


@A_FEW
@given(written_studies())
def test_every_value_has_the_type_of_its_number(said):
    study = load_study(said)
    for path, values in (study.levers | study.uncertainties | study.samples).items():
        number = declared_numbers()[path]
        assert {type(v) for v in values} == {str if number.modes else number.type}, path


@A_FEW
@given(written_studies())
def test_a_study_survives_being_written_as_json(said):
    study = load_study(said)
    study.point(0)
    again = Study.model_validate(json.loads(json.dumps(study.model_dump(mode="json"))))
    assert again == study
    assert again.key("m") == study.key("m")
    assert list(again.each_point()) == list(study.each_point())
    for before, after in zip(study.each_point(), again.each_point(), strict=True):
        assert [type(v) for v in before.numbers.values()] == [type(v) for v in after.numbers.values()]


@A_FEW
@given(written_studies())
def test_firms_at_points_have_the_numbers_of_the_points(said):
    study = load_study(said)
    for point in study.each_point():
        firm = study.firm(point)
        assert {path: value_of(firm, path) for path in point.numbers} == point.numbers
        restored = {path: value_of(study.firms[point.policy], path) for path in point.numbers}
        assert firm.with_numbers(restored) == study.firms[point.policy]


def test_a_firm_whose_numbers_do_not_fit_is_none():
    study = load_study({"levers": {"pay.period_weeks": [13, 3]}})
    assert study.firm(study.point(0)).pay.period_weeks == 13
    with pytest.raises(ValueError, match=r"^pay\.period_weeks: .*\b3; .*: 1, 2, 4, 13, 26 \w+ 52"):
        study.firm(study.point(1))


def test_words_do_not_count_in_the_key():
    key = load_study(CROSSED).key("m")
    assert load_study(CROSSED | {"title": "x", "question": "why?"}).key("m") == key
    assert load_study(CROSSED | {"scenario": Scenario(title="Ours", description="long")}).key("m") == key
    assert load_study(CROSSED).model_copy(update={"name": "other"}).key("m") == key
    assert load_study(CROSSED).key("n") != key


def test_all_else_counts_in_the_key():
    others = [
        CROSSED | {"seed": 2},
        CROSSED | {"replicates": 21},
        CROSSED | {"outcomes": ["realised"]},
        CROSSED | {"tables": ["reps"]},
        CROSSED | {"settings": {"organisation.weeks": 52}},
        CROSSED | {"levers": {}},
        CROSSED | {"policies": {}},
        CROSSED | {"uncertainties": {}},
        CROSSED | {"policies": {"other": "margin_pay", "capped": {"payout.cap": 2.0}}},
        CROSSED | {"replicates": {"outcome": "realised", "half_width": 1.0, "least": 20, "most": 20}},
    ]
    keys = {load_study(said).key("m") for said in [CROSSED, *others]}
    assert len(keys) == 1 + len(others)


def turned(said: dict, table: str) -> dict:
    """The same study with a table written in reverse."""
    return said | {table: dict(reversed(said[table].items()))}


def test_the_order_of_what_is_written_counts_where_it_decides_which_point_is_which():
    said = CROSSED | {
        "settings": {"organisation.weeks": 52, "organisation.accounts": 50},
        "replicates": {"outcome": "realised", "half_width": 1.0},
    }
    study = load_study(said)
    for table in ("settings", "replicates", "uncertainties"):  # of the last, one is given and one is drawn
        assert load_study(turned(said, table)).key("m") == study.key("m")
        assert list(load_study(turned(said, table)).each_point()) == list(study.each_point())
    assert load_study(dict(reversed(said.items()))).key("m") == study.key("m")
    for table in ("levers", "policies"):
        assert list(load_study(turned(said, table)).each_point()) != list(study.each_point())
        assert load_study(turned(said, table)).key("m") != study.key("m")
    two = {"uncertainties": {"market.price_buyers": [0.2, 0.3], "market.fit_drift": [0.0, 0.1]}}
    assert load_study(turned(two, "uncertainties")).key("m") != load_study(two).key("m")


def test_studies_with_one_key_have_the_same_firm_at_every_point():
    said = {"levers": {"payout.bonus": [1.0, 2.0], "pay.margin_weight": [0.0, 1.0]}}
    studies = [load_study(said), load_study(turned(said, "levers")), load_study(said | {"title": "again"})]
    firms = {}
    for study in studies:
        keys = [firm_key(study.firm(point), "m") for point in study.each_point()]
        assert firms.setdefault(study.key("m"), keys) == keys
    assert len(firms) == 2


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "a\\b", "a b", "-x", "a\n", "\0"])
def test_a_name_that_is_no_folder_is_refused(name):
    with pytest.raises(ValidationError) as refused:
        load_study({}).model_copy().model_validate(load_study({}).model_dump() | {"name": name})
    (error,) = refused.value.errors()
    assert repr(name) in error["msg"]


def test_replicates_are_looked_at_whenever_there_are_as_many_again():
    assert Replicates(least=20, most=400).looks() == [20, 40, 80, 160, 320, 400]
    assert Replicates(least=3, most=3).looks() == [3]
    assert Replicates(least=2, most=5).looks() == [2, 4, 5]


@A_FEW
@given(st.fixed_dictionaries({}, optional={path: value(declared_numbers()[path]) for path in FREE}))
def test_a_firm_with_other_numbers_is_as_if_they_had_been_said(numbers):
    groups: dict = {}
    for path, number in numbers.items():
        groups.setdefault(path.partition(".")[0], {})[path.partition(".")[2]] = number
    assert Scenario().with_numbers(numbers) == Scenario.model_validate(groups)


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        ({"market.unit_cost": 95.0}, r"market\.unit_cost: .*\b95; .*\b90 "),
        ({"pay.period_weeks": 12}, r"pay\.period_weeks: .*\b12; "),
        ({"payout.cap": 0.0}, r"\bcap\b[^?]*input_value=0\.0"),
        ({"payout.cap": "2"}, r"\bcap\b[^?]*input_value='2'"),
        ({"regime.price_regime": 1}, r"\bprice_regime\b[^?]*input_value=1\b"),
        ({"payout.capp": 2.0}, "capp"),
        ({"pyout.cap": 2.0}, r"^pyout\.cap: "),
        ({"title": 2.0}, "^title: "),
        ({"rules.price": 2.0}, r"^rules\.price: "),
    ],
)
def test_numbers_that_cannot_be_are_refused(numbers, wrong):
    with pytest.raises(ValueError, match=wrong):
        Scenario().with_numbers(numbers)


def test_numbers_that_fit_only_together_are_taken_together():
    firm = Scenario().with_numbers({"market.unit_cost": 95.0, "market.list_price": 200.0})
    assert (firm.market.unit_cost, firm.market.list_price) == (95.0, 200.0)
