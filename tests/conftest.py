"""What tests of several rooms share."""

import signal
import sys

import pytest
from hypothesis import settings

from salesim.cli import main
from tests.golden import texts

settings.register_profile("ci", max_examples=30, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=300, deadline=None)
settings.load_profile("ci")


def pytest_addoption(parser):
    parser.addoption("--record-texts", action="store_true", help="write tests/golden/texts.txt anew")


def pytest_configure(config):
    config.recorded_texts = {} if config.getoption("--record-texts") else texts.read()


def pytest_collection_modifyitems(config, items):
    """Recording concerns tests that look at texts only."""
    if config.getoption("--record-texts"):
        items[:] = [item for item in items if "golden" in getattr(item, "fixturenames", ())]


def pytest_sessionfinish(session, exitstatus):
    if session.config.getoption("--record-texts") and exitstatus == 0:
        texts.write(session.config.recorded_texts)


@pytest.fixture
def golden(request):
    """Check a text against what was recorded for this test; a test may check several, in their order."""
    known, counted = request.config.recorded_texts, iter(range(1, 1_000))
    place = request.node.nodeid.removeprefix("tests/").replace("test_", "").replace(".py", "")

    def check(text: object) -> None:
        name = f"{place} {next(counted)}"
        if request.config.getoption("--record-texts"):
            known[name] = texts.cleaned(text)
        assert texts.cleaned(text) == known.get(name), f"{name}: if it is meant so, make texts"

    return check


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run salesim in an empty folder; gives exit code, output and errors."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def runner(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["salesim", *arguments])
        with pytest.raises(SystemExit) as ended:
            sys.exit(main())
        for number, handler in handlers.items():  # which stay deaf where a process is about to end
            signal.signal(number, handler)
        captured = capsys.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), captured.out, captured.err

    return runner
