"""`salesim verify --report`: a report whose every number and figure is made anew, and what is found where one differs."""

import json
import re
import shutil

import pyarrow.compute as pc
import pytest

from salesim import open_results
from salesim.runs.manifest import read_manifest
from salesim.runs.store import Store
from salesim.show.report.checking import differing
from salesim.show.report.files import write_report
from salesim.show.report.rendering import page_of
from tests.cli.commands import done, refused
from tests.messages import message_of
from tests.show.figures.reading import numbers_in


@pytest.fixture
def written(report, tmp_path):
    """A function that writes the report of a kind."""

    def write(kind, slides=False):
        write_report(report(kind), tmp_path / "report.html", slides=slides)
        return tmp_path / "report.html"

    return write


def found_different(run, *words):
    code, out, err = run("verify", *words)
    assert code == 1, err
    assert len(out.splitlines()) == 1
    assert not out.startswith("Verified")
    return err


def different(line):
    """A line on what differs: the part or the file, what is wrong with it, and what is quoted, in its order."""
    place, _, wrong = line.partition(": ")
    return place, wrong, re.findall(r"'([^']*)'", wrong)


@pytest.mark.parametrize(
    ("kind", "runs"), [("first_look", 2), pytest.param("evidence", 20, marks=pytest.mark.nightly)]
)
def test_every_run_is_lived_through_and_the_report_made_anew(run, written, folder_of, golden, kind, runs):
    path = written(kind, slides=True)
    said = done(run, "verify", str(folder_of(kind)), "--report", str(path))
    assert numbers_in(said)[:2] == [runs, runs]
    assert str(path) in said
    golden(said.replace(str(path), "report.html").replace(str(folder_of(kind)), "folder"))


@pytest.mark.nightly
def test_the_runs_behind_the_next_levers_are_lived_through_too(run, written, folder_of):
    said = done(run, "verify", str(folder_of("gap")), "--report", str(written("gap")), "--sample", "2")
    assert said.startswith("Verified")
    assert numbers_in(said)[0] == 4.0  # two of each


def test_a_number_that_was_changed_is_found_where_it_stands(run, written, folder_of, report):
    path = written("first_look")
    table = report("first_look").section("causes").tables[0]
    row = next(row for row in table.rows if row.cells[0] == "weak skill")
    page = path.read_text(encoding="utf-8")
    number = row.cells[1]
    cell = f'<th scope="row">weak skill</th><td data-head="{table.head[1]}" class="number">'
    changed = page.replace(f"{cell}{number}</td>", f"{cell}99.99</td>")
    assert changed != page
    path.write_text(changed, encoding="utf-8")
    said = found_different(run, str(folder_of("first_look")), "--report", str(path))
    line = said.strip().splitlines()[-1]
    assert line.startswith("Different: ")
    place, _, quoted = different(line.removeprefix("Different: "))
    assert (place, quoted) == ("table causes", ["99.99", number])


@pytest.mark.parametrize(
    ("old", "new", "part", "quoted"),
    [
        ("</h2>", " of mine</h2>", "question and answer", [".* of mine", ".*"]),
        ("data:image/svg+xml,", "data:image/png,", "figure waterfall", []),
        ('alt="Chart.', 'alt="Chart of mine.', "figure waterfall", []),
        ("<li>", "<li>Mine: ", "section causes", ["Mine: .*", ".*"]),
        (
            "</main>",
            '<section data-part="section mine"><p>All is well</p></section></main>',
            "section mine",
            [],
        ),
        ("width=device-width", "width=100", "report.html", []),
    ],
    ids=["heading", "drawing", "words of a drawing", "point", "section", "unseen"],
)
def test_whatever_was_changed_is_found(written, report, golden, old, new, part, quoted):
    path = written("first_look")
    page = path.read_text(encoding="utf-8")
    start = max(page.find(f'data-part="{part}"'), 0)
    assert old in page[start:]
    path.write_text(page[:start] + page[start:].replace(old, new, 1), encoding="utf-8")
    (line,) = differing(path, report("first_look"))
    place, wrong, found = different(line)
    assert place == part
    assert len(found) == len(quoted)
    assert all(re.fullmatch(each, text) for each, text in zip(quoted, found, strict=True))
    assert not found or found[0] != found[1]
    golden(re.sub(r"'[^']*'", "'...'", wrong))


def test_pictures_and_slides_beside_the_page_are_looked_at_too(written, report, golden):
    path = written("uncertain", slides=True)
    pictures = path.parent / "report_figures"
    first = next(pictures.iterdir())
    content = first.read_bytes()
    first.write_bytes(content[:-1])
    (pictures / "more.png").write_bytes(content)
    deck = path.parent / "report.pptx"
    deck.write_bytes(deck.read_bytes() + b"\0")
    found = dict(different(line)[:2] for line in differing(path, report("uncertain")))
    assert {*found} == {f"report_figures/{first.name}", "report_figures/more.png", "report.pptx"}
    for place in sorted(found):
        golden(found[place])
    first.unlink()
    gone = dict(different(line)[:2] for line in differing(path, report("uncertain")))
    assert {*gone} == {*found}
    assert gone[f"report_figures/{first.name}"] != found[f"report_figures/{first.name}"]
    golden(gone[f"report_figures/{first.name}"])


