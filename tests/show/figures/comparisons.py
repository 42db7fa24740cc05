"""Comparisons for tests of their figures: of a real sweep, or with differences that are made up."""

from dataclasses import replace

import numpy as np

from salesim.analysis.comparing.comparison import BETTER, UNCLEAR, WORSE, Comparison, Difference, Rank
from salesim.outcomes import NUMBERS
from salesim.runs.exec import Exec
from salesim.runs.sweep import sweep
from salesim.statistics import Interval, half_width

REPLICATES = 6
SIZE = {"headcount": 4, "accounts": 40, "burn_in_weeks": 13, "weeks": 52}
POLICIES = {
    "on_margin": {"pay.margin_weight": 1.0},
    "no_authority": {"regime.discount_authority": 0.0},
    "tight": {"payout.cap": 2.0},
}
TITLES = {
    "baseline": "the firm as it is",
    "on_margin": "pay on margin",
    "no_authority": "no authority",
    "tight": "a tight cap",
}
PROMISE = 20e6  # USD, of made-up differences


def swept(folder, policies=POLICIES, replicates=REPLICATES, outcomes=("realised",), **more):
    settings = {"organisation": more.pop("size", SIZE), "needs": {"rate": 0.25}}
    return sweep(
        {
            "title": "A comparison",
            "replicates": replicates,
            "outcomes": [*outcomes, "promised"],
            "settings": settings,
            "policies": policies,
            **more,
        },
        out=folder,
        how=Exec(workers=1),
        reuse=folder.parent,
    )


def compared(found, outcomes=("realised", "discount"), titles=None, equal=None):
    """All policies of a sweep against the first, by plain intervals of paired differences."""
    base, *arms = found.study.firms
    promise = found.joined(["promised"]).groupby("policy")["promised"].mean()[base]
    differences, rankings = [], {}
    for name in outcomes:
        table = found.joined([name]).pivot(index="replicate", columns="policy", values=name)
        differences += [_difference(NUMBERS[name], arm, table[base], table[arm], promise) for arm in arms]
        order = table.mean().sort_values(ascending=NUMBERS[name].better == "lower")
        rankings[name] = tuple(_rank(arm, mean, k, ()) for k, (arm, mean) in enumerate(order.items(), 1))
    named = {arm: (titles or TITLES).get(arm, arm) for arm in found.study.firms}
    return Comparison(
        title=found.study.title,
        sweep=found,
        seed=found.study.seed,
        arms=named,
        precision=1.0,
        differences=tuple(differences),
        rankings=rankings,
        equal=equal or {},
        places={arm: place for place, arm in enumerate(named)},
    )


def changed(part, **new):
    """The same with other values; those of the estimate by their own names."""
    ends = {name: new.pop(name) for name in ("mean", "low", "high") if name in new}
    if ends:
        new["estimate"] = replace(part.estimate, **ends)
    return part.model_copy(update=new)


def _rank(arm, mean, place, tied):
    return Rank(arm=arm, mean=mean, place=place, tied_with=tuple(tied))


def _difference(outcome, arm, base, other, promise):
    paired = (other - base).to_numpy()
    half = float(half_width(np.array(paired.std(ddof=1)), np.array(len(paired))))
    mean, before = float(paired.mean()), float(base.mean())
    ahead = mean < 0.0 if outcome.better == "lower" else mean > 0.0
    money = outcome.unit == "USD"
    return Difference(
        arm=arm,
        outcome=outcome,
        estimate=Interval(mean, mean - half, mean + half),
        baseline=before,
        scale=100.0 / (promise if money else before),
        scaled_unit="points of the promise" if money else "percent of the baseline",
        chance_positive=0.5,
        replicates=len(paired),
        correlation=0.5,
        variance_ratio=4.0,
        verdict=UNCLEAR if abs(mean) <= half else BETTER if ahead else WORSE,
        paired=paired,
    )


def made_up(comparison, points, half=0.5, outcome="realised", tied=None):
    """The same comparison, with these mean differences in points of the promise, arm by arm."""
    unit = PROMISE / 100.0
    found = [
        Difference(
            arm=arm,
            outcome=NUMBERS[outcome],
            estimate=Interval(*(value * unit for value in (mean, mean - half, mean + half))),
            baseline=0.5 * PROMISE,
            scale=1.0 / unit,
            scaled_unit="points of the promise",
            chance_positive=0.5,
            replicates=40,
            correlation=0.9,
            variance_ratio=12.3,
            verdict=UNCLEAR if abs(mean) <= half else BETTER if mean > 0.0 else WORSE,
            paired=np.linspace(mean - 2.0, mean + 2.0, 40) * unit,
        )
        for arm, mean in points.items()
    ]
    order = sorted({"baseline": 0.0, **points}.items(), key=lambda each: -each[1])
    ranks = tuple(_rank(arm, mean, k, (tied or {}).get(arm, ())) for k, (arm, mean) in enumerate(order, 1))
    titles = {arm: comparison.arms.get(arm, arm) for arm in ("baseline", *points)}
    return changed(comparison, differences=tuple(found), rankings={outcome: ranks}, arms=titles)
