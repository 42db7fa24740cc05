"""How far the work has come: nothing where nobody asked, lines where nobody looks, and it is heeded when to stop."""

import re

import pytest

from salesim.cli import progress
from salesim.cli.interruption import interruption


class Clock:
    """Ten seconds pass whenever somebody looks at it."""

    def __init__(self):
        self.now = 0.0

    def monotonic(self):
        self.now += 10.0
        return self.now


def test_where_nobody_looks_a_line_comes_now_and_then(capsys, monkeypatch, golden):
    monkeypatch.setattr(progress, "time", Clock())
    assert list(progress.shown(iter(range(10)), "Running", 1_100, there=1_000)) == list(range(10))
    lines = capsys.readouterr().err.splitlines()
    golden("\n".join(lines))
    assert [re.findall(r"\d[\d,:]*\d|\d", line) for line in lines] == [
        ["1,004", "1,100", "6", "0:16:00"],
        ["1,007", "1,100", "6", "0:15:30"],
        ["1,010", "1,100", "6", "0:15:00"],
    ]
    assert all(line.startswith("Running") for line in lines)


def test_silence_is_kept(capsys, monkeypatch):
    monkeypatch.setattr(progress, "time", Clock())
    assert list(progress.shown(iter(range(10)), "Running", 10, silent=True)) == list(range(10))
    assert capsys.readouterr() == ("", "")


def test_a_terminal_gets_a_bar_with_rate_and_time_left(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(progress.Console, "is_terminal", True)
    things = progress.shown(iter(range(200)), "Running", 300, there=100)
    assert list(things) == list(range(200))
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", capsys.readouterr().err)
    assert "Running" in plain
    assert "/300" in plain
    assert re.search(r"\d:\d\d:\d\d", plain)


def test_an_interruption_is_heeded_between_two(monkeypatch):
    monkeypatch.setattr(interruption, "asked", True)
    monkeypatch.setattr(interruption, "code", 130)
    with pytest.raises(SystemExit) as ended:
        next(progress.shown(iter(range(3)), "Running", 3))
    assert ended.value.code == 130


@pytest.mark.parametrize(
    ("speed", "number"), [(None, ""), (0.0, ""), (0.05, "3"), (9.9, "594"), (1_234.5, "1,234")]
)
def test_a_rate_is_said_in_the_unit_that_suits_it(golden, speed, number):
    said = progress.rate_of(speed)
    golden(said)
    assert said.partition(" ")[0] == number
