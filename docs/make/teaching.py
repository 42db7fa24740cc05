"""The generated parts of the teaching notes and of the tutorial: cards, findings, what commands print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from salesim.analysis.comparing.comparison import UNCLEAR
from salesim.english import TODAY, phrase
from salesim.evidence.wording import unit_text, value_text
from salesim.inputs.cards import card_of
from salesim.inputs.load import load_scenario
from salesim.show.presets.card import verdict

from .gallery import waterfall_shown
from .presets.page import span_of
from .published import PUBLISHED, read
from .rendering import filled, table

TEACHING, DECISIONS, PRINTED = "teaching", "decisions", "printed"
PRESETS = PUBLISHED / "presets" / "presets.json"
TAUGHT = PUBLISHED / TEACHING / f"{TEACHING}.json"
LESSON = ("volume_quota_full_discretion", "central_price_desk")
AUTHORITY, MARGIN = "regime.discount_authority", "pay.margin_weight"
AUTHORITIES, MARGINS = ("0", "0.1", "0.2", "0.4"), ("0", "0.5", "1")
REPLICATES = 8
OUTCOME = "contribution"
BASELINE = "baseline"
TUTORIAL = "docs/tutorial.md"
COMMANDS = {
    "run": "salesim run typical_firm --out results/typical --quiet",
    "gap": "salesim gap typical_firm --quick --replicates 5 --quiet",
    "firm": "salesim run premium_strategy_volume_pay --no-figures --quiet",
    "compare": (
        "salesim compare premium_strategy_volume_pay --policy pay_for_the_segment.toml --policy steer.toml "
        "--policy margin_pay --replicates 6 --budget 6 --out results/premium --no-figures --quiet"
    ),
}


def decision_sheets() -> dict[str, str]:
    """The command that simulates the decisions that teams can take, for each firm of the lesson."""
    return {
        name: (
            f"salesim compare {name} --grid {AUTHORITY}={','.join(AUTHORITIES)} "
            f"--grid {MARGIN}={','.join(MARGINS)} --replicates {REPLICATES} --budget {REPLICATES} "
            f"--no-figures --out results/sheet_{name}"
        )
        for name in LESSON
    }


def teaching_page(page: str) -> str:
    """The notes, given their text, with generated blocks as cards and results give them now."""
    presets = {each["preset"]: each for each in read(PRESETS)["presets"]}
    return filled(
        page,
        {
            "handouts": "\n\n".join(_handouts()),
            "numbers": _numbers(presets),
            "decisions": "\n\n".join(_decisions()),
            "statements": "\n\n".join(_statements(presets)),
            "firms": _firms(presets),
        },
    )


def _handouts() -> Iterator[str]:
    """What a table is given: the card without what is expected and without what came out."""
    for name in LESSON:
        card = card_of(name)
        yield f"#### {load_scenario(name).title} (`{name}`)"
        yield card.story
        roles = ((role.name, role.sees, role.decides) for role in card.roles)
        yield table(("role", "sees", "decides"), roles)
        yield f"**The number to explain:** `{card.number.outcome}`. {card.number.asks}"
        yield f"**The decision:** {card.decision}"


def _numbers(presets: Mapping[str, Mapping[str, Any]]) -> str:
    """The one number of each firm of the lesson, beside the typical firm's."""

    def row(name: str) -> tuple[str, ...]:
        number, found = presets[name]["number"], presets[name]["explained"]
        unit = number["unit"]
        here, there = value_text(found["value"], unit), value_text(found["typical"], unit)
        return (
            presets[name]["title"],
            f"`{number['outcome']}`",
            f"{here} ({span_of(found, unit)})",
            f"{there} ({span_of(found, unit, 'typical_interval')})",
            unit_text(unit),
        )

    return table(("firm", "number", "here", "in the typical firm", "unit"), map(row, LESSON))


def _decisions() -> Iterator[str]:
    """What every decision does to contribution, and which have no clear difference from the best."""
    decided = read(TAUGHT)[DECISIONS]
    for name, command in decision_sheets().items():
        yield f"**{load_scenario(name).title}**"
        yield _sheet(decided[name])
        yield _best(decided[name])
        yield f"```text\n{command}\n```"


def _sheet(found: Mapping[str, Any]) -> str:
    cells = {_decision(each["arm"]): each for each in found["differences"] if each["outcome"] == OUTCOME}
    head = ("reps may give", *(f"margin weight {margin}" for margin in MARGINS))
    return table(
        head,
        (
            (
                f"{100 * float(authority):g}% of list",
                *(_cell(cells.get((float(authority), float(margin)))) for margin in MARGINS),
            )
            for authority in AUTHORITIES
        ),
    )


def _decision(arm: str) -> tuple[float, float]:
    """Authority and margin weight, read off the name of an arm of a grid."""
    authority, margin = (float(value) for value in re.findall(r"=([\d.]+)", arm))
    return authority, margin


def _cell(difference: Mapping[str, Any] | None) -> str:
    if difference is None:
        return TODAY
    low, high = difference["scaled_interval"]
    noise = f", {UNCLEAR}" if difference["verdict"] == UNCLEAR else ""
    return f"{difference['scaled']:+.1f} ({low:.1f} to {high:.1f}){noise}"


def _best(found: Mapping[str, Any]) -> str:
    """The best decision, as far as it can be told."""
    first = found["rankings"][OUTCOME][0]
    others = [_in_words(arm) for arm in first["tied_with"]]
    best = f"The highest contribution comes with {_in_words(first['arm'])}"
    return f"{best}; there is no clear difference from {phrase(others)}." if others else f"{best}."


def _in_words(arm: str) -> str:
    if arm == BASELINE:
        return TODAY
    authority, margin = _decision(arm)
    return f"{100 * authority:g}% authority and margin weight {margin:g}"


def _statements(presets: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """What was expected of the firms of the lesson, and what their runs said."""
    for name in LESSON:
        preset = presets[name]
        yield f"**{preset['title']}.** Expected: {preset['expected']}"
        yield table(
            ("what is measured", "value", "unit", ""),
            (
                (
                    each["says"],
                    value_text(each["value"], each["unit"], each["interval"] or ()),
                    unit_text(each["unit"]),
                    verdict(each),
                )
                for each in preset["statements"]
            ),
        )


def _firms(presets: Mapping[str, Mapping[str, Any]]) -> str:
    """Every firm with a card, those first whose runs say most of what was expected."""

    def share(preset: Mapping[str, Any]) -> tuple[int, int]:
        judged = [each["holds"] for each in preset["statements"] if each["judged"]]
        return sum(judged), len(judged)

    ordered = sorted(presets.values(), key=lambda each: -share(each)[0] / share(each)[1])
    return table(
        ("firm", "number to explain", "decision", "what was expected holds"),
        (
            (
                f"[{each['title']}](presets.md)",
                f"`{each['number']['outcome']}`",
                each["decision"],
                "{} of {}".format(*share(each)),
            )
            for each in ordered
        ),
    )


def tutorial_page(page: str) -> str:
    """The tutorial, given its text, with what its commands printed when they were last run."""
    quoted = {name: _quoted(text) for name, text in read(TAUGHT)[PRINTED].items()}
    return filled(page, {"waterfall": waterfall_shown(TUTORIAL), **quoted})


def _quoted(text: str) -> str:
    return ">\n".join(f"> {line}\n" for line in text.splitlines())
