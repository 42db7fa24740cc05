"""How an outcome responds to one lever, under each policy and setting of the other levers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...inputs.declared import place_text, value_said, words_of
from ...inputs.design import Number, Study
from ...outcomes.history import Numbers
from ...runs.estimating import Spread
from ...runs.runs import Runs
from .judges import Setting
from .means import Means, is_numeric, over_settings, over_uncertain, slices_of
from .shapes import (
    DIPS,
    FALLS,
    FLAT,
    PARTLY,
    PEAKS,
    RISES,
    STILL,
    UNTOLD,
    Shape,
    alone,
    levels_off,
    shape_of,
)

MAX_GROUPS = 3  # of curves that do the same, in a title


@dataclass(frozen=True, eq=False)
class Response:
    """The answer of an outcome to a lever, all else at one setting.

    Args:
        name: what sets it apart from other curves, for the key.
        said: the same in a sentence.
        y: means and intervals at each value of the lever.
        found: all means, which know what differs significantly.
        settings: the setting at each value of the lever.
    """

    name: str
    said: str
    y: Spread
    found: Means
    settings: list[Setting]

    @property
    def known(self) -> Numbers:
        """At which values of the lever there is a mean."""
        return np.flatnonzero(np.isfinite(self.y.mean))

    @cached_property
    def signs(self) -> Numbers:
        """Which of the values of the lever with a mean differ significantly from which."""
        known = [self.settings[place] for place in self.known]
        return np.array([self.found.signs(setting, known) for setting in known])

    def stands_out(self, place: int) -> bool:
        """Whether a value of the lever differs significantly from those beside it."""
        return alone(self.signs, int(np.searchsorted(self.known, place)))

    @property
    def levels_off(self) -> int | None:
        """From which value of the lever on none differs significantly from another."""
        place = levels_off(self.signs)
        return None if place is None else int(self.known[place])

    @cached_property
    def shape(self) -> Shape:
        """What it does, with places counted among all values of the lever."""
        kind, high, low = shape_of(self.y.mean[self.known], self.signs)
        return Shape(kind, int(self.known[high]), int(self.known[low]))


def means(sweep: Runs, outcome: str) -> Means | None:
    """What there is to draw, or None: nothing was moved that has a size, or too little is known."""
    study = sweep.study
    uncertain = next((path for path, values in study.uncertainties.items() if len(values) > 1), None)
    if _moved(study):
        found = over_settings(sweep, outcome) if any(map(is_numeric, _moved(study))) else None
    else:
        found = over_uncertain(sweep, outcome, uncertain) if uncertain else None
    return found if found is not None and curves_of(found) else None


def _moved(study: Study) -> list[str]:
    return [path for path, values in study.levers.items() if len(values) > 1]


def lever_of(found: Means) -> str:
    """The lever along the axis: the first with three values, or else with two."""
    numeric = [path for path in found.moved if is_numeric(path)]
    return next((path for path in numeric if len(found.values(path)) > 2), numeric[0])


def curves_of(found: Means) -> list[Response]:
    """A curve for each policy and setting of the other levers at which two means or more are known."""
    slices = slices_of(found, [lever_of(found)])
    curves = [Response(name, said, found.at(each), found, each) for name, said, each in slices]
    return [curve for curve in curves if len(curve.known) > 1]


def finding(found: Means) -> str:
    """What the outcome does when the lever is moved, as far as it is significant."""
    curves = curves_of(found)
    values = found.values(lever_of(found))
    shapes = [curve.shape for curve in curves]
    if all(shape.kind == UNTOLD for shape in shapes):
        return _few_points(found, curves) if found.judge.by_point else _untold(found, curves)
    if len(curves) == 1:
        curve = curves[0]
        return f"{found.opening} {_does(found, [curve], values, first=True)}{_amounts(found, curve)}"
    groups = [
        [c for c, s in zip(curves, shapes, strict=True) if s.kind == kind]
        for kind in dict.fromkeys(shape.kind for shape in shapes)
    ]
    groups.sort(key=len, reverse=True)
    said = [
        f"{_does(found, group, values, first=k == 0)} {_of_curves(group, curves)}"
        for k, group in enumerate(groups[:MAX_GROUPS])
    ]
    return f"{found.opening} {'; '.join(said)}"


def _untold(found: Means, curves: Sequence[Response]) -> str:
    """The largest and the smallest of means that have no interval."""
    lever = lever_of(found)
    known = [
        (value, found.values(lever)[k], curve)
        for curve in curves
        for k, value in enumerate(curve.y.mean)
        if np.isfinite(value)
    ]
    ends = [
        f"{word} at {place_text(lever, value)}{' for ' * bool(curve.said)}{curve.said}, {found.said(mean)}"
        for word, end in (("highest", max), ("lowest", min))
        for mean, value, curve in [end(known, key=lambda each: each[0])]
    ]
    return f"In one replicate, {found.noun} is {'; '.join(ends)}"


def _few_points(found: Means, curves: Sequence[Response]) -> str:
    """Where the best mean is, and at how many of few points it is better than the ends of its curve."""
    lever, lower = lever_of(found), found.outcome.better == "lower"
    best = (min if lower else max)(
        curves, key=lambda each: float((np.nanmin if lower else np.nanmax)(each.y.mean))
    )
    place = best.shape.low if lower else best.shape.high
    under = f" for {best.said}" if best.said else ""
    said = f"{found.opening} is {found.best} at {place_text(lever, found.values(lever)[place])}{under}"
    counts = [
        f"{value_said(lever, found.values(lever)[end])} at {won} of {known}"
        for end in dict.fromkeys((int(best.known[0]), int(best.known[-1])))
        if end != place
        for won, known in [found.wins(best.settings[place], best.settings[end])]
    ]
    counts[0] += " points"
    own = value_said(lever, found.values(lever)[place])
    return f"{said}, {found.said(best.y.mean[place])}; {own} {found.beats} {', and '.join(counts)}"


def _does(found: Means, curves: Sequence[Response], values: Sequence[Number], *, first: bool) -> str:
    """What curves of one kind do; the lever is named once."""
    lever, kind = lever_of(found), curves[0].shape.kind
    name = words_of(lever) if first else "it"
    if kind in (RISES, FALLS):
        place = curves[0].levels_off if len(curves) == 1 else None
        end = "" if place is None else f" up to {value_said(lever, values[place])} and levels off"
        return f"{kind} with {name}{end}"
    if kind in (STILL, FLAT):
        return f"does not {'clearly ' * (kind == FLAT)}change with {name}"
    if kind in (PEAKS, DIPS):
        return _turns(curves, lever, values, first=first)
    if kind == PARTLY and len(curves) == 1:
        shape, say = curves[0].shape, place_text if first else value_said
        higher, lower = say(lever, values[shape.high]), value_said(lever, values[shape.low])
        return f"is higher at {higher} than at {lower}, with no other clear difference"
    if kind == PARTLY:
        return f"changes with {name}, in no clear direction"
    if kind == UNTOLD:
        return f"has too few {'points' if found.judge.by_point else 'replicates'} to judge"
    return f"goes up and down with {name}"


def _turns(curves: Sequence[Response], lever: str, values: Sequence[Number], *, first: bool) -> str:
    """Where curves peak, or are lowest; near it where its neighbours do not differ clearly."""
    kind = curves[0].shape.kind
    places = [curve.shape.high if kind == PEAKS else curve.shape.low for curve in curves]
    word = "peaks" if kind == PEAKS else "is lowest"
    say = place_text if first else value_said
    nearest, furthest = values[min(places)], values[max(places)]
    if nearest != furthest:
        return f"{word} between {value_said(lever, nearest)} and {say(lever, furthest)}"
    sure = all(curve.stands_out(place) for curve, place in zip(curves, places, strict=True))
    return f"{word} {'at' if sure else 'near'} {say(lever, nearest)}"


def _of_curves(group: Sequence[Response], curves: Sequence[Response]) -> str:
    """For which curves something holds."""
    if len(group) == len(curves):
        return "for both curves" if len(curves) == 2 else f"for all {len(curves)} curves"
    if len(group) == 1:
        return f"for {group[0].said}"
    return f"for {len(group)} of {len(curves)} curves"


def _amounts(found: Means, curve: Response) -> str:
    """How large the outcome is where a single curve has its ends or its turn."""
    shape, mean = curve.shape, curve.y.mean
    if shape.kind == STILL:
        return f": it stays at {found.said(mean[shape.high])}"
    if shape.kind == FLAT:
        return f": it stays between {found.said(mean[shape.low])} and {found.said(mean[shape.high])}"
    if shape.kind in (RISES, FALLS):
        return f", from {found.said(mean[curve.known[0]])} to {found.said(mean[curve.known[-1]])}"
    if shape.kind in (PEAKS, DIPS):
        return f", at {found.said(mean[shape.high if shape.kind == PEAKS else shape.low])}"
    return ""
