"""A command that is itself written wrongly ends with one line, like every other input that cannot be used."""

import pytest


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run"], "missing argument 'SCENARIO'; see: salesim run --help"),
        (["run", "typical_firm", "--sed", "1"], "; see: salesim run --help"),
        (["run", "typical_firm", "--seed"], "option '--seed' requires an argument; see: salesim"),
        (["sweep", "a", "b"], "got unexpected extra argument"),
        (["nonsense"], "no such command 'nonsense'"),
        (["verify"], "missing argument 'FOLDER'; see: salesim verify --help"),
    ],
    ids=" ".join,
)
def test_one_line_says_what_is_wrong_with_a_command(run, arguments, said):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("Error: ")
    assert said in err
    assert len(err.splitlines()) == 1


def test_no_command_is_a_question_for_help(run):
    code, out, err = run()
    assert code in (0, 2), "as the version of the library has it"
    assert "Usage: salesim" in out + err


@pytest.mark.parametrize(
    "command", ["run", "sweep", "runs", "screen", "verify", "bundle", "params", "new", "diff", "week"]
)
def test_every_command_has_help(run, command):
    code, out, err = run(command, "--help")
    assert (code, err) == (0, "")
    assert f"Usage: salesim {command}" in out
