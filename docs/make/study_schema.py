"""A JSON Schema of studies: what lets an editor complete and check one while somebody writes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from salesim.inputs.answers import ANSWER, Answer
from salesim.inputs.axes import FROM, MOST_VALUES, PLAUSIBLE, SAMPLES, STEPS, TO
from salesim.inputs.declared import declared_numbers, group_meaning
from salesim.inputs.delta import EXTENDS
from salesim.inputs.design import AS_IS, MOST_RUNS
from salesim.inputs.firms import A_NAME
from salesim.inputs.replicating import FEWEST_FOR_AN_INTERVAL, MOST_OF_A_POINT, WIDEST
from salesim.model.scenario import LONGEST_DESCRIPTION, LONGEST_TITLE
from salesim.outcomes import COMPANY, NUMBERS
from salesim.runs.reading import BESIDE
from salesim.runs.simulate import LARGEST_SEED

from .scenario_schema import DIALECT, policy_schema, scenario_schema

SCHEMA_VERSION = 1
Schema = dict[str, Any]


def study_schema() -> Schema:
    """What a study may say."""
    outcomes = [outcome.name for outcome in COMPANY]
    answer = Answer.model_json_schema(ref_template="#/$defs/{model}")
    kinds = answer.pop("$defs")
    properties = {
        "title": _text(LONGEST_TITLE, "What it is called."),
        "question": _text(LONGEST_DESCRIPTION, "What it is to answer."),
        "scenario": _name("The file of the firm, or the name of a shipped one."),
        "seed": _whole(0, LARGEST_SEED, "Random seed."),
        "replicates": _replicates(),
        "outcomes": _list({"enum": outcomes}, "What the answer is about."),
        "tables": {
            "type": "array",
            "items": {"enum": list(BESIDE)},
            "description": "Tables that are kept of each run beside its outcomes.",
        },
        "settings": _laid_over(scenario_schema(), "Numbers that the firm has in the whole study."),
        "policies": _policies(),
        "levers": _table(_moved(_stepped, levers=True), "Levers, each moved over its values."),
        "uncertainties": _table(
            {
                SAMPLES: _whole(1, MOST_RUNS, "How many values are drawn from each range."),
                **_moved(_drawn, levers=False),
            },
            "Numbers that nobody decides, each over its values or drawn from its range.",
        ),
        ANSWER: answer,
    }
    head = {"$schema": DIALECT, "title": "A salesim study", "schema_version": SCHEMA_VERSION}
    parts = {
        "policy": _laid_over(policy_schema(), "What a policy changes."),
        STEPS: _whole(2, MOST_VALUES, "How many values at even steps, both ends among them."),
    }
    return head | _table(properties, "A question, and the runs that answer it.") | {"$defs": parts | kinds}


def _table(properties: dict[str, Schema], about: str, required: tuple[str, ...] = ()) -> Schema:
    table: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    words = {"description": about} if about else {}
    return table | words | ({"required": list(required)} if required else {})


def _text(longest: int, about: str) -> Schema:
    return {"type": "string", "maxLength": longest, "description": about}


def _name(about: str) -> Schema:
    return {"type": "string", "minLength": 1, "description": about}


def _whole(low: int, high: int, about: str) -> Schema:
    return {"type": "integer", "minimum": low, "maximum": high, "description": about}


def _list(items: Schema, about: str) -> Schema:
    return {"type": "array", "items": items, "minItems": 1, "description": about}


def _replicates() -> Schema:
    """A number, or how narrow the interval of a mean must be."""
    about = "How often each point is run"
    width: Schema = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": WIDEST}
    parts: dict[str, Schema] = {
        "outcome": {"enum": list(NUMBERS), "description": "The outcome whose mean must be known."},
        "half_width": {**width, "description": "Half the width of its 95% interval, in its unit."},
        "least": _whole(FEWEST_FOR_AN_INTERVAL, MOST_OF_A_POINT, "Replicates at least."),
        "most": _whole(FEWEST_FOR_AN_INTERVAL, MOST_OF_A_POINT, "Replicates at most."),
    }
    enough = _table(parts, f"{about}: until a mean is known.", ("outcome", "half_width"))
    ends = {name: parts[name] for name in ("least", "most")}
    said = "Half the 95% interval of each difference from as_is: points of the promise, or percent."
    precise = _table(
        {"precision": {**width, "description": said}, **ends},
        f"{about}: until differences are known.",
        ("precision",),
    )
    return {"anyOf": [_whole(1, MOST_OF_A_POINT, f"{about}."), enough, precise]}


def _laid_over(whole: Schema, about: str) -> Schema:
    """A scenario or a policy that is written within a study."""
    return _table({name: said for name, said in whole["properties"].items() if name != EXTENDS}, about)


def _policies() -> Schema:
    one = [_name("The file of a policy, or the name of a shipped one."), {"$ref": "#/$defs/policy"}]
    several = _list({"anyOf": one}, "Several policies at once.")
    names: Schema = {"pattern": f"^{A_NAME.pattern}$", "not": {"const": AS_IS}}
    return {
        "type": "object",
        "description": "The policies that today's firm is compared with, by name.",
        "propertyNames": names,
        "additionalProperties": {"anyOf": [*one, several]},
    }


def _moved(ranged: Callable[[Schema], list[Schema]], *, levers: bool) -> dict[str, Schema]:
    """Tables of the numbers that can be moved: each a list of values, or a range."""
    found: dict[str, dict[str, Schema]] = {}
    for number in declared_numbers().values():
        if (number.kind == "lever") == levers:
            value = {"$ref": f"#/properties/settings/properties/{number.group}/properties/{number.name}"}
            values = {
                "type": "array",
                "items": value,
                "minItems": 1,
                "maxItems": MOST_VALUES,
                "uniqueItems": True,
            }
            kinds = [values] if number.modes else [values, *ranged(value)]
            axis = {"description": f"{number.meaning} Unit: {number.unit}.", "anyOf": kinds}
            found.setdefault(number.group, {})[number.name] = axis
    return {group: _table(inside, group_meaning(group)) for group, inside in found.items()}


def _stepped(value: Schema) -> list[Schema]:
    steps = {"$ref": f"#/$defs/{STEPS}"}
    return [_table({FROM: value, TO: value, STEPS: steps}, "", (FROM, TO, STEPS))]


def _drawn(value: Schema) -> list[Schema]:
    return [{"const": PLAUSIBLE}, _table({FROM: value, TO: value}, "", (FROM, TO))]
