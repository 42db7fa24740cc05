"""Every kind of file is read by one reader, which refuses what no file may be at once and in few lines."""

import os
import re
import time

import pytest

from salesim.calibrate.calibration_plan import load_plan
from salesim.errors import ScenarioError
from salesim.evidence.target import read_target
from salesim.inputs.cards import card_of
from salesim.inputs.load import load_scenario
from salesim.messages import MAX_PROBLEMS, MAX_SIGNS
from salesim.runs.reading import load_study
from tests.messages import message_of


def as_policy(path):
    return load_scenario("typical_firm", path)


KINDS = [load_scenario, as_policy, card_of, load_study, read_target, load_plan]


def refused(act, path) -> list[str]:
    began = time.process_time()
    with pytest.raises(ScenarioError) as caught:
        act(path)
    assert time.process_time() - began < 5.0
    return str(caught.value).splitlines()


DEEP = [
    "a." * 3_000 + "a = 1",
    "[" + "a." * 3_000 + "a]",
    "a . " * 100_000 + "a = 1",
    '"a".' * 3_000 + "a = 1",
    "a = " + "[" * 3_000 + "]" * 3_000,
    "a = " + "{a = " * 60 + "1" + "}" * 60,
]


@pytest.mark.parametrize("act", KINDS, ids=lambda act: act.__name__)
@pytest.mark.parametrize("text", DEEP, ids=[text[:12] for text in DEEP])
def test_what_is_nested_too_deep_is_refused_in_one_line(tmp_path, act, text):
    path = tmp_path / "deep.toml"
    path.write_text(text)
    (line,) = refused(act, path)
    assert line.startswith(f"{path}: ")


@pytest.mark.parametrize("act", KINDS, ids=lambda act: act.__name__)
@pytest.mark.parametrize("key", ["title", "seed", "levers.pay.margin_weight"])
def test_a_number_too_large_to_be_shown_is_refused_in_one_line(tmp_path, act, key):
    path = tmp_path / "large.toml"
    path.write_text(f"{key} = [0x{'f' * 5_000}]")
    (line,) = refused(act, path)
    assert line.startswith(f"{path}:1: {key}: ")


@pytest.mark.parametrize("act", KINDS, ids=lambda act: act.__name__)
def test_what_is_no_ordinary_file_of_text_is_refused(tmp_path, act):
    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "zero.toml").symlink_to("/dev/zero")
    (tmp_path / "huge.toml").write_text("#" * 1_000_001)
    (tmp_path / "signs.toml").write_text("# \u00e9" * 400_000)
    (tmp_path / "latin.toml").write_bytes(b"title = '\xe9'")
    for name in ("folder", "pipe", "zero", "huge", "signs", "latin", "none", "a\0b"):
        path = tmp_path / f"{name}.toml"
        (line,) = refused(act, path)
        assert line.startswith(str(path).replace("\0", r"\x00"))


@pytest.mark.parametrize("act", KINDS, ids=lambda act: act.__name__)
@pytest.mark.parametrize("sign", [r"\u001b[31m", r"\u0007", r"\u202e", r"\u2028", r"\u0085", r"\r", r"\n"])
def test_a_title_has_no_signs_that_cannot_be_seen(tmp_path, act, sign):
    path = tmp_path / "x.toml"
    path.write_text(f'title = "a{sign}b"')
    (line,) = refused(act, path)
    assert message_of(line).place == (f"{path}:1", "title")
    assert line.isprintable()


def test_titles_and_names_from_python_and_the_command_line_have_none_either(tmp_path):
    for settings in (["title=a\x1bb"], {"title": "a\nb"}):
        with pytest.raises(ScenarioError):
            load_scenario("typical_firm", settings=settings)
    with pytest.raises(ScenarioError):
        load_study({"title": "a\u202eb"})


@pytest.mark.parametrize("act", [load_scenario, as_policy, load_study, read_target, load_plan])
def test_of_many_problems_the_first_are_said_and_the_others_counted(tmp_path, act):
    path = tmp_path / "many.toml"
    path.write_text("".join(f"pay_margin_weigh_{number} = 1\n" for number in range(30_000)))
    lines = refused(act, path)
    assert len(lines) == MAX_PROBLEMS + 1
    (more,) = re.findall(r"[\d,]+", lines[-1])
    assert 29_980 <= int(more.replace(",", "")) <= 29_985


@pytest.mark.parametrize("act", KINDS[:5], ids=lambda act: act.__name__)
def test_a_key_and_a_value_stay_in_their_line_and_are_cut(tmp_path, act):
    path = tmp_path / "keys.toml"
    path.write_text(r'"forged\nkey" = 1')
    assert any(r"forged\nkey" in line for line in refused(act, path)) or act is card_of
    path.write_text(f"{'k' * 5_000} = 1\nextends = {['v' * 5_000]}")
    for line in refused(act, path):
        assert max(map(len, line.removeprefix(str(path)).split())) <= MAX_SIGNS + 10


@pytest.mark.parametrize("act", KINDS, ids=lambda act: act.__name__)
def test_a_byte_order_mark_is_no_mistake(tmp_path, act):
    plain, marked = tmp_path / "plain.toml", tmp_path / "marked.toml"
    plain.write_text("xyz = 1")
    marked.write_bytes(b"\xef\xbb\xbfxyz = 1")
    first, second = (refused(act, path) for path in (plain, marked))
    assert [line.replace("marked", "plain") for line in second] == first
