"""Run a command that must work, or one that must be refused in one line; how a study may be answered."""

ANSWER = """
[answer]
outcome = "realised"
[[answer.claims]]
kind = "effect"
what = "wide authority"
arm = { regime.discount_authority = 0.2 }
base = { regime.discount_authority = 0.0 }
"""


def done(run, *arguments: str) -> str:
    """What a command prints that works."""
    code, out, err = run(*arguments)
    assert (code, "Traceback" in err, "Error" in err) == (0, False, False), err
    return out


def refused(run, *arguments: str) -> str:
    """The one line in which a command is refused that prints nothing else."""
    code, out, err = run(*arguments)
    assert (code, out) == (2, ""), err
    assert err.startswith("Error: "), err
    assert len(err.splitlines()) == 1, err
    return err
