"""What a report says of each kind of results: the words of the commands, numbers with units, and how to get it again."""

import json
import shlex
import shutil
from contextlib import chdir
from dataclasses import replace

import pytest

from salesim.analysis.answer_text import answer_sentences as sentences_of
from salesim.analysis.answering import answered
from salesim.analysis.comparing.comparing import comparison_of
from salesim.analysis.comparing.comparison import BETTER
from salesim.analysis.comparing.divergence import divergence_of
from salesim.analysis.gap.explaining import explain
from salesim.analysis.gap.next_best import steps_of
from salesim.analysis.gap.splitting import ledger_of
from salesim.english import TODAY
from salesim.inputs.declared import declared_numbers
from salesim.model.scenario import Scenario
from salesim.model.state import Luck
from salesim.runs.manifest import read_manifest
from salesim.runs.one_firm import results_of
from salesim.runs.runs import open_results
from salesim.show.report.opening import report_of
from salesim.show.report.reproduce import FACTS, asked_in
from salesim.show.report.standing import OWN, standings
from tests.cli.commands import command, done
from tests.firms import small_firm
from tests.show.figures.reading import numbers_in, percents
from tests.show.report.folders import HOSTILE, KINDS


def texts_of(report):
    """Every text of a report."""
    for section in report.sections:
        yield from (section.heading, *section.sentences, *section.points)
        for each in section.folded:
            yield from (each.summary, *each.points)
        for table in (*section.tables, *(table for each in section.folded for table in each.tables)):
            yield from (table.caption, *table.head, *(cell for row in table.rows for cell in row.cells))


@pytest.mark.parametrize("kind", KINDS)
def test_every_report_says_what_it_rests_on_what_it_leaves_out_and_how_to_get_it_again(
    report, folder_of, golden, kind
):
    made, manifest = report(kind), read_manifest(folder_of(kind))
    names = [section.name for section in made.sections]
    assert names[-3:] == ["standing", "limits", "again"]
    assert len(set(names)) == len(names)
    assert made.answer.endswith(".")
    assert made.question.endswith("?")
    again = made.section("again")
    assert again.commands[0].line == shlex.join(["salesim", *manifest["command"]])
    facts = dict(row.cells for row in again.tables[0].rows)
    assert facts[FACTS["key"]] == manifest["key"]
    assert facts[FACTS["seed"]] == "1"
    assert facts[FACTS["salesim"]] == manifest["salesim"]
    if kind not in ("run", "evidence"):
        assert facts[FACTS["digest"]] == open_results(folder_of(kind)).digest
    golden("\n".join(facts))
    (counted,) = made.section("standing").tables
    assert sum(int(row.cells[-1]) for row in counted.rows) == len(declared_numbers())
    assert f"verify {kind} --report report.html" in " ".join(command.line for command in again.commands)


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_has_a_finding_a_caption_and_words_for_who_does_not_see_it(report, kind):
    pictures = list(report(kind).pictures)
    assert pictures
    assert len({picture.name for picture in pictures}) == len(pictures)
    for picture in pictures:
        assert picture.title, picture.name
        assert picture.caption.endswith("."), picture.name
        assert picture.alt.startswith("Chart. "), picture.name
        assert len(picture.alt) > 20, picture.name
        assert picture.png.startswith(b"\x89PNG")
        assert 0.0 <= picture.top < 0.35


def test_a_run_says_the_sentence_and_every_outcome_of_the_command(report, folder_of):
    made, said = report("run"), results_of(open_results(folder_of("run")))
    (table,) = made.section("numbers").tables
    rows = {row.cells[0]: row.cells[1:] for row in table.rows}
    assert {*said.measures} <= {*rows}
    assert rows["realised"][0] == f"{said.known('realised').mean / 1e6:,.1f}"
    assert rows["realised"][2] == "USD million"
    assert made.answer == said.sentences[0]
    assert made.section("why").commands[0].line.split()[:3] == ["salesim", "gap", "our_firm.toml"]


