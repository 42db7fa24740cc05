"""Whatever a file holds, the command line ends with a result or with messages: never with a traceback."""

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesim.cli import main
from salesim.inputs.declared import declared_numbers
from salesim.inputs.scenario_file import base_scenario

BASE = base_scenario().splitlines()
DATED = ["[[dated]]", 'lever = "pay.margin_weight"', "value = 1.0", "start = 3", "stop = 9"]
JUNK = st.one_of(
    st.sampled_from(
        [
            "= 3",
            "[",
            "]",
            "[[",
            "nan",
            "x = nan",
            "inf",
            "x = inf",
            "-inf",
            '"',
            "'",
            "'''",
            '"""',
            "{",
            "}",
            "\\",
            "\0",
            "[pay]",
            "[pay.pay]",
            "[[pay]]",
            "pay = 3",
            "[rules]",
            'x = "a:b"',
            "1979-05-27",
            "x = 1979-05-27T07:32:00Z",
            "headcount = 0",
            "headcount = 1e400",
            "accounts = 1_000_000_000",
            "seed = -1",
            "weeks = 99999999999999999999",
            'extends = "firm.toml"',
            'extends = "typical_firm"',
            "extends = 3",
            'title = """',
            "dated = 3",
        ]
    ),
    st.text(max_size=12),
)


@st.composite
def malformed(draw) -> bytes:
    """A good scenario with lines lost, doubled, moved, spoilt and mixed with junk."""
    start = draw(st.integers(0, len(BASE) - 1))
    lines = BASE[start : start + draw(st.integers(1, 60))] + DATED * draw(st.integers(0, 2))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1)) if lines else 0
        match draw(st.integers(0, 4)):
            case 0:
                lines[at : at + 1] = []
            case 1:
                lines.insert(at, draw(st.sampled_from(BASE)))
            case 2:
                lines.insert(at, draw(JUNK))
            case 3:
                name = draw(st.sampled_from(sorted(declared_numbers()))).partition(".")[2]
                lines.insert(at, f"{name} = {draw(JUNK)}")
            case 4 if lines:
                cut = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:cut] + draw(JUNK) + lines[at][cut:]
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    return data + draw(st.binary(max_size=3))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    before = Path.cwd()
    folder = tmp_path_factory.mktemp("malformed")
    os.chdir(folder)
    yield folder
    os.chdir(before)


def end_of(*arguments: str) -> tuple[object, str, str]:
    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["salesim", *arguments]
    try:
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            sys.exit(main())
    finally:
        sys.argv = before
    return ended.value.code or 0, out.getvalue(), err.getvalue()


@settings(max_examples=5 * settings.default.max_examples, suppress_health_check=list(HealthCheck))
@given(data=malformed(), as_policy=st.booleans())
def test_malformed_files_end_in_no_traceback(folder, data, as_policy):
    (folder / "firm.toml").write_bytes(data)
    arguments = ["--scenario", "typical_firm", "--policy", "firm.toml"] if as_policy else ["firm.toml"]
    code, out, err = end_of("params", *arguments, "--json")
    assert code in (0, 2)
    assert [path.name for path in folder.iterdir()] == ["firm.toml"]
    if code == 2:
        assert out == ""
        lines = err.splitlines()
        assert lines
        assert all(line.startswith("Error: ") for line in lines if line.strip())
    else:
        assert all(line.startswith("Warning: ") for line in err.splitlines())
