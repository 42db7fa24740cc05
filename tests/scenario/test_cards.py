"""Cards: what a class is told of a firm stands in its file, is checked, and is no part of the firm."""

import pytest

from salesim.errors import ScenarioError
from salesim.scenario.cards import LONGEST_LINE, MOST_LINES, card_of, presets
from salesim.scenario.delta import read_delta
from salesim.scenario.load import load_scenario
from salesim.scenario.shipped import shipped_presets

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
    said = read_delta(shipped_presets()[name]).values
    assert said["extends"] == "typical_firm"
    assert firm.title != typical.title
    assert firm.description == typical.description
    assert firm.model_dump(exclude={"title"}) != typical.model_dump(exclude={"title"})
    assert sum("." in path and not path.startswith("card") for path in said) <= 16


@pytest.mark.parametrize("name", list(shipped_presets()))
def test_a_shipped_card_is_complete(name):
    card = presets()[name]
    assert len(card.story.splitlines()) == MOST_LINES
    assert len(card.roles) >= 3
    assert all(text.endswith("?") for text in (card.number.asks, card.decision, card.debrief)) or name == (
        "annual_plan_fast_market"
    )
    assert card.expected.endswith(".")


def test_ten_firms_have_a_card_and_the_typical_one_has_none():
    assert len(presets()) == 10
    assert "typical_firm: has no card" in refused(lambda: card_of("typical_firm"))


def test_a_card_is_no_part_of_the_firm_nor_of_those_that_extend_it(write):
    plain = "[pay]\nmargin_weight = 0.5\n"
    with_card = write(plain + CARD)
    assert load_scenario(with_card) == load_scenario(write(plain, "plain.toml"))
    child = write('extends = "firm.toml"\n', "child.toml")
    assert load_scenario(child) == load_scenario(with_card)
    assert "has no card" in refused(lambda: card_of(child))


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "debrief =",
            "debreif =",
            ["card.debrief: is missing", "card.debreif: unknown key; did you mean 'debrief'?"],
        ),
        (
            "sees =",
            "see =",
            ["card.roles.0.sees: is missing", "card.roles.0.see: unknown key; did you mean 'sees'?"],
        ),
        (
            "asks =",
            "ask =",
            ["card.number.asks: is missing", "card.number.ask: unknown key; did you mean 'asks'?"],
        ),
        ("[0.4, 0.5]", "[0.5, 0.4]", ["card.ratio: the lower end stands first"]),
        ("[0.4, 0.5]", "[0.4]", ["card.ratio: list should have at least 2 items"]),
        ("[0.4, 0.5]", "[0.4, 5]", ["card.ratio.1: input should be less than or equal to 2; got 5"]),
        ('"This or that?"', "3", ["card.decision: input should be a valid string; got 3"]),
        (
            '"One line."',
            '"' + "x" * (LONGEST_LINE + 1) + '"',
            ["card.story: too long for a card; allowed: 5 lines"],
        ),
        ('"One line."', r'"1\n2\n3\n4\n5\n6"', ["card.story: too long for a card"]),
        ('"One line."', '""', ["card.story: string should have at least 1 character"]),
    ],
)
def test_a_malformed_card_is_refused_with_its_place(write, right, wrong, said):
    assert right in CARD
    path = write(CARD.replace(right, wrong))
    for act in (load_scenario, card_of):
        lines = refused(lambda act=act: act(path)).splitlines()
        assert len(lines) == len(said)
        assert all(line.startswith(f"{path}:") for line in lines)
        assert all(any(part in line for line in lines) for part in said), lines


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
    assert "did you mean 'card'?" in refused(lambda: load_scenario(write("cards = 3\n")))


def test_policies_and_settings_have_no_card(write):
    path = write("[pay]\nmargin_weight = 0.5\n" + CARD, "policy.toml")
    assert "card.story: is a card; allowed: in the file of a scenario" in refused(
        lambda: load_scenario("typical_firm", path)
    )
    assert "card.story: is a card" in refused(
        lambda: load_scenario("typical_firm", None, {"card.story": "x"})
    )


def test_an_unknown_firm_is_refused_with_the_nearest_one():
    assert "did you mean 'revolving_door'?" in refused(lambda: card_of("revolving_dor"))
    assert "did you mean 'revolving_door'?" in refused(lambda: load_scenario("revolving_dor"))
