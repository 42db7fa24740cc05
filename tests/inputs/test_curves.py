"""Pay curves in scenarios, policies, settings, dated levers, studies and tables."""

from __future__ import annotations

import jsonschema
import pytest

from docs.make.scenario_schema import policy_schema, scenario_schema
from salesim.errors import ScenarioError
from salesim.inputs.declared import declared_numbers, declared_values, numbers_under, value_of
from salesim.inputs.differences import differences
from salesim.inputs.load import load_scenario
from salesim.inputs.scenario_file import base_scenario, new_policy, whole_scenario
from salesim.model.scenario import Scenario
from salesim.rules.knots import MAX_LINES
from salesim.runs.reading import load_study
from salesim.show.parameters import difference_table, parameters_of
from tests.messages import Message, message_of

KNOTS = [{"at": 0.0, "rate": 0.05}, {"at": 1.0, "rate": 0.1, "jump": 500.0}]
TEXT = "5% to 100%, 10% above, 500 at 100%"
OTHER = "4% to 50%, 8% on all above"
CURVE, ACCELERATOR = "payout.curve", "payout.accelerator"


@pytest.fixture
def write(tmp_path):
    def written(text, name="firm"):
        path = tmp_path / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def refused(*said) -> Message:
    """The one line that says what is wrong."""
    with pytest.raises(ScenarioError) as caught:
        load_scenario(*said)
    (line,) = str(caught.value).splitlines()
    return message_of(line)


IN_TOML = """
[payout]
curve = [
    {at = 0.0, rate = 0.05},
    {at = 1.0, rate = 0.10, jump = 500.0},
]
"""


def test_knots_and_one_line_are_the_same_curve(write):
    firms = [
        load_scenario(write(IN_TOML)),
        load_scenario(write(f"[payout]\ncurve = '{TEXT}'")),
        load_scenario("typical_firm", {CURVE: KNOTS}),
        load_scenario(
            "typical_firm", settings=[f"{CURVE}=[{{at=0, rate=0.05}}, {{at=1, rate=0.1, jump=500}}]"]
        ),
        load_scenario("typical_firm", settings=[f"{CURVE}={TEXT}"]),
    ]
    assert {value_of(firm, CURVE) for firm in firms} == {TEXT}
    assert len({firm.payout for firm in firms}) == 1


def test_a_policy_replaces_a_curve_as_a_whole_and_its_title_says_it(write):
    firm = load_scenario(write(IN_TOML), {CURVE: OTHER})
    assert value_of(firm, CURVE) == OTHER
    assert firm.title.endswith(f"{CURVE} {OTHER}")
    assert load_scenario(firm, {CURVE: KNOTS}).title.endswith(f"{CURVE} {TEXT}")
    none = load_scenario(firm, {CURVE: "none", ACCELERATOR: 2.0})
    assert (value_of(none, CURVE), none.payout.accelerator) == ("none", 2.0)


def test_a_file_that_extends_another_replaces_short_forms_below_it(write):
    write("[payout]\naccelerator = 2.0\ncap = 3.0", "below")
    firm = load_scenario(write(f"extends = 'below.toml'\n{IN_TOML}"))
    assert (firm.payout.accelerator, firm.payout.cap) == (1.0, 1000.0)
    assert load_scenario(firm) == firm


@pytest.mark.parametrize(
    ("said", "path", "place"),
    [
        ("curve = '5%'\nbonus = 100.0", "payout.bonus", 3),
        (
            "curve = [{at = 0.0, rate = 0.1}, {at = 0.5, rate = 0.2}, {at = 0.4, rate = 0.3}]",
            f"{CURVE}.2.at",
            2,
        ),
        ("curve = [{at = 0.2, rate = 0.1}]", f"{CURVE}.0.at", 2),
        ("curve = [{at = 0.0, rate = -0.1}]", f"{CURVE}.0.rate", 2),
        ("curve = [{at = 0.0, rat = 0.1}]", f"{CURVE}.0.rat", 2),
        (
            "curve = [{at = 0.0, rate = 0.1}, {at_usd = 1.0, rate = 0.1}, {at = 2.0, rate = 0.1}]",
            f"{CURVE}.2",
            2,
        ),
        ("curve = '5 percent'", CURVE, 2),
        ("curve = 5", CURVE, 2),
        (f"curve = [{', '.join(['{at = 0.0, rate = 0.1}'] * 9)}]", CURVE, 2),
    ],
)
def test_each_bad_curve_has_one_line_with_its_place(said, path, place, write):
    message = refused(write(f"[payout]\n{said}"))
    assert message.place[0].endswith(f"firm.toml:{place}")
    assert message.place[1] == path
    assert message.allowed


