"""Let some runs of a sweep fail."""

from salesim.runs import tasks

FAILURE = "the sums do not come out"


def breaks(monkeypatch, bad):
    """Let runs fail whose address a function points at."""
    real = tasks.RunTask.__call__

    def call(self, address):
        if bad(address):
            raise ArithmeticError(f"{FAILURE}\nsecond line")
        return real(self, address)

    monkeypatch.setattr(tasks.RunTask, "__call__", call)
