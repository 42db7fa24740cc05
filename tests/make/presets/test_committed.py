"""The page on firms with a story is made of the object beside it, of all statements as they stand."""

import json

import pytest

from docs.make.presets import judging
from docs.make.presets.machine import KEYS_OF_A_PRESET, KEYS_OF_A_STATEMENT, KEYS_OF_PRESETS
from docs.make.presets.page import presets_page
from docs.make.published import PUBLISHED, REPOSITORY, Asked, part_of, read
from docs.make.signatures.signature import NUMBER, RATIO, digits_of_signatures, load_signature
from salesim.inputs.shipped import shipped_presets
from salesim.show.presets.card import PresetCard, shown_card

PAGE = REPOSITORY / "docs" / "presets.md"
FOUND = read(PUBLISHED / "presets" / "presets.json")
MANIFEST = part_of(PUBLISHED, "presets")
KEYS_OF_A_CARD = [name for name in PresetCard.model_fields if name != "found"]
PRESETS = {preset["preset"]: preset for preset in FOUND["presets"]}


def test_the_page_is_made_of_the_object():
    assert PAGE.read_text(encoding="utf-8") == presets_page()


def test_the_object_is_of_the_firms_and_statements_as_they_stand():
    assert MANIFEST["signatures"] == digits_of_signatures(), "run make presets"
    assert list(FOUND) == list(KEYS_OF_PRESETS)
    assert list(PRESETS) == list(shipped_presets())


@pytest.mark.parametrize("name", list(PRESETS))
def test_every_statement_is_kept_with_the_band_of_its_file(name):
    preset, signature = PRESETS[name], load_signature(name)
    assert list(preset) == [*KEYS_OF_A_CARD, *KEYS_OF_A_PRESET]
    assert {key: preset[key] for key in KEYS_OF_A_CARD} == shown_card(name).model_dump(
        mode="json", exclude={"found"}
    )
    said = [m for m in signature.target.measures if m.name not in (RATIO, NUMBER)]
    assert [(s["name"], tuple(s["band"]), s["judged"]) for s in preset["statements"]] == [
        (m.name, m.band, m.judged) for m in said
    ]
    assert {tuple(statement) for statement in preset["statements"]} == {tuple(KEYS_OF_A_STATEMENT)}
    assert [each["says"] for each in preset["unmeasured"]] == [each.says for each in signature.unmeasured]


@pytest.mark.parametrize("name", list(PRESETS))
def test_what_does_not_hold_is_kept_with_its_reason(name):
    """Never dropped, and never without what is known of why."""
    for statement in PRESETS[name]["statements"]:
        missed = statement["judged"] and not statement["holds"]
        assert bool(statement["why"]) == missed, statement["name"]


def test_the_page_shows_what_does_not_hold():
    page = PAGE.read_text(encoding="utf-8")
    missed = [s for p in FOUND["presets"] for s in p["statements"] if s["judged"] and not s["holds"]]
    assert page.count("**does not hold**") == len(missed) == FOUND["statements"] - FOUND["held"] > 0
    assert all(statement["why"] in page for statement in missed)


def test_what_is_read_off_the_runs_is_consistent():
    ratios = [PRESETS[name]["realised_over_promised"]["value"] for name in FOUND["order"]["names"]]
    assert ratios == sorted(ratios)
    for preset in FOUND["presets"]:
        (low, high), ratio = preset["ratio"], preset["realised_over_promised"]
        assert ratio["within"] == (low <= ratio["value"] <= high)
    assert FOUND["within"] == sum(p["realised_over_promised"]["within"] for p in FOUND["presets"])


def test_a_statement_that_stands_otherwise_than_before_is_said(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(judging, "judged", lambda **_: iter(()))
    monkeypatch.setattr(judging, "presets_object", lambda *_: FOUND)
    judging.make(Asked(to=tmp_path))
    assert "now" not in capsys.readouterr().err
    turned = json.loads(json.dumps(FOUND))
    turned["presets"][0]["statements"][0]["holds"] ^= True
    monkeypatch.setattr(judging, "presets_object", lambda *_: turned)
    judging.make(Asked(to=tmp_path))
    first = FOUND["presets"][0]
    assert f"{first['preset']}: {first['statements'][0]['name']}: now " in capsys.readouterr().err
