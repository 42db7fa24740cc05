"""What tests of several rooms share."""

import signal
import sys

import pytest

from salesim.cli import main


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
