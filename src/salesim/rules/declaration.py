"""How a number is declared: once, with its default, unit, range, kind and source."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["lever", "setting", "behaviour"]


class Group(BaseModel):
    """Parameters that belong to one decision or one part of the firm."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


def _number(
    kind: Kind, default: float, unit: str, low: float, high: float, source: str, meaning: str
) -> Any:
    facts: dict[str, Any] = {"kind": kind, "unit": unit, "source": source}
    return Field(default=default, ge=low, le=high, description=meaning, json_schema_extra=facts)


def lever(
    default: float, unit: str, low: float, high: float, *, source: str, meaning: str
) -> Any:
    """Something head office can change: policies and experiments touch levers only."""
    return _number("lever", default, unit, low, high, source, meaning)


def setting(
    default: float, unit: str, low: float, high: float, *, source: str, meaning: str
) -> Any:
    """A fact about the world that the firm finds and cannot decide."""
    return _number("setting", default, unit, low, high, source, meaning)


def behaviour(
    default: float, unit: str, low: float, high: float, *, source: str, meaning: str
) -> Any:
    """A coefficient of how people react."""
    return _number("behaviour", default, unit, low, high, source, meaning)
