"""What the documentation says is run, page by page: its commands, its Python, its TOML, its sentence, its links."""

import inspect
import re
import shlex
import shutil
import sys
import tomllib
import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

import salesim
from docs.make.published import read
from docs.make.teaching import COMMANDS, PRINTED, TAUGHT
from salesim.analysis.gap import next_best
from salesim.inputs import shipped
from salesim.inputs.declared import declared_values, group_names
from salesim.inputs.load import load_either
from salesim.inputs.rivals import rule_functions
from salesim.runs.exec import Exec
from salesim.runs.reading import load_study
from salesim.show import figures

REPOSITORY = Path(__file__).parent.parent
DOCS = REPOSITORY / "docs"
GENERATED = {
    DOCS / f"{name}.md"
    for name in (
        "calibration",
        "data",
        "gallery",
        "parameters",
        "presets",
        "processes",
        "screening",
        "week",
    )
}
WRITTEN = sorted(
    {
        REPOSITORY / "README.md",
        REPOSITORY / "CONTRIBUTING.md",
        *DOCS.glob("*.md"),
        *DOCS.glob("how-to/*.md"),
    }
    - GENERATED
)
PAGES = sorted({*WRITTEN, *GENERATED, *DOCS.glob("decisions/*.md"), *DOCS.glob("evidence/*.md")})
BLOCK = re.compile(r"^```(bash|python|toml)\n(.*?)^```", re.S | re.M)
QUOTED = {  # what pages show of what commands print
    COMMANDS[name]: said for name, said in read(TAUGHT)[PRINTED].items()
}
SALESIM = Path(sys.executable).parent / "salesim"


def name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(path: Path, kind: str) -> list[str]:
    return [text for found, text in BLOCK.findall(text_of(path)) if found == kind]


def commands(path: Path) -> list[str]:
    return [line for block in blocks(path, "bash") for line in block.splitlines() if line.strip()]


LAID_OUT: set[str] = set()  # figures, by their kind
SMALLER = {"headcount": 6, "accounts": 48, "burn_in_weeks": 13, "weeks": 52}


def smaller(text: str) -> str:
    """A firm with fewer people and weeks, where it says how many it has."""
    before, organisation, rest = text.partition("[organisation]\n")
    said, bracket, after = rest.partition("\n[")
    for number, value in SMALLER.items():
        said = re.sub(rf"^{number} = [\d_]+", f"{number} = {value}", said, flags=re.M)
    return before + organisation + said + bracket + after


@pytest.fixture
def smaller_firms(tmp_path_factory, monkeypatch):
    """The firms that come with salesim, under their names, with fewer people and weeks: pages are about commands."""
    folder = tmp_path_factory.mktemp("configs")
    shutil.copytree(shipped.configs(), folder, dirs_exist_ok=True)
    typical = folder / "typical_firm.toml"
    text = text_of(typical)
    for number in SMALLER:
        if not re.search(rf"^{number} = ", text, re.M):
            assert text.count("[organisation]\n") == 1
            text = text.replace("[organisation]\n", f"[organisation]\n{number} = 1\n")
    organisation = tomllib.loads(smaller(text))["organisation"]
    assert organisation | SMALLER == organisation
    typical.write_text(smaller(text), encoding="utf-8")
    monkeypatch.setattr(shipped, "configs", lambda: folder)


@pytest.fixture
def fewer_runs_of_levers(monkeypatch):
    """A search for the next best lever with two replicates of each of 90 firms or so."""
    monkeypatch.setattr(next_best, "next_levers", partial(next_best.next_levers, replicates=2))


@pytest.fixture
def unpainted(monkeypatch):
    """Figures beside runs are laid out on the first page that has them, and their files stay empty."""
    every = figures.figures_of

    def first_of_a_kind(results):
        found = every(results)
        new = {(kind, of): draw for (kind, of), draw in found.items() if kind not in LAID_OUT}
        LAID_OUT.update(kind for kind, _ in new)
        return dict.fromkeys(found, lambda: None) | new

    monkeypatch.setattr(figures, "figures_of", first_of_a_kind)
    monkeypatch.setattr(figures, "drawn", lambda figure, kind: b"")


def test_there_is_something_to_run():
    assert sum(len(commands(page)) for page in WRITTEN) >= 20
    assert sum(len(blocks(page, "python")) for page in WRITTEN) >= 5


def file_of(text: str) -> str:
    """The file that a block of TOML says it is, if it does."""
    said = re.match(r"# (\w+\.toml)\n", text)
    return said.group(1) if said else ""


def carry_out(page: Path, folder: Path, run, written=str) -> Iterator[tuple[str, str]]:
    """Each command of a page, one after the other in one folder, and what it prints."""
    for text in blocks(page, "toml"):
        if file_of(text):
            (folder / file_of(text)).write_text(written(text), encoding="utf-8")
    for command in commands(page):
        program, *arguments = shlex.split(command)
        assert program == "salesim", command
        code, out, err = run(*arguments)
        assert code == 0, (command, err)
        assert out, command
        yield command, out.strip()


