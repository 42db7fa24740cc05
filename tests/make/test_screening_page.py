"""The page on what moves the answer says what the table and manifest beside it say."""

import re

import pytest
from PIL import Image

from docs.make.published import PUBLISHED, REPOSITORY, manifest, part_of
from docs.make.screening import FIGURE, RESULT, SCREENING, TABLE, as_csv, keep, kept, screening_page
from salesim import plot
from salesim.analysis.screening.screen import screen
from salesim.errors import SalesimError
from salesim.inputs.declared import declared_numbers
from salesim.runs.runs import open_results
from salesim.show.figures.screened import draw
from tests.analysis.screening.test_screening import FIRM
from tests.firms import small_firm
from tests.show.figures.reading import title_of

PAGE = (REPOSITORY / "docs" / "screening.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def committed():
    return kept()


def test_the_committed_page_is_what_table_and_manifest_give():
    assert screening_page() == PAGE


def test_the_page_names_the_five_largest_of_the_table_in_their_order(committed):
    found = committed
    sizes = [each.mu_star for each in found.parameters]
    assert sizes == sorted(sizes, reverse=True)
    assert re.findall(r"^\d\. `([\w.]+)`", PAGE, re.M) == [each.path for each in found.parameters[:5]]
    assert all(f"\n{sentence}\n" in PAGE for sentence in found.sentences)
    assert f"Seed {found.seed}" in PAGE
    assert "(../results/published/manifest.json)" in PAGE
    assert {"model", "libraries", "runs", "command"} <= set(part_of(PUBLISHED, SCREENING))
    assert "\nsalesim screen " in PAGE
    assert {each.path for each in found.parameters} <= set(declared_numbers())


def test_the_committed_figure_is_of_the_same_screening(committed):
    figure = Image.open(PUBLISHED / SCREENING / FIGURE)
    assert figure.text["Title"] == title_of(draw(committed))


def test_table_and_manifest_hold_all_that_the_page_needs(tmp_path):
    found = screen(FIRM, over=["needs", "pay.manager_salary"], trajectories=5, out=tmp_path / "out")
    runs = open_results(tmp_path / "out")
    keep(runs, tmp_path)
    again = kept(tmp_path)
    assert {path.name for path in (tmp_path / "screening").iterdir()} == {RESULT, TABLE, FIGURE}
    assert as_csv(again) == as_csv(found)
    assert again == found.model_copy(update={"folder": ""})
    assert manifest(tmp_path)["parts"][SCREENING]["runs"] == runs.digest
    page = screening_page(tmp_path)
    idle = page.rpartition("Without any effect in this firm, which uses nothing that they bear on: ")[2]
    assert "pay manager salary" in idle
    assert "| `pay.manager_salary` |" not in page
    plot(found, path=tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == (tmp_path / "screening" / FIGURE).read_bytes()


def test_what_is_no_screening_makes_no_page(tmp_path):
    from salesim import sweep

    sweep({"scenario": small_firm(), "replicates": 1}, out=tmp_path / "out")
    with pytest.raises(SalesimError, match="no screening"):
        keep(open_results(tmp_path / "out"), tmp_path)
    assert not (tmp_path / "screening").exists()
