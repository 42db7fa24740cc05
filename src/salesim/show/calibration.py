"""A calibration: as sentences, tables, and the keys of its object for programs."""

from __future__ import annotations

from collections.abc import Iterator

from ..quantity import percent
from ..scenario.declared import spelt
from ..study.calibrating.calibrating import Calibration, Fit
from ..study.calibrating.identifying import PINNED
from ..tables import Head, Table, listed
from .evidence.saying import band_said, exact, said, span_said

KEYS_OF_A_CALIBRATION = {
    "schema_version": "The form of this object; higher when a program must look again.",
    "title": "What was calibrated.",
    "scenario": "The firm whose numbers were fitted.",
    "seed": "Where all luck starts.",
    "attempts": "How many firms were evaluated, each over several replicates.",
    "folder": "Where everything is.",
    "fit": "A list: `row`, `says`, `unit`, `published`, `band`, `before` (of the firm as it was), `value` "
    "(of the calibrated firm on luck that the search has not seen), `standard_error`, `in_band`, "
    "`predicted` (middle 90% of firms drawn from the posterior, on new luck), `covered` (whether what was "
    "published lies in it).",
    "numbers": "A list: `path`, `value`, `before`, `range`, `unit`, `spread` (standard deviation of the "
    "posterior), `learned` (share of the prior's variance that the findings take away).",
    "directions": "How many combinations of numbers the findings pin down better than the prior does.",
    "trade_offs": "A list of pairs of numbers that trade off: `numbers`, `correlation` in the posterior.",
}


def headline(found: Calibration) -> str:
    """How many of the published numbers are met, on new luck."""
    inside = sum(fit.in_band for fit in found.fits)
    return (
        f"{inside} of {len(found.fits)} published numbers are met by the calibrated firm on luck that the "
        f"search has not seen; {len(found.numbers)} numbers were free, {found.attempts:,} firms were tried."
    )


def sentences(found: Calibration) -> Iterator[str]:
    """What was fitted, what it pins down, and what stays open."""
    yield headline(found)
    pinned = [free.path for free in found.pinned()]
    open_ = len(found.plan.free) - len(pinned)
    yield (
        f"The findings pin down {found.posterior.directions} combinations of these numbers, and by "
        f"itself {', '.join(pinned) if pinned else 'none'}; {open_} stay near where they stood, because "
        f"nothing that is fitted speaks of them."
    )
    trades = found.posterior.trades()
    if trades:
        i, j, correlation = trades[0]
        first, second = found.plan.free[i].path, found.plan.free[j].path
        way = "rise together" if correlation > 0.0 else "one rises where the other falls"
        yield (
            f"The strongest trade-off is between {first} and {second}: {way} "
            f"(correlation {correlation:.2f})."
        )
    missed = [fit.row.measure.says for fit in found.fits if not fit.covered]
    yield (
        f"Firms drawn from the posterior miss what was published of: {'; '.join(missed)}."
        if missed
        else "Firms drawn from the posterior surround every published number."
    )


def fit_table(found: Calibration) -> Table:
    """Every fitted row, before and after."""
    numbers = ("published", "band", "before", "calibrated", "posterior, middle 90%")
    heads = [Head("measure"), *(Head(name, right=True) for name in numbers), Head("")]
    return listed(heads, map(_fit, found.fits), "Fit, on luck that the search has not seen")


def _fit(fit: Fit) -> tuple[str, ...]:
    """A published number: what the firm showed before, and what it shows now."""
    unit, error = fit.row.measure.unit, (fit.value - fit.error, fit.value + fit.error)
    return (
        f"{fit.row.target}: {fit.row.measure.says}",
        exact(fit.row.aim, unit),
        band_said(fit.row.measure.band, unit),
        said(fit.before, unit, error),
        f"{said(fit.value, unit, error)} +- {said(fit.error, unit, error)}",
        span_said(fit.predicted, unit),
        "met" if fit.in_band else "missed",
    )


def numbers_table(found: Calibration) -> Table:
    """Every free number, the best pinned down first."""
    known = found.posterior
    facts = sorted(
        zip(found.plan.free, known.spread, known.learned, strict=True), key=lambda each: -each[2]
    )
    rows = (
        (
            free.path,
            spelt(free.before),
            spelt(found.numbers[free.path]),
            f"{spread * (free.high - free.low):.2g}",
            f"{spelt(free.low)} to {spelt(free.high)}",
            free.number.unit,
            f"{percent(learned)}" + (" pinned down" if learned >= PINNED else ""),
        )
        for free, spread, learned in facts
    )
    numbers = (Head(name, right=True) for name in ("before", "fitted", "+-", "range"))
    return listed([Head("number"), *numbers, Head("unit"), Head("learned", right=True)], rows, "Numbers")
