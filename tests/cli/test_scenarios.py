"""`salesim params`, `new` and `diff` as a person and as a program meet them."""

import errno
import json
import os
import re

import pytest

from salesim import Scenario, load_scenario
from salesim.inputs.declared import declared_numbers, declared_values
from salesim.inputs.scenario_file import SCHEMA_VERSION
from salesim.rules.sources import SOURCES
from tests.cli.commands import as_typed, numbers_in
from tests.messages import message_of


def test_every_number_is_listed_with_value_unit_range_kind_source_and_standing(run):
    code, out, _ = run("params")
    assert code == 0
    rows = {line.split()[0]: line for line in out.splitlines() if line.strip() and "." in line.split()[0]}
    assert set(declared_numbers()) <= set(rows)
    unit = declared_numbers()["pay.commission_rate"].unit
    assert re.search(rf"^ *pay\.commission_rate +0\.033 +{unit} +0 to 1 +lever +zoltners-2012 ", out, re.M)
    assert "delegated" in rows["regime.price_regime"]


def test_the_count_of_assumed_numbers_is_that_of_the_declarations(run, golden):
    _, out, _ = run("params")
    golden(out.splitlines()[0])
    numbers = declared_numbers().values()
    kinds = [sum(number.kind == kind for number in numbers) for kind in ("lever", "setting", "behaviour")]
    assumed = sum(number.source == "assumed" for number in numbers)
    of_size = sum(number.standing == "size assumed" for number in numbers)
    assert numbers_in(out.splitlines()[0]) == [len(numbers), *kinds, assumed, of_size]


def test_a_group_or_a_number_is_listed_alone(run, golden):
    _, out, _ = run("params", "pay")
    assert "pay.margin_weight" in out
    assert "payout.bonus" not in out
    _, out, _ = run("params", "pay.commission_rate")
    golden(out)
    assert "pay.commission_rate" in out
    number = declared_numbers()["pay.commission_rate"]
    for value in ("0.033", number.unit, number.meaning, SOURCES[number.source].citation.split(",")[0]):
        assert value in out, value
    _, out, _ = run("params", "pay", "--kind", "setting")
    assert "pay.ramp_weeks" in out
    assert "pay.margin_weight" not in out


def test_values_are_those_of_the_scenario_asked_about(run, tmp_path):
    (tmp_path / "firm.toml").write_text("[payout]\nbonus = 777.0\n")
    for asked in (
        ["firm.toml"],
        ["payout", "--scenario", "firm.toml"],
        ["payout", "--set", "payout.bonus=777"],
    ):
        _, out, _ = run("params", *asked)
        assert re.search(r"payout\.bonus +777 ", out)
    _, out, _ = run("params", "pay", "--policy", "margin_pay")
    assert re.search(r"pay\.margin_weight +1 ", out)
    assert run("params", "typical_firm")[1] == run("params")[1]


def test_parameters_for_programs(run):
    _, out, _ = run("params", "--json")
    said = json.loads(out)
    assert said["schema_version"] == 1
    by_path = {row["path"]: row for row in said["parameters"]}
    assert set(by_path) == set(declared_values())
    assert by_path["regime.price_regime"]["value"] == "delegated"
    assert by_path["pay.margin_weight"]["range"] == [0, 1]
    assert all({"unit", "kind", "source", "standing", "meaning"} <= set(row) for row in by_path.values())


def test_a_new_scenario_is_the_one_it_extends_until_lines_are_filled_in(run, tmp_path, golden):
    code, out, _ = run("new", "my_firm")
    assert code == 0
    path = tmp_path / "my_firm.toml"
    assert f"salesim run {path.name}" in out
    text = path.read_text()
    golden(text.splitlines()[0])
    assert numbers_in(text.splitlines()[0]) == [SCHEMA_VERSION]
    firm = load_scenario(path)
    typical = load_scenario("typical_firm")
    assert firm.title == "my firm"
    assert firm.model_copy(update={"title": typical.title}) == typical
    path.write_text(text.replace("# margin_weight = 0.0", "margin_weight = 0.5"))
    assert load_scenario(path).pay.margin_weight == 0.5


def test_every_line_of_a_new_file_can_be_filled_in(run, tmp_path):
    run("new", "firm")
    run("new", "change", "--policy")
    for name, kinds in (("firm", {"lever", "setting"}), ("change", {"lever"})):
        path = tmp_path / f"{name}.toml"
        path.write_text(re.sub(r"(?m)^# (?=\w+ = )", "", path.read_text()))
        said = {p for p, n in declared_numbers().items() if n.kind in kinds}
        text = path.read_text()
        assert sum(bool(re.match(r"\w+ = ", line)) for line in text.splitlines()) >= len(said)
        firm = load_scenario("typical_firm", path) if name == "change" else load_scenario(path)
        assert firm.model_copy(update={"title": "", "description": ""}) == Scenario(title="")


