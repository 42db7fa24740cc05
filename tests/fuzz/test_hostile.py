"""A small draw of hostile folders and of spoilt files; `make nightly-fuzz` meets two hundred and five thousand."""

from tests.fuzz import mutated
from tests.fuzz.hostile import draw


def test_spoilt_files_are_taken_or_refused_in_plain_lines(tmp_path):
    found = mutated.draw(120, tmp_path)
    assert found.bad == []
    assert sum(found.ended.values()) == 120
    assert found.ended["refused"] > 60


def test_hostile_folders_end_in_one_line_and_move_nothing(tmp_path):
    met = draw(4, tmp_path, with_evidence=False)
    assert met.bad == []
    assert {*met.codes} <= {0, 1, 2}
    assert met.folders == 4
