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
from salesim.model.scenario import Scenario, datable_levers
from salesim.scenario.declared import declared_numbers
from salesim.scenario.delta import Delta
from salesim.scenario.load import build_scenario, load_scenario

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
    firm = load_scenario(write("[payout]\nbonus = 1.0"))
    assert firm.payout.bonus == 1.0
    assert firm.model_copy(update={"payout": Scenario().payout}) == Scenario()


def test_the_shipped_scenario_is_the_default_firm():
    firm = load_scenario(CONFIGS / "typical_firm.toml")
    assert firm.model_copy(update={"description": ""}) == Scenario()


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("policies/*.toml")), ids=lambda path: path.stem)
def test_the_shipped_policies_change_levers(path):
    firm = load_scenario(CONFIGS / "typical_firm.toml", [path])
    changed = [name for name in Scenario.model_fields if getattr(firm, name) != getattr(Scenario(), name)]
    assert "title" in changed
    assert len(changed) > 2


def test_later_words_win(write):
    scenario = write("[payout]\nbonus = 1.0\naccelerator = 2.0\n[pay]\ncommission_rate = 0.01")
    policy = write("[payout]\naccelerator = 3.0", "a.toml")
    other = write("[payout]\nbonus = 3.0\n[pay]\ncommission_rate = 0.03", "b.toml")
    firm = load_scenario(scenario, [policy, other], ["pay.commission_rate=0.02"])
    assert (firm.payout.bonus, firm.payout.accelerator, firm.pay.commission_rate) == (3.0, 3.0, 0.02)


def test_modes_are_given_by_name_and_later_words_win(write):
    scenario = write("[regime]\nprice_regime = 'guided'\n[coaching]\ncoaching_focus = 'weakest'")
    policy = write("[regime]\nprice_regime = 'list_only'", "a.toml")
    firm = load_scenario(scenario, [policy], ["communication.communication_mode=dialogue"])
    assert (
        firm.regime.price_regime,
        firm.coaching.coaching_focus,
        firm.communication.communication_mode,
    ) == (0, 0, 4)


def test_a_policy_adds_its_title(write):
    scenario, policy = write("title = 'A firm'"), write("title = 'pay on margin'", "a.toml")
    assert load_scenario(scenario, [policy]).title == "A firm + pay on margin"
    assert load_scenario(scenario, [policy, policy]).title == "A firm + pay on margin + pay on margin"
    assert load_scenario(write("", "plain.toml"), [policy]).title == "The typical firm + pay on margin"


def test_whole_numbers_will_do_where_a_number_is_meant(write):
    assert load_scenario(write("[payout]\nbonus = 7")).payout.bonus == 7.0
    assert load_scenario(write(""), settings=["payout.bonus=7"]).payout.bonus == 7.0


