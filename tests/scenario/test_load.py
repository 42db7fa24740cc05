"""Scenarios, policies and settings: laid over each other, and refused in words that help."""

import contextlib
import math
import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesim.errors import ScenarioError
from salesim.model.scenario import Scenario
from salesim.scenario.declared import declared_numbers
from salesim.scenario.load import load_scenario

CONFIGS = Path(__file__).parent.parent.parent / "configs"


@pytest.fixture
def write(tmp_path):
    def writer(text: str, name: str = "firm.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return writer


def refused(*arguments, **keywords) -> str:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(*arguments, **keywords)
    return str(caught.value)


def test_what_is_not_said_is_as_in_the_typical_firm(write):
    firm = load_scenario(write("[pay]\nbonus = 1.0"))
    assert firm.pay.bonus == 1.0
    assert firm.model_copy(update={"pay": Scenario().pay}) == Scenario()


def test_the_shipped_scenario_is_the_default_firm():
    firm = load_scenario(CONFIGS / "typical_firm.toml")
    assert firm.model_copy(update={"description": ""}) == Scenario()


def test_later_words_win(write):
    scenario = write("[pay]\nbonus = 1.0\naccelerator = 2.0\ncommission_rate = 0.01")
    policy = write("[pay]\nbonus = 2.0\naccelerator = 3.0", "a.toml")
    other = write("[pay]\nbonus = 3.0", "b.toml")
    firm = load_scenario(scenario, [policy, other], ["pay.commission_rate=0.02"])
    assert (firm.pay.bonus, firm.pay.accelerator, firm.pay.commission_rate) == (3.0, 3.0, 0.02)


def test_a_policy_adds_its_title(write):
    scenario, policy = write("title = 'A firm'"), write("title = 'pay on margin'", "a.toml")
    assert load_scenario(scenario, [policy]).title == "A firm + pay on margin"
    assert load_scenario(scenario, [policy, policy]).title == "A firm + pay on margin + pay on margin"
    assert load_scenario(write("", "plain.toml"), [policy]).title == "The typical firm + pay on margin"


def test_whole_numbers_will_do_where_a_number_is_meant(write):
    assert load_scenario(write("[pay]\nbonus = 7")).pay.bonus == 7.0
    assert load_scenario(write(""), settings=["pay.bonus=7"]).pay.bonus == 7.0


# text of the scenario, and what its refusal must say: where, what, what is wrong, given, allowed, nearest
REFUSALS = [
    ("[pay]\nbonnus = 1.0", [":2: pay.bonnus: unknown key", "did you mean 'pay.bonus'?"]),
    ("[pai]\nbonus = 1.0", [":2: pai.bonus: unknown key", "did you mean 'pay.bonus'?"]),
    ("bonus = 1.0", [":1: bonus: unknown key"]),
    ("tittle = 'x'", ["tittle: unknown key", "did you mean 'title'?"]),
    ("pay = 3", [":1: pay: wrong type; got 3", "allowed: a table"]),
    ("[pay]\n\n# note\nbonus = 'big'", [":4: pay.bonus: wrong type; got 'big'", "a number from 0 to 1e+06"]),
    ("[pay]\nbonus = true", ["pay.bonus: wrong type; got True"]),
    ("[pay]\nbonus = -5", ["pay.bonus: out of range; got -5", "allowed: a number from 0 to 1e+06 (USD per period)"]),
    ("[pay]\nbonus = nan", ["pay.bonus: out of range; got nan"]),
    ("[pay]\nbonus = inf", ["pay.bonus: out of range; got inf"]),
    ("[pay]\nperiod_weeks = 13.5", ["pay.period_weeks: wrong type; got 13.5", "a whole number from 1 to 52"]),
    ("[pay]\nperiod_weeks = 12", [":2: pay.period_weeks: got 12; allowed: 1, 2, 4, 13, 26 or 52"]),
    ("[organisation]\nmanagers = 0", ["organisation.managers: out of range; got 0"]),
    ("[organisation]\nmanagers = 100000\naccounts_per_rep = 10000", ["organisation.managers", "GB", "allowed"]),
    ("[market]\nunit_cost = 95.0", [":2: market.unit_cost: got 95; allowed: below the planned price, 90"]),
    ("[pay]\nbonus = [1]", ["pay.bonus: wrong type; got [1]"]),
    ("[pay.bonus]\nx = 1", ["pay.bonus.x: unknown key"]),
    ("title = 3", ["title: not a text that fits; got 3"]),
    ("[pay]\nbonus = 1\nbonus = 2", [":3: pay.bonus: said twice, first in line 2"]),
    ("[pay\nbonus = 1", ["not valid TOML"]),
    ('"pay.bonus" = 1\n[pay]\nbonus = 2', ["pay.bonus: said twice"]),
    ('description = """\nbonus = 1\nbonus = 2\n"""\n[pay', ["not valid TOML"]),
    ("[pay]\nbonus = " + "9" * 5000, ["not valid TOML"]),
    ("[pay]\nbonus = " + "[" * 5000, ["not valid TOML"]),
    ("title = '" + "x" * 201 + "'", ["title: not a text that fits", "at most 200 characters"]),
    ("[[pay]]\nbonus = 1", ["pay: wrong type", "allowed: a table"]),
]


@pytest.mark.parametrize(("text", "words"), REFUSALS, ids=[text[:40] for text, _ in REFUSALS])
def test_what_is_wrong_is_said_with_where_and_what_would_be_right(write, text, words):
    path = write(text)
    message = refused(path)
    assert message.startswith(str(path))
    assert all(word in message for word in words), message


def test_everything_wrong_is_said_at_once(write):
    message = refused(write("[pay]\nbonus = -1\naccelerator = 0.5\n[discounting]\ndiscount_authority = 'x'"))
    assert len(message.splitlines()) == 3


def test_a_policy_changes_levers_only(write):
    policy = write("[market]\nlist_price = 90.0", "cheap.toml")
    message = refused(write(""), [policy])
    assert "cheap.toml:2: market.list_price: is a setting, and a policy changes levers only; got 90.0" in message
    policy = write("[planning]\ngrowth = 0.5", "grow.toml")
    assert "planning.over_assignment" in refused(write(""), [policy])


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("pay.bonus", "--set: not a setting; got 'pay.bonus'; allowed: path=value"),
        ("=3", "--set: not a setting"),
        ("pay.bonus=", "--set: pay.bonus: not a value; got ''"),
        ("pay.bonus=high", "--set: pay.bonus: not a value; got 'high'"),
        ("pay.bonus=1\npay.accelerator=2", "--set: pay.bonus: not a value"),
        ("pay.bonuss=1", "--set: pay.bonuss: unknown key; did you mean 'pay.bonus'?"),
        ("pay.bonus=-1", "--set: pay.bonus: out of range; got -1"),
        ("pay={bonus=1}", "--set: pay: not a value"),
        ("pay.bonus=" + "9" * 5000, "--set: pay.bonus: not a value"),
        ("pay.bonus=__import__('os')", "--set: pay.bonus: not a value"),
    ],
)
def test_settings_are_refused_in_the_same_words(write, setting, words):
    assert words in refused(write(""), settings=[setting])


