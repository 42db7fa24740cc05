"""`salesim presets` as a person and as a program meet it, and firms with a card in every other command."""

import json
import re

from salesim import load_scenario
from salesim.inputs.shipped import shipped_presets
from salesim.show.presets.card import PresetCard
from tests.cli.commands import done, numbers_in, refused
from tests.golden.marks import marked
from tests.messages import message_of

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
    for card in json.loads(done(run, "presets", "--json"))["presets"]:
        assert card["title"] in out
        assert card["story"].splitlines()[0] in out
        assert card["decision"] in out
    assert numbers_in(out.splitlines()[0]) == [len(shipped_presets())]


def test_one_card_is_shown_in_full(run, golden):
    out = done(run, "presets", "quarter_end_discounting")
    golden(out)
    (card,) = json.loads(done(run, "presets", "quarter_end_discounting", "--json"))["presets"]
    roles = [text for role in card["roles"] for text in (role["name"], role["sees"], role["decides"])]
    low, high = card["ratio"]
    for said in (
        card["title"],
        *roles,
        f"{card['number']['outcome']}.",
        card["decision"],
        card["debrief"],
        *(each["path"] for each in card["sets"]),
        f"{low:.0%} to {high:.0%}",
        "salesim run quarter_end_discounting",
        "salesim diff typical_firm quarter_end_discounting",
    ):
        assert said in out, said


def test_what_does_not_hold_is_told_to_whoever_leads_the_class(run):
    out = done(run, "presets", "quarter_end_discounting")
    (card,) = json.loads(done(run, "presets", "quarter_end_discounting", "--json"))["presets"]
    said: dict[str, set[str]] = {"held": set(), "missed": set(), "looked at": set()}
    for each in card["found"]["statements"]:
        kind = "looked at" if not each["judged"] else "held" if each["holds"] else "missed"
        row = next(line for line in out.splitlines() if line.startswith(f" {each['says']} "))
        said[kind].add(re.split(r" {2,}", row.strip())[-1])
    assert said["missed"]
    assert all(len(words) == 1 for words in said.values()), "each kind has words of its own"
    assert len(set.union(*said.values())) == len(said)
    assert f" {card['found']['realised_over_promised']['value']:.0%} " in out


def test_cards_for_programs(run):
    every = json.loads(done(run, "presets", "--json"))
    assert every["typical_firm"] == "typical_firm"
    assert [card["preset"] for card in every["presets"]] == list(shipped_presets())
    assert {tuple(card) for card in every["presets"]} == {tuple(PresetCard.model_fields)}
    (one,) = json.loads(done(run, "presets", "revolving_door", "--json"))["presets"]
    assert one in every["presets"]
    assert {"path": "pay.pay_mix", "typical": 0.4, "value": 0.85, "unit": "share", "kind": "lever"} in one[
        "sets"
    ]


def test_a_card_of_ones_own_is_shown(run, tmp_path, golden):
    name = "ours.toml"
    text = shipped_presets()["revolving_door"].read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace('title = "Revolving door"', 'title = "Ours"'))
    assert json.loads(done(run, "presets", name, "--json"))["presets"][0]["found"] is None
    out = done(run, "presets", name)
    golden(out)
    (known,) = json.loads(done(run, "presets", "revolving_door", "--json"))["presets"]
    statements = [each["says"] for each in known["found"]["statements"]]
    assert not [statement for statement in statements if statement in out], "its runs said nothing yet"
    assert "Ours" in out
    assert f"salesim run {name}" in out


def test_what_is_no_card_is_refused_in_one_line(run, tmp_path, golden):
    for name, near in (("revolving_dor", "revolving_door"), ("typical_firm", None), ("nowhere.toml", None)):
        said = refused(run, "presets", name)
        golden(said)
        assert (message_of(said).place, message_of(said).near) == ((name,), near)
    text = shipped_presets()["revolving_door"].read_text(encoding="utf-8")
    (tmp_path / "bad.toml").write_text(text.replace("debrief =", "debreif ="))
    code, out, err = run("presets", "bad.toml")
    assert (code, out) == (2, "")
    assert "debrief" in [message_of(line).near for line in err.splitlines()]
    (tmp_path / "bad.toml").write_text(text.replace('outcome = "vacancy"', 'outcome = "vacancies"'))
    code, out, err = run("presets", "bad.toml")
    assert (code, out) == (2, "")
    assert message_of(err.splitlines()[-1]).near == "vacancy"  # a warning of its pay comes first


def test_a_firm_with_a_card_runs_by_its_name_everywhere(run, golden):
    name = "quarter_end_discounting"
    title = load_scenario(name).title
    assert title in done(run, "run", name, "--replicates", "2", "--no-figures", *FEW)
    out = done(run, "diff", "typical_firm", name)
    assert "payout.accelerator" in out
    assert "card" not in out
    out = done(run, "gap", name, "--quick", "--replicates", "2", "--no-figures", *FEW)
    assert title in out
    asked = ("--policy", "margin_pay", "--replicates", "2", "--budget", "2", "--no-figures")
    golden(marked(done(run, "compare", name, *asked, *FEW)))
    done(run, "new", "ours", "--extends", name)
    assert json.loads(done(run, "diff", "ours.toml", name, "--json"))["differences"] == []
    golden(done(run, "diff", "ours.toml", name))