REGIMES = "list_only, delegated, guided, guided_bounded"
# text of the scenario, and what its refusal must say: where, what, what is wrong, given, allowed, nearest
REFUSALS = [
    ("[payout]\nbonnus = 1.0", [":2: payout.bonnus: unknown key", "did you mean 'payout.bonus'?"]),
    ("[payot]\nbonus = 1.0", [":2: payot.bonus: unknown key", "did you mean 'payout.bonus'?"]),
    ("bonus = 1.0", [":1: bonus: unknown key"]),
    ("tittle = 'x'", ["tittle: unknown key", "did you mean 'title'?"]),
    ("datd = []", ["datd: unknown key", "did you mean 'dated'?"]),
    ("pay = 3", [":1: pay: wrong type; got 3", "allowed: a table"]),
    (
        "[payout]\n\n# note\nbonus = 'big'",
        [":4: payout.bonus: wrong type; got 'big'", "a number from 0 to 1,000,000"],
    ),
    ("[payout]\nbonus = true", ["payout.bonus: wrong type; got True"]),
    (
        "[payout]\nbonus = -5",
        ["payout.bonus: out of range; got -5", "allowed: a number from 0 to 1,000,000 (USD per period)"],
    ),
    ("[payout]\nbonus = nan", ["payout.bonus: out of range; got nan"]),
    ("[payout]\nbonus = inf", ["payout.bonus: out of range; got inf"]),
    (
        "[pay]\nperiod_weeks = 13.5",
        ["pay.period_weeks: wrong type; got 13.5", "a whole number from 1 to 52"],
    ),
    ("[pay]\nperiod_weeks = 12", [":2: pay.period_weeks: got 12; allowed: 1, 2, 4, 13, 26 or 52"]),
    ("[organisation]\nheadcount = 0", ["organisation.headcount: out of range; got 0"]),
    (
        "[organisation]\nhierarchy_hops = 1",
        ["organisation.hierarchy_hops: out of range; got 1", "from 2 to 10"],
    ),
    ("[organisation]\naccounts = 90_000_000", [":2: organisation.accounts", "GB", "allowed"]),
    ("[organisation]\nmanagers = 8", [":2: organisation.managers: unknown key"]),
    (
        "[organisation]\naccounts_per_rep = 40",
        ["organisation.accounts_per_rep: unknown key", "organisation.accounts"],
    ),
    ("[market]\nunit_cost = 95.0", [":2: market.unit_cost: got 95; allowed: below the planned price, 90"]),
    ("[payout]\nbonus = [1]", ["payout.bonus: wrong type; got [1]"]),
    ("[payout.bonus]\nx = 1", ["payout.bonus.x: unknown key"]),
    ("title = 3", ["title: not a text that fits; got 3"]),
    ("[payout]\nbonus = 1\nbonus = 2", [":3: payout.bonus: said twice, first in line 2"]),
    ("[payout\nbonus = 1", ["not valid TOML"]),
    ('"payout.bonus" = 1\n[payout]\nbonus = 2', ["payout.bonus: said twice"]),
    ('description = """\nbonus = 1\nbonus = 2\n"""\n[pay', ["not valid TOML"]),
    ("[payout]\nbonus = " + "9" * 5000, ["not valid TOML"]),
    ("[payout]\nbonus = " + "[" * 5000, ["not valid TOML"]),
    ("title = '" + "x" * 201 + "'", ["title: not a text that fits", "at most 200 characters"]),
    ("[[pay]]\nbonus = 1", ["pay: wrong type", "allowed: a table"]),
    # modes
    (
        "[regime]\nprice_regime = 'guidedd'",
        [
            f":2: regime.price_regime: unknown name; got 'guidedd'; allowed: {REGIMES}; did you mean 'guided'?"
        ],
    ),
    ("[regime]\nprice_regime = 'Guided'", ["unknown name; got 'Guided'", "did you mean 'guided'?"]),
    ("[regime]\nprice_regime = ''", [f"regime.price_regime: unknown name; got ''; allowed: {REGIMES}"]),
    ("[regime]\nprice_regime = 7", [f":2: regime.price_regime: wrong type; got 7; allowed: {REGIMES}"]),
    ("[regime]\nprice_regime = -1", [f"regime.price_regime: wrong type; got -1; allowed: {REGIMES}"]),
    ("[regime]\nprice_regime = 2", [f"regime.price_regime: wrong type; got 2; allowed: {REGIMES}"]),
    ("[regime]\nprice_regime = 1.5", [f"regime.price_regime: wrong type; got 1.5; allowed: {REGIMES}"]),
    ("[regime]\nprice_regime = true", [f"regime.price_regime: wrong type; got True; allowed: {REGIMES}"]),
    (
        "[regime]\nprice_regime = ['guided']",
        [f"regime.price_regime: wrong type; got ['guided']; allowed: {REGIMES}"],
    ),
    (
        "[pay]\nmargin_weight = 'full'",
        ["pay.margin_weight: wrong type; got 'full'; allowed: a number from 0 to 1"],
    ),
    # rules
    ("[rules]\nx = 3", [":2: rules.x: wrong type; got 3; allowed: a text such as my_module:my_price"]),
    ("[rules]\nx = ['a']", ["rules.x: wrong type; got ['a']"]),
    ("rules = 3", [":1: rules: wrong type; got 3", "allowed: a table"]),
    ("[rules.discounting]\nquoted_price = 3", ["rules.discounting.quoted_price: wrong type; got 3"]),
    ("[[rules]]\nx = 'a:b'", ["rules: wrong type", "allowed: a table"]),
]


@pytest.mark.parametrize(("text", "words"), REFUSALS, ids=[text[:40] for text, _ in REFUSALS])
def test_what_is_wrong_is_said_with_where_and_what_would_be_right(write, text, words):
    path = write(text)
    message = refused(path)
    assert message.startswith(str(path))
    assert all(word in message for word in words), message


def test_everything_wrong_is_said_at_once(write):
    message = refused(
        write(
            "[payout]\nbonus = -1\naccelerator = -0.5\n[regime]\ndiscount_authority = 'x'\nprice_regime = 'y'"
        )
    )
    assert len(message.splitlines()) == 4