def test_the_nearest_name_of_a_key_is_suggested(write):
    assert refused(write("[payout]\ncurve = [{at = 0.0, rat = 0.1}]")).near == "rate"


def test_a_short_form_over_a_curve_is_refused_wherever_it_is_said(write):
    firm = load_scenario(write(IN_TOML))
    for said in ((firm, {ACCELERATOR: 2.0}), (firm, None, [f"{ACCELERATOR}=2.0"])):
        assert refused(*said).place[1] == ACCELERATOR
    dated = f"{IN_TOML}\n[[dated]]\nlever = '{ACCELERATOR}'\nvalue = 2.0"
    assert refused(write(dated)).place[1] == ACCELERATOR
    with pytest.raises(ValueError, match=ACCELERATOR) as caught:
        firm.with_numbers({ACCELERATOR: 2.0})
    assert "\n" not in str(caught.value)


def test_a_curve_can_be_dated_and_ends(write):
    dated = "[[dated]]\nlever = 'payout.curve'\nstart = 4\nstop = 9\nvalue = [{at = 0.0, rate = 0.05}]"
    firm = load_scenario(write(dated))
    start = firm.organisation.burn_in_weeks
    curves = {first - start: part.payout for first, _, part in firm.stretches()}
    assert {week: (p.model_dump()["curve"], p.bonus) for week, p in curves.items() if week >= 0} == {
        0: ("none", 2_500.0),
        4: ("5%", 0.0),
        9: ("none", 2_500.0),
    }
    assert load_scenario(firm) == firm
    assert load_scenario(write(whole_scenario(firm), "whole")) == firm
    bad = dated.replace("rate = 0.05", "rate = -1.0")
    assert refused(write(bad)).place[1] == f"{CURVE}.0.rate"


def test_a_firm_with_a_curve_is_written_and_read_whole(write):
    firm = load_scenario(write(IN_TOML))
    assert load_scenario(write(whole_scenario(firm), "whole")) == firm
    assert Scenario.model_validate_json(firm.model_dump_json()) == firm
    assert "curve" in base_scenario()
    assert "# curve" in new_policy("a policy")


def test_curves_are_listed_and_are_no_numbers():
    assert {*declared_values()} - {*declared_numbers()} == {
        CURVE,
        "payout.year_curve",
        "team_pay.manager_curve",
    }
    curve = declared_values()[CURVE]
    assert (curve.kind, curve.unit, curve.is_number) == ("lever", "curve", False)
    assert CURVE in [number.path for number in numbers_under("payout")]
    (row,) = parameters_of([curve], load_scenario("typical_firm", {CURVE: KNOTS})).parameters
    assert (row.value, row.default, row.range) == (TEXT, "none", None)


def test_a_difference_between_firms_shows_the_curve_in_one_line():
    firm = load_scenario("typical_firm")
    found = differences(firm, load_scenario(firm, {CURVE: KNOTS}))
    assert ("none", TEXT) in [(each.first, each.second) for each in found]
    assert (CURVE, "none", TEXT, "curve", "lever") in [
        row.cells for group in difference_table("one", "other", found).groups for row in group
    ]


def test_a_study_moves_a_curve_from_one_to_another():
    study = {"scenario": "typical_firm", "replicates": 2, "outcomes": ["contribution"]}
    read = load_study(study | {"levers": {CURVE: ["none", KNOTS, OTHER]}})
    assert read.levers == {CURVE: ("none", TEXT, OTHER)}
    firms = [value_of(read.firm(point), CURVE) for point in read.each_point()]
    assert firms == ["none", TEXT, OTHER]
    for wrong in ({"from": 0, "to": 1, "steps": 2}, [TEXT, KNOTS], "plausible"):
        with pytest.raises(ScenarioError) as caught:
            load_study(study | {"levers": {CURVE: wrong}})
        assert message_of(str(caught.value).splitlines()[0]).place[1] == f"levers.{CURVE}"


def test_the_record_of_a_firm_holds_its_curve():
    from salesim.model.scenario import record_of

    record = record_of(load_scenario("typical_firm", {CURVE: KNOTS}))["payout"]["by_period"]
    assert record["size"] == 2
    assert record["at"].shape == (MAX_LINES,)
    assert list(record["rate"][:2]) == [0.05, 0.1]


@pytest.mark.parametrize("schema", [scenario_schema(), policy_schema()])
def test_editors_know_curves(schema):
    for said in (TEXT, KNOTS, []):
        jsonschema.validate({"payout": {"curve": said}}, schema)
        jsonschema.validate({"dated": [{"lever": CURVE, "value": said}]}, schema)
    for wrong in (5.0, [{"at": 0.0, "rat": 0.1}], [{"at": -1.0, "rate": 0.1}], KNOTS * 5):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"payout": {"curve": wrong}}, schema)
