"""Experiments: what is committed agrees with itself and with the studies, and the command that makes it works."""

from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from docs.make import experiments as answer
from docs.make.__main__ import main
from docs.make.experiments import experiments_page, read_answers
from docs.make.published import PUBLISHED, Asked, digits_of_file, part_of
from salesim.analysis.answer_text import answer_sentences, note
from salesim.analysis.answering import Answered
from salesim.errors import SalesimError
from salesim.inputs.design import Replicates
from salesim.inputs.settings import spot_of, spots_along
from salesim.runs.reading import load_study
from salesim.statistics import LEVEL

EXPERIMENTS = Path(__file__).parents[2] / "experiments"
RESULTS = PUBLISHED / "experiments"
NAMES = list(answer.answerable())
MAX_BYTES = 1_500_000
MIN_EXPERIMENTS = 8


def kept(name: str) -> dict:
    return read_answers()[name]


def manifest(name: str) -> dict:
    return part_of(PUBLISHED, f"experiments/{name}")


def table_of(said: dict) -> pd.DataFrame:
    return pd.DataFrame(said["means"]["rows"], columns=said["means"]["columns"])


# what is committed


def test_every_experiment_has_its_results_and_no_other_has():
    assert len(NAMES) >= MIN_EXPERIMENTS
    assert {path.name for path in RESULTS.iterdir()} == {"answers.json", *(f"{name}.png" for name in NAMES)}
    assert sorted(read_answers()) == sorted(NAMES)


def test_the_page_is_made_of_the_results():
    assert (EXPERIMENTS / "README.md").read_text(encoding="utf-8") == experiments_page()


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_is_worded_from_the_numbers_beside_it(name):
    said = kept(name)
    found = Answered.model_validate(said["found"])
    assert [said["answer"], *said["beside"]] == answer_sentences(found)
    assert said["note"] == note(found)


@pytest.mark.parametrize("name", NAMES)
def test_results_are_those_of_the_study_as_it_stands(name):
    study, said, made = load_study(name), kept(name), manifest(name)
    assert made["study_file"] == digits_of_file(EXPERIMENTS / f"{name}.toml"), "make experiments"
    assert (said["title"], said["question"]) == (study.title, " ".join(study.question.split()))
    assert (said["settings"], made["seed"]) == (study.points, study.seed)
    assert made["replicates"] == said["found"]["replicates"]
    assert said["runs"] == study.points * made["replicates"]
    assert [claim["kind"] for claim in said["found"]["claims"]] == [
        claim.kind for claim in study.answer.claims
    ]


def test_all_results_are_of_one_model():
    assert len({(manifest(name)["model"], manifest(name)["measures"]) for name in NAMES}) == 1


@pytest.mark.parametrize("name", NAMES)
def test_differences_are_those_of_the_means_beside_them(name):
    """What replicates differ by on average is what their means differ by."""
    study = load_study(name)
    table = table_of(kept(name))
    moved = ["policy", *study.levers, *study.uncertainties]
    means = {
        outcome: dict(zip(rows[moved].itertuples(index=False, name=None), rows["mean"], strict=True))
        for outcome, rows in table.groupby("outcome")
    }
    found = Answered.model_validate(kept(name)["found"])
    for claim, said in zip(study.answer.claims, found.claims, strict=True):
        at = means[said.outcome]
        close = {"rel": 1e-6, "abs": 1e-6 * max(map(abs, at.values()))}
        if claim.kind == "effect":
            for where, change in zip(claim.where, said.changes, strict=True):
                arm, base = (
                    spot_of(study, side, where.at, own)
                    for side, own in ((claim.arm, where.arm), (claim.base, where.base))
                )
                assert change.mean == pytest.approx(at[arm] - at[base], **close)
        elif claim.kind == "together":
            base = at[spot_of(study, claim.base)]
            alone = [at[spot_of(study, claim.base, part.at)] - base for part in claim.parts]
            assert [part.mean for part in said.parts] == pytest.approx(alone, **close)
            assert said.beyond.mean == pytest.approx(
                at[spot_of(study, claim.whole)] - base - sum(alone), **close
            )
        else:
            for where, peak in zip(claim.where, said.peaks, strict=True):
                heights = {value: at[spot] for value, spot in spots_along(study, claim, where.at).items()}
                assert peak.value == max(heights, key=heights.__getitem__)