@pytest.mark.parametrize(("path", "number"), [(p, n) for p, n in declared_numbers().items() if n.modes])
def test_every_mode_is_refused_by_its_names(write, path, number):
    group, _, name = path.partition(".")
    message = refused(write(f"[{group}]\n{name} = '{number.modes[0]}x'"))
    said = f"unknown name; got '{number.modes[0]}x'; allowed: {', '.join(number.modes)}; did you mean "
    assert f":2: {path}: {said}" in message


@pytest.mark.parametrize("path", [p for p, n in declared_numbers().items() if not n.modes])
def test_every_number_is_refused_beyond_its_range_and_taken_at_its_ends(path):
    """In the words of its declaration."""
    number = declared_numbers()[path]
    step = 1 if number.type is int else 1e-3 * max(abs(number.low), abs(number.high), 1.0)
    group, _, name = path.partition(".")
    for value in (number.low - step, number.high + step):
        value = number.type(value)
        with pytest.raises(ScenarioError) as caught:
            build_scenario([Delta("here", {path: value})])
        lines = str(caught.value).splitlines()
        said = [line for line in lines if line.startswith(f"here: {path}: out of range")]
        assert [line.endswith(f"; got {value!r}; allowed: {number.allowed}") for line in said] == [True]
    for value in (number.low, number.high):
        if path not in (
            "market.list_price",
            "market.unit_cost",
            "planning.planned_discount",
            "organisation.accounts",
        ):
            firm = build_scenario([Delta("here", {path: number.type(value)})])
            assert getattr(getattr(firm, group), name) == value


def test_rules_are_names_until_somebody_allows_them(write):
    """They are read as text; loading imports nothing."""
    both = write('[rules]\n"discounting.quoted_price" = "no_such_module:mine"\ncalls.response = "a:b"\n')
    assert load_scenario(both).rules == {
        "discounting.quoted_price": "no_such_module:mine",
        "calls.response": "a:b",
    }


def test_a_policy_names_no_rules(write):
    policy = write('[rules]\n"discounting.quoted_price" = "mine:price"', "sly.toml")
    message = refused(write(""), [policy])
    assert (
        "sly.toml:2: rules.discounting.quoted_price: is a rule, and a policy changes levers only" in message
    )
    assert "in a scenario" in message


def test_settings_name_no_rules_unless_whole(write):
    """As text they are like any other name; what they mean is checked when code is allowed."""
    firm = load_scenario(write(""), settings=['rules.discounting.quoted_price="mine:price"'])
    assert firm.rules == {"discounting.quoted_price": "mine:price"}


def test_a_policy_changes_levers_only(write):
    policy = write("[market]\nlist_price = 90.0", "cheap.toml")
    message = refused(write(""), [policy])
    assert (
        "cheap.toml:2: market.list_price: is a setting, and a policy changes levers only; got 90.0"
        in message
    )
    policy = write("[planning]\ngrowth = 0.5", "grow.toml")
    assert "planning.strategy_refresh_months" in refused(write(""), [policy])
    policy = write("[buying]\ninertia = 0.5\n[organisation]\naccounts = 5", "world.toml")
    lines = refused(write(""), [policy]).splitlines()
    assert lines[0].startswith(
        f"{policy}:2: buying.inertia: is a behaviour, and a policy changes levers only; got 0.5"
    )
    assert lines[1].startswith(f"{policy}:4: organisation.accounts: is a setting")
    assert "organisation.headcount" in lines[1]
    assert len(lines) == 2
    levers = write(
        "[organisation]\nheadcount = 9\nspan_of_control = 3\nhierarchy_hops = 2\n"
        "[regime]\nprice_regime = 'guided'",
        "levers.toml",
    )
    assert load_scenario(write(""), [levers]).organisation.headcount == 9


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("payout.bonus", "--set: not a setting; got 'payout.bonus'; allowed: path=value"),
        ("=3", "--set: not a setting"),
        ("payout.bonus=", "--set: payout.bonus: not a value; got ''"),
        (
            "payout.bonus=high",
            "--set: payout.bonus: wrong type; got 'high'; allowed: a number from 0 to 1,000,000",
        ),
        ("payout.bonus=1\npayout.accelerator=2", "--set: payout.bonus: not a value"),
        ("payout.bonuss=1", "--set: payout.bonuss: unknown key; did you mean 'payout.bonus'?"),
        ("payout.bonus=-1", "--set: payout.bonus: out of range; got -1"),
        ("payout={bonus=1}", "--set: payout: not a value"),
        ("payout.bonus=" + "9" * 5000, "--set: payout.bonus: not a value"),
        ("payout.bonus=__import__('os')", "--set: payout.bonus: not a value"),
        ("payout.bonus=nan", "--set: payout.bonus: out of range; got nan"),
        ("payout.bonus=true", "--set: payout.bonus: wrong type; got True"),
        (
            "regime.price_regime=guidedd",
            f"--set: regime.price_regime: unknown name; got 'guidedd'; allowed: {REGIMES}; "
            "did you mean 'guided'?",
        ),
        ("regime.price_regime=7", f"--set: regime.price_regime: wrong type; got 7; allowed: {REGIMES}"),
        ("regime.price_regime=true", "--set: regime.price_regime: wrong type; got True"),
        ("regime.price_regime=list only", "--set: regime.price_regime: not a value; got 'list only'"),
        (
            "dated=3",
            "--set: dated: wrong type; got 3; allowed: tables [[dated]] with lever, value, start and stop",
        ),
        ("dated.lever=pay.bonus", "--set: dated.lever: "),
        ("rules=3", "--set: rules: wrong type"),
        ("rules.x=3", "--set: rules.x: wrong type; got 3; allowed: a text such as my_module:my_price"),
    ],
)
def test_settings_are_refused_in_the_same_words(write, setting, words):
    assert words in refused(write(""), settings=[setting])


