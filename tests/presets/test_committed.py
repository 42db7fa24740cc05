"""The page on firms with a story is made of the object beside it, of all statements as they stand."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from salesim.scenario.shipped import shipped_presets
from salesim.show.presets.card import KEYS_OF_A_CARD, card_object
from salesim.show.presets.machine import KEYS_OF_A_PRESET, KEYS_OF_A_STATEMENT, KEYS_OF_PRESETS
from salesim.show.presets.page import presets_page
from salesim.study.signatures.signature import NUMBER, RATIO, digits_of_signatures, load_signature

DOCS = Path(__file__).parent.parent.parent / "docs"
KEPT = DOCS.parent / "experiments" / "presets" / "found"
FOUND = json.loads((KEPT / "presets.json").read_text(encoding="utf-8"))
MANIFEST = json.loads((KEPT / "manifest.json").read_text(encoding="utf-8"))
PRESETS = {preset["preset"]: preset for preset in FOUND["presets"]}


def test_the_page_is_made_of_the_object():
    assert (DOCS / "presets.md").read_text(encoding="utf-8") == presets_page(KEPT)


def test_the_object_is_of_the_firms_and_statements_as_they_stand():
    assert MANIFEST["signatures"] == digits_of_signatures(), "run make presets"
    assert list(FOUND) == list(KEYS_OF_PRESETS)
    assert list(PRESETS) == list(shipped_presets())


@pytest.mark.parametrize("name", list(PRESETS))
def test_every_statement_is_kept_with_the_band_of_its_file(name):
    preset, signature = PRESETS[name], load_signature(name)
    assert list(preset) == [*KEYS_OF_A_CARD, *KEYS_OF_A_PRESET]
    assert {key: preset[key] for key in KEYS_OF_A_CARD} == card_object(name)
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
    page = (DOCS / "presets.md").read_text(encoding="utf-8")
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


@pytest.fixture
def judging(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(DOCS))
    spec = importlib.util.spec_from_file_location("judge_presets", DOCS / "judge_presets.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "SHOWN", tmp_path)
    yield module
    sys.modules.pop("generate", None)


def test_a_statement_that_stands_otherwise_than_before_is_said(judging, monkeypatch, capsys):
    monkeypatch.setattr(judging, "judged", lambda **_: iter(()))

    def publish(_, turned=False):
        said = json.loads(json.dumps(FOUND))
        if turned:
            said["presets"][0]["statements"][0]["holds"] ^= True
        (judging.SHOWN / judging.OBJECT).write_text(json.dumps(said))

    monkeypatch.setattr(judging, "publish", publish)
    judging.main()
    assert "now" not in capsys.readouterr().err
    monkeypatch.setattr(judging, "publish", lambda found: publish(found, turned=True))
    judging.main()
    first = FOUND["presets"][0]
    assert f"{first['preset']}: {first['statements'][0]['name']}: now " in capsys.readouterr().err
