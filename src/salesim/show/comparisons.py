"""What a comparison found: as sentences, tables, and one object for programs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..english import capital
from ..quantity import Quantity, Scale, Unit
from ..study.comparing.comparison import BETTER, SAME, WITHIN_NOISE, WORSE, Comparison, Difference, Rank
from ..study.sweeps.design import AS_IS
from ..tables import Head, Table, listed

if TYPE_CHECKING:
    from ..study.comparing.parting import Parting

JSON_SCHEMA_VERSION = 1
MOST_SENTENCES = 8
BASELINE = "the firm as it is"
KEYS_OF_A_COMPARISON = {
    "schema_version": "The form of this object; higher when a program must look again.",
    "title": "What was compared, in a few words.",
    "seed": "Where all luck starts.",
    "precision": "The half-width that was asked for: points of the promise for money, percent of the "
    "baseline's mean for others.",
    "precise": "Whether every difference is known so well; the budget was spent before where it is not.",
    "arms": "What each arm is called in words, by its name; as_is is the baseline.",
    "comparisons": "A list, each arm against the baseline in each outcome: `policy`, `outcome`, `unit`, "
    "`difference` and `interval` (in the unit of the outcome; all intervals of an outcome hold together in "
    "95% of cases; null where no replicate shows a difference), "
    "`scaled`, `scaled_interval`, `said_in` (points of the promise, or percent), "
    "`chance_positive`, `positive_in` (replicates), `verdict`, `replicates`, `correlation`, "
    "`variance_ratio`.",
    "ranking": "By outcome, all arms, the best first: `policy`, `mean`, `place`, `not_apart` (arms that "
    "cannot be told apart from it).",
    "equal": "Arms that are the same firm as another, and which.",
    "parting": "By arm, where its history parts from that of the baseline in the first replicate, or null.",
    "sentences": "The finding in words.",
    "folder": "Where the runs are that it rests on.",
}


def sentences(found: Comparison) -> list[str]:
    """Every verdict in words, then the ranking of several arms."""
    if len(found.differences) <= MOST_SENTENCES:
        said = [capital(sentence(found, difference)) for difference in found.differences]
    else:
        said = [in_short(found, found.of(outcome)) for outcome in found.outcomes]
    if len(found.titles) > 2:
        said += [ranking(found, outcome.name) for outcome in found.outcomes]
    return [*said, *_unprecise(found)]


def in_short(found: Comparison, differences: list[Difference]) -> str:
    """How many arms beat the baseline in an outcome, and the verdict on the best of them."""
    verdicts = [difference.verdict for difference in differences]
    name = differences[0].outcome.name
    kinds = ((WORSE, "worse"), (WITHIN_NOISE, "within noise"), (SAME, "the same firm"))
    others = "".join(f", {verdicts.count(kind)} {said}" for kind, said in kinds if kind in verdicts)
    counts = f"{verdicts.count(BETTER)} better than {BASELINE} in {name}{others}"
    ranked = (rank.arm for rank in found.rankings[name] if rank.arm != AS_IS)
    best = next(ranked)
    first = next(difference for difference in differences if difference.arm == best)
    return f"Of {len(differences)} arms: {counts}. {capital(sentence(found, first))}"


def sentence(found: Comparison, difference: Difference) -> str:
    """Whether an arm beats the baseline in an outcome, by how much, and how surely."""
    title, name = found.titles[difference.arm], difference.outcome.name
    twin = found.equal.get(difference.arm)
    if difference.verdict == SAME:
        return f"{title} is the same firm as {BASELINE}: no number differs, so there is nothing to compare."
    same = f" (the same firm as {found.titles[twin]})" if twin else ""
    often = f"{difference.replicates:,} paired replicates"
    if (difference.paired == 0.0).all():
        return f"{title}{same} and {BASELINE} do not differ in {name} in any of {often}."
    if difference.verdict == WITHIN_NOISE:
        return (
            f"{title}{same} and {BASELINE} are within noise in {name} after {often}: {amount(difference)}, "
            f"95% interval {interval(difference)}."
        )
    does = "beats" if difference.verdict == BETTER else "is worse than"
    return (
        f"{title}{same} {does} {BASELINE} in {name} by {amount(difference, absolute=True)}, 95% interval "
        f"{interval(difference, absolute=True)}, {often}."
    )


def scale_of(differences: Sequence[Difference], minus: str = "-") -> Scale:
    """What differences in one outcome are said in: its own unit where the baseline is nothing."""
    outcome, said_in, factor = differences[0].outcome, differences[0].said_in, differences[0].scale
    known = math.isfinite(factor)
    unit = Unit(said_in) if known else outcome.unit.difference
    factor = factor if known else 1.0
    ends = [(d.low * factor, d.high * factor) for d in differences]
    scale = unit.scale([d.mean * factor for d in differences], ends, minus=minus)
    return replace(scale, factor=scale.factor * factor)


def amount(difference: Difference, *, absolute: bool = False) -> str:
    """A mean difference as points of the promise or percent; in its own unit where neither is known."""
    return scale_of([difference]).text(abs(difference.mean) if absolute else difference.mean)


def interval(difference: Difference, *, absolute: bool = False) -> str:
    """Its interval in the same unit; without its sign where words say which way it goes."""
    low, high = difference.low, difference.high
    ends = (-high, -low) if absolute and difference.mean < 0.0 else (low, high)
    return scale_of([difference]).interval(*ends) or "unknown of one replicate"


def ranking(found: Comparison, outcome: str) -> str:
    """The order of all arms, and which of them cannot be told apart."""
    ranks = found.rankings[outcome]
    order = "; ".join(f"{rank.place}. {_called(found, rank.arm)}" for rank in ranks[:MOST_SENTENCES])
    more = f" and {len(ranks) - MOST_SENTENCES:,} more" if len(ranks) > MOST_SENTENCES else ""
    return f"Ranking by {outcome}: {order}{more}. {_told_apart(found, ranks)}."


def _told_apart(found: Comparison, ranks: tuple[Rank, ...]) -> str:
    if not any(rank.not_apart for rank in ranks):
        return "All can be told apart"
    best = ranks[0]
    if best.not_apart:
        names = [_called(found, arm) for arm in best.not_apart[:MOST_SENTENCES]]
        left = len(best.not_apart) - MOST_SENTENCES
        more = f" and {left:,} more" if left > 0 else ""
        return f"The first cannot be told apart from {', '.join(names)}{more}"
    return "The first can be told apart from all others, not all of these from each other"


def _called(found: Comparison, arm: str) -> str:
    return BASELINE if arm == AS_IS else found.titles[arm]


def _unprecise(found: Comparison) -> Iterator[str]:
    for outcome in found.outcomes:
        if not all(math.isfinite(difference.scale) for difference in found.of(outcome)):
            yield f"{outcome.name} of {BASELINE} is zero, so nothing can be said of it in percent."
    if not found.precise:
        widest = max((d.half_width for d in found.differences if math.isfinite(d.half_width)), default=0.0)
        yield (
            f"{_why_unprecise(found)}: the widest interval is {widest:,.2g} to either side instead of "
            f"{found.precision:g}."
        )


def _why_unprecise(found: Comparison) -> str:
    """Whether more replicates were not allowed, or the first ones did not ask for them."""
    rule = found.sweep.study.replicates
    if len(found.sweep.store.ids) >= rule.most * len(found.places):
        return "The budget is spent before every difference is as precise as asked"
    return f"A difference scatters more than the first {rule.least:,} replicates showed"


def audit(found: Comparison) -> list[str]:
    """What meeting the same luck was worth, with a warning where it was not."""
    ratios = [d for d in found.differences if math.isfinite(d.variance_ratio) and d.arm not in found.equal]
    if not ratios:
        return []
    low, high = (end(ratios, key=lambda d: d.variance_ratio) for end in (min, max))
    lines = [_worth(low, high, len(ratios))]
    for poor in (d for d in ratios if d.variance_ratio <= 1.0):
        lines.append(
            f"Warning: pairing does not help {found.titles[poor.arm]} in {poor.outcome.name}: the "
            f"difference scatters as much as if each arm had luck of its own. Its interval is right."
        )
    return lines


def _worth(low: Difference, high: Difference, count: int) -> str:
    if count == 1:
        return (
            f"Pairing: correlation {low.correlation:.2f}; with independent luck the same certainty would "
            f"have taken {low.variance_ratio:,.1f} times the replicates."
        )
    return (
        f"Pairing: with independent luck the same certainty would have taken {low.variance_ratio:,.1f} to "
        f"{high.variance_ratio:,.1f} times the replicates."
    )


def comparison_table(found: Comparison, most: int) -> Table:
    """Every difference: in its unit, in points or percent, and what it is called."""
    heads = [
        Head("arm", least=18),
        Head("outcome", whole=True),
        *(Head(n, True, True) for n in ("difference", "points or %", "95% interval", "chance > 0")),
        Head("verdict", whole=True),
        Head("replicates", True, True),
        *(Head(name, right=True) for name in ("correlation", "variance ratio")),
    ]
    return listed(heads, (_cells(found, difference) for difference in found.differences[:most]))


def _cells(found: Comparison, difference: Difference) -> tuple[str, ...]:
    own = Quantity(difference.mean, difference.outcome.unit.difference, difference.low, difference.high)
    return (
        found.titles[difference.arm],
        difference.outcome.name,
        own.text(),
        amount(difference).partition(" of ")[0] if math.isfinite(difference.scale) else "",
        interval(difference),
        _chance(difference.chance_positive),
        difference.verdict,
        f"{difference.replicates:,}",
        _said(difference.correlation),
        _said(difference.variance_ratio),
    )


def _chance(probability: float) -> str:
    """A chance in percent, never as certain as it cannot be."""
    if not math.isfinite(probability):
        return ""
    percent = 100.0 * probability
    return ">99.9%" if percent > 99.9 else "<0.1%" if percent < 0.1 else f"{percent:.1f}%"


def _said(number: float) -> str:
    return f"{number:,.2f}" if math.isfinite(number) else ""


def comparison_object(
    found: Comparison, partings: dict[str, Parting | None], folder: str
) -> dict[str, Any]:
    """The object that `salesim compare --json` prints; it holds `KEYS_OF_A_COMPARISON`."""
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "title": found.sweep.study.title,
        "seed": found.sweep.study.seed,
        "precision": found.precision,
        "precise": found.precise,
        "arms": found.titles,
        "comparisons": [_difference(difference) for difference in found.differences],
        "ranking": {
            name: [
                {"policy": r.arm, "mean": r.mean, "place": r.place, "not_apart": list(r.not_apart)}
                for r in ranks
            ]
            for name, ranks in found.rankings.items()
        },
        "equal": found.equal,
        "parting": {arm: parting.as_object() if parting else None for arm, parting in partings.items()},
        "sentences": sentences(found) + audit(found),
        "folder": folder,
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "policy": difference.arm,
        "outcome": difference.outcome.name,
        "unit": difference.outcome.unit,
        "difference": difference.mean,
        "interval": _ends(difference, 1.0),
        "scaled": _known(difference.mean * difference.scale),
        "scaled_interval": _ends(difference, difference.scale),
        "said_in": difference.said_in,
        "chance_positive": _known(difference.chance_positive),
        "positive_in": int((difference.paired > 0.0).sum()),
        "verdict": difference.verdict,
        "replicates": difference.replicates,
        "correlation": _known(difference.correlation),
        "variance_ratio": _known(difference.variance_ratio),
    }


def _ends(difference: Difference, factor: float) -> list[float | None]:
    """The ends of an interval; of a firm that is another, but never differed, nothing is known."""
    if not difference.paired.any() and difference.verdict != SAME:
        return [None, None]
    return [_known(difference.low * factor), _known(difference.high * factor)]


def _known(number: float) -> float | None:
    return number if math.isfinite(number) else None
