"""A scenario, policy or setting as it was written: what it changes, laid over others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..errors import ScenarioError
from ..messages import error_text
from ..model.scenario import Scenario
from ..rules.knots import SHORT_FORMS, has_curve
from .toml import Written, checked, fraction_of, read_mapping, value_in

TEXTS = ("title", "description")
EXTENDS = "extends"
DATED = "dated"
PLANS = "pay_plans"
GIVEN = "given_quotas"
QUOTA_FILE = "quotas.file"  # a file that holds these
RULES = "rules."
CARD = "card"
PAYOUT = "payout"
CURVES = [f"{PAYOUT}.{name}" for name in SHORT_FORMS]


def merged(layers: Iterable[Written]) -> Written:
    """Layers laid over each other as one: later ones win, dated levers and pay plans of all of them stay.

    Of pay plans those of later layers stand first, since the first that is for a rep holds; one of the
    same name takes the place of the other.
    """
    whole = Written("scenario")
    for layer in layers:
        for curve, short_forms in SHORT_FORMS.items():
            if has_curve(layer.values.get(f"{PAYOUT}.{curve}")):  # which stands for those of lower layers
                for name in short_forms:
                    whole.values.pop(f"{PAYOUT}.{name}", None)
        for path, value in layer.values.items():
            before = whole.values.get(path)
            if path == DATED and isinstance(before, list) and isinstance(value, list):
                value = before + value
            if path == PLANS and isinstance(before, list) and isinstance(value, list):
                value = value + [plan for plan in before if _named(plan) not in map(_named, value)]
            whole.values[path] = value
            whole.places[path] = layer.place(path)
            if path in (GIVEN, PLANS):  # of which every number has its row
                inside = {p: at for p, at in layer.places.items() if p.startswith(f"{path}.")}
                others = {p: at for p, at in whole.places.items() if not p.startswith(f"{path}.")}
                whole.places = others | inside
    return whole


def _named(plan: Any) -> Any:
    return plan.get("name") if isinstance(plan, dict) else plan


def read_settings(settings: Iterable[str]) -> Written:
    """Read `path=value` pairs as given on the command line; values are written as in TOML.

    Raises:
        ScenarioError: a pair without `=`, a value that TOML cannot read, or a path said twice.
    """
    values: dict[str, Any] = {}
    for setting in settings:
        path, equals, written = setting.partition("=")
        path = path.strip()
        if not equals or not path:
            raise ScenarioError(
                error_text("--set", "", "not a setting", given=setting, allowed="path=value")
            )
        if path in values:
            raise ScenarioError(error_text("--set", path, "said twice", given=setting))
        values[path] = written.strip() if path in TEXTS else _value_of(path, written.strip())
    return checked(Written("--set"), values)


def delta_of(scenario: Scenario) -> Written:
    """Everything that a scenario says, so that more can be laid over it."""
    said = scenario.model_dump()
    for name in (DATED, PLANS):
        said[name] = [{k: v for k, v in entry.items() if v not in (None, (), {})} for entry in said[name]]
    return read_mapping("scenario", said)


def _value_of(path: str, written: str) -> Any:
    """The value as TOML reads it; a bare word is a name, as modes have them, and a percent a text."""
    if fraction_of(written):
        return written
    if re.fullmatch(r"[A-Za-z]\w*", written) and written not in ("true", "false", "nan", "inf"):
        return written
    value = value_in(written)
    if value is None and path in CURVES and not written.startswith("["):
        return written
    if value is None:
        raise ScenarioError(
            error_text("--set", path, "not a value", given=written, allowed="a number such as 0.5")
        )
    return value