def test_a_gap_says_every_cause_and_deals_behind_the_largest(report, folder_of):
    made, ledger = report("gap"), ledger_of(open_results(folder_of("gap")))
    section = made.section("causes")
    assert [made.answer, *section.points] == ledger.sentences
    cells = {row.cells[0].lower(): row.cells for row in section.tables[0].rows}
    assert {cause.name for cause in ledger.causes} <= {*cells}
    assert "USD" in section.tables[0].head[1]
    levers = steps_of(open_results(folder_of("gap") / "levers"))
    assert made.section("levers").tables[0].rows[0].cells[0] == levers.best[0].lever
    largest = made.section("why").folded[0]
    told = explain(ledger.firm, largest.summary.lower(), seed=ledger.seed)
    assert list(largest.points) == told.sentences
    sure = [
        cause
        for cause in ledger.causes
        if not cause.unclear and cause.mean > 0.0 and cause.name != "optimism"
    ]
    assert largest.summary.lower() == max(sure, key=lambda cause: cause.mean).name


def test_a_first_look_has_no_levers(report):
    assert "levers" not in [section.name for section in report("first_look").sections]


def test_a_comparison_says_what_the_comparison_says_and_where_histories_part(report, folder_of):
    made, found = report("compare"), comparison_of(open_results(folder_of("compare")))
    section = made.section("differences")
    assert [made.answer, *section.points] == found.sentences
    assert section.tables[0].rows == found.tables()[0].rows
    first = divergence_of(found.firm("baseline"), found.firm("margin_pay"), Luck(found.sweep.study.seed, 0))
    assert made.section("why").folded[0].points == (first.sentence,)
    arms = {(row.cells[0], row.cells[1]): row.cells for row in made.section("arms").tables[0].rows}
    assert arms[(found.arms["margin_pay"], "pay.margin_weight")][2:5] == ("0", "1", "share")
    better = {d.arm for d in found.of(found.outcomes[0]) if d.verdict == BETTER}
    named = next((rank.arm for rank in found.rankings["contribution"] if rank.arm in better), None)
    assert named is None or found.arms[named].lower() in made.answer.lower()
    assert named is not None or 2.0 in numbers_in(made.answer)  # none of two


def test_the_command_of_each_arm_lives_through_the_firm_of_that_arm(report, folder_of, tmp_path):
    found = comparison_of(open_results(folder_of("compare")))
    lines = [
        c.line for c in report("compare").section("again").commands if c.line.startswith("salesim run ")
    ]
    assert len(lines) == len(found.places)
    for arm, line in zip(found.places, lines, strict=True):
        command(
            folder_of("compare").parent,
            *shlex.split(line)[1:],
            "--no-figures",
            "--quiet",
            "--out",
            str(tmp_path / arm),
        )
        kept = Scenario.model_validate(read_manifest(tmp_path / arm)["study"]["firms"]["baseline"])
        assert kept == found.firm(arm), arm


def test_the_same_firm_again_is_not_called_better(run, tmp_path, golden):
    (tmp_path / "same.toml").write_text("pay.margin_weight = 0.0\n", encoding="utf-8")
    done(
        run,
        "compare",
        "typical_firm",
        "--set",
        "organisation.headcount=6",
        "--set",
        "organisation.accounts=48",
        "--set",
        "organisation.weeks=13",
        "--policy",
        "same.toml",
        "--replicates",
        "3",
        "--budget",
        "3",
        "--out",
        "out",
        "--no-figures",
    )
    made = report_of("out")
    assert made.answer.lower().startswith("same ")
    assert TODAY in made.answer
    assert numbers_in(made.answer) == []
    golden(made.answer)
    assert made.section("why").folded == ()


ARM = "salesim run our_firm.toml --set regime.discount_authority=0.2 --replicates 3 --seed 1"


def test_a_grid_names_each_of_its_arms_in_commands(folder_of, tmp_path):
    where = folder_of("run").parent
    command(
        where,
        "compare",
        "our_firm.toml",
        "--grid",
        "regime.discount_authority=0,0.2",
        "--replicates",
        "3",
        "--budget",
        "3",
        "--no-figures",
        "--quiet",
        "--out",
        str(tmp_path / "grid"),
    )
    commands = [c.line for c in report_of(tmp_path / "grid").section("again").commands]
    assert ARM in [line.replace("=0.20", "=0.2") for line in commands]


