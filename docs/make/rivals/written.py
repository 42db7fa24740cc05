"""What the experiments found, in words and figures: made from the runs, so that they follow the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from salesim.inputs.design import Study
from salesim.runs.runs import Runs
from salesim.show.figures.frame import BLUE, GREEN, GREY, SIZE, VERMILLION, framed, styled
from salesim.statistics import mean_intervals, sign_of

from ..rendering import table
from .telling import SPREAD, Experiment, Statistic, Values, worth_of_authority

ALIKE, DIFFERENCE = "does not decide between them", "difference"
Interval = Sequence[float]  # a mean, and the ends of its interval
COLOURS, MARKS = (BLUE, VERMILLION, GREEN), ("o", "s", "D")


@dataclass(frozen=True)
class Found:
    """What an experiment found.

    Args:
        experiment: what was asked.
        study: as it was carried out.
        numbers: by statistic, the mean and interval under each theory, and of their difference.
        sweeps: the stored runs, by theory; none where numbers were read.
    """

    experiment: Experiment
    study: Study
    numbers: Mapping[str, Mapping[str, Interval]]
    sweeps: Mapping[str, Runs]

    def apart(self, name: str) -> Interval:
        """The second theory less the first, replicate by replicate: mean and interval."""
        return self.numbers[name][DIFFERENCE]

    def under(self, name: str) -> dict[str, Interval]:
        """A statistic under each theory."""
        return {theory: self.numbers[name][theory] for theory in self.experiment.theories}

    def verdict(self, name: str) -> str:
        """How clearly a statistic decides between the theories."""
        _, low, high = self.apart(name)
        sides = [side(known) for known in list(self.under(name).values())[:2]]
        if low <= 0.0 <= high:
            return ALIKE
        if sides[0] * sides[1] < 0:
            return "opposite signs"
        return "one theory moves it, the other does not" if 0 in sides else "same sign, different size"


def numbers_of(
    experiment: Experiment, values: Mapping[str, Mapping[str, Values]]
) -> dict[str, dict[str, Interval]]:
    """Mean and interval of every statistic under every theory, and of the difference of the first two."""
    first, second = list(experiment.theories)[:2]
    every = {name: {**by, DIFFERENCE: by[second] - by[first]} for name, by in values.items()}
    return {
        name: {of: mean_intervals(each[None])[:, 0].tolist() for of, each in by.items()}
        for name, by in every.items()
    }


def side(found: Interval) -> int:
    """Whether an interval lies above zero (1), below it (-1), or holds it (0)."""
    _, low, high = found
    return int(sign_of(low, high))


def said(found: Interval) -> str:
    """A mean with its interval."""
    mean, low, high = found
    noise = "" if side(found) else ", no clear difference"
    return f"{mean:+.2f} ({low:+.2f} to {high:+.2f}{noise})"


def title_of(found: Found) -> str:
    """The finding of an experiment, by the statistic that decides."""
    experiment = found.experiment
    first = experiment.statistics[0]
    means = list(found.under(first.name).values())[:2]
    names = [name.replace("_", " ") for name in list(experiment.theories)[:2]]
    if found.verdict(first.name) == ALIKE:
        return f"{first.title}: {names[0]} and {names[1]} show no clear difference"
    return first.finding.format(*(mean for mean, _, _ in means))


@styled
def drawn(found: Found) -> Figure:
    """Each statistic under each theory with its interval; where uncertainty is moved, along it."""
    experiment = found.experiment
    key = [
        Line2D([], [], color=colour, marker=mark, label=experiment.called[theory])
        for theory, colour, mark in zip(experiment.theories, COLOURS, MARKS, strict=False)
    ]
    note = (
        f"Bars: 95% intervals of the mean over {found.study.replicates.most} replicates; all theories use "
        "the same random draws."
    )
    height = SIZE[1] + 0.9 * max(len(experiment.statistics) - 4, 0)
    figure = framed(title_of(found), found.study.title, note, key, height)
    if SPREAD in found.study.uncertainties:
        _along(figure.subplots(), found)
        return figure
    several = figure.subplots(len(experiment.statistics), 1)
    for axes, statistic in zip(several, experiment.statistics, strict=True):
        _rows(axes, statistic, found)
    return figure


def _rows(axes: Axes, statistic: Statistic, found: Found) -> None:
    for row, known in enumerate(found.under(statistic.name).values()):
        _bar(axes, known, -row, row)
    axes.axvline(0.0, color=GREY, linewidth=1.4, zorder=1)
    axes.set_title(f"{statistic.title} ({statistic.unit})", loc="left", fontsize=11.5)
    axes.set_yticks([])
    axes.margins(x=0.08, y=0.35)
    axes.grid(visible=False, axis="y")


def _bar(axes: Axes, known: Interval, height: float, row: int) -> None:
    mean, low, high = known
    axes.plot([low, high], [height, height], color=COLOURS[row], linewidth=3.0)
    axes.plot([mean], [height], color=COLOURS[row], marker=MARKS[row], markersize=7.0)


def _along(axes: Axes, found: Found) -> None:
    for row, theory in enumerate(found.experiment.theories):
        worths = worth_of_authority(found.sweeps[theory])
        means, lows, highs = mean_intervals(np.array(list(worths.values())))
        at = [spread + 0.12 * (row - 0.5) for spread in worths]
        errors = [
            [mean - low for mean, low in zip(means, lows, strict=True)],
            [high - mean for mean, high in zip(means, highs, strict=True)],
        ]
        look: dict[str, Any] = {"color": COLOURS[row], "marker": MARKS[row], "linewidth": 2.2, "capsize": 4}
        axes.errorbar(at, means, yerr=errors, **look)
    axes.axhline(0.0, color=GREY, linewidth=1.4)
    axes.set_xlabel("how much deals of an account differ in value (sd, USD per unit)")
    axes.set_ylabel(
        "profit with authority less\nthat with the best fixed price\n(thousand USD per rep and year)"
    )
    axes.set_xticks([*found.study.uncertainties[SPREAD]])


def statistics(found: Found) -> str:
    """Every statistic of an experiment, as a Markdown table."""
    head = ("statistic", "unit", *found.experiment.called.values(), "difference")
    return table(head, (_row(found, statistic) for statistic in found.experiment.statistics))


def _row(found: Found, statistic: Statistic) -> tuple[str, ...]:
    under = found.under(statistic.name)
    cells = (said(known) + _foretold(statistic, theory) for theory, known in under.items())
    verdict = f"{found.verdict(statistic.name)}: {said(found.apart(statistic.name))}"
    return statistic.title, statistic.unit, *cells, verdict


def _foretold(statistic: Statistic, theory: str) -> str:
    return f"; predicted: {statistic.said[theory]}" if theory in statistic.said else ""


def decision(found: Found) -> str:
    """What the statistic that decides says."""
    statistic = found.experiment.statistics[0]
    first, second = list(found.experiment.theories)[:2]
    called, under = found.experiment.called, found.under(statistic.name)
    return (
        f"**{statistic.title}** decides: {said(under[first])} where {called[first]}, "
        f"{said(under[second])} where {called[second]} ({statistic.unit}; 95% intervals, "
        f"{found.study.replicates.most} replicates): {found.verdict(statistic.name)}."
    )
