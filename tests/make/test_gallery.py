"""Pages for readers, trainers and the curious show what salesim draws and prints, and nothing else."""

import ast
import io
import itertools
import json
import re
import shlex
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import salesim
from docs.make import drawing as gallery
from docs.make.gallery import KINDS, finding_of, own_kinds, title_of
from docs.make.published import PLACE, PUBLISHED, part_of, publish, read
from docs.make.published import is_stale as is_out_of_date
from docs.make.teaching import (
    COMMANDS,
    DECISIONS,
    LESSON,
    PRESETS,
    PRINTED,
    TAUGHT,
    TEACHING,
    decision_sheets,
)
from salesim.analysis.comparing.comparison import Comparison
from salesim.analysis.gap.ledger import Ledger
from salesim.cli.program import program as cli
from salesim.inputs.shipped import shipped_policies, shipped_scenarios, shipped_studies
from salesim.runs.simulate import Results
from salesim.show import figures
from salesim.show.figures import frame
from tests.show.figures.studies import figures_for

REPOSITORY = Path(__file__).parents[2]
DOCS = REPOSITORY / "docs"
MAX_BYTES = 1_500_000
NOT_OF_PLOT = {"effects", "evidence", "evidence_overview", "fit", "numbers"}


def test_no_kind_of_figure_is_missing_from_the_gallery():
    others = {"": "evidence", "overview": "evidence_overview"}
    assert {others.get(kind.name, kind.name) for kind in figures.KINDS} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_has_a_picture_that_says_what_was_found(kind):
    assert (PUBLISHED / kind.picture).is_file()
    assert len(finding_of(kind)) > 20
    assert f"(../{PLACE}/{kind.picture})" in (DOCS / "gallery.md").read_text(encoding="utf-8")


def test_pictures_of_the_gallery_are_small_and_wanted():
    there = {path.relative_to(PUBLISHED).as_posix() for path in (PUBLISHED / "gallery").iterdir()}
    assert there == {kind.picture for kind in own_kinds()}
    assert sum((PUBLISHED / picture).stat().st_size for picture in there) < MAX_BYTES


@pytest.mark.parametrize(
    "command", sorted({kind.command for kind in KINDS.values()} | set(decision_sheets().values()))
)
def test_commands_that_pages_show_name_what_there_is(command):
    program, name, *arguments = shlex.split(command)
    assert program == "salesim"
    assert name in {each.name or each.callback.__name__ for each in cli.registered_commands}
    known = shipped_studies() if name == "sweep" else shipped_scenarios()
    assert not arguments or arguments[0] in known
    policies = [after for option, after in itertools.pairwise(arguments) if option == "--policy"]
    assert set(policies) <= set(shipped_policies())


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if kind.in_python], ids=lambda kind: kind.name
)
def test_python_of_a_figure_draws_that_figure(kind):
    call = ast.parse(kind.in_python, mode="eval").body
    assert {call.func.id, call.args[0].func.id} <= set(salesim.__all__)
    named = call.args[1].value if len(call.args) > 1 else None
    kinds = {"simulate": Results, "gap": Ledger, "compare": Comparison}
    first = {verb: figures_for(kind)[0] for verb, kind in kinds.items()}
    assert (named or first[call.args[0].func.id]) == kind.name


def test_a_smaller_picture_keeps_its_title_and_all_colours_apart():
    colours = [
        frame.BLUE,
        frame.SKY,
        frame.ORANGE,
        frame.VERMILLION,
        frame.GREEN,
        frame.PURPLE,
        frame.PALE,
        "#FAEBCC",
        "#F6DECC",
    ]
    blocks = Image.new("RGB", (1760, 990), "white")
    for place, colour in enumerate(colours):
        blocks.paste(Image.new("RGB", (160, 20), colour), (place * 180, 400))
    fade = Image.linear_gradient("L").resize((1760, 300))
    blocks.paste(Image.merge("RGB", (fade, fade, fade)), (0, 600))
    content = io.BytesIO()
    about = gallery.PngInfo()
    about.add_itxt("Title", "USD \u22123 million")
    blocks.save(content, "png", pnginfo=about)
    found = Image.open(io.BytesIO(gallery.smaller(content.getvalue())))
    assert found.info["Title"] == "USD \u22123 million"
    seen = np.asarray(found.convert("RGB")).astype(int)
    for place, colour in enumerate(colours):
        wanted = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
        there = seen[round(410 * found.width / 1760), round((place * 180 + 80) * found.width / 1760)]
        assert np.abs(there - wanted).max() <= 2, colour


@pytest.mark.parametrize(
    "kind", [KINDS["attainment"], pytest.param(KINDS["waterfall"], marks=pytest.mark.nightly)]
)
def test_pictures_are_drawn_by_the_commands_that_the_page_shows(tmp_path, kind):
    (tmp_path / "small.toml").write_text(
        'extends = "typical_firm"\ntitle = "Small"\n[organisation]\nheadcount = 4\naccounts = 60\nweeks = 26\nburn_in_weeks = 13\n'
    )
    for name, content in gallery.draw(tmp_path, [kind], "small.toml").items():
        (tmp_path / Path(name).name).write_bytes(content)
    assert title_of(tmp_path / Path(kind.picture).name)


def test_the_tutorial_has_every_command_whose_words_it_quotes():
    page = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    assert set(read(TAUGHT)[PRINTED]) == set(COMMANDS)
    assert all(f"\n{command}\n" in page for command in COMMANDS.values())


def test_cards_to_hand_out_do_not_give_away_what_comes_out():
    page = (DOCS / "teaching.md").read_text(encoding="utf-8")
    handed = re.search(r"generated: handouts -->(.*?)<!-- end of handouts", page, re.S)[1]
    for preset in read(PRESETS)["presets"]:
        if preset["preset"] in LESSON:
            assert preset["story"] in handed
            assert preset["expected"] not in handed
            assert all(each["says"] not in handed for each in preset["statements"])


def test_what_is_kept_is_of_the_commands_that_pages_show():
    for part, about in gallery.parts(()).items():
        assert part_of(PUBLISHED, part)["commands"] == about["commands"]
    assert set(read(TAUGHT)[DECISIONS]) == set(decision_sheets())


def test_a_gallery_of_another_model_is_out_of_date(tmp_path):
    about = gallery.parts(())[TEACHING]
    assert is_out_of_date(tmp_path, TEACHING, about)
    publish(tmp_path, TEACHING, {}, about)
    assert not is_out_of_date(tmp_path, TEACHING, about)
    assert is_out_of_date(tmp_path, TEACHING, {"commands": []})
    said = read(tmp_path / "manifest.json") | {"model": "other"}
    (tmp_path / "manifest.json").write_text(json.dumps(said))
    assert is_out_of_date(tmp_path, TEACHING, about)


def test_the_first_page_shows_the_waterfall_before_anything_else():
    for page in (REPOSITORY / "README.md", DOCS / "index.md"):
        before = page.read_text(encoding="utf-8").split("gallery/waterfall.png")[0]
        assert len(before.splitlines()) < 15
        assert finding_of(KINDS["waterfall"]) in before
