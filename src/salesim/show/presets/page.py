"""The page of the firms that come with a card, made of the object that was kept of their runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..evidence.saying import band_said, said, span_said, unit_said
from ..parameters import written
from ..protocol.blocks import table
from .kept import kept

RATIO = "ratio"
HOLDS, MISSED, SEEN = "holds", "**does not hold**", "only looked at"
INTRODUCTION = """\
# Firms with a story

Ten firms to start from or to teach with. Each says only what differs from the [typical
firm](how-to/describe-our-firm.md), and has a card: story, roles, the one number to explain, a decision
and a question to talk about. `salesim presets` shows the cards, `salesim run NAME` lives through one.

What must hold in each was written down before the firm was run, and so was how much of its promise it
was aimed to realise. The limits in numbers that the words were turned into are ours. The ratios are
predictions and no targets: only the typical firm is calibrated, and no number was moved to make another
agree. Where the model disagrees, the page says so. `make presets` lives through all of it again and
writes this page. How words of the field became levers stands [on a page of its
own](presets-in-levers.md).

A firm is measured against **its own promise**: the same firm with every cause of the gap at its ideal.
A firm in a richer market, or with more selling time, promises more. So what it realises stands beside
the typical firm's promise too. Intervals are 95%, by resampling replicates; a statement holds where its
value lies in what was expected, and in four of five replicates its sign is the one that was expected.
"""


def presets_page(folder: Path) -> str:
    """The page, made of what is kept in a folder.

    Args:
        folder: where `presets.json` lies.
    """
    found = kept(folder)
    return "\n".join([INTRODUCTION, *_overview(found), *_order(found), *_firms(found)]).rstrip() + "\n"


def sentence(found: Mapping[str, Any]) -> str:
    """How far the model agrees with what was expected, in one sentence."""
    lacking = found["unmeasured"]
    more = f"; {lacking} more cannot be measured" if lacking else ""
    return (
        f"Of {found['statements']} statements that must hold, {found['held']} do{more}. "
        f"{found['within']} of {len(found['presets'])} firms realise a share within the band that was "
        "aimed at."
    )


def _overview(found: Mapping[str, Any]) -> Iterator[str]:
    yield "## What they realise\n"
    yield sentence(found) + "\n"
    lowest_first = sorted(found["presets"], key=lambda each: each["realised_over_promised"]["value"])
    ratio = _valued(found["typical"])
    typical = ("The typical firm", "calibrated", ratio, "", ratio, "")
    head = (
        "firm",
        "aimed at",
        "realised of its own promise",
        "within",
        "of the typical firm's promise",
        "statements that hold",
    )
    yield table(head, [*map(_row, lowest_first), typical])


def _row(preset: Mapping[str, Any]) -> tuple[str, ...]:
    low, high = preset["ratio"]
    ratio = preset["realised_over_promised"]
    return (
        f"[{preset['title']}](#{_anchor(preset)})",
        f"{low:.2f} to {high:.2f}",
        _valued(ratio),
        "yes" if ratio["within"] else "**no**",
        _valued(preset["of_typical_promise"]),
        _held(preset),
    )


def _anchor(preset: Mapping[str, Any]) -> str:
    """What a heading is linked by: its words in lower case."""
    return "-".join(re.findall(r"\w+", preset["title"].lower()))


def _held(preset: Mapping[str, Any]) -> str:
    judged = [each for each in preset["statements"] if each["judged"]]
    return f"{sum(each['holds'] for each in judged)} of {len(judged)}"


def _valued(number: Mapping[str, Any]) -> str:
    ends = number["interval"]
    value = said(number["value"], RATIO, ends or ())
    return f"{value} ({_span(number, RATIO)})" if ends else value


def _span(number: Mapping[str, Any], unit: str) -> str:
    """The interval of a number with as many digits as it; nothing where there is none."""
    if not number["interval"]:
        return ""
    low, high = number["interval"]
    return span_said(low, high, unit, (number["value"],))


def _order(found: Mapping[str, Any]) -> Iterator[str]:
    order = found["order"]
    titles = {each["preset"]: each["title"] for each in found["presets"]}
    right = sum(pair["holds"] for pair in order["pairs"])
    yield "## In what order\n"
    yield (
        f"The rank correlation of what was aimed at (the middle of each band) with what came out is "
        f"{order['correlation']:.2f}. {len(order['pairs'])} pairs of firms were aimed so that their bands "
        f"lie apart; in {right} of them the model has the same order, with intervals apart.\n"
    )
    wrong = [pair for pair in order["pairs"] if not pair["holds"]]
    if wrong:
        yield "Not in the order that was aimed at:\n"
        yield "".join(f"- {titles[p['lower']]}, below {titles[p['higher']]}\n" for p in wrong)


def _firms(found: Mapping[str, Any]) -> Iterator[str]:
    for each in found["presets"]:
        yield f"## {each['title']}\n"
        yield f"`salesim run {each['preset']}`\n"
        yield each["story"] + "\n"
        roles = ((role["name"], role["sees"], role["decides"]) for role in each["roles"])
        yield table(("role", "sees", "decides"), roles)
        yield from _to_talk_about(each)
        yield "What is set, else as in the typical firm:\n"
        yield table(("number", "typical firm", "here", "unit", "kind"), map(_set, each["sets"]))
        yield from _judged(each)


def _to_talk_about(preset: Mapping[str, Any]) -> Iterator[str]:
    number, found = preset["number"], preset["explained"]
    unit = number["unit"]
    values = (found["value"], found["typical"])
    here, there = (said(value, unit, values) for value in values)
    yield (
        f"**The number to explain:** `{number['outcome']}` ({number['meaning'].rstrip('.').lower()}) is "
        f"{here}, and {there} in the typical firm ({unit_said(unit)}). {number['asks']}\n"
    )
    yield f"**The decision:** {preset['decision']}\n"
    yield f"**To talk about:** {preset['debrief']}\n"


def _set(each: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        f"`{each['path']}`",
        written(each["typical"]),
        written(each["value"]),
        each["unit"],
        each["kind"],
    )


def _judged(preset: Mapping[str, Any]) -> Iterator[str]:
    yield f"**Expected:** {preset['expected']}\n"
    yield table(
        ("what is measured", "value", "interval", "expected", "unit", ""),
        map(_statement, preset["statements"]),
    )
    missed = [each for each in preset["statements"] if each["judged"] and not each["holds"]]
    if missed:
        yield "Why not, as far as seen:\n"
        yield "".join(f"- {each['says']}: {each['why'] or 'not known.'}\n" for each in missed)
    for each in preset["unmeasured"]:
        yield f"Not measured: {each['says'].lower()}. {each['why']}\n"


def verdict(each: Mapping[str, Any]) -> str:
    """Whether a statement holds, or was only looked at."""
    return (HOLDS if each["holds"] else MISSED) if each["judged"] else SEEN


def _statement(each: Mapping[str, Any]) -> tuple[str, ...]:
    unit, ends = each["unit"], each["interval"]
    return (
        each["says"],
        said(each["value"], unit, ends or ()),
        _span(each, unit),
        band_said(each["band"], unit) if each["judged"] else "",
        unit_said(unit),
        verdict(each),
    )
