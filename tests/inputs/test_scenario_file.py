"""Files made from the declarations: the complete scenario, schemas, what `salesim new` writes."""

import json
import tomllib

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.make.scenario_schema import policy_schema, scenario_schema
from salesim.inputs.declared import declared_numbers, declared_values
from salesim.inputs.load import load_scenario
from salesim.inputs.scenario_file import base_scenario, new_policy, new_scenario
from salesim.inputs.shipped import configs, shipped_policies, shipped_scenarios
from salesim.model.scenario import Scenario
from tests.messages import message_of


def test_the_base_says_every_number_and_is_the_typical_firm():
    assert load_scenario(configs() / "base.toml") == Scenario()
    said = tomllib.loads(base_scenario())
    assert {f"{g}.{n}" for g, group in said.items() if isinstance(group, dict) for n in group} == set(
        declared_values()
    )


def test_the_base_says_of_every_number_what_is_declared():
    words = " ".join(line.removeprefix("#").strip() for line in base_scenario().splitlines())
    for number in declared_values().values():
        assert (
            f"{number.meaning} {number.allowed[0].upper()}{number.allowed[1:]}; {number.kind}; {number.origin}."
            in words
        )


def test_new_files_say_nothing_yet_but_what_they_extend():
    firm = tomllib.loads(new_scenario('a "firm" of \\ \x7f', "typical_firm", Scenario()))
    assert (firm.pop("title"), firm.pop("extends")) == ('a "firm" of \\ \x7f', "typical_firm")
    policy = tomllib.loads(new_policy("x"))
    assert policy.pop("title") == "x"
    assert not any(group for group in (*firm.values(), *policy.values()))
    assert "behaviour" not in new_policy("x")
    assert "; setting;" not in new_policy("x")


SCHEMAS = {"scenario": scenario_schema(), "policy": policy_schema()}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schemas_are_schemas_and_those_that_are_shipped(kind):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[kind])
    assert json.loads((configs() / f"{kind}.schema.json").read_text(encoding="utf-8")) == SCHEMAS[kind]


def valid(kind: str, said: dict) -> bool:
    return jsonschema.Draft202012Validator(SCHEMAS[kind]).is_valid(said)


def test_shipped_files_are_what_their_schemas_say():
    for path in shipped_scenarios().values():
        assert valid("scenario", tomllib.loads(path.read_text(encoding="utf-8"))), path
    for path in shipped_policies().values():
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        assert valid("policy", said), path
        assert valid("scenario", said), path


def test_a_policy_reaches_levers_only():
    assert not valid("policy", {"market": {"list_price": 90.0}})
    assert valid("scenario", {"market": {"list_price": 90.0}})


PATHS = st.sampled_from(sorted(declared_numbers()))
VALUES = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**9), 10**9),
    st.text(max_size=4),
    st.sampled_from(sorted({m for n in declared_numbers().values() for m in n.modes})),
)


@given(path=PATHS, value=VALUES)
def test_editor_and_loader_agree_on_a_number(path, value):
    """The schema refuses exactly what is refused, but for what only several numbers together can say."""
    from salesim.errors import ScenarioError

    group, _, name = path.partition(".")
    try:
        load_scenario(Scenario(), settings={path: value})
        taken = True
    except ScenarioError as error:
        taken = message_of(error).given is None  # else it is this value that is refused
    number = declared_numbers()[path]
    whole = (
        isinstance(value, float) and number.type is int and value.is_integer()
    )  # 3.0 is whole in JSON, not here
    assert whole or valid("scenario", {group: {name: value}}) == taken