def test_a_new_file_may_extend_a_file_from_another_folder(run, tmp_path):
    (tmp_path / "firms").mkdir()
    (tmp_path / "base.toml").write_text("[payout]\nbonus = 777.0\n")
    code, _, _ = run("new", "firms/mine", "--extends", "base.toml")
    assert code == 0
    assert load_scenario(tmp_path / "firms" / "mine.toml").payout.bonus == 777.0
    assert "# bonus = 777.0" in (tmp_path / "firms" / "mine.toml").read_text()


def test_a_new_policy_may_extend_a_policy(run, tmp_path):
    assert run("new", "more", "--policy", "--extends", "margin_pay")[0] == 0
    assert load_scenario("typical_firm", tmp_path / "more.toml").pay.margin_weight == 1.0
    assert run("new", "other", "--policy", "--extends", "typical_frim")[0] == 2


def test_differences_are_shown_with_both_values(run, tmp_path):
    (tmp_path / "a.toml").write_text(
        "title = 'A'\n[payout]\nbonus = 777\n[regime]\nprice_regime = 'guided'\n"
    )
    _, out, _ = run("diff", "typical_firm", "a.toml")
    assert re.search(rf"payout\.bonus +2,500 +777 +{declared_numbers()['payout.bonus'].unit} +lever", out)
    assert re.search(r"regime\.price_regime +delegated +guided", out)
    assert "pay.margin_weight" not in out
    _, out, _ = run("diff", "margin_pay", "spring_price_rise", "--json")
    said = json.loads(out)
    assert said["schema_version"] == 1
    by_path = {row["path"]: row for row in said["differences"]}
    assert (by_path["pay.margin_weight"]["first"], by_path["pay.margin_weight"]["second"]) == (1.0, 0.0)
    assert by_path["dated"]["second"][0]["lever"] == "regime.list_price_change"


def test_no_difference_is_said(run, golden):
    code, out, err = run("diff", "typical_firm", "base")
    assert (code, err) == (0, "")
    golden(out)
    assert json.loads(run("diff", "typical_firm", "base", "--json")[1])["differences"] == []


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["params", "pya"], {"place": ("PATH",), "given": "'pya'", "near": "pay"}),
        (["params", "pay.margin_wait"], {"given": "'pay.margin_wait'", "near": "pay.margin_weight"}),
        (["params", "missing.toml"], {"place": ("missing.toml",)}),
        (
            ["params", "--kind", "leever"],
            {"place": ("--kind",), "given": "'leever'", "allowed": "lever, setting, behaviour"},
        ),
        (["params", "--scenario", "missing"], {"place": ("missing",)}),
        (
            ["params", "--set", "pay.margin_weight=2"],
            {"place": ("--set", "pay.margin_weight"), "given": "2"},
        ),
        (["new", "taken"], {"place": ("taken.toml",)}),
        (["new", ""], {"place": ("NAME",), "given": "''"}),
        (["new", "nowhere/x"], {"place": ("nowhere/x.toml",), "given": "'nowhere'"}),
        (["new", "x", "--extends", "typical_frim"], {"place": ("typical_frim",), "near": "typical_firm"}),
        (["new", "a" * 300], {"wrong": os.strerror(errno.ENAMETOOLONG)}),
        (["diff", "typical_firm", "typical_frim"], {"place": ("typical_frim",), "near": "typical_firm"}),
        (["diff", "typical_firm", "broken.toml"], {"place": ("broken.toml:1", "pay"), "given": "3"}),
    ],
    ids=as_typed,
)
def test_bad_input_gives_one_message_exit_code_2_and_writes_nothing(run, among, golden, arguments, parts):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    golden(err)
    assert parts.items() <= message_of(err)._asdict().items()
    assert "Traceback" not in err


def test_one_firm_alone_differs_from_nothing(run, among):
    code, out, err = run("diff", "typical_firm")
    assert (code, out) == (2, "")
    assert "B" in err
    assert "Traceback" not in err


@pytest.fixture
def among(tmp_path):
    """Files that are there before and, as they were, afterwards."""
    (tmp_path / "taken.toml").write_text("mine")
    (tmp_path / "broken.toml").write_text("pay = 3")
    before = sorted(tmp_path.rglob("*"))
    yield
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "taken.toml").read_text() == "mine"
