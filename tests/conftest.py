"""What tests of several rooms share."""

import os
import signal
import sys

import pytest
from hypothesis import settings

from salesim.cli import main
from salesim.cli.interruption import interruption
from tests.golden import texts

# Tests run on every core already: commands that do not name workers take one, and start no processes for it.
os.environ.setdefault("LOKY_MAX_CPU_COUNT", "1")

settings.register_profile("ci", max_examples=20, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=200, deadline=None)
settings.load_profile("ci")


def pytest_addoption(parser):
    parser.addoption("--record-texts", action="store_true", help="write tests/golden/texts.txt anew")


def pytest_configure(config):
    all_anew = config.args_source is config.ArgsSource.TESTPATHS
    worker = hasattr(config, "workerinput")  # which hands over its own texts, not those that stood
    anew = config.getoption("--record-texts") and (all_anew or worker)
    config.recorded_texts = {} if anew else texts.read()


# They begin first, so that no worker is left alone with one of them at the end.
SLOW = (
    "tests/test_docs.py",
    "tests/model/test_engines.py",
    "tests/runs/test_killed.py",
    "tests/browser/test_reports.py",
    "tests/model/test_rivals.py",
    "tests/cli/test_studies.py",
    "tests/show/report/",
    "tests/model/test_cache.py",
    "tests/show/figures/test_all.py",
    "tests/make/",
    "tests/golden/",
    "tests/evidence/",
)


def slowness(item):
    """The place of its file among the slow ones, or after all of them."""
    return next((k for k, path in enumerate(SLOW) if item.nodeid.startswith(path)), len(SLOW))


def pytest_collection_modifyitems(config, items):
    """Slow files first; recording concerns tests that look at texts only."""
    items.sort(key=slowness)
    if config.getoption("--record-texts"):
        items[:] = [item for item in items if "golden" in getattr(item, "fixturenames", ())]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    """What a worker has recorded comes to the process that began it."""
    node.config.recorded_texts |= getattr(node, "workeroutput", {}).get("texts", {})


def pytest_sessionfinish(session, exitstatus):
    if not session.config.getoption("--record-texts") or session.config.getoption("collectonly"):
        return
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["texts"] = session.config.recorded_texts
    elif exitstatus == 0:
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
        interruption.asked = False
        captured = capsys.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), captured.out, captured.err

    return runner