def test_a_study_says_means_and_differences_from_the_firm_as_it_is(report, folder_of):
    made = report("sweep")
    found = open_results(folder_of("sweep"))
    means = made.section("means").tables[0]
    assert len(means.rows) == found.study.settings
    assert 95.0 in percents(means.caption)
    directed = tuple(outcome.name for outcome in found.study.numbers if outcome.better != "neither")
    told = comparison_of(replace(found, study=found.study.model_copy(update={"outcomes": directed})))
    assert made.answer == told.sentences[0]
    assert made.section("moved").tables[0].rows[0].cells[:2] == ("regime.discount_authority", "lever")
    assert made.question == found.study.question
    assert "<i>" in made.question


def test_a_study_that_says_how_it_is_answered_is_answered_in_its_own_words(report, folder_of):
    made, found = report("answered"), answered(open_results(folder_of("answered")))
    section = made.section("answer")
    assert [made.answer, *section.points[1:]] == list(section.points) == sentences_of(found)
    assert "wide authority" in made.answer.lower()
    assert [each.name for each in section.pictures] == ["effects"]


def test_a_study_of_unknown_numbers_claims_no_difference(report, golden):
    made = report("uncertain")
    assert "differences" not in [section.name for section in made.sections]
    (drawn,) = [
        row.cells[-1] for row in made.section("moved").tables[0].rows if row.cells[1] == "uncertain"
    ]
    assert max(map(len, drawn.split())) < 10, "no more digits than anybody reads"
    (said,) = [point for point in made.section("limits").points if 80.0 in percents(point)]
    golden(said)


def test_evidence_is_judged_anew_from_its_runs(report, folder_of):
    kept = json.loads((folder_of("evidence") / "evidence.json").read_text())
    made = report("evidence")
    assert made.answer == kept["sentences"][0]
    assert list(made.section("overview").points) == kept["sentences"][1:]
    said = " ".join(texts_of(made))
    for measure in kept["targets"][0]["measures"]:
        assert measure["says"] in said
        assert measure["verdict"] in said


def test_a_number_of_the_firms_own_is_not_passed_off_as_published():
    firm = small_firm()
    rows = {row.cells[0]: row.cells[2] for row in standings(firm).tables[0].rows}
    own = {row.cells[0] for row in standings(firm).folded[0].tables[0].rows}
    assert int(rows[OWN]) == len(own) == 5
    assert "organisation.headcount" in own


def test_results_of_another_model_are_not_looked_behind(report, folder_of, tmp_path, golden):
    shutil.copytree(folder_of("first_look"), tmp_path / "old")
    path = tmp_path / "old" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"measures": "0"}))
    made = report_of(tmp_path / "old")
    assert made.section("why").folded == ()
    assert made.section("why").sentences != report("first_look").section("why").sentences
    golden(made.section("why").sentences[0].replace(read_manifest(tmp_path / "old")["salesim"], "VERSION"))


def test_options_are_told_from_what_they_are_given():
    asked = asked_in(
        {"command": ["compare", "--policy", "a", "firm", "--set=x.y=1", "--quiet", "--policy", "b"]}
    )
    assert (asked.command, asked.words, asked.flags) == ("compare", ["firm"], ["--quiet"])
    assert (asked.of("--policy"), asked.of("--set"), asked.of("--out")) == (["a", "b"], ["x.y=1"], [])
    assert asked_in({}).command == ""


@pytest.mark.parametrize(
    "kind",
    [
        "run",
        *(
            pytest.param(kind, marks=pytest.mark.nightly)
            for kind in ("evidence", "first_look", "compare", "uncertain")
        ),
    ],
)
def test_the_same_folder_gives_the_same_report_from_anywhere(report, folder_of, kind):
    with chdir(folder_of(kind).parent):
        again = report_of(kind)
    assert [*texts_of(again)] == [*texts_of(report(kind))]
    assert [p.outlined for p in again.pictures] == [p.outlined for p in report(kind).pictures]
    assert HOSTILE in again.title or kind in ("sweep", "uncertain")
