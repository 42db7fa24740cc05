"""The page on evidence that is committed is made of the object beside it, of all findings as they stand."""

import os

import pytest

from docs.make.dictionary import fields_of
from docs.make.evidence import PAGE, evidence_page
from docs.make.published import PUBLISHED, REPOSITORY, part_of, read
from salesim.evidence.evidence import evidence
from salesim.evidence.provenance import digits_of_findings
from salesim.evidence.target import load_target, targets
from salesim.show.evidence.machine import Evidence, FindingCheck, MeasureCheck

SHOWN = PUBLISHED / "evidence"
FOUND = read(SHOWN / "evidence.json")
MANIFEST = part_of(PUBLISHED, "evidence")
MAX_BYTES = 1_500_000


def test_the_page_is_made_of_the_object():
    page = (REPOSITORY / PAGE).read_text(encoding="utf-8")
    assert page == evidence_page()
    assert all(f"published/evidence/{name}" in page for name in os.listdir(SHOWN))


def test_the_object_has_all_findings_with_the_bands_that_stand_in_their_files():
    assert set(FOUND) == {*fields_of(Evidence)} - {"folder"}
    assert [target["target"] for target in FOUND["targets"]] == list(targets())
    for target in FOUND["targets"]:
        assert set(target) == {*fields_of(FindingCheck)}
        said = load_target(target["target"]).measures
        assert [(m["name"], tuple(m["band"]), m["role"]) for m in target["measures"]] == [
            (m.name, m.band, m.role) for m in said
        ]
        assert {frozenset(measure) for measure in target["measures"]} == {
            frozenset(fields_of(MeasureCheck))
        }


def test_the_manifest_is_that_of_these_findings():
    assert MANIFEST["findings"] == digits_of_findings()
    studies = {f"{name}_{study}" for name in targets() for study in load_target(name).studies}
    assert studies <= set(MANIFEST["runs"])
    assert MANIFEST["seed"] == FOUND["seed"]


def test_figures_are_there_and_small():
    """One for each finding with curves, and one that has every measure of every finding."""
    with_curves = {target["target"] for target in FOUND["targets"] if target["curves"]}
    assert {path.stem for path in SHOWN.glob("*.svg")} == {*with_curves, "overview"}
    assert sum(path.stat().st_size for path in SHOWN.rglob("*") if path.is_file()) < MAX_BYTES


@pytest.mark.evidence
@pytest.mark.parametrize("name", list(targets()))
def test_the_verdict_that_is_committed_is_got_again(name):
    """In full: minutes each, unless `make evidence` has left the runs in results/evidence."""
    asked = {"replicates": FOUND["replicates"], "firms": FOUND["firms"]} if FOUND["first_look"] else {}
    (finding,) = evidence([name], FOUND["scenario"], seed=FOUND["seed"], **asked)
    committed = next(target for target in FOUND["targets"] if target["target"] == name)
    assert {v.measure.name: v.reproduced for v in finding.verdicts} == {
        m["name"]: m["reproduced"] for m in committed["measures"]
    }
    assert [v.value for v in finding.verdicts] == pytest.approx([m["value"] for m in committed["measures"]])