@pytest.mark.parametrize("name", NAMES)
def test_figures_say_what_they_show_and_are_small(name):
    with Image.open(RESULTS / f"{name}.png") as figure:
        assert figure.text["Title"]
        assert figure.width >= 1000
        found = Answered.model_validate(kept(name)["found"])
        if found.figure == "effects":
            assert figure.text["Title"] == answer_sentences(found)[0].rstrip(".")
    assert sum(path.stat().st_size for path in RESULTS.rglob("*") if path.is_file()) < MAX_BYTES


# how it is made

SMALL = {
    "organisation.headcount": 6,
    "organisation.accounts": 60,
    "organisation.weeks": 26,
    "organisation.burn_in_weeks": 13,
}


def small(name: str, replicates: int = 3):
    study = load_study(name)
    firms = {policy: firm.with_numbers(SMALL) for policy, firm in study.firms.items()}
    return study.model_copy(
        update={"firms": firms, "replicates": Replicates(least=replicates, most=replicates)}
    )


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiny")
    asked = Asked(results=folder / "runs", to=folder / "published", workers=1, silent=True)
    study = small("three_dimensions")
    found = answer.carry_out(study, asked)
    return asked, study, found, answer.keep(found, asked.to)


def test_an_experiment_is_carried_out_answered_and_kept(tiny):
    asked, study, found, said = tiny
    there = read_answers(asked.to)["three_dimensions"]
    assert said == there["answer"] == answer_sentences(Answered.model_validate(there["found"]))[0]
    assert (there["runs"], there["found"]["replicates"]) == (3 * study.points, 3)
    assert there["found"]["level"] > LEVEL
    made = part_of(asked.to, "experiments/three_dimensions")
    assert (made["runs"], made["replicates"]) == (found.digest, 3)
    table = table_of(there)
    assert set(table["outcome"]) == {"operating_profit"}
    assert len(table) == study.points


def test_the_same_command_again_runs_nothing_and_writes_the_same(tiny, tmp_path):
    asked, study, *_ = tiny
    parts = {path: path.stat().st_mtime_ns for path in asked.results.rglob("part-*")}
    answer.keep(answer.carry_out(study, asked), tmp_path)
    assert {path: path.stat().st_mtime_ns for path in asked.results.rglob("part-*")} == parts
    for path in asked.to.rglob("*.*"):
        assert (tmp_path / path.relative_to(asked.to)).read_bytes() == path.read_bytes(), path


def test_results_of_another_model_or_study_are_out_of_date(tiny, capsys):
    asked, *_ = tiny
    three, place = ["experiments", "three_dimensions", "--to", str(asked.to), "--check"], "manifest.json"
    said = (asked.to / place).read_text()
    assert main(three) == 0
    assert main(["experiments", "hire_or_train", *three[2:]]) == 1
    assert "experiments/hire_or_train is out of date" in capsys.readouterr().err
    for key, value in (
        ("model", manifest("three_dimensions")["model"]),
        ("study_file", manifest("three_dimensions")["study_file"]),
    ):
        (asked.to / place).write_text(said.replace(f'"{key}": "{value}"', f'"{key}": "other"'))
        assert main(three) == 1
        assert capsys.readouterr().err == (
            "experiments/three_dimensions is out of date: "
            "python -m docs.make experiments three_dimensions\n"
        )
    (asked.to / place).write_text(said)
    assert main(three) == 0


def test_what_cannot_be_done_is_refused_in_one_line(capsys, tmp_path):
    assert main(["experiments", "three_dimension", "--to", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("Error: experiment: unknown name; got 'three_dimension'")
    with pytest.raises(SystemExit):
        main(["experiments", "--replicates", "1"])
    assert "too few for an interval: 1" in capsys.readouterr().err
    (tmp_path / "experiments").mkdir()
    (tmp_path / "experiments" / "answers.json").write_text('{"x": {}}')
    with pytest.raises(SalesimError, match=r"answers\.json"):
        read_answers(tmp_path)
    with pytest.raises(SalesimError, match="allowed: make experiments"):
        experiments_page(tmp_path / "nowhere")
