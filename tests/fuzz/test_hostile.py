"""A small draw of hostile folders; `make nightly-fuzz` meets two hundred."""

from tests.fuzz.hostile import draw


def test_hostile_folders_end_in_one_line_and_move_nothing(tmp_path):
    met = draw(4, tmp_path, with_evidence=False)
    assert met.bad == []
    assert {*met.codes} <= {0, 1, 2}
    assert met.folders == 4
