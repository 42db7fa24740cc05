"""The typical firm gives the numbers that are recorded, and the changelog says when they move."""

import json
import os
import re
import subprocess
import sys
from copy import deepcopy

import pytest

from tests.reference import record
from tests.test_house import MATH_THAT_AGREES, REPOSITORY

CHANGELOG = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
STATEMENT = re.compile(r"Numbers move: (yes|no)(?: \(reference ([0-9a-f]{12})\))?\.")
WHAT_TO_DO = (
    "The numbers of the typical firm moved. If that is not meant, the change is a mistake. If it is, run `python -m "
    "tests.reference.record` and put the entry that it asks for at the top of CHANGELOG.md. Moved: {}."
)
WITHOUT_FMA = "glibc.cpu.hwcaps=-FMA,-AVX2"
IN_A_PROCESS = (
    "import json; from tests.reference import record as r; print(json.dumps(r.reference_of(r.the_run())))"
)


@pytest.fixture(scope="module")
def here():
    return record.reference_of(record.the_run())


@pytest.fixture(scope="module")
def recorded():
    return record.recorded()


def test_series_agree_on_every_platform(here, recorded):
    apart = record.far_apart(recorded, here)
    assert not apart, WHAT_TO_DO.format(", ".join(apart))


def test_every_bit_is_the_same_on_the_platform_that_is_recorded(here, recorded):
    if not record.on_one_platform(recorded, here):
        pytest.skip(f"recorded on {recorded['platform']}, this is {here['platform']}")
    moved = record.moved(recorded, here)
    assert not moved, WHAT_TO_DO.format(", ".join(moved))
    assert here["sha256"] == recorded["sha256"], WHAT_TO_DO.format("nothing, but there are other columns")


def test_without_fused_multiply_add_the_bits_are_others_and_the_series_are_not(recorded):
    """What another machine does: the C library of this one is told to do without."""
    done = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"GLIBC_TUNABLES": WITHOUT_FMA},
    )
    there = json.loads(done.stdout)
    assert record.far_apart(recorded, there) == []
    if record.platform_here()["mathematics"] == recorded["platform"]["mathematics"]:
        assert there["platform"]["mathematics"] != recorded["platform"]["mathematics"]
        assert there["sha256"] != recorded["sha256"]


def test_functions_of_the_model_are_those_that_are_tried():
    assert {function.__name__ for function in record.FUNCTIONS} == MATH_THAT_AGREES - {"pi"}


def test_the_reference_covers_every_column_and_replicate(here):
    results = record.the_run()
    kinds = [table(results.pairs[0]).dtype.names for table in record.TABLES.values()]
    assert len(here["columns"]) == sum(map(len, kinds))
    assert len(results.pairs) == record.REPLICATES
    for book in here["series"].values():
        for replicates in book.values():
            assert [len(weeks) for weeks in replicates] == [156] * record.REPLICATES


def other(reference, **changes):
    changed = deepcopy(reference)
    for part, values in changes.items():
        changed[part] |= values
    return changed


def test_a_moved_number_is_found_by_its_bits_here_and_by_its_size_elsewhere(recorded):
    assert record.moved(recorded, recorded) == []
    assert record.moved(recorded, other(recorded, columns={"deals.price": "0"})) == ["deals.price"]
    assert record.moved(recorded, other(recorded, columns={"deals.new": "0"})) == []
    elsewhere = other(recorded, platform={"mathematics": "0"}, columns={"deals.price": "0"})
    assert record.moved(recorded, elsewhere) == []
    units = elsewhere["series"]["realised"]["units"][2]
    units[7] *= 1.0 + 1e-12
    assert record.moved(recorded, elsewhere) == []
    units[7] *= 1.0 + 1e-8
    assert record.moved(recorded, elsewhere) == ["realised.units"]
    assert record.moved(recorded, other(elsewhere, platform=recorded["platform"])) == ["deals.price"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "No number moved"),
        ({"columns": {"deals.price": "0"}}, "Moved: deals.price.\n.*\nNumbers move: yes"),
        ({"columns": {"deals.gone": "0"}}, "Moved: nothing.*\n.*\nNumbers move: no"),
    ],
)
def test_recording_says_what_the_changelog_must_say(
    changes, says, here, recorded, tmp_path, monkeypatch, capsys
):
    before = json.dumps(other(here, **changes))
    monkeypatch.setattr(record, "REFERENCE", tmp_path / "reference.json")
    record.REFERENCE.write_text(before)
    record.main()
    said = capsys.readouterr().out
    assert re.match(says, said)
    assert (record.REFERENCE.read_text() == before) == (not changes)
    if changes:
        assert record.recorded() == here
        quoted = STATEMENT.search(said)
        assert quoted
        assert quoted[2] == here["sha256"][:12]


def entries(changelog):
    """The entries, newest first, each on one line."""
    return [" ".join(part.split()) for part in re.split(r"\n- ", changelog)[1:]]


def test_every_entry_ends_in_whether_numbers_move():
    assert len(entries(CHANGELOG)) >= 3
    for entry in entries(CHANGELOG):
        entry = entry.split(" ## ")[0]
        assert len(re.findall("umbers move", entry)) == 1, entry
        found = STATEMENT.search(entry)
        assert found, f"ends in no 'Numbers move: yes (reference ...).' or 'Numbers move: no.': {entry}"
        assert entry.endswith(found[0]), entry


def test_the_changelog_quotes_the_reference(recorded):
    """The newest entry that says yes, or that quotes a reference because columns were added."""
    statements = [found.groups() for found in map(STATEMENT.search, entries(CHANGELOG)) if found]
    newest = next(digits for moved, digits in statements if digits or moved == "yes")
    assert newest == recorded["sha256"][:12], (
        "tests/reference/typical_firm.json was recorded anew: put an entry at the top of CHANGELOG.md that says what "
        f"moved and why, and ends in '{record.line_of(recorded, True)}', or in "
        f"'{record.line_of(recorded, False)}' where columns were added and no number moved."
    )
