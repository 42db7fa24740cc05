"""What the project says of itself: where things are, what it needs, which version it is."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).parent.parent
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NEEDED = [Requirement(line) for line in PROJECT["dependencies"]]
EXTRAS = {
    name: [Requirement(line) for line in lines] for name, lines in PROJECT["optional-dependencies"].items()
}
CONTRIBUTING = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
PACKAGES = {
    "PIL": "pillow",
    "axe_core_python": "axe-core-python",
    "pptx": "python-pptx",
    "tomli_w": "tomli-w",
}  # where the import has another name
OURS = {path.stem for path in (REPOSITORY / "benchmarks").iterdir()}  # they import each other by name
UNDECLARED = {"docs", "salesim", "tests", *OURS, *sys.stdlib_module_names}


def imported(path: Path) -> Iterator[str]:
    """The packages that a file imports, by statement or by name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            yield from (a.value for a in node.args if isinstance(a, ast.Constant) and "." not in a.value)


def imported_in(folder: str) -> set[str]:
    files = [*(REPOSITORY / folder).rglob("*.py")]
    assert files
    names = {name for path in files for name in imported(path)} - UNDECLARED
    return {PACKAGES.get(name, name) for name in names}


def test_what_the_package_imports_is_declared():
    declared = {requirement.name for requirement in [*NEEDED, *EXTRAS["science"], *EXTRAS["slides"]]}
    assert imported_in("src") - declared == set()
    assert "numba" in imported_in("src"), "an import by name is seen"


def test_what_tests_and_benchmarks_import_is_declared():
    declared = {
        requirement.name for requirement in [*NEEDED, *(r for extra in EXTRAS.values() for r in extra)]
    }
    assert (imported_in("tests") | imported_in("benchmarks") | imported_in("docs")) - declared == set()


def locked() -> dict[str, str]:
    """Versions of the lock file that hold for this Python and machine."""
    lines = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if line and not line.lstrip().startswith("#")]
    here = default_environment()
    return {r.name: str(r.specifier)[2:] for r in found if r.marker is None or r.marker.evaluate(here)}


def test_the_lock_file_holds_an_allowed_version_of_everything():
    versions = locked()
    for requirement in [*NEEDED, *(r for extra in EXTRAS.values() for r in extra)]:
        name = canonicalize_name(requirement.name)
        assert name in versions, f"{requirement}: run make lock"
        assert versions[name] in requirement.specifier, f"{requirement}: run make lock"


def test_what_science_and_slides_need_is_there_for_tests():
    for extra in ("science", "slides"):
        assert {str(r) for r in EXTRAS[extra]} <= {str(r) for r in EXTRAS["dev"]}


def test_the_lock_file_names_no_server():
    assert "://" not in (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")


def test_every_place_names_the_same_pythons(tmp_path):
    ends = re.findall(r"3\.(\d+)", PROJECT["requires-python"])
    versions = [f"3.{minor}" for minor in range(*map(int, ends))]
    assert re.findall(r":: (3\.\d+)", "\n".join(PROJECT["classifiers"])) == versions
    assert f'supported="{" ".join(versions)}"' in (REPOSITORY / ".ci" / "pythons").read_text(
        encoding="utf-8"
    )
    for page in ("README.md", "docs/index.md"):
        assert f"{versions[0]} to {versions[-1]}" in (REPOSITORY / page).read_text(encoding="utf-8")
    for minor, other in ((int(ends[0]) - 1, 0), (int(ends[1]), 9)):
        assert f"{versions[0]} to {versions[-1]}, and" in made_with(f"(3, {minor}, {other})", tmp_path)


def made_with(version: str, folder: Path) -> str:
    """What `make demo` says, in one line and nothing done, where python3 is of another version."""
    python = folder / "python"
    python.write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "import sys; sys.version_info = {version}; exec(sys.argv[2])" "$@"\n'
    )
    python.chmod(0o755)
    make = ["make", "--no-print-directory", "demo", f"PYTHON={python}", f"VENV={folder / 'venv'}"]
    ended = subprocess.run(make, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, (folder / "venv").exists()) == (2, "", False)
    line, _ = ended.stderr.splitlines()
    return line


def test_the_citation_is_of_this_version():
    citation = (REPOSITORY / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {PROJECT['version']}\n" in citation
    assert f"\nlicense: {PROJECT['license']}\n" in citation


def test_paths_that_contributors_are_sent_to_exist():
    paths = re.findall(
        r"`((?:src|configs|docs|tests|benchmarks)/[\w./-]*|\.ci/\w+|\w+\.(?:md|toml|cff))`", CONTRIBUTING
    )
    assert len(paths) > 15
    for path in paths:
        assert (REPOSITORY / path).exists(), path


def test_commands_that_contributors_are_told_exist():
    targets = re.findall(r"^(\w+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.M)
    said = set(re.findall(r"`make (\w+)`", CONTRIBUTING))
    assert len(said) >= 5
    assert said <= set(targets)
