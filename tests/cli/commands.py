"""Run a command that must work, or one that must be refused in one line."""


def done(run, *arguments: str) -> str:
    """What a command prints that works."""
    code, out, err = run(*arguments)
    assert (code, "Traceback" in err, "Error" in err) == (0, False, False), err
    return out


def refused(run, words: str, *arguments: str) -> None:
    """That a command is refused in one line with these words, and prints nothing else."""
    code, out, err = run(*arguments)
    assert (code, out) == (2, ""), err
    assert err.startswith("Error: "), err
    assert len(err.splitlines()) == 1, err
    assert words in err, err
