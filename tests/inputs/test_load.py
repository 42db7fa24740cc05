"""Scenarios, policies and settings: laid over each other, and refused in words that help."""

import contextlib
import errno
import math
import os
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesim.errors import ScenarioError
from salesim.inputs.declared import declared_numbers
from salesim.inputs.load import build_scenario, load_scenario
from salesim.inputs.toml import Written
from salesim.model.scenario import Scenario, datable_levers
from tests.messages import message_of

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
    firm, margin = load_scenario(scenario).title, load_scenario("typical_firm", policy).title
    typical, _, added = margin.partition(" + ")
    assert (firm, typical, f"title = '{added}'") == ("A firm", Scenario().title, policy.read_text())
    assert load_scenario(scenario, [policy]).title == f"{firm} + {added}"
    assert load_scenario(scenario, [policy, policy]).title == f"{firm} + {added} + {added}"
    assert load_scenario(write("", "plain.toml"), [policy]).title == f"{typical} + {added}"


def test_a_policy_that_changes_nothing_adds_none():
    assert load_scenario("typical_firm", [{}, {"title": " "}]).title == load_scenario("typical_firm").title


def test_whole_numbers_will_do_where_a_number_is_meant(write):
    assert load_scenario(write("[payout]\nbonus = 7")).payout.bonus == 7.0
    assert load_scenario(write(""), settings=["payout.bonus=7"]).payout.bonus == 7.0


