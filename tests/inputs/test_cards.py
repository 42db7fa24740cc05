"""Cards: what a class is told of a firm stands in its file, is checked, and is no part of the firm."""

import pytest

from salesim.errors import ScenarioError
from salesim.inputs.cards import LONGEST_LINE, MAX_LINES, card_of
from salesim.inputs.load import load_scenario
from salesim.inputs.shipped import shipped_presets
from salesim.inputs.toml import read_toml
from tests.messages import message_of

CARD = """
[card]
story = "One line."
number = { outcome = "win_rate", asks = "Why?" }
decision = "This or that?"
debrief = "What now?"
expected = "Something."
ratio = [0.4, 0.5]

[[card.roles]]
name = "Rep"
sees = "Customers"
decides = "The price"
"""


@pytest.fixture
def write(tmp_path):
    def writer(text: str, name: str = "firm.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return writer


def refused(act) -> str:
    with pytest.raises(ScenarioError) as caught:
        act()
    return str(caught.value)


@pytest.mark.parametrize("name", list(shipped_presets()))
def test_a_shipped_firm_runs_by_its_name_and_says_only_what_it_sets(name):
    firm, typical = load_scenario(name), load_scenario("typical_firm")
    said = read_toml(shipped_presets()[name]).values
    assert said["extends"] == "typical_firm"
    assert firm.title != typical.title
    assert firm.description == typical.description
    assert firm.model_dump(exclude={"title"}) != typical.model_dump(exclude={"title"})
    assert sum("." in path and not path.startswith("card") for path in said) <= 16


@pytest.mark.parametrize("name", list(shipped_presets()))
def test_a_shipped_card_is_complete(name):
    card = card_of(name)
    assert len(card.story.splitlines()) == MAX_LINES
    assert len(card.roles) >= 3
    assert all(text.endswith("?") for text in (card.number.asks, card.decision, card.debrief)) or name == (
        "annual_plan_fast_market"
    )
    assert card.expected.endswith(".")


def test_ten_firms_have_a_card_and_the_typical_one_has_none(golden):
    assert len(shipped_presets()) == 10
    message = refused(lambda: card_of("typical_firm"))
    golden(message)
    assert message_of(message).place == ("typical_firm",)


def test_a_card_is_no_part_of_the_firm_nor_of_those_that_extend_it(write, golden):
    plain = "[pay]\nmargin_weight = 0.5\n"
    with_card = write(plain + CARD)
    assert load_scenario(with_card) == load_scenario(write(plain, "plain.toml"))
    child = write('extends = "firm.toml"\n', "child.toml")
    assert load_scenario(child) == load_scenario(with_card)
    message = refused(lambda: card_of(child))
    golden(message.replace(str(child), child.name))
    assert message_of(message).place == (str(child),)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("debrief =", "debreif =", [("card.debrief", None, None), ("card.debreif", None, "debrief")]),
        ("sees =", "see =", [("card.roles.0.sees", None, None), ("card.roles.0.see", None, "sees")]),
        ("asks =", "ask =", [("card.number.asks", None, None), ("card.number.ask", None, "asks")]),
        ("[0.4, 0.5]", "[0.5, 0.4]", [("card.ratio", "[0.5, 0.4]", None)]),
        ("[0.4, 0.5]", "[0.4]", [("card.ratio", "[0.4]", None)]),
        ("[0.4, 0.5]", "[0.4, 5]", [("card.ratio.1", "5", None)]),
        ('"This or that?"', "3", [("card.decision", "3", None)]),
        (
            '"One line."',
            '"' + "x" * (LONGEST_LINE + 1) + '"',
            [("card.story", f"'{'x' * (LONGEST_LINE + 1)}'", None)],
        ),
        ('"One line."', r'"1\n2\n3\n4\n5\n6"', [("card.story", r"'1\n2\n3\n4\n5\n6'", None)]),
        ('"One line."', '""', [("card.story", "''", None)]),
    ],
)
def test_a_malformed_card_is_refused_with_its_place(write, right, wrong, said):
    assert right in CARD
    path = write(CARD.replace(right, wrong))
    for act in (load_scenario, card_of):
        messages = [message_of(line) for line in refused(lambda act=act: act(path)).splitlines()]
        assert all(message.place[0].startswith(f"{path}:") for message in messages)
        found = [(message.place[1], message.given, message.near) for message in messages]
        assert sorted(found, key=str) == sorted(said, key=str)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("asks =", "ask ="),
        ("[0.4, 0.5]", "[0.5, 0.4]"),
        ('"One line."', r'"1\n2\n3\n4\n5\n6"'),
        ('"One line."', '"' + "x" * (LONGEST_LINE + 1) + '"'),
    ],
    ids=["a key", "a range", "a story", "a line"],
)
def test_what_is_wrong_with_a_card_is_said(write, golden, right, wrong):
    """In our own words; what libraries say of wrong types is theirs."""
    path = write(CARD.replace(right, wrong))
    golden(refused(lambda: card_of(path)).replace(str(path), path.name))


def test_lines_of_a_card_are_those_of_the_file(write):
    path = write(CARD.replace("decision =", "decisions ="))
    assert any(
        line.startswith(f"{path}:5: card.decisions") for line in refused(lambda: card_of(path)).splitlines()
    )
    path = write(CARD.replace("sees =", "see ="))
    assert any(
        line.startswith(f"{path}:12: card.roles.0.see:")
        for line in refused(lambda: card_of(path)).splitlines()
    )


def test_a_card_that_is_no_table_is_refused(write):
    assert "card: " in refused(lambda: load_scenario(write("card = 3\n")))


def test_a_misspelt_card_names_the_right_one(write):
    assert message_of(refused(lambda: load_scenario(write("cards = 3\n")))).near == "card"


def test_policies_and_settings_have_no_card(write, golden):
    path = write("[pay]\nmargin_weight = 0.5\n" + CARD, "policy.toml")
    for policy, settings in ((path, None), (None, {"card.story": "x"})):
        message = refused(lambda p=policy, s=settings: load_scenario("typical_firm", p, s))
        golden(message.replace(str(path), path.name))
        assert message_of(message.splitlines()[0]).place[-1] == "card.story"


def test_an_unknown_firm_is_refused_with_the_nearest_one():
    for act in (card_of, load_scenario):
        message = message_of(refused(lambda act=act: act("revolving_dor")))
        assert (message.place, message.near) == (("revolving_dor",), "revolving_door")


def test_a_line_of_a_card_may_have_120_signs(write):
    assert card_of(write(CARD.replace('"One line."', f'"{"x" * 120}"'))).story == "x" * 120
    with pytest.raises(ScenarioError):
        card_of(write(CARD.replace('"One line."', f'"{"x" * 121}"')))
