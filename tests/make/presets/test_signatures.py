"""What must hold in each firm with a story holds where it was found to: quickly here, in full as `make presets` does."""

from dataclasses import replace
from pathlib import Path

import pytest

from docs.make.signatures.judged import judged, simulate_firms
from docs.make.signatures.signature import (
    NUMBER,
    RATIO,
    load_signature,
    read_signature,
    shipped_signatures,
)
from salesim.errors import ScenarioError
from salesim.evidence.measures import OF_A_GAP
from salesim.inputs.shipped import shipped_presets
from salesim.runs.exec import Exec
from tests.make.presets.test_committed import FOUND, PRESETS

FEW = 3


def clear(statement: dict) -> bool:
    """Whether a statement held so clearly that a few replicates must show it: by twice its interval."""
    low, high = statement["interval"]
    room = high - low
    return (
        statement["judged"]
        and statement["holds"]
        and (statement["band"][0] <= low - room and high + room <= statement["band"][1])
    )


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.mark.nightly
@pytest.mark.parametrize("name", list(shipped_presets()))
def test_what_held_still_holds(name, runs):
    signature = load_signature(name)
    wanted = {statement["name"] for statement in PRESETS[name]["statements"] if clear(statement)}
    quick = [
        m
        for m in signature.target.measures
        if m.name in (RATIO, NUMBER) or (m.name in wanted and m.statistic not in OF_A_GAP)
    ]
    less = replace(
        signature, target=signature.target.model_copy(update={"measures": tuple(quick), "gap": {}})
    )
    found = simulate_firms(less, FEW, FOUND["seed"], runs, Exec(workers=1))
    values = {v.measure.name: (v.measure.band, v.value) for v in found.statements}
    for statement, (band, value) in values.items():
        assert band[0] <= value <= band[1], statement
    said = PRESETS[name]["realised_over_promised"]["value"]
    assert found.ratio.value == pytest.approx(said, abs=0.03), "far from docs/presets.md: run make presets"


def test_there_is_something_that_must_still_hold():
    assert sum(clear(statement) for preset in PRESETS.values() for statement in preset["statements"]) >= 15


@pytest.mark.evidence
def test_all_that_is_committed_is_got_again(tmp_path):
    """In full, some three minutes."""
    for found in judged(seed=FOUND["seed"], out=tmp_path):
        kept = {s["name"]: s for s in PRESETS[found.signature.name]["statements"]}
        for verdict in found.statements:
            assert verdict.reproduced == kept[verdict.measure.name]["holds"], verdict.measure.name
            assert verdict.value == pytest.approx(kept[verdict.measure.name]["value"]), verdict.measure.name


def test_every_firm_with_a_card_has_a_signature():
    assert list(shipped_signatures()) == list(shipped_presets())


WRITTEN = shipped_signatures()["ratchet_and_sandbag"].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('outcome = "intensity"', 'outcome = "intensty"', "did you mean 'intensity'?"),
        ('statistic = "difference"', 'statistic = "diference"', "did you mean 'difference'?"),
        ('policy = "no_cap"', 'policy = "no_caps"', "did you mean 'no_cap'?"),
        ("band = [-2.0", "bands = [-2.0", "is missing"),
        ("[[statements]]", "[[statement]]", "did you mean 'statements'?"),
        ('unit = "factor"', 'unit = "factor"\nunits = 3', "did you mean 'unit'?"),
        ("band = [-2.0, -0.005]", "band = [2.0, -0.005]", "the lower end of a band stands first"),
        ("[studies.preset.policies]", "[studies.preset.policies", "not valid TOML"),
    ],
)
def test_a_malformed_signature_is_refused_in_one_line(tmp_path, right, wrong, said):
    assert right in WRITTEN
    path = tmp_path / "signature.toml"
    path.write_text(WRITTEN.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        read_signature(path, shipped_presets()["ratchet_and_sandbag"])
    assert all(line.startswith(str(path)) for line in str(refused.value).splitlines())
    assert said in str(refused.value)


def test_teams_need_their_table_and_gaps_their_base(tmp_path):
    text = shipped_signatures()["cascade_without_dialogue"].read_text(encoding="utf-8")
    path = tmp_path / "signature.toml"
    path.write_text(text.replace('base_study = "baseline"', 'base_study = "as_was"'), encoding="utf-8")
    with pytest.raises(ScenarioError, match="base_study"):
        read_signature(path, shipped_presets()["cascade_without_dialogue"])


def test_a_card_whose_number_is_no_outcome_is_refused(tmp_path):
    preset = tmp_path / "firm.toml"
    text = shipped_presets()["ratchet_and_sandbag"].read_text(encoding="utf-8")
    preset.write_text(
        text.replace('outcome = "reps_at_quota"', 'outcome = "reps_at_quotas"'), encoding="utf-8"
    )
    with pytest.raises(Exception, match="did you mean 'reps_at_quota'"):
        read_signature(shipped_signatures()["ratchet_and_sandbag"], preset)


def test_an_unknown_firm_has_no_signature():
    with pytest.raises(Exception, match="did you mean 'revolving_door'"):
        load_signature("revolving_dor")
