"""What the runs of all firms with a card said of what was expected, as one object."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

from salesim.evidence.judging import Verdict
from salesim.show.presets.card import shown_card
from salesim.statistics import LEVEL, Interval

from ..signatures.judged import Judged
from ..signatures.order import order_of

JSON_SCHEMA_VERSION = 1
KEYS_OF_PRESETS = {
    "schema_version": "The form of this object; higher when a program must look again.",
    "seed": "Random seed.",
    "typical": "Realised over promised of the typical firm: `value` and `interval`.",
    "held": "How many statements hold, of those that must.",
    "statements": "How many statements must hold.",
    "unmeasured": "How many must hold and cannot be measured.",
    "within": "How many firms realise a share within what was aimed at.",
    "order": "`names` from the lowest ratio to the highest, rank `correlation` with what was aimed at, and "
    "`pairs` of firms whose aimed bands lie apart.",
    "presets": "A list with an object for each firm: what `salesim presets --json` says, and these keys.",
}
KEYS_OF_A_PRESET = {
    "replicates": "How often each arm was run.",
    "realised_over_promised": "`value`, `interval`, and whether the value is `within` what was aimed at.",
    "of_typical_promise": "What it realises over what the typical firm promises: `value` and `interval`.",
    "explained": "The number to explain: `value`, `interval`, `typical` and `typical_interval`.",
    "statements": "A list with an object for each statement.",
    "unmeasured": "What must hold and cannot be measured: a list of `says` and `why`.",
}
KEYS_OF_A_STATEMENT = {
    "name": "Short, for programs.",
    "says": "What is measured.",
    "value": "What the model says.",
    "interval": f"Its {LEVEL:.0%} interval, by resampling replicates, or null.",
    "band": "Lowest and highest value that was expected.",
    "unit": "Of these numbers.",
    "sign_holds": "In which share of replicates the sign is that of the band; null where it has none.",
    "judged": "Whether it must hold; false for what was only looked at beside it.",
    "holds": "Whether value, interval and sign are as expected.",
    "why": "Why it does not hold, as far as seen; empty where it does or was not judged.",
}


def presets_object(found: Sequence[Judged], seed: int) -> dict[str, Any]:
    """The object that is kept of all firms; it holds `KEYS_OF_PRESETS`.

    Args:
        found: the firms, at least two.
        seed: of all random draws.
    """
    order = order_of(found)
    judged = [v for each in found for v in each.statements if v.measure.judged]
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "seed": seed,
        "typical": _known(found[0].typical_ratio),
        "held": sum(verdict.reproduced for verdict in judged),
        "statements": len(judged),
        "unmeasured": sum(len(each.signature.unmeasured) for each in found),
        "within": sum(_within(each.ratio) for each in found),
        "order": {
            "names": list(order.names),
            "correlation": order.correlation,
            "pairs": [vars(pair) for pair in order.pairs],
        },
        "presets": [preset_object(each) for each in found],
    }


def preset_object(found: Judged) -> dict[str, Any]:
    """One firm: its card and what its runs said; it holds `KEYS_OF_A_PRESET`."""
    here, there = _known(found.number), _known(found.typical_number)
    return {
        **shown_card(found.signature.name).model_dump(mode="json", exclude={"found"}),
        "replicates": found.ratio.units,
        "realised_over_promised": {**_known(found.ratio), "within": _within(found.ratio)},
        "of_typical_promise": _known(found.of_typical),
        "explained": {**here, "typical": there["value"], "typical_interval": there["interval"]},
        "statements": [_statement(verdict, found) for verdict in found.statements],
        "unmeasured": [each.model_dump() for each in found.signature.unmeasured],
    }


def _known(number: Interval | Verdict) -> dict[str, Any]:
    ends = [number.low, number.high]
    return {"value": number.value, "interval": ends if all(map(isfinite, ends)) else None}


def _within(ratio: Verdict) -> bool:
    low, high = ratio.measure.band
    return low <= ratio.value <= high


def _statement(verdict: Verdict, found: Judged) -> dict[str, Any]:
    measure = verdict.measure
    missed = measure.judged and not verdict.reproduced
    return {
        "name": measure.name,
        "says": measure.says,
        **_known(verdict),
        "band": list(measure.band),
        "unit": measure.unit,
        "sign_holds": verdict.sign_holds,
        "judged": measure.judged,
        "holds": verdict.reproduced,
        "why": found.signature.why.get(measure.name, "") if missed else "",
    }
