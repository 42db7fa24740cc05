"""The page of the firms that come with a card, made of the object that is published of their runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from salesim.evidence.wording import band_text, span_text, unit_text, value_text
from salesim.quantity import percent
from salesim.show.parameters import written
from salesim.show.presets.card import OBJECT, verdict

from ..published import PUBLISHED, read
from ..rendering import anchor, rendered, table

RATIO = "ratio"


def presets_page(root: Path = PUBLISHED) -> str:
    """The page, made of what is published."""
    found = read(root / "presets" / OBJECT)
    titles = {each["preset"]: each["title"] for each in found["presets"]}
    pairs = found["order"]["pairs"]
    told = {
        "roles": _roles,
        "explained": _explained,
        "set_in": _set_in,
        "judged": _judged,
        "missed": _missed,
    }
    shown = {
        "sentence": sentence(found),
        "overview": _overview(found),
        "wrong": [(titles[p["lower"]], titles[p["higher"]]) for p in pairs if not p["holds"]],
    }
    return rendered("docs/presets.md", {**found, **told, **shown})


def sentence(found: Mapping[str, Any]) -> str:
    """How far the model agrees with what was expected, in one sentence."""
    lacking = found["unmeasured"]
    more = f"; {lacking} more cannot be measured" if lacking else ""
    return (
        f"Of {found['statements']} statements that must hold, {found['held']} do{more}. "
        f"{found['within']} of {len(found['presets'])} firms realise a share within the band that was "
        "aimed at."
    )


def _overview(found: Mapping[str, Any]) -> list[tuple[str, ...]]:
    lowest_first = sorted(found["presets"], key=lambda each: each["realised_over_promised"]["value"])
    ratio = _valued(found["typical"])
    typical = ("The typical firm", "calibrated", ratio, "", ratio, "")
    return [*map(_row, lowest_first), typical]


def _row(preset: Mapping[str, Any]) -> tuple[str, ...]:
    ratio = preset["realised_over_promised"]
    return (
        f"[{preset['title']}](#{anchor(preset['title'])})",
        " to ".join(map(percent, preset["ratio"])),
        _valued(ratio),
        "yes" if ratio["within"] else "**no**",
        _valued(preset["of_typical_promise"]),
        _held(preset),
    )


def _held(preset: Mapping[str, Any]) -> str:
    judged = [each for each in preset["statements"] if each["judged"]]
    return f"{sum(each['holds'] for each in judged)} of {len(judged)}"


def _valued(number: Mapping[str, Any]) -> str:
    value, ends = value_text(number["value"], RATIO, number["interval"] or ()), span_of(number, RATIO)
    return f"{value} ({ends})" if ends else value


def span_of(number: Mapping[str, Any], unit: str, interval: str = "interval") -> str:
    """An interval with as many digits as it deserves; nothing where there is none."""
    return span_text(number[interval], unit) if number[interval] else ""


def _roles(preset: Mapping[str, Any]) -> str:
    roles = ((role["name"], role["sees"], role["decides"]) for role in preset["roles"])
    return table(("role", "sees", "decides"), roles)


def _explained(preset: Mapping[str, Any]) -> str:
    number, found = preset["number"], preset["explained"]
    unit = number["unit"]
    here, there = value_text(found["value"], unit), value_text(found["typical"], unit)
    return (
        f"**The number to explain:** `{number['outcome']}` ({number['meaning'].rstrip('.').lower()}) is "
        f"{here}, and {there} in the typical firm ({unit_text(unit)}). {number['asks']}"
    )


def _set_in(preset: Mapping[str, Any]) -> str:
    return table(("number", "typical firm", "here", "unit", "kind"), map(_set, preset["sets"]))


def _set(each: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        f"`{each['path']}`",
        written(each["typical"]),
        written(each["value"]),
        each["unit"],
        each["kind"],
    )


def _missed(preset: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [each for each in preset["statements"] if each["judged"] and not each["holds"]]


def _judged(preset: Mapping[str, Any]) -> str:
    head = ("what is measured", "value", "interval", "expected", "unit", "")
    return table(head, map(_statement, preset["statements"]))


def _statement(each: Mapping[str, Any]) -> tuple[str, ...]:
    unit, ends = each["unit"], each["interval"]
    return (
        each["says"],
        value_text(each["value"], unit, ends or ()),
        span_of(each, unit),
        band_text(each["band"], unit) if each["judged"] else "",
        unit_text(unit),
        verdict(each),
    )
