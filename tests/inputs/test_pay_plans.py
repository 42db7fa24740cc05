"""Pay plans of groups in scenarios, policies, settings and Python: read, refused in one line, written again."""

from __future__ import annotations

import tomllib

import jsonschema
import pytest

from docs.make.scenario_schema import policy_schema, scenario_schema
from salesim import load_scenario
from salesim.errors import ImplausibleWarning, ScenarioError
from salesim.inputs.delta import delta_of
from salesim.inputs.differences import differences
from salesim.inputs.scenario_file import whole_scenario
from tests.messages import message_of

HEAD = "[[pay_plans]]\nname = 'a'\n"
SOME = HEAD + "seats = [0]\n"
CAP = "payout = {cap = 2.0}\n"
BESIDE = "stands beside curve"
TWO = """
[[pay_plans]]
name = "newcomers"
tenure_below = 26
pay.ramp_draw = 1.0
by_deal = {per_deal = 50}

[[pay_plans]]
name = "team"
teams = [1]
[pay_plans.payout]
curve = [{at = 0.0, rate = 0.03}, {at = 1.0, rate = 0.06}]
"""


@pytest.fixture
def policy(tmp_path, monkeypatch):
    """Lay a policy, given its text, over the typical firm or another."""
    monkeypatch.chdir(tmp_path)

    def laid(text, scenario="typical_firm", name="plans.toml"):
        (tmp_path / name).write_text(text)
        return load_scenario(scenario, name)

    return laid


def test_a_firm_with_plans_survives_being_written_and_read(policy, tmp_path):
    firm = policy(TWO)
    assert [(p.name, p.tenure_below, p.teams) for p in firm.pay_plans] == [
        ("newcomers", 26, ()),
        ("team", 5_200, (1,)),
    ]
    assert firm.pay_plans[1].levers == {"payout.curve": "3% to 100%, 6% above"}
    (tmp_path / "whole.toml").write_text(whole_scenario(firm))
    assert load_scenario("whole.toml") == firm
    assert [each.path for each in differences(load_scenario("typical_firm"), firm)] == ["pay_plans"]


def test_the_same_is_said_in_python_and_in_a_setting(policy):
    said = tomllib.loads(SOME + CAP)
    plans = policy(SOME + CAP).pay_plans
    assert load_scenario("typical_firm", said).pay_plans == plans
    assert load_scenario("typical_firm", None, said).pay_plans == plans
    setting = "pay_plans=[{name='a', seats=[0], payout={cap=2.0}}]"
    assert load_scenario("typical_firm", None, [setting]).pay_plans == plans


def test_plans_of_a_policy_stand_before_those_of_its_scenario_and_replace_those_of_their_name(policy):
    other = policy(SOME + CAP, policy(TWO), "other.toml")
    assert [plan.name for plan in other.pay_plans] == ["a", "newcomers", "team"]
    steeper = "[[pay_plans]]\nname = 'team'\nteams = [0]\npayout = {accelerator = 3.0}\n"
    changed = policy(steeper, other, "steeper.toml")
    assert [(plan.name, plan.teams) for plan in changed.pay_plans] == [
        ("team", (0,)),
        ("a", ()),
        ("newcomers", ()),
    ]


def test_policies_beside_each_other_have_one_list_of_plans(policy):
    policy(TWO), policy(SOME + CAP, name="other.toml"), policy(TWO, name="same.toml")
    with pytest.raises(ScenarioError, match=r"other.toml:1: pay_plans: contradicts plans.toml:2"):
        load_scenario("typical_firm", ["plans.toml", "other.toml"])
    assert len(load_scenario("typical_firm", ["plans.toml", "same.toml"]).pay_plans) == 2


