"""Scenarios that extend others, policies laid over each other, names of shipped ones, values from Python."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.errors import ScenarioError
from salesim.inputs.declared import declared_numbers
from salesim.inputs.delta import delta_of
from salesim.inputs.load import load_scenario
from salesim.inputs.shipped import shipped_policies, shipped_scenarios
from salesim.model.scenario import Scenario
from tests.messages import message_of


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def writer(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return writer


def refused(*arguments, **keywords) -> str:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(*arguments, **keywords)
    return str(caught.value)


def test_shipped_ones_are_found_by_name():
    assert load_scenario("typical_firm", "margin_pay").pay.margin_weight == 1.0
    assert {"typical_firm"} <= set(shipped_scenarios())
    assert {"margin_pay", "clear_strategy"} <= set(shipped_policies())


def test_a_file_of_the_same_name_goes_before_a_shipped_one(write):
    write("typical_firm", "title = 'Mine'")
    assert load_scenario("typical_firm").title == "Mine"


@pytest.mark.parametrize(
    ("name", "near"), [("typical_frim", "typical_firm"), ("typicalfirm", "typical_firm")]
)
def test_an_unknown_name_is_refused_with_those_that_are_there(write, golden, name, near):
    message = refused(name)
    golden(message)
    assert (message_of(message).place, message_of(message).near) == ((name,), near)
    policy = message_of(refused("typical_firm", "margin_pya"))
    assert policy.near == "margin_pay"
    assert ", ".join(shipped_policies()) in (policy.allowed or "")


def test_a_scenario_extends_another_and_says_only_what_differs(write):
    write("base/firm.toml", "title = 'Base'\n[payout]\nbonus = 1.0\naccelerator = 2.0\n")
    write("base/middle.toml", "extends = 'firm.toml'\n[payout]\nbonus = 2.0\n")
    top = write("top.toml", "extends = 'base/middle.toml'\n[pay]\nmargin_weight = 0.5\n")
    firm = load_scenario(top)
    assert (firm.title, firm.payout.bonus, firm.payout.accelerator, firm.pay.margin_weight) == (
        "Base",
        2.0,
        2.0,
        0.5,
    )


def test_a_scenario_extends_a_shipped_one_and_a_policy_a_policy(write):
    firm = write("firm.toml", "extends = 'typical_firm'\ntitle = 'Mine'\n")
    assert load_scenario(firm).description == load_scenario("typical_firm").description
    policy = write("policy.toml", "extends = 'margin_pay'\ntitle = 'more'\n[pay]\nmargin_weight = 0.5\n")
    changed = load_scenario(firm, policy)
    assert (changed.title, changed.pay.margin_weight) == ("Mine + more", 0.5)


def test_dated_levers_of_all_that_is_extended_stay(write):
    entry = "[[dated]]\nlever = 'regime.list_price_change'\nvalue = {}\nstart = {}\nstop = {}\n"
    write("a.toml", entry.format(1.0, 0, 10))
    firm = load_scenario(write("b.toml", "extends = 'a.toml'\n" + entry.format(2.0, 10, 20)))
    assert [dated.value for dated in firm.dated] == [1.0, 2.0]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("extends = 3", {"place": ("firm.toml:1", "extends"), "given": "3"}),
        ("extends = ''", {"place": ("firm.toml:1", "extends"), "given": "''"}),
        ("extends = ['a']", {"place": ("firm.toml:1", "extends"), "given": "['a']"}),
        ("extends = 'firm.toml'", {"place": ("firm.toml:1", "extends"), "given": "'firm.toml'"}),
        ("title = 'x'\nextends = 'gone.toml'", {"place": ("firm.toml:2", "extends", "gone.toml")}),
        (
            "extends = 'typical_frim'",
            {"place": ("firm.toml:1", "extends", "typical_frim"), "near": "typical_firm"},
        ),
        (
            "extends = 'other.toml'",
            {"place": ("other.toml:2", "pay.margin_wait"), "near": "pay.margin_weight"},
        ),
        ("extends = 'round.toml'", {"place": ("round.toml:1", "extends"), "given": "'firm.toml'"}),
        ("extends = 'a\\u0000b'", {"place": ("firm.toml:1", "extends"), "given": r"'a\x00b'"}),
        ("extends = '.'", {"given": None}),
    ],
)
def test_what_cannot_be_extended(write, golden, text, parts):
    write("other.toml", "[pay]\nmargin_wait = 1.0\n")
    write("round.toml", "extends = 'firm.toml'")
    path = write("firm.toml", text.replace("'a\\u0000b'", '"a\\u0000b"'))
    message = refused(path).replace(f"{path.parent}/", "").replace(str(path.parent), ".")
    message = message.replace("\0", "0")
    golden(message)
    assert "extends" in message or "other.toml" in message
    assert parts.items() <= message_of(message)._asdict().items()


def test_a_policy_reaches_settings_in_no_way_through_what_it_extends(write, golden):
    write("sly.toml", "[market]\nlist_price = 90.0\n")
    policy = write("policy.toml", "extends = 'sly.toml'\n")
    message = refused("typical_firm", policy).replace(str(policy.parent), "")
    golden(message)
    assert message_of(message).place == ("/sly.toml:2", "market.list_price")


def test_policies_that_contradict_each_other_are_refused_with_both_places(write, golden):
    one = write("one.toml", "[pay]\nmargin_weight = 1.0\n[payout]\nbonus = 5.0\n")
    two = write("two.toml", "title = 'two'\n[pay]\nmargin_weight = 0.5\n[payout]\nbonus = 5\n")
    message = refused("typical_firm", [one, two])
    golden(message.replace(f"{one.parent}/", ""))
    assert message_of(message).place == (f"{two}:3", "pay.margin_weight")
    assert f"{one}:2" in message_of(message).wrong
    assert message_of(message).given == "0.5"
    assert "1.0" in message_of(message).allowed
    firm = load_scenario("typical_firm", [one, two], {"pay.margin_weight": 0.25})
    assert (firm.pay.margin_weight, firm.payout.bonus) == (0.25, 5.0)
    assert load_scenario("typical_firm", [one, one]).pay.margin_weight == 1.0


def test_dated_levers_of_two_policies_must_not_meet(write, golden):
    entry = "[[dated]]\nlever = 'pay.margin_weight'\nvalue = {}\nstart = 5\n"
    one, two = write("one.toml", entry.format(1.0)), write("two.toml", entry.format(0.5))
    message = refused("typical_firm", [one, two])
    golden(message.replace(f"{one.parent}/", ""))
    assert message_of(message).place[-1] == "pay.margin_weight"


def test_policies_and_settings_from_python(golden):
    typical = Scenario().title
    firm = load_scenario("typical_firm", {"pay.margin_weight": 1.0, "regime": {"price_regime": "guided"}})
    assert (firm.pay.margin_weight, firm.regime.price_regime) == (1.0, 2)
    assert firm.title == f"{typical} + pay.margin_weight 1.0, regime.price_regime guided"
    three = {"pay.margin_weight": 1.0, "payout.bonus": 1.0, "payout.cap": 2.0}
    assert load_scenario("typical_firm", three).title.startswith(f"{typical} + 3 ")
    golden(load_scenario("typical_firm", three).title)
    assert load_scenario("typical_firm", {"title": "x", "payout.bonus": 1}).title == f"{typical} + x"
    assert load_scenario("typical_firm", settings={"organisation.weeks": 52}).organisation.weeks == 52
    assert (
        load_scenario(
            "typical_firm", {"payout.bonus": np.float64(3), "pay.period_weeks": np.int64(4)}
        ).pay.period_weeks
        == 4
    )
    twice = {"pay.margin_weight": 1.0, "pay": {"margin_weight": 0.5}}
    for place, policies, settings in (
        (("policy 1", "market.list_price"), {"market.list_price": 3.0}, None),
        (("policy 2", "pay.margin_wait"), [{}, {"pay.margin_wait": 3.0}], None),
        (("policy 1", "pay.margin_weight"), twice, None),
        (("settings", "payout.bonus"), None, {"payout.bonus": "x"}),
        (("policy 1", "3"), {3: 4}, None),
    ):
        message = refused("typical_firm", policies, settings=settings)
        golden(message)
        assert message_of(message).place == place


def test_a_policy_without_a_title_is_called_by_its_file(write, golden):
    typical = Scenario().title
    policy = write("cheap_year.toml", "[payout]\nbonus = 1.0\n")
    assert load_scenario("typical_firm", policy).title == f"{typical} + {policy.stem.replace('_', ' ')}"
    dated = {"dated": [{"lever": "payout.bonus", "value": 1.0}]}
    assert load_scenario("typical_firm", dated).title.startswith(f"{typical} + ")
    golden(load_scenario("typical_firm", dated).title)


@pytest.mark.parametrize(
    "arguments", [(None,), ({"pay": 1},), (5,), ("typical_firm", 5), ("typical_firm", [5])]
)
def test_what_is_neither_name_nor_path_nor_scenario_is_refused(golden, arguments):
    golden(refused(*arguments))
    golden(refused("typical_firm", settings=5))
    first, *policies = arguments
    wrong = policies[0] if policies else first
    wrong = wrong[0] if isinstance(wrong, list) else wrong
    assert message_of(refused(*arguments)).given == (None if wrong is None else repr(wrong))
    assert message_of(refused("typical_firm", settings=5)).given == "5"
    assert load_scenario("typical_firm", settings="payout.bonus=1").payout.bonus == 1.0


def test_a_folder_of_the_same_name_hides_no_shipped_one(write, tmp_path):
    (tmp_path / "typical_firm").mkdir()
    assert load_scenario("typical_firm") == load_scenario(shipped_scenarios()["typical_firm"])


def test_a_loaded_scenario_can_be_laid_over_again(write):
    spring = load_scenario("typical_firm", "spring_price_rise")
    again = load_scenario(spring)
    assert again == spring
    both = load_scenario(spring, {"title": "margin", "pay.margin_weight": 1.0})
    assert both.dated == spring.dated
    assert both.title == spring.title + " + margin"


VALUES = {
    path: st.sampled_from(number.modes)
    if number.modes
    else st.integers(int(number.low), int(number.high))
    if number.type is int
    else st.floats(number.low, number.high)
    for path, number in declared_numbers().items()
}


@given(st.fixed_dictionaries({}, optional=VALUES))
def test_a_scenario_survives_being_taken_apart(values):
    """Whatever it says, in whatever way: laying everything that it says over nothing gives it back."""
    try:
        firm = load_scenario(Scenario(), settings=values)
    except ScenarioError:
        return
    assert load_scenario(firm) == firm
    assert set(delta_of(firm).values) >= set(values)