REGIMES = ", ".join(declared_numbers()["regime.price_regime"].modes)
# text of the scenario, and what its refusal must say: where, given, allowed, nearest
REFUSALS = [
    ("[payout]\nbonnus = 1.0", {"place": ("firm.toml:2", "payout.bonnus"), "near": "payout.bonus"}),
    ("[payot]\nbonus = 1.0", {"place": ("firm.toml:2", "payot.bonus"), "near": "payout.bonus"}),
    ("bonus = 1.0", {"place": ("firm.toml:1", "bonus")}),
    ("tittle = 'x'", {"place": ("firm.toml:1", "tittle"), "near": "title"}),
    ("datd = []", {"place": ("firm.toml:1", "datd"), "near": "dated"}),
    ("pay = 3", {"place": ("firm.toml:1", "pay"), "given": "3"}),
    ("[payout]\n\n# note\nbonus = 'big'", {"place": ("firm.toml:4", "payout.bonus"), "given": "'big'"}),
    ("[payout]\nbonus = true", {"place": ("firm.toml:2", "payout.bonus"), "given": "True"}),
    ("[payout]\nbonus = -5", {"place": ("firm.toml:2", "payout.bonus"), "given": "-5"}),
    ("[payout]\nbonus = nan", {"place": ("firm.toml:2", "payout.bonus"), "given": "nan"}),
    ("[payout]\nbonus = inf", {"place": ("firm.toml:2", "payout.bonus"), "given": "inf"}),
    ("[pay]\nperiod_weeks = 13.5", {"place": ("firm.toml:2", "pay.period_weeks"), "given": "13.5"}),
    ("[pay]\nperiod_weeks = 12", {"place": ("firm.toml:2", "pay.period_weeks")}),
    ("[organisation]\nheadcount = 0", {"place": ("firm.toml:2", "organisation.headcount"), "given": "0"}),
    (
        "[organisation]\nhierarchy_hops = 1",
        {"place": ("firm.toml:2", "organisation.hierarchy_hops"), "given": "1"},
    ),
    (
        "[organisation]\naccounts = 90_000_000",
        {"given": "90000000"},
    ),
    (
        "[organisation]\nmanagers = 8",
        {"place": ("firm.toml:2", "organisation.managers"), "near": "organisation.weeks"},
    ),
    (
        "[organisation]\naccounts_per_rep = 40",
        {"place": ("firm.toml:2", "organisation.accounts_per_rep"), "near": "organisation.accounts"},
    ),
    ("[market]\nunit_cost = 95.0", {"place": ("firm.toml:2", "market.unit_cost")}),
    ("[payout]\nbonus = [1]", {"place": ("firm.toml:2", "payout.bonus"), "given": "[1]"}),
    ("[payout.bonus]\nx = 1", {"place": ("firm.toml:2", "payout.bonus.x"), "near": "payout.bonus"}),
    ("title = 3", {"place": ("firm.toml:1", "title"), "given": "3"}),
    ("[payout]\nbonus = 1\nbonus = 2", {"place": ("firm.toml:3", "payout.bonus")}),
    ("[payout\nbonus = 1", {}),
    ('"payout.bonus" = 1\n[payout]\nbonus = 2', {"place": ("firm.toml:3", "payout.bonus")}),
    ('description = """\nbonus = 1\nbonus = 2\n"""\n[pay', {}),
    ("[payout]\nbonus = " + "9" * 5000, {}),
    ("[payout]\nbonus = " + "[" * 5000, {}),
    ("title = '" + "x" * 201 + "'", {"place": ("firm.toml:1", "title")}),
    ("[[pay]]\nbonus = 1", {"place": ("firm.toml:1", "pay"), "given": "[{'bonus': 1}]"}),
    (
        "[regime]\nprice_regime = 'guidedd'",
        {
            "place": ("firm.toml:2", "regime.price_regime"),
            "given": "'guidedd'",
            "near": "guided",
            "allowed": REGIMES,
        },
    ),
    (
        "[regime]\nprice_regime = 'Guided'",
        {"place": ("firm.toml:2", "regime.price_regime"), "given": "'Guided'", "near": "guided"},
    ),
    (
        "[regime]\nprice_regime = ''",
        {"place": ("firm.toml:2", "regime.price_regime"), "given": "''", "allowed": REGIMES},
    ),
    (
        "[regime]\nprice_regime = 7",
        {"place": ("firm.toml:2", "regime.price_regime"), "given": "7", "allowed": REGIMES},
    ),
    (
        "[regime]\nprice_regime = -1",
        {"place": ("firm.toml:2", "regime.price_regime"), "given": "-1", "allowed": REGIMES},
    ),
    (
        "[regime]\nprice_regime = 2",
        {"place": ("firm.toml:2", "regime.price_regime"), "given": "2", "allowed": REGIMES},
    ),
    (
        "[regime]\nprice_regime = 1.5",
        {"place": ("firm.toml:2", "regime.price_regime"), "given": "1.5", "allowed": REGIMES},
    ),
    (
        "[regime]\nprice_regime = true",
        {"place": ("firm.toml:2", "regime.price_regime"), "given": "True", "allowed": REGIMES},
    ),
    (
        "[regime]\nprice_regime = ['guided']",
        {"place": ("firm.toml:2", "regime.price_regime"), "given": "['guided']", "allowed": REGIMES},
    ),
    ("[pay]\nmargin_weight = 'full'", {"place": ("firm.toml:2", "pay.margin_weight"), "given": "'full'"}),
    ("[rules]\nx = 3", {"place": ("firm.toml:2", "rules.x"), "given": "3"}),
    ("[rules]\nx = ['a']", {"place": ("firm.toml:2", "rules.x"), "given": "['a']"}),
    ("rules = 3", {"place": ("firm.toml:1", "rules"), "given": "3"}),
    (
        "[rules.discounting]\nquoted_price = 3",
        {"place": ("firm.toml:2", "rules.discounting.quoted_price"), "given": "3"},
    ),
    ("[[rules]]\nx = 'a:b'", {"place": ("firm.toml:1", "rules"), "given": "[{'x': 'a:b'}]"}),
]


@pytest.mark.parametrize(("text", "parts"), REFUSALS, ids=[text[:40] for text, _ in REFUSALS])
def test_what_is_wrong_is_said_with_where_and_what_would_be_right(write, golden, text, parts):
    path = write(text)
    message = refused(path).replace(str(path), path.name)
    assert message.startswith(path.name)
    golden(re.sub("(TOML: ).*", r"\1...", message))  # which Python says
    assert parts.items() <= message_of(message)._asdict().items()


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
    file = write(f"[{group}]\n{name} = '{number.modes[0]}x'")
    message = message_of(refused(file))
    assert message.place == (f"{file}:2", path)
    assert (message.given, message.allowed) == (f"'{number.modes[0]}x'", ", ".join(number.modes))
    assert message.near in number.modes