def test_a_page_alone_is_enough(written, report):
    path = written("uncertain")
    shutil.rmtree(path.parent / "report_figures")
    assert [*differing(path, report("uncertain"))] == []


def test_runs_that_were_changed_are_found_though_the_report_is_made_of_them(
    run, written, folder_of, tmp_path
):
    folder, made = tmp_path / "run", open_results(folder_of("run"))
    tables = {name: made.table(name) for name in made.study.tables}
    weeks = tables["weeks"]
    place = weeks.column_names.index("contribution")
    dearer = pc.multiply(weeks["contribution"], 1.1)
    tables["weeks"] = weeks.set_column(place, weeks.schema.field(place), dearer)
    shutil.copytree(made.folder, folder, ignore=shutil.ignore_patterns("part-*"))
    Store(folder).add(made.store.read(), tables)
    done(run, "report", str(folder), "-o", "rosy.html")
    said = found_different(run, str(folder), "--report", "rosy.html")
    assert "weeks.contribution" in said


def test_the_report_of_other_results_is_refused(run, written, folder_of, golden):
    path = written("uncertain")
    said = message_of(refused(run, "verify", str(folder_of("sweep")), "--report", str(path)))
    keys = {kind: read_manifest(folder_of(kind))["key"] for kind in ("sweep", "uncertain")}
    assert said.place == (str(path),)
    assert said.given == repr(keys["uncertain"])
    assert said.allowed.endswith(keys["sweep"])
    golden(said.wrong)


@pytest.mark.parametrize(
    ("content", "given"),
    [
        (None, None),
        (b"<html></html>", None),
        (b"\xff\xfe", None),
        (b'<meta name="generator" content="salesim report 99">', "'salesim report 99'"),
    ],
    ids=["missing", "no report", "no text", "another form"],
)
def test_what_is_no_report_is_refused(run, folder_of, tmp_path, golden, content, given):
    if content is not None:
        (tmp_path / "page.html").write_bytes(content)
    said = refused(run, "verify", str(folder_of("uncertain")), "--report", "page.html")
    message = message_of(said)
    assert (message.place[0], message.given) == ("page.html", given)
    assert bool(message.allowed) == (content is not None)
    golden(said)


def test_one_run_alone_says_nothing_of_a_report(run, written, folder_of):
    said = refused(
        run, "verify", str(folder_of("uncertain")), "--report", str(written("uncertain")), "--run", "abc"
    )
    assert message_of(said).place == ("--run",)
    assert "--report" in message_of(said).wrong


COMMAND = "salesim verify out --report report.html --allow-code"


def test_rules_of_ones_own_are_looked_behind_only_where_that_is_allowed(run, tmp_path, monkeypatch):
    (tmp_path / "rules_of_a_report.py").write_text(
        "from salesim.rules.leaving import leaving_probability\n\n\n"
        "def leaving(*given):\n    return leaving_probability(*given)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "firm.toml").write_text(
        'title = "Ours"\n[organisation]\nheadcount = 4\nspan_of_control = 2\naccounts = 24\nburn_in_weeks = 4\nweeks = 13\n'
        '[rules]\n"leaving.leaving_probability" = "rules_of_a_report:leaving"\n'
    )
    mesa = ("--engine", "mesa")  # which need not be compiled for a rule
    done(
        run,
        "gap",
        "firm.toml",
        "--quick",
        "--replicates",
        "2",
        "--out",
        "out",
        "--no-figures",
        "--allow-code",
        *mesa,
    )
    done(run, "report", "out", "-o", "shut.html")
    page = (tmp_path / "shut.html").read_text(encoding="utf-8")
    why = "".join(re.findall(r'<section [^>]*data-part="section why".*?</section>', page, re.S))
    assert "<code>--allow-code</code>" in why
    assert "rules_of_a_report:leaving" in "".join(
        re.findall(r'<section [^>]*data-part="section limits".*?</section>', page, re.S)
    )
    assert COMMAND in page
    done(run, "report", "out", "-o", "open.html", "--allow-code", *mesa)
    assert "<code>--allow-code</code>" not in (tmp_path / "open.html").read_text(encoding="utf-8")
    done(run, "verify", "out", "--report", "open.html", "--allow-code", *mesa)


def test_a_report_names_the_results_that_it_is_of(report, folder_of):
    key = json.loads((folder_of("uncertain") / "manifest.json").read_text())["key"]
    assert f'<meta name="salesim-key" content="{key}">' in page_of(report("uncertain"))
