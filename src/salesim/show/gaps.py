"""The split of a gap and the next best levers: as sentences, tables, and one object for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ..english import capital
from ..quantity import Quantity, Scale, Unit, percent
from ..scenario.declared import spelt
from ..study.gap.causes import CAUSES
from ..study.gap.ledger import LEVEL, Amount, Ledger
from ..study.gap.next_best import NextLevers, Step
from ..tables import STRONG, Head, Row, Table, grouped, listed
from .words import span_of

JSON_SCHEMA_VERSION = 1
MOST_STEPS = 10
WIDE = 130
THROUGH = (
    "Shared vision works through price and accounts: what is not understood or believed shows in value "
    "that is not argued, in prices, and in where hours go, and it shares the credit with them."
)
KEYS_OF_A_GAP = {
    "schema_version": "The form of this object; higher when a program must look again.",
    "scenario": "Name of the scenario.",
    "title": "The firm in a few words.",
    "seed": "Where all luck starts.",
    "replicates": "How often the plan was lived through, each time with other luck.",
    "orders": "Pairs of orders that were drawn for each replicate; 0 where all coalitions were counted.",
    "promised": "Contribution that was promised, mean over replicates (USD).",
    "realised": "Contribution that was realised (USD).",
    "gap": "Promised less realised (USD); the causes add up to it.",
    "realisation_ratio": "Summed realised over summed promised.",
    "causes": "A list: `name`, `dimension`, `amount` (USD; above zero takes from the promise), `interval` "
    "(90%, or null of one replicate), `within_noise`, `ideal`.",
    "dimensions": "The sums over the causes of each dimension, in the same form.",
    "interactions": "What two dimensions bring together beyond what each brings alone, in the same form, "
    "the largest first.",
    "levers": "A list of steps, the best first, or null: `lever`, `before`, `after`, `unit`, `gain` (USD, "
    "net of cost), `interval` (90%), `contribution`, `cost`, `within_noise`.",
    "sentences": "The finding in words.",
    "folder": "Where the runs are that it rests on.",
}


def headline(ledger: Ledger) -> str:
    """How much of the promise was realised, and how much of it is missing."""
    promised, realised, gap = (amount.mean for amount in ledger.totals.values())
    known = ledger.totals["gap"]
    dollars = Unit.USD.scale([promised, realised], [(known.low, known.high), (gap, gap)])
    missing = f"{dollars.text(abs(gap))} {'are missing' if gap >= 0.0 else 'more than promised'}"
    return (
        f"{ledger.firm.title} realised {percent(ledger.ratio)} of what its strategy promised: "
        f"{dollars.text(realised)} of {dollars.text(promised)} contribution over {span_of(ledger.firm)}; "
        f"{missing}."
    )


def sentences(ledger: Ledger) -> list[str]:
    """The finding in words: where most is lost, what acts on what, and what is within noise."""
    lost = [_largest(ledger)] if ledger.totals["gap"].mean > 0.0 else []
    return [
        headline(ledger),
        *lost,
        *_acting_together(ledger),
        THROUGH,
        *_within_noise(ledger),
        how_split(ledger),
    ]


def _largest(ledger: Ledger) -> str:
    """Where most is lost, of what is beyond noise."""
    lost = [amount for amount in ledger.dimensions if _is_lost(amount)]
    causes = sorted((amount for amount in ledger.causes if _is_lost(amount)), key=lambda each: -each.mean)
    if not lost or not causes:
        return "Nothing that is lost can be told from noise: more replicates may show where it goes."
    dimension, first = max(lost, key=lambda amount: amount.mean), causes[0]
    after = f"; next comes {causes[1].name}, {_text(causes[1])}" if len(causes) > 1 else ""
    interval = _quantity(first).scale.interval(first.low, first.high)
    between = f" (90% interval {interval})" if interval else ""
    return (
        f"The largest part is lost in {dimension.name}: {_text(dimension)}. The largest single "
        f"cause is {first.name}, {_text(first)}{between}{after}."
    )


def _is_lost(amount: Amount) -> bool:
    """Whether something is taken from the promise, beyond noise as far as one can know."""
    return amount.mean > 0.0 and not amount.within_noise


def _quantity(amount: Amount) -> Quantity:
    """What is taken from the promise, with its interval."""
    return Quantity(amount.mean, Unit.USD, amount.low, amount.high)


def _text(amount: Amount) -> str:
    """How much it is, without its sign."""
    return replace(_quantity(amount), value=abs(amount.mean)).text()


def _acting_together(ledger: Ledger) -> Iterator[str]:
    strongest = ledger.acting_together[0]
    if strongest.within_noise or strongest.mean == 0.0:
        return
    less = strongest.mean < 0.0
    means = (
        "they overlap, and whoever mends one has mended part of the other"
        if less
        else "each is worth more where the other is mended too"
    )
    yield (
        f"The largest interaction: {strongest.name}. Mended together they bring "
        f"{_text(strongest)} {'less' if less else 'more'} than the sum of each alone, on "
        f"average over what else is mended; {means}."
    )


def _within_noise(ledger: Ledger) -> Iterator[str]:
    names = [amount.name for amount in ledger.causes if amount.within_noise]
    if names:
        yield f"Within noise, so not to be told from nothing: {', '.join(names)}."


def how_split(ledger: Ledger) -> str:
    """How the parts were worked out."""
    number = ledger.replicates
    often = f"{number:,} replicates" if number > 1 else "one replicate, so without intervals"
    if ledger.orders == 0:
        return f"Shares of all coalitions of causes (Shapley and Owen values), {often}."
    pairs = f"{ledger.orders:,} pair{'s' if ledger.orders > 1 else ''} of orders"
    return f"Shares along {pairs} in which causes are mended, drawn for each of {often}."


def _scale_of(amounts: Sequence[Amount | Step], means: Sequence[float]) -> Scale:
    """How the amounts of a table are written: in one size, with the decimals that intervals deserve."""
    return Unit.USD.scale(means, [(amount.low, amount.high) for amount in amounts])


def gap_table(ledger: Ledger, width: int) -> Table:
    """Every cause by dimension: what it takes from the promise, its interval, and its share of the gap."""
    gap = ledger.totals["gap"].mean
    unit = _scale_of(ledger.causes, [gap])
    wide, ideals = width >= WIDE, {cause.name: cause.ideal for cause in CAUSES}
    heads = [
        Head("cause of the gap", whole=True),
        *(Head(name, right=True, whole=True) for name in (unit.shown, "90% interval", "of the gap")),
        *map(Head, ("", "at its ideal")[: 1 + wide]),
    ]
    groups = [
        [
            Row(_cells(dimension, gap, unit), STRONG),
            *(
                Row((*_cells(amount, gap, unit), *([ideals[amount.name]] if wide else [])))
                for amount in ledger.causes
                if amount.dimension == dimension.name
            ),
        ]
        for dimension in ledger.dimensions
    ]
    total = Row(("promised less realised", unit.number(gap), "", percent(1.0) if gap > 0.0 else ""))
    return grouped(heads, [*groups, [total]])


def _cells(amount: Amount, gap: float, unit: Scale) -> tuple[str, ...]:
    share = percent(amount.mean / gap) if gap > 0.0 else ""
    noise = "within noise" if amount.within_noise else ""
    name = capital(amount.name) if amount.name == amount.dimension else amount.name
    return name, unit.number(amount.mean), unit.interval(amount.low, amount.high), share, noise


def levers_table(found: NextLevers) -> Table:
    """The steps that gain most, with what they bring and what they cost."""
    steps = found.steps[:MOST_STEPS]
    unit = _scale_of(steps, [step.gain for step in steps])
    numbers = (f"net gain, {unit.shown}", "90% interval", "contribution", "cost")
    heads = [
        *(Head(name, whole=True) for name in ("lever", "step")),
        *(Head(name, right=True, whole=True) for name in numbers),
        Head(""),
    ]
    rows = (
        (
            step.lever,
            step_said(step),
            unit.number(step.gain),
            unit.interval(step.low, step.high),
            unit.number(step.contribution),
            unit.number(step.cost),
            "within noise" if step.within_noise else "",
        )
        for step in steps
    )
    return listed(heads, rows, "Next best levers, one step each")


def step_said(step: Step) -> str:
    """From where to where a lever is moved."""
    return f"{_said(step.before)} to {_said(step.after)}"


def _said(value: float | str) -> str:
    return value if isinstance(value, str) else spelt(value)


def levers_sentence(found: NextLevers) -> str:
    """How many steps gain something, and what the gain leaves out."""
    sure = sum(step.low > 0.0 for step in found.steps)
    inert = sum(step.inert for step in found.steps)
    by_chance = round(0.5 * (1.0 - LEVEL) * (len(found.steps) - inert))
    dated = sorted({entry.lever for entry in found.firm.dated})
    left = f" Left out, as the firm moves them on a day: {', '.join(dated)}." if dated else ""
    return (
        f"Of {len(found.steps)} steps {sure} gain something beyond noise, each judged by itself over "
        f"{found.replicates} replicates; about {by_chance} would seem to by luck alone. {inert} change "
        f"nothing at all. Net of salaries, training, hiring, and coaching at a manager's pay.{left}"
    )


def gap_object(name: str, ledger: Ledger, levers: NextLevers | None, folder: str) -> dict[str, Any]:
    """The object that `salesim gap --json` prints; it holds `KEYS_OF_A_GAP`."""
    ideals = {cause.name: cause.ideal for cause in CAUSES}
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "scenario": name,
        "title": ledger.firm.title,
        "seed": ledger.seed,
        "replicates": ledger.replicates,
        "orders": ledger.orders,
        **{name: amount.mean for name, amount in ledger.totals.items()},
        "realisation_ratio": ledger.ratio,
        "causes": [{**_amount(a), "ideal": ideals[a.name]} for a in ledger.causes],
        "dimensions": [_amount(amount) for amount in ledger.dimensions],
        "interactions": [_amount(amount) for amount in ledger.acting_together],
        "levers": None if levers is None else _steps(levers.steps),
        "sentences": sentences(ledger),
        "folder": folder,
    }


def _amount(amount: Amount) -> dict[str, Any]:
    known = amount.low == amount.low
    return {
        "name": amount.name,
        "dimension": amount.dimension,
        "amount": amount.mean,
        "interval": [amount.low, amount.high] if known else None,
        "within_noise": amount.within_noise,
    }


def _steps(steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [
        {
            "lever": step.lever,
            "before": step.before,
            "after": step.after,
            "unit": step.unit,
            "gain": step.gain,
            "interval": [step.low, step.high],
            "contribution": step.contribution,
            "cost": step.cost,
            "within_noise": step.within_noise,
        }
        for step in steps
    ]