@pytest.mark.parametrize("path", [p for p, n in declared_numbers().items() if not n.modes])
def test_every_number_is_refused_beyond_its_range_and_taken_at_its_ends(path):
    """In the words of its declaration."""
    number = declared_numbers()[path]
    step = 1 if number.type is int else 1e-3 * max(abs(number.low), abs(number.high), 1.0)
    group, _, name = path.partition(".")
    for value in (number.low - step, number.high + step):
        value = number.type(value)
        with pytest.raises(ScenarioError) as caught:
            build_scenario([Written("here", {path: value})])
        messages = map(message_of, str(caught.value).splitlines())
        said = [message for message in messages if message.place[:2] == ("here", path) and message.given]
        assert [(each.given, each.allowed) for each in said] == [(repr(value), number.allowed)]
    for value in (number.low, number.high):
        if path not in (
            "market.list_price",
            "market.unit_cost",
            "planning.planned_discount",
            "organisation.accounts",
        ):
            firm = build_scenario([Written("here", {path: number.type(value)})])
            assert getattr(getattr(firm, group), name) == value


def test_rules_are_names_until_somebody_allows_them(write):
    """They are read as text; loading imports nothing."""
    both = write('[rules]\n"discounting.quoted_price" = "no_such_module:mine"\ncalls.response = "a:b"\n')
    assert load_scenario(both).rules == {
        "discounting.quoted_price": "no_such_module:mine",
        "calls.response": "a:b",
    }


def test_a_policy_names_no_rules(write, golden):
    policy = write('[rules]\n"discounting.quoted_price" = "mine:price"', "sly.toml")
    message = refused(write(""), [policy]).replace(str(policy), policy.name)
    golden(message)
    assert message_of(message).place == ("sly.toml:2", "rules.discounting.quoted_price")


def test_settings_name_no_rules_unless_whole(write):
    """As text they are like any other name; what they mean is checked when code is allowed."""
    firm = load_scenario(write(""), settings=['rules.discounting.quoted_price="mine:price"'])
    assert firm.rules == {"discounting.quoted_price": "mine:price"}


def test_a_policy_changes_levers_only(write, golden):
    policy = write("[market]\nlist_price = 90.0", "cheap.toml")
    message = refused(write(""), [policy]).replace(str(policy), policy.name)
    golden(message)
    assert message_of(message).place == ("cheap.toml:2", "market.list_price")
    assert message_of(message).given == "90.0"
    policy = write("[planning]\ngrowth = 0.5", "grow.toml")
    assert "planning.strategy_refresh_months" in refused(write(""), [policy])
    policy = write("[buying]\ninertia = 0.5\n[organisation]\naccounts = 5", "world.toml")
    lines = refused(write(""), [policy]).replace(str(policy), policy.name).splitlines()
    golden("\n".join(lines))
    first, second = map(message_of, lines)
    assert (first.place, first.given) == (("world.toml:2", "buying.inertia"), "0.5")
    assert (second.place, second.given) == (("world.toml:4", "organisation.accounts"), "5")
    assert "behaviour" in first.wrong
    assert "setting" in second.wrong
    assert "organisation.headcount" in (second.allowed or "")
    levers = write(
        "[organisation]\nheadcount = 9\nspan_of_control = 3\nhierarchy_hops = 2\n"
        "[regime]\nprice_regime = 'guided'",
        "levers.toml",
    )
    assert load_scenario(write(""), [levers]).organisation.headcount == 9