WITH_COMMANDS = pytest.mark.parametrize("page", [page for page in WRITTEN if commands(page)], ids=name)


def with_fewer_runs(*arguments: str) -> tuple[str, ...]:
    """A command as it is written, with fewer replicates of what takes longest."""
    if arguments[0] == "gap" and "--explain" not in arguments:
        return (*arguments, "--replicates", "2")
    if arguments[0] == "compare" and "--budget" not in arguments:
        return (*arguments, "--budget", "20")
    return arguments


@WITH_COMMANDS
@pytest.mark.usefixtures("smaller_firms", "fewer_runs_of_levers", "unpainted")
def test_commands_of_a_page_run_one_after_the_other(page, tmp_path, run):
    assert list(carry_out(page, tmp_path, lambda *asked: run(*with_fewer_runs(*asked)), smaller))


@pytest.mark.nightly
@WITH_COMMANDS
def test_commands_of_a_page_print_what_it_quotes(page, tmp_path, run):
    for command, said in carry_out(page, tmp_path, run):
        assert said == QUOTED.get(command, said)


@pytest.fixture
def rules_on_mesa(monkeypatch):
    """Rules of one's own run uncompiled, which gives the same bits and takes no half minute to compile."""
    monkeypatch.setattr(Exec, "engine_for", lambda how, rivals: "mesa" if rivals else how.engine)


@pytest.mark.usefixtures("smaller_firms", "rules_on_mesa")
@pytest.mark.parametrize("page", [page for page in WRITTEN if blocks(page, "python")], ids=name)
def test_python_of_a_page_runs(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for code in blocks(page, "python"):
        with warnings.catch_warnings(action="error"):
            exec(compile(code, name(page), "exec"), {"__name__": "__main__"})
        assert capsys.readouterr().out, code


@pytest.mark.parametrize("page", [page for page in WRITTEN if blocks(page, "toml")], ids=name)
def test_toml_of_a_page_is_a_scenario_a_policy_or_a_study_that_says_something(page, tmp_path):
    for text in blocks(page, "toml"):
        path = tmp_path / "said.toml"
        path.write_text(text, encoding="utf-8")
        if "[free]" in text:
            assert tomllib.loads(text)["free"]
        elif "[levers]" in text:
            assert load_study(path).points > 1
        else:
            assert load_either(path) != load_either("typical_firm")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_a_page_points_to_exists(page):
    """Links, and whatever looks like the path of a number, of a rule, or of a file of ours."""
    text = text_of(page)
    for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (page.parent / link).exists(), link
    if "decisions" not in page.parts:
        groups = "|".join(group_names())
        said = set(re.findall(rf"`((?:{groups})\.[a-z_]+)`", text)) - {"accounts.parquet"}
        assert said - set(declared_values()) - set(rule_functions()) == set()
        for path in re.findall(r"`((?:src|configs|docs|tests|benchmarks)/[\w./-]*)`", text):
            assert (REPOSITORY / path).exists(), path


def test_the_sentence_of_the_readme_is_what_the_typical_firm_said():
    """The published run, which is of this model, as another test makes sure."""
    assert QUOTED[COMMANDS["run"]].strip() in text_of(REPOSITORY / "README.md")


def test_make_targets_that_pages_name_exist():
    makefile = text_of(REPOSITORY / "Makefile")
    for page in WRITTEN:
        for target in re.findall(r"`make (\w+)`|^make (\w+)", text_of(page), re.M):
            assert re.search(rf"^{''.join(target)}:", makefile, re.M), target


def test_every_guide_has_a_title_and_can_be_found():
    listed = text_of(DOCS / "how-to" / "index.md")
    site = text_of(REPOSITORY / "mkdocs.yml")
    for page in sorted(DOCS.glob("how-to/*.md")):
        if page.name != "index.md":
            assert text_of(page).startswith("# "), page
            assert f"({page.name})" in listed, page
            assert f"how-to/{page.name}\n" in site, page


def test_the_python_reference_has_every_public_name():
    listed = re.findall(r"^::: (\S+)$", text_of(DOCS / "api.md"), re.M)
    assert sorted(listed) == sorted(f"salesim.{home}.{name}" for name, home in salesim._HOMES.items())


@pytest.mark.parametrize(
    "verb", ["compare", "gap", "load_scenario", "open_results", "plot", "simulate", "sweep"]
)
def test_a_public_verb_says_what_it_takes_gives_and_refuses(verb):
    said = inspect.getdoc(getattr(salesim, verb))
    assert all(f"\n{part}:\n" in said for part in ("Args", "Returns", "Raises"))
