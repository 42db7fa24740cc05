"""A JSON Schema of studies: what lets an editor complete and check one while somebody writes it."""

from __future__ import annotations

from typing import Any

from salesim.inputs.axes import MAX_VALUES, PLAUSIBLE, SAMPLES, Drawn, Stepped
from salesim.inputs.declared import declared_values, group_meaning
from salesim.inputs.delta import EXTENDS
from salesim.inputs.design import BASELINE, MAX_RUNS
from salesim.inputs.firms import A_NAME
from salesim.runs.reading import StudyFile

from .scenario_schema import DIALECT, policy_schema, scenario_schema

SCHEMA_VERSION = 1
Schema = dict[str, Any]


def study_schema() -> Schema:
    """What a study may say: the model of its file, with the numbers that its tables may move."""
    whole = StudyFile.model_json_schema()
    drawn = {"type": "integer", "minimum": 1, "maximum": MAX_RUNS}
    drawn["description"] = "How many values are drawn from each range."
    whole["properties"] |= {
        "scenario": _name("The file of the firm, or the name of a shipped one."),
        "settings": _laid_over(scenario_schema(), "Numbers that the firm has in the whole study."),
        "policies": _policies(),
        "levers": _table(_moved(Stepped, levers=True), "Levers, each moved over its values."),
        "uncertainties": _table(
            {SAMPLES: drawn, **_moved(Drawn, levers=False)},
            "Numbers that nobody decides, each over its values or drawn from its range.",
        ),
    }
    whole["$defs"]["policy"] = _laid_over(policy_schema(), "What a policy changes.")
    return {"$schema": DIALECT, **whole, "title": "A salesim study", "schema_version": SCHEMA_VERSION}


def _table(properties: dict[str, Schema], about: str) -> Schema:
    return {"type": "object", "description": about, "additionalProperties": False, "properties": properties}


def _name(about: str) -> Schema:
    return {"type": "string", "minLength": 1, "description": about}


def _laid_over(whole: Schema, about: str) -> Schema:
    """A scenario or a policy that is written within a study."""
    return _table({name: said for name, said in whole["properties"].items() if name != EXTENDS}, about)


def _policies() -> Schema:
    one = [_name("The file of a policy, or the name of a shipped one."), {"$ref": "#/$defs/policy"}]
    about = "Several policies at once."
    several = {"type": "array", "items": {"anyOf": one}, "minItems": 1, "description": about}
    names: Schema = {"pattern": f"^{A_NAME.pattern}$", "not": {"const": BASELINE}}
    return {
        "type": "object",
        "description": "The policies that today's firm is compared with, by name.",
        "propertyNames": names,
        "additionalProperties": {"anyOf": [*one, several]},
    }


def _moved(ranged: type[Drawn], *, levers: bool) -> dict[str, Schema]:
    """Tables of the numbers that can be moved: each a list of values, or a range."""
    found: dict[str, dict[str, Schema]] = {}
    for number in declared_values().values():
        if (number.kind == "lever") == levers:
            value = {"$ref": f"#/properties/settings/properties/{number.group}/properties/{number.name}"}
            most: Schema = {"minItems": 1, "maxItems": MAX_VALUES, "uniqueItems": True}
            values = {"type": "array", "items": value, **most}
            kinds = [values] if not number.is_number else [values, *_ranges(ranged, value)]
            axis = {"description": f"{number.meaning} Unit: {number.unit}.", "anyOf": kinds}
            found.setdefault(number.group, {})[number.name] = axis
    return {group: _table(inside, group_meaning(group)) for group, inside in found.items()}


def _ranges(kind: type[Drawn], value: Schema) -> list[Schema]:
    """A range whose ends are values of a number, and what stands for the plausible one."""
    said = kind.model_json_schema()
    said["properties"] |= {"from": value, "to": value}
    return [said] if kind is Stepped else [said, {"const": PLAUSIBLE}]