def test_a_setting_said_twice_is_refused(write):
    assert "said twice" in refused(write(""), settings=["pay.bonus=1", "pay.bonus=2"])


def test_what_editors_leave_behind_is_no_mistake(write, tmp_path):
    """A byte-order mark, Windows line ends, an empty table, an empty file."""
    path = tmp_path / "windows.toml"
    path.write_bytes("\ufeff[pay]\r\nbonus = 3\r\n[market]\r\n".encode())
    assert load_scenario(path).pay.bonus == 3.0
    assert load_scenario(write("")) == Scenario()


def test_a_title_can_be_set(write):
    assert load_scenario(write("title = 'A firm'"), settings=["title=My firm"]).title == "My firm"


def test_files_that_are_none(tmp_path, write):
    write("", "typical.toml")
    assert "typicl.toml: no such file; did you mean" in refused(tmp_path / "typicl.toml")
    assert "is a folder; allowed: a TOML file" in refused(tmp_path)
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff\xfe")
    assert "not a text file" in refused(binary)
    huge = tmp_path / "huge.toml"
    huge.write_text("# " + "x" * 1_000_001, encoding="utf-8")
    assert "too large" in refused(huge)
    assert "cannot be read" in refused("a\0b.toml")
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    assert "is no ordinary file" in refused(pipe)


def test_a_file_without_permission(write, monkeypatch):
    def forbidden(*_, **__):
        raise PermissionError(13, "Permission denied")

    path = write("")
    monkeypatch.setattr(Path, "read_text", forbidden)
    assert "cannot be read: Permission denied" in refused(path)


names = st.sampled_from([*declared_numbers(), "pay", "pay.x", "x.y.z", "title", "organisation.managers"])
values = st.one_of(
    st.floats(), st.integers(), st.booleans(), st.text(max_size=5), st.lists(st.integers(), max_size=2)
)


def written(value) -> str:
    if isinstance(value, float):
        return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf") if math.isinf(value) else repr(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(c):08x}" for c in value if not 0xD800 <= ord(c) < 0xE000) + '"'
    return str(value)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.dictionaries(names, values, max_size=4), noise=st.text(max_size=20))
def test_no_text_ends_in_anything_but_a_scenario_or_a_refusal(write, pairs, noise):
    lines = "\n".join(f"{path} = {written(value)}" for path, value in pairs.items())
    for text in (lines, lines + "\n" + noise.encode("utf-8", "ignore").decode()):
        with contextlib.suppress(ScenarioError):
            firm = load_scenario(write(text))
            tomllib.loads(text)
            assert isinstance(firm, Scenario)