@pytest.mark.parametrize(
    ("text", "line", "path", "wrong", "given", "near"),
    [
        (SOME + "payot = {cap = 2.0}", 4, "0.payot", "unknown key", None, "payout"),
        (SOME + "payout = {cpa = 2.0}", 4, "0.payout.cpa", "no such lever", None, "cap"),
        (SOME + "payout = {cap = 0.2}", 4, "0.payout.cap", "out of range", "0.2", None),
        (SOME + "payout = {cap = 'x'}", 4, "0.payout.cap", "wrong type", "'x'", None),
        (SOME + "pay = {period_weeks = 4}", 4, "0.pay.period_weeks", "is the same for all reps", "4", None),
        (SOME + "pay = {ramp_weeks = 4}", 4, "0.pay.ramp_weeks", "is a setting", "4", None),
        (SOME + "pay = 3", 4, "0.pay", "wrong type", "3", None),
        (SOME, 1, "0", "moves no lever", None, None),
        (HEAD + CAP, 1, "0", "is for everybody", None, None),
        (HEAD + "seats = [100]\n" + CAP, 3, "0.seats", "no such one", "100", None),
        (HEAD + "seats = [-1]\n" + CAP, 3, "0.seats.0", "out of range", "-1", None),
        (HEAD + "seats = [0.5]\n" + CAP, 3, "0.seats.0", "wrong type", "0.5", None),
        (HEAD + "seats = 0\n" + CAP, 3, "0.seats", "wrong type", "0", None),
        (HEAD + "seats = [0]\nteams = [1]\n" + CAP, 1, "0", "is for nobody", None, None),
        (HEAD + "teams = [77]\n" + CAP, 3, "0.teams", "no such one", "77", None),
        (HEAD + "tenure_from = 9\ntenure_below = 9\n" + CAP, 3, "0.tenure_from", "too late", "9", None),
        (HEAD + "tenure_below = 5201\n" + CAP, 3, "0.tenure_below", "out of range", "5201", None),
        (SOME + CAP + SOME + CAP, 6, "1.name", "stands twice", "'a'", None),
        ("[[pay_plans]]\nseats = [0]\n" + CAP, 1, "0.name", "is missing", None, None),
        ("[[pay_plans]]\nname = ''\nseats = [0]\n" + CAP, 2, "0.name", "is empty", "''", None),
        (SOME.replace("'a'", '"a\\nb"') + CAP, 2, "0.name", "is no name", "'a\\nb'", None),
        ("[pay_plans]\nname = 'a'", 2, "name", "wrong type", "'a'", None),
        ("pay_plans = 3", 1, "", "wrong type", "3", None),
        (SOME + "payout = {curve = '5% above', cap = 2.0}", 4, "0.payout.cap", BESIDE, "2.0", None),
        (SOME + "payout = {curve = '5 to'}", 4, "0.payout.curve", "is no curve", "'5 to'", None),
        ("[payout]\ncurve = '5% above'\n" + SOME + CAP, 6, "0.payout.cap", BESIDE, "2.0", None),
    ],
)
def test_each_mistake_is_one_line_with_its_place(policy, text, line, path, wrong, given, near):
    with pytest.raises(ScenarioError) as error:
        policy(text)
    said = message_of(error.value)
    assert said.place == (f"plans.toml:{line}", f"pay_plans.{path}".rstrip("."))
    assert (said.wrong, said.given, said.near) == (wrong, given, near)
    assert "\n" not in str(error.value)


def test_the_name_of_the_list_is_known():
    with pytest.raises(ScenarioError, match=r"pay_plan: .*'pay_plans'"):
        load_scenario("typical_firm", None, {"pay_plan": []})


def test_values_far_from_plausible_and_from_the_target_are_warned_of(policy):
    with pytest.warns(ImplausibleWarning) as found:
        policy(SOME + "pay = {commission_rate = 0.5}")
    said = [str(each.message) for each in found]
    assert said[0].startswith("pay.commission_rate = 0.5 ")
    assert said[1].partition("(a) ")[2].startswith("pays USD 1,170,599")


def test_editors_know_the_levers_of_a_plan(policy):
    said = delta_of(policy(TWO)).values["pay_plans"]
    for schema in (scenario_schema(), policy_schema()):
        jsonschema.validate({"pay_plans": said}, schema)
        for wrong in ({"pay": {"period_weeks": 4}}, {"payout": {"cpa": 2.0}}, {"seat": [0]}):
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate({"pay_plans": [{"name": "a"} | wrong]}, schema)
