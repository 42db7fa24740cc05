"""Whatever Pydantic finds wrong, said in the house's template: allowed is what the schema allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationError

from ..errors import ScenarioError
from ..messages import FEW, Unfit
from .declared import spelt
from .toml import Written, fraction_of, read_mapping

Schema = Mapping[str, Any]
Model = TypeVar("Model", bound=BaseModel)
OUT_OF_RANGE = ("greater_than", "greater_than_equal", "less_than", "less_than_equal", "finite_number")
TOO_MUCH = ("too_long", "string_too_long")
TOO_LITTLE = ("too_short", "string_too_short")
NO_NAME = ("literal_error", "enum", "union_tag_invalid", "union_tag_not_found")


class Said(BaseModel):
    """What stands in a file: nothing unknown, and nothing altered later."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class OneOf:
    """A text that is one of some names."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> Any:
        return handler(Literal[tuple(self.names)])


def by_path(said: Any) -> Any:
    """What stands in tables within tables by its path; a validator for a field of a model."""
    try:
        return read_mapping("", said).values if isinstance(said, dict) else said
    except ScenarioError as error:
        raise Unfit(str(error).splitlines()[0].removeprefix(": ")) from None


@cache
def schema_of(model: type[BaseModel]) -> Schema:
    """The JSON schema of a model."""
    return model.model_json_schema()


def validated(kind: type[Model], written: Written, said: Any) -> Model:
    """What a whole file says, as its model.

    Raises:
        ScenarioError: everything that is wrong, a line each.
    """
    try:
        return kind.model_validate(said)
    except ValidationError as error:
        explain(error, written, kind)
    raise written.problems.error


def explain(
    error: ValidationError,
    written: Written,
    model: type[BaseModel],
    above: str = "",
    notes: Mapping[str, str] | None = None,
) -> None:
    """Take note of everything that is wrong with something that was written.

    Args:
        error: what Pydantic says.
        written: what was written.
        model: what it should be.
        above: the path under which it stands.
        notes: what else is to be said of a value that is out of range, by path.
    """
    schema, seen = schema_of(model), set()
    for each in error.errors(include_url=False):
        path, around, here = _at(schema, each["loc"], above)
        least = each.get("ctx", {}).get("min_length", 0)
        counts_what_fits = each["type"] == "too_short" and len(each["input"]) >= least
        if path not in seen and not counts_what_fits:
            _reject(written, path, each, around, here, (notes or {}).get(path, ""))
        seen.add(path)


def _reject(written: Written, path: str, error: Any, around: Schema, here: Schema, note: str) -> None:
    kind, given = error["type"], error["input"]
    wrong = error.get("ctx", {}).get("error")
    if kind == "extra_forbidden":
        written.reject(path, "unknown key", names=list(around.get("properties", ())))
    elif kind == "missing":
        written.reject(path, "is missing", allowed=allowed_by(here))
    elif isinstance(wrong, Unfit):
        path = ".".join(filter(None, (path, wrong.at)))
        written.reject(path, wrong.wrong, given=wrong.given, allowed=wrong.allowed, names=wrong.names)
    elif kind == "value_error" and not path:  # which says itself where it is
        place, colon, text = str(wrong).partition(": ")
        written.reject(place if colon else "", text if colon else place)
    elif kind in NO_NAME or ("modes" in here and isinstance(given, str)):
        names = _names(here)
        if "discriminator" in here:  # which says by one of its keys what it is
            key, names = here["discriminator"]["propertyName"], list(here["discriminator"]["mapping"])
            path, given = f"{path}.{key}", given.get(key) if isinstance(given, dict) else None
        written.reject(path, "unknown name", given=given, names=names)
    elif kind == "value_error" and "modes" not in here:
        written.reject(path, str(wrong), given=given)
    else:
        wrong = ": ".join(filter(None, ("out of range", note))) if kind in OUT_OF_RANGE else "wrong type"
        if kind in (*TOO_MUCH, *TOO_LITTLE):
            wrong = "is empty" if not given else "too long" if kind in TOO_MUCH else "too short"
        percent = fraction_of(given) if "unit" in here else ""
        written.reject(
            path, wrong, given=given, allowed="; ".join(filter(None, (allowed_by(here), percent)))
        )


def _names(schema: Schema) -> list[str]:
    return [
        str(name) for name in schema.get("modes", schema.get("enum", [schema.get("const", "")])) if name
    ]


def _at(schema: Schema, loc: Sequence[int | str], above: str) -> tuple[str, Schema, Schema]:
    """The path of an error, and the schema around it and of it."""
    parts = [above] if above else []
    around: Schema = {}
    here = _whole(schema, schema)
    for part in loc:
        if isinstance(part, str) and here.get("type") != "object":  # a kind that it may be, and no key
            kinds = {str(k.get("type", k.get("$ref"))).rpartition("/")[2]: k for k in here.get("oneOf", ())}
            tags = here.get("discriminator", {}).get("mapping", {})
            here = _whole(kinds.get(part, {"$ref": tags[part]} if part in tags else {}), schema)
            continue
        parts.append(str(part))
        inside = here.get("properties", {}).get(part) or _inside(here, part)
        around, here = here, _whole(inside, schema)
    return ".".join(parts), around, here


def _inside(schema: Schema, part: int | str) -> Schema:
    """What stands in a list, or in a table of any names."""
    items = schema.get("prefixItems") if isinstance(part, int) else None
    inside = (
        items[part] if items else schema.get("items" if isinstance(part, int) else "additionalProperties")
    )
    return inside if isinstance(inside, dict) else {}


def _whole(schema: Schema, root: Schema) -> Schema:
    """A schema with what it refers to, and without the nothing that it may be instead."""
    if "$ref" in schema:
        return _whole(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    kinds = [kind for kind in schema.get("anyOf", ()) if kind.get("type") != "null"]
    more = {key: value for key, value in schema.items() if key != "anyOf"}
    return _whole({**more, **kinds[0]}, root) if len(kinds) == 1 else schema


def allowed_by(schema: Schema) -> str:
    """What a schema allows, in words; nothing where it does not say."""
    if names := _names(schema):
        more = [f"and {len(names) - FEW:,} more"] * (len(names) > FEW)
        return ", ".join([*names[:FEW], *more])
    if "allowed" in schema:
        return str(schema["allowed"])
    says: dict[str, Callable[[Schema], str]] = {
        "integer": _number,
        "number": _number,
        "string": lambda text: f"a text{_size(text, 'Length', 'characters')}",
        "array": lambda some: f"a list{_size(some, 'Items', 'values')}{_such(some.get('items', {}))}",
        "object": lambda _: "a table",
        "boolean": lambda _: "true or false",
    }
    kind = schema.get("type", "object" if "discriminator" in schema else None)
    return says[kind](schema) if kind in says else " or ".join(map(allowed_by, schema.get("anyOf", ())))


def _number(schema: Schema) -> str:
    number = "a whole number" if schema["type"] == "integer" else "a number"
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        number += f" from {spelt(low)} to {spelt(high)}"
    if "exclusiveMinimum" in schema:
        number += f" above {spelt(schema['exclusiveMinimum'])}"
    return f"{number} ({schema['unit']})" if "unit" in schema else number


def _such(items: Schema) -> str:
    if "discriminator" in items:
        return " of tables"
    names = _names(items)
    return f" of names, such as ['{names[0]}']" if names else ""


def _size(schema: Schema, what: str, counted: str) -> str:
    low, high = schema.get(f"min{what}"), schema.get(f"max{what}")
    if low == high and low is not None:
        return f" of {low:,} {counted}"
    least = f" of at least {low:,}" if low and low > 1 else ""
    most = f"{' and' if least else ' of'} at most {high:,}" if high else ""
    return f"{least}{most} {counted}" if least or most else ""
