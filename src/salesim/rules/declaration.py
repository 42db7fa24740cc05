"""How a number is declared: once, with its default, unit, ranges, kind and source."""

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_serializer, field_validator
from pydantic.fields import FieldInfo

from .sources import Standing, standing_of

Range = tuple[float, float]
Kind = Literal["lever", "setting", "behaviour"]


class Group(BaseModel):
    """Parameters that belong to one decision or one part of the firm."""

    LINES: ClassVar[tuple[str, ...]] = ()  # pay curves made of them, for the compiled engine

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def code_of_a_name(cls, value: Any, info: ValidationInfo) -> Any:
        """Modes are chosen by name and calculated with as codes."""
        names = modes_of(cls, info.field_name or "")
        if not names:
            return value
        if not isinstance(value, str) or value not in names:
            raise ValueError("unknown name")
        return names.index(value)

    @field_serializer("*")
    def name_of_a_code(self, value: Any, info: Any) -> Any:
        """Written out, a mode is a name again."""
        names = modes_of(type(self), info.field_name)
        return names[value] if names else value


def modes_of(group: type[BaseModel], name: str) -> tuple[str, ...]:
    """The names of a mode in the order of their codes; empty for a number."""
    facts = group.model_fields[name].json_schema_extra
    names: Any = facts.get("modes", ()) if isinstance(facts, dict) else ()
    return tuple(names)


def kind_of(number: FieldInfo) -> Any:
    """Whether a number is a lever, a setting or a behaviour."""
    facts = number.json_schema_extra
    return facts["kind"] if isinstance(facts, dict) else None


def _number(
    kind: Kind,
    default: float,
    unit: str,
    low: float,
    high: float,
    source: str,
    meaning: str,
    sweep: Range | None,
    standing: Standing | None,
) -> Any:
    """A number of any kind.

    `sweep` is what is plausible within what is allowed; without it, all that is allowed. `standing`
    is given where the number rests on its source less firmly than what the source is cited for.
    """
    facts: dict[str, Any] = {
        "kind": kind,
        "unit": unit,
        "sweep": sweep or (low, high),
        "source": source,
        "standing": standing or standing_of(source),
    }
    return Field(default=default, ge=low, le=high, description=meaning, json_schema_extra=facts)


def lever(
    default: float,
    unit: str,
    low: float,
    high: float,
    *,
    sweep: Range | None = None,
    source: str,
    standing: Standing | None = None,
    meaning: str,
) -> Any:
    """Something head office can change: policies and experiments touch levers only."""
    return _number("lever", default, unit, low, high, source, meaning, sweep, standing)


def mode(default: str, names: tuple[str, ...], *, source: str, meaning: str) -> Any:
    """A lever that chooses one of a few ways; its code is the place of its name."""
    last = len(names) - 1
    facts: dict[str, Any] = {
        "kind": "lever",
        "unit": "mode",
        "sweep": (0, last),
        "source": source,
        "standing": standing_of(source),
        "modes": names,
    }
    return Field(default=names.index(default), ge=0, le=last, description=meaning, json_schema_extra=facts)


def setting(
    default: float,
    unit: str,
    low: float,
    high: float,
    *,
    sweep: Range | None = None,
    source: str,
    standing: Standing | None = None,
    meaning: str,
) -> Any:
    """A fact about the world that the firm finds and cannot decide."""
    return _number("setting", default, unit, low, high, source, meaning, sweep, standing)


def behaviour(
    default: float,
    unit: str,
    low: float,
    high: float,
    *,
    sweep: Range | None = None,
    source: str,
    standing: Standing | None = None,
    meaning: str,
) -> Any:
    """A coefficient of how people react."""
    return _number("behaviour", default, unit, low, high, source, meaning, sweep, standing)
