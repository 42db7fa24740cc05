"""JSON Schemas of scenarios and policies: what lets an editor complete and check them while one writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesim.inputs.cards import Card
from salesim.inputs.declared import Declared, declared_values, group_meaning, group_names
from salesim.inputs.delta import CARD, DATED, EXTENDS, GIVEN, PLANS, QUOTA_FILE
from salesim.inputs.group_plans import levers_of
from salesim.inputs.scenario_file import SCHEMA_VERSION
from salesim.model.dated import LONGEST_PLAN
from salesim.model.given import GivenQuotas
from salesim.model.pay_plans import PLAN_GROUPS, GroupPlan
from salesim.model.scenario import LONGEST_DESCRIPTION, LONGEST_TITLE, datable_levers
from salesim.rules.knots import MAX_KNOTS, Knot

A_QUOTA_FILE = "A .csv or .tsv file with seller, start and quota, in the folder of this file."
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema() -> dict[str, Any]:
    """What a scenario may say."""
    rules = {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "description": "Functions in the place of rules, such as my_module:my_price.",
    }
    more = {"rules": rules, CARD: card_schema()}
    return _schema("A salesim scenario", list(declared_values().values()), more)


def policy_schema() -> dict[str, Any]:
    """What a policy may say: levers only."""
    levers = [number for number in declared_values().values() if number.kind == "lever"]
    return _schema("A salesim policy", levers, {})


def _schema(title: str, numbers: list[Declared], more: dict[str, Any]) -> dict[str, Any]:
    groups = {name: _group(name, numbers) for name in group_names()}
    texts = {
        "title": {"type": "string", "maxLength": LONGEST_TITLE, "description": "What it is called."},
        "description": {"type": "string", "maxLength": LONGEST_DESCRIPTION},
        EXTENDS: {
            "type": "string",
            "minLength": 1,
            "description": "The file, or the shipped one, that this one says only the differences from.",
        },
    }
    return {
        "$schema": DIALECT,
        "title": title,
        "schema_version": SCHEMA_VERSION,
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **texts,
            **{name: group for name, group in groups.items() if group["properties"]},
            DATED: {"type": "array", "items": _dated()},
            GIVEN: {"type": "array", "items": _resolved(GivenQuotas.model_json_schema(), {})},
            PLANS: {"type": "array", "items": _plan()},
            **more,
        },
    }


def _group(name: str, numbers: list[Declared]) -> dict[str, Any]:
    inside = {n.name: _number(n) for n in numbers if n.group == name}
    about = group_meaning(name)
    if name == QUOTA_FILE.partition(".")[0]:
        inside[QUOTA_FILE.partition(".")[2]] = {"type": "string", "description": A_QUOTA_FILE}
    return {"type": "object", "description": about, "additionalProperties": False, "properties": inside}


def _number(number: Declared) -> dict[str, Any]:
    kind = number.kind.capitalize()
    facts = {
        "description": f"{number.meaning} Unit: {number.unit}. {kind}; {number.origin}.",
        "default": number.said(number.default),
    }
    if number.modes:
        return {"enum": list(number.modes), **facts}
    if not number.is_number:
        knots = {"type": "array", "maxItems": MAX_KNOTS, "items": _resolved(Knot.model_json_schema(), {})}
        return {"anyOf": [{"type": "string"}, knots], **facts}
    numbers = "integer" if number.type is int else "number"
    return {"type": numbers, "minimum": number.low, "maximum": number.high, **facts}


def _dated() -> dict[str, Any]:
    week = {"type": "integer", "maximum": LONGEST_PLAN}
    return {
        "type": "object",
        "description": "A lever that has another value from one week of the plan to another.",
        "additionalProperties": False,
        "required": ["lever", "value"],
        "properties": {
            "lever": {"enum": sorted(datable_levers())},
            "value": {"type": ["number", "string", "array"], "description": "Its value meanwhile."},
            "start": {**week, "minimum": 0, "description": "First week of the plan, counted from 0."},
            "stop": {**week, "minimum": 1, "description": "The week when it is put back."},
        },
    }


def _plan() -> dict[str, Any]:
    """A pay plan of some reps; what it does not say is as in the firm, and so has no default."""
    plan: dict[str, Any] = _resolved(GroupPlan.model_json_schema(), {})
    for group in PLAN_GROUPS:
        levers = [declared_values()[f"{group}.{name}"] for name in levers_of(group)]
        plan["properties"][group] = _group(group, levers)
        for said in plan["properties"][group]["properties"].values():
            del said["default"]
    return plan


def card_schema() -> dict[str, Any]:
    """The JSON Schema of a card, without references."""
    schema = Card.model_json_schema()
    inside: dict[str, Any] = _resolved(schema, schema.pop("$defs", {}))
    return inside


def _resolved(said: Any, defined: Mapping[str, Any]) -> Any:
    """The same with every reference replaced by what it stands for, and without titles made of names."""
    if isinstance(said, list):
        return [_resolved(each, defined) for each in said]
    if not isinstance(said, dict):
        return said
    if "$ref" in said:
        more = {key: value for key, value in said.items() if key != "$ref"}
        said = {**defined[said["$ref"].rpartition("/")[2]], **more}
    return {key: _resolved(value, defined) for key, value in said.items() if key != "title"}