@pytest.mark.parametrize(
    ("setting", "parts"),
    [
        ("payout.bonus", {"place": ("--set",), "given": "'payout.bonus'", "allowed": "path=value"}),
        ("=3", {"place": ("--set",), "given": "'=3'"}),
        ("payout.bonus=", {"place": ("--set", "payout.bonus"), "given": "''"}),
        ("payout.bonus=high", {"place": ("--set", "payout.bonus"), "given": "'high'"}),
        (
            "payout.bonus=1\npayout.accelerator=2",
            {"place": ("--set", "payout.bonus"), "given": "'1\\npayout.accelerator=2'"},
        ),
        ("payout.bonuss=1", {"place": ("--set", "payout.bonuss"), "near": "payout.bonus"}),
        ("payout.bonus=-1", {"place": ("--set", "payout.bonus"), "given": "-1"}),
        ("payout={bonus=1}", {"place": ("--set", "payout"), "given": "'{bonus=1}'"}),
        ("payout.bonus=" + "9" * 5000, {"place": ("--set", "payout.bonus")}),
        (
            "payout.bonus=__import__('os')",
            {"place": ("--set", "payout.bonus"), "given": "\"__import__('os')\""},
        ),
        ("payout.bonus=nan", {"place": ("--set", "payout.bonus"), "given": "nan"}),
        ("payout.bonus=true", {"place": ("--set", "payout.bonus"), "given": "True"}),
        (
            "regime.price_regime=guidedd",
            {
                "place": ("--set", "regime.price_regime"),
                "given": "'guidedd'",
                "near": "guided",
                "allowed": REGIMES,
            },
        ),
        (
            "regime.price_regime=7",
            {"place": ("--set", "regime.price_regime"), "given": "7", "allowed": REGIMES},
        ),
        ("regime.price_regime=true", {"place": ("--set", "regime.price_regime"), "given": "True"}),
        (
            "regime.price_regime=list only",
            {"place": ("--set", "regime.price_regime"), "given": "'list only'"},
        ),
        ("dated=3", {"place": ("--set", "dated"), "given": "3"}),
        ("dated.lever=pay.bonus", {"place": ("--set", "dated.lever"), "given": "'pay.bonus'"}),
        ("rules=3", {"place": ("--set", "rules"), "given": "3"}),
        ("rules.x=3", {"place": ("--set", "rules.x"), "given": "3"}),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_settings_are_refused_in_the_same_words(write, golden, setting, parts):
    message = refused(write(""), settings=[setting])
    golden(message[:400])
    assert parts.items() <= message_of(message)._asdict().items()


def test_a_setting_said_twice_is_refused(write, golden):
    message = refused(write(""), settings=["payout.bonus=1", "payout.bonus=2"])
    golden(message)
    assert message_of(message).place == ("--set", "payout.bonus")


def test_what_editors_leave_behind_is_no_mistake(write, tmp_path):
    """A byte-order mark, Windows line ends, an empty table, an empty file."""
    path = tmp_path / "windows.toml"
    path.write_bytes("\ufeff[payout]\r\nbonus = 3\r\n[market]\r\n".encode())
    assert load_scenario(path).payout.bonus == 3.0
    assert load_scenario(write("")) == Scenario()


def test_a_title_can_be_set(write):
    assert load_scenario(write("title = 'A firm'"), settings=["title=My firm"]).title == "My firm"
    assert load_scenario(write(""), settings=["description=true"]).description == "true"


def test_files_that_are_none(tmp_path, write, golden):
    write("", "typical.toml")
    (tmp_path / "folder.toml").mkdir()
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff\xfe")
    huge = tmp_path / "huge.toml"
    huge.write_text("# " + "x" * 1_000_001, encoding="utf-8")
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    for name in ("typicl.toml", "folder.toml", "binary.toml", "huge.toml", "a\0b.toml", "pipe.toml"):
        message = refused(tmp_path / name).replace(f"{tmp_path}/", "")
        golden(message)
        assert message_of(message).place[0] == name.replace("\0", r"\x00")
    assert message_of(refused(tmp_path / "typicl.toml")).near == str(tmp_path / "typical.toml")


def test_a_file_without_permission(write, monkeypatch):
    why = os.strerror(errno.EACCES)

    def forbidden(*_, **__):
        raise PermissionError(errno.EACCES, why)

    path = write("")
    monkeypatch.setattr(Path, "open", forbidden)
    message = message_of(refused(path))
    assert (message.place[0], message.wrong) == (str(path), why)


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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.dictionaries(names, st.one_of(values.map(written), st.text(max_size=8)), max_size=4))
def test_no_setting_ends_in_anything_but_a_scenario_or_a_refusal(write, pairs):
    settings_ = [f"{path}={value}" for path, value in pairs.items()]
    with contextlib.suppress(ScenarioError):
        assert isinstance(load_scenario(write(""), settings=settings_), Scenario)


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        (("typical_firm", "typical_firm"), "is a scenario, not a policy"),
        (("margin_pay",), "is a policy, not a scenario"),
        (("three_dimensions",), "is a study, not a scenario"),
    ],
)
def test_a_name_of_another_kind_says_what_it_is(asked, wrong):
    with pytest.raises(ScenarioError) as refused:
        load_scenario(*asked)
    message = message_of(refused.value)
    assert (message.place, message.wrong) == ((asked[-1],), wrong)
