"""`salesim presets` as a person and as a program meet it, and firms with a card in every other command."""

import json

from salesim.scenario.shipped import shipped_presets
from salesim.show.presets.card import FOUND, KEYS_OF_A_CARD, KEYS_OF_CARDS
from tests.cli.commands import done, refused

FEW = (
    "--set",
    "organisation.headcount=6",
    "--set",
    "organisation.accounts=60",
    "--set",
    "organisation.weeks=52",
)


def test_all_cards_are_shown_each_with_how_to_see_more(run):
    out = done(run, "presets")
    for name in shipped_presets():
        assert f"salesim presets {name}" in out
    assert "Every quarter ends with a call" in out
    assert f"{len(shipped_presets())} firms" in out


def test_one_card_is_shown_in_full(run):
    out = done(run, "presets", "quarter_end_discounting")
    for said in (
        "Quarter-end discounting",
        "Finance director",
        "The number to explain",
        "discount.",
        "The decision",
        "To talk about",
        "payout.accelerator",
        "0.45 to 0.55",
        "salesim run quarter_end_discounting",
        "salesim diff typical_firm quarter_end_discounting",
    ):
        assert said in out, said


def test_what_does_not_hold_is_told_to_whoever_leads_the_class(run):
    out = done(run, "presets", "quarter_end_discounting")
    (card,) = json.loads(done(run, "presets", "quarter_end_discounting", "--json"))["presets"]
    missed = [each for each in card["found"]["statements"] if each["judged"] and not each["holds"]]
    assert out.count("does not hold") == len(missed) > 0
    assert f"It realises {card['found']['realised_over_promised']['value']:.2f} of its promise" in out


def test_cards_for_programs(run):
    every = json.loads(done(run, "presets", "--json"))
    assert list(every) == list(KEYS_OF_CARDS)
    assert [card["preset"] for card in every["presets"]] == list(shipped_presets())
    assert {tuple(card) for card in every["presets"]} == {tuple(KEYS_OF_A_CARD | FOUND)}
    (one,) = json.loads(done(run, "presets", "revolving_door", "--json"))["presets"]
    assert one in every["presets"]
    assert {"path": "pay.pay_mix", "typical": 0.4, "value": 0.85, "unit": "share", "kind": "lever"} in one[
        "sets"
    ]


def test_a_card_of_ones_own_is_shown(run, tmp_path):
    text = shipped_presets()["revolving_door"].read_text(encoding="utf-8")
    (tmp_path / "ours.toml").write_text(text.replace('title = "Revolving door"', 'title = "Ours"'))
    assert json.loads(done(run, "presets", "ours.toml", "--json"))["presets"][0]["found"] is None
    out = done(run, "presets", "ours.toml")
    assert "What its runs said" not in out
    assert "Ours" in out
    assert "salesim run ours.toml" in out


def test_what_is_no_card_is_refused_in_one_line(run, tmp_path):
    assert "did you mean 'revolving_door'?" in refused(run, "presets", "revolving_dor")
    assert "has no card" in refused(run, "presets", "typical_firm")
    assert "no such file" in refused(run, "presets", "nowhere.toml")
    text = shipped_presets()["revolving_door"].read_text(encoding="utf-8")
    (tmp_path / "bad.toml").write_text(text.replace("debrief =", "debreif ="))
    code, out, err = run("presets", "bad.toml")
    assert (code, out, "did you mean 'debrief'?" in err) == (2, "", True)
    (tmp_path / "bad.toml").write_text(text.replace('outcome = "vacancy"', 'outcome = "vacancies"'))
    assert "did you mean 'vacancy'?" in refused(run, "presets", "bad.toml")


def test_a_firm_with_a_card_runs_by_its_name_everywhere(run):
    name = "quarter_end_discounting"
    assert "Quarter-end discounting" in done(run, "run", name, "--replicates", "2", "--no-figures", *FEW)
    out = done(run, "diff", "typical_firm", name)
    assert "payout.accelerator" in out
    assert "card" not in out
    out = done(run, "gap", name, "--quick", "--replicates", "2", "--no-figures", *FEW)
    assert "Quarter-end discounting" in out
    asked = ("--policy", "margin_pay", "--replicates", "2", "--budget", "2", "--no-figures")
    assert "margin" in done(run, "compare", name, *asked, *FEW)
    done(run, "new", "ours", "--extends", name)
    assert "say the same" in done(run, "diff", "ours.toml", name)
