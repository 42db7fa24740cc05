"""A command that is itself written wrongly ends with one line, like every other input that cannot be used."""

import os
import subprocess
import sys

import pytest

from tests.cli.commands import refused


@pytest.mark.parametrize(
    ("arguments", "named", "command"),
    [
        (["run"], "'SCENARIO'", "salesim run"),
        (["run", "typical_firm", "--sed", "1"], "--sed", "salesim run"),
        (["run", "typical_firm", "--seed"], "'--seed'", "salesim"),
        (["sweep", "a", "b"], "(b)", "salesim sweep"),
        (["nonsense"], "'nonsense'", "salesim"),
        (["verify"], "'FOLDER'", "salesim verify"),
    ],
)
def test_one_line_says_what_is_wrong_with_a_command(run, arguments, named, command):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("Error: ")
    assert named in err
    assert err.endswith(f" {command} --help\n")
    assert not err.startswith(f"Error: {named}"), "and what of it is wrong"
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


def test_help_has_a_short_name_and_the_package_a_version_and_a_way_in(run):
    import salesim

    assert run("run", "-h")[1] == run("run", "--help")[1]
    typed = [sys.executable, "-m", "salesim", "--version"]
    said = subprocess.run(typed, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["salesim", salesim.__version__]


def test_a_shell_completes_commands():
    words = {"_SALESIM_COMPLETE": "complete_bash", "COMP_WORDS": "salesim scr", "COMP_CWORD": "1"}
    typed = [sys.executable, "-c", "from salesim.cli import main; main()"]
    said = subprocess.run(typed, capture_output=True, text=True, check=False, env=os.environ | words).stdout
    assert said.split() == ["screen"]


@pytest.mark.parametrize(
    "error",
    [
        MemoryError("malloc of size 256 failed"),
        ImportError("libarrow.so: failed to map segment from shared object"),
        OSError(12, "Cannot allocate memory"),
        RuntimeError("can't start new thread"),
        SystemError("error return without exception set"),
        MemoryError(),
    ],
    ids=["array", "library", "file", "thread", "interpreter", "nothing"],
)
def test_too_little_memory_is_said_in_one_line(run, monkeypatch, golden, error):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr("salesim.inputs.load.load_scenario", fail)
    code, out, err = run("params", "pay")
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    golden(err)


def test_the_compiled_engine_without_its_compiler_is_refused_in_one_line(run, monkeypatch, golden):
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    golden(refused(run, "run", "typical_firm"))