def test_a_setting_said_twice_is_refused(write):
    assert "said twice" in refused(write(""), settings=["payout.bonus=1", "payout.bonus=2"])


def test_what_editors_leave_behind_is_no_mistake(write, tmp_path):
    """A byte-order mark, Windows line ends, an empty table, an empty file."""
    path = tmp_path / "windows.toml"
    path.write_bytes("\ufeff[payout]\r\nbonus = 3\r\n[market]\r\n".encode())
    assert load_scenario(path).payout.bonus == 3.0
    assert load_scenario(write("")) == Scenario()


def test_a_title_can_be_set(write):
    assert load_scenario(write("title = 'A firm'"), settings=["title=My firm"]).title == "My firm"
    assert load_scenario(write(""), settings=["description=true"]).description == "true"


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


OTHERS = [
    "pay",
    "pay.x",
    "x.y.z",
    "title",
    "dated",
    "dated.lever",
    "rules",
    "rules.x",
    "rules.discounting.quoted_price",
    "regime.price_regime",
    "communication.communication_mode",
]
MODE_NAMES = sorted({name for number in declared_numbers().values() for name in number.modes})
names = st.sampled_from([*declared_numbers(), *OTHERS])
values = st.one_of(
    st.floats(),
    st.integers(),
    st.booleans(),
    st.text(max_size=5),
    st.lists(st.integers(), max_size=2),
    st.sampled_from([*MODE_NAMES, "module:function", "pay.margin_weight"]),
)
entries = st.dictionaries(
    st.sampled_from(["lever", "value", "start", "stop", "strt"]),
    st.one_of(values, st.sampled_from(sorted(datable_levers())), st.integers(-1, 200)),
    max_size=4,
)


def written(value) -> str:
    if isinstance(value, float):
        return (
            "nan"
            if math.isnan(value)
            else ("inf" if value > 0 else "-inf")
            if math.isinf(value)
            else repr(value)
        )
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(c):08x}" for c in value if not 0xD800 <= ord(c) < 0xE000) + '"'
    return str(value)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=st.dictionaries(names, values, max_size=4),
    dated=st.lists(entries, max_size=3),
    noise=st.text(max_size=20),
    as_policy=st.booleans(),
)
def test_no_text_ends_in_anything_but_a_scenario_or_a_refusal(write, pairs, dated, noise, as_policy):
    lines = "\n".join(f"{path} = {written(value)}" for path, value in pairs.items())
    for entry in dated:
        lines += "\n[[dated]]\n" + "\n".join(f"{key} = {written(value)}" for key, value in entry.items())
    for text in (lines, lines + "\n" + noise.encode("utf-8", "ignore").decode()):
        try:
            path = write(text, "fuzzed.toml")
            firm = load_scenario(write(""), [path]) if as_policy else load_scenario(path)
        except ScenarioError as error:
            for line in str(error).splitlines():
                assert line.startswith((str(path), "scenario: ")), line
            continue
        tomllib.loads(text)
        assert isinstance(firm, Scenario)
        assert Scenario.model_validate(firm.model_dump()) == firm
        assert all(isinstance(now, Scenario) for _, _, now in firm.stretches())


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.dictionaries(names, st.one_of(values.map(written), st.text(max_size=8)), max_size=4))
def test_no_setting_ends_in_anything_but_a_scenario_or_a_refusal(write, pairs):
    settings_ = [f"{path}={value}" for path, value in pairs.items()]
    with contextlib.suppress(ScenarioError):
        assert isinstance(load_scenario(write(""), settings=settings_), Scenario)
