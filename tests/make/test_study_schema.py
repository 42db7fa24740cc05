"""The schema of study files: editors take what is read and mark what is refused."""

import json
import re
import tomllib

import jsonschema
import pytest

from docs.make.study_schema import study_schema
from salesim.errors import ScenarioError
from salesim.inputs.declared import declared_numbers
from salesim.inputs.shipped import configs, shipped_studies
from salesim.runs.reading import StudyFile, load_study
from tests.runs.test_reading import BAD

SCHEMA = study_schema()


def valid(said: dict) -> bool:
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(said)


def test_the_schema_is_one_and_the_one_that_is_shipped():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads((configs() / "study.schema.json").read_text(encoding="utf-8")) == SCHEMA


def test_it_says_every_key_and_every_number():
    assert set(SCHEMA["properties"]) == {*StudyFile.model_fields}
    levers = SCHEMA["properties"]["levers"]["properties"]
    others = SCHEMA["properties"]["uncertainties"]["properties"]
    for number in declared_numbers().values():
        table, other = (levers, others) if number.kind == "lever" else (others, levers)
        assert number.meaning in table[number.group]["properties"][number.name]["description"]
        assert number.name not in other.get(number.group, {"properties": {}})["properties"]


GOOD = [
    "",
    "title = 'x'\nquestion = 'y'\nscenario = 'typical_firm'\nseed = 3\nreplicates = 3\noutcomes = ['realised']\ntables = []",
    "[replicates]\noutcome = 'realised'\nhalf_width = 1\nleast = 2\nmost = 9",
    "[settings]\ntitle = 'x'\norganisation.weeks = 52\nmarket.unit_cost = 50\npayout.cap = 3",
    "[policies]\na = 'margin_pay'\nb = { payout.cap = 2 }\nc = ['margin_pay', { payout.cap = 2 }]",
    "[[policies.late.dated]]\nlever = 'payout.bonus'\nvalue = 5.0\nstart = 3",
    "[levers]\npay.margin_weight = [0, 0.5]\nregime.price_regime = ['guided']\n"
    "pay.period_weeks = { from = 13, to = 26, steps = 2 }",
    "[uncertainties]\nsamples = 3\nmarket.price_buyers = 'plausible'\nmarket.unit_cost = { from = 40, to = 50 }\n"
    "buying.inertia = [0, -0.5]",
]


def test_what_is_read_is_valid(tmp_path):
    for number, text in enumerate(GOOD):
        (tmp_path / f"{number}.toml").write_text(text)
    for path in [*tmp_path.iterdir(), *shipped_studies().values()]:
        load_study(path)
        assert valid(tomllib.loads(path.read_text(encoding="utf-8"))), path


# what only several values together, other files or the whole study can tell
BEYOND = {
    "[levers]\npay.margin_weight = { from = 1, to = 0, steps = 3 }",
    "[levers]\npay.period_weeks = { from = 1, to = 4, steps = 3 }",
    "[uncertainties]\nmarket.unit_cost = 'plausible'",
    "[uncertainties]\nsamples = 3",
    "[uncertainties]\nmarket.unit_cost = [40]\nsamples = 3",
    "[uncertainties]\nmarket.unit_cost = { from = 50, to = 40 }\nsamples = 3",
    "[replicates]\noutcome = 'realised'\nhalf_width = 1\nleast = 30\nmost = 20",
    "scenario = 'typical_frim'",
    "[settings]\npay.period_weeks = 3",
    "[settings]\nmarket.unit_cost = 50\n[uncertainties]\nmarket.unit_cost = [40]",
    "[policies]\na = 'margin_pai'",
    "[policies.a]\npay.period_weeks = 3",
    "[policies]\na = 'capped.toml'\n[levers]\npayout.cap = [1, 2]",
    "[policies]\na = { payout.cap = 5 }\n[levers]\npayout.cap = [1, 2]",
    "[policies]\na = 'spring_price_rise'\n[levers]\nregime.list_price_change = [1, 2]",
}


def readable(text: str | bytes) -> bool:
    try:
        tomllib.loads(text.decode() if isinstance(text, bytes) else text)
    except ValueError:
        return False
    return True


MARKED = [
    text
    for text, _ in BAD
    if readable(text)
    and text not in BEYOND
    and not re.search(r"\D\d+\.0|nan", text)  # 3.0 is whole in JSON, and nan is nothing there
]


@pytest.mark.parametrize("text", MARKED, ids=lambda text: text[:60].replace("\n", "|"))
def test_what_is_refused_is_marked(text):
    said = tomllib.loads(text)
    with pytest.raises(ScenarioError):
        load_study(said)
    assert not valid(said)


def test_what_is_beyond_a_schema_is_refused_all_the_same_and_still_in_the_list():
    assert {text for text, _ in BAD} >= BEYOND


def test_most_of_what_is_refused_is_marked():
    assert len(MARKED) > 60
