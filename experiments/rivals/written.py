"""What the experiments found, in words and figures: made from the runs, so that they follow the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from citations import CITATIONS
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from telling import SPREAD, Experiment, Statistic, Values, interval, worth_of_authority

from salesim.show.figures.frame import BLUE, GREEN, GREY, SIZE, VERMILLION, framed, styled
from salesim.study.sweeps.design import Study
from salesim.study.sweeps.swept import Sweep

ALIKE = "does not tell them apart"
COLOURS, MARKS = (BLUE, VERMILLION, GREEN), ("o", "s", "D")


@dataclass(frozen=True)
class Found:
    """What an experiment found.

    Args:
        experiment: what was asked.
        study: as it was carried out.
        values: by statistic and theory, one value for each replicate.
        sweeps: the stored runs, by theory.
    """

    experiment: Experiment
    study: Study
    values: Mapping[str, Mapping[str, Values]]
    sweeps: Mapping[str, Sweep]

    def numbers(self) -> dict[str, dict[str, list[float]]]:
        """Mean and interval of every statistic under every theory, and of their difference."""
        return {
            name: {
                **{theory: list(interval(values)) for theory, values in by_theory.items()},
                "difference": list(self.apart(name)),
            }
            for name, by_theory in self.values.items()
        }

    def apart(self, name: str) -> tuple[float, float, float]:
        """The second theory less the first, replicate by replicate: mean and interval."""
        first, second = list(self.experiment.theories)[:2]
        return interval(self.values[name][second] - self.values[name][first])

    def verdict(self, name: str) -> str:
        """How far a statistic tells the theories apart."""
        _, low, high = self.apart(name)
        sides = [side(interval(values)) for values in list(self.values[name].values())[:2]]
        if low <= 0.0 <= high:
            return ALIKE
        if sides[0] * sides[1] < 0:
            return "opposite signs"
        return "one theory moves it, the other does not" if 0 in sides else "same sign, different size"


def side(found: tuple[float, float, float]) -> int:
    """Whether an interval lies above zero (1), below it (-1), or holds it (0)."""
    _, low, high = found
    return 1 if low > 0.0 else -1 if high < 0.0 else 0


def said(found: tuple[float, float, float]) -> str:
    """A mean with its interval."""
    mean, low, high = found
    noise = "" if side(found) else ", within noise"
    return f"{mean:+.2f} ({low:+.2f} to {high:+.2f}{noise})"


def title_of(found: Found) -> str:
    """The finding of an experiment, by the statistic that decides."""
    experiment = found.experiment
    first = experiment.statistics[0]
    means = [interval(found.values[first.name][theory]) for theory in list(experiment.theories)[:2]]
    names = [name.replace("_", " ") for name in list(experiment.theories)[:2]]
    if found.verdict(first.name) == ALIKE:
        return f"{first.title}: {names[0]} and {names[1]} cannot be told apart"
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
        f"Bars: 95% intervals of the mean over {found.study.replicates.most} replicates; all theories meet "
        "the same luck."
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
    for row, theory in enumerate(found.experiment.theories):
        _bar(axes, interval(found.values[statistic.name][theory]), -row, row)
    axes.axvline(0.0, color=GREY, linewidth=1.4, zorder=1)
    axes.set_title(f"{statistic.title} ({statistic.unit})", loc="left", fontsize=11.5)
    axes.set_yticks([])
    axes.margins(x=0.08, y=0.35)
    axes.grid(visible=False, axis="y")


def _bar(axes: Axes, known: tuple[float, float, float], height: float, row: int) -> None:
    mean, low, high = known
    axes.plot([low, high], [height, height], color=COLOURS[row], linewidth=3.0)
    axes.plot([mean], [height], color=COLOURS[row], marker=MARKS[row], markersize=7.0)


def _along(axes: Axes, found: Found) -> None:
    for row, theory in enumerate(found.experiment.theories):
        worths = worth_of_authority(found.sweeps[theory])
        means, lows, highs = zip(*(interval(worth) for worth in worths.values()), strict=True)
        at = [spread + 0.12 * (row - 0.5) for spread in worths]
        errors = [
            [mean - low for mean, low in zip(means, lows, strict=True)],
            [high - mean for mean, high in zip(means, highs, strict=True)],
        ]
        look = {"color": COLOURS[row], "marker": MARKS[row], "linewidth": 2.2, "capsize": 4}
        axes.errorbar(at, means, yerr=errors, **look)
    axes.axhline(0.0, color=GREY, linewidth=1.4)
    axes.set_xlabel("how much deals of an account differ in value (sd, USD per unit)")
    axes.set_ylabel(
        "profit with authority less\nthat with the best fixed price\n(thousand USD per rep and year)"
    )
    axes.set_xticks([*found.study.uncertainties[SPREAD]])


def page(found: list[Found]) -> str:
    """The page of all experiments."""
    parts = [HEAD, *(_section(each) for each in found), SOURCES_HEAD]
    parts += [f"- {source.citation} ({source.standing})" for source in CITATIONS.values()]
    return "\n".join(parts) + "\n"


def _section(found: Found) -> str:
    experiment, name = found.experiment, found.study.name
    first = experiment.statistics[0]
    lines = [
        f"\n## {found.study.title}\n",
        experiment.about,
        f"\n![{title_of(found)}](assets/{name}.svg)\n",
        f"{_decision(found, first)}\n",
        "| statistic | unit | " + " | ".join(experiment.called.values()) + " | told apart |",
        "| --- | --- |" + " --- |" * (len(experiment.theories) + 1),
    ]
    for statistic in experiment.statistics:
        cells = [
            said(interval(values)) + _foretold(statistic, theory)
            for theory, values in found.values[statistic.name].items()
        ]
        verdict = f"{found.verdict(statistic.name)}: {said(found.apart(statistic.name))}"
        lines.append(f"| {statistic.title} | {statistic.unit} | {' | '.join(cells)} | {verdict} |")
    lines.append("\nData of a real firm that would decide:\n")
    lines += [f"- *{statistic.title}*: {statistic.needs}." for statistic in experiment.statistics]
    lines.append(f"\nRules: `experiments/rivals/{name}.py`; runs: `experiments/rivals/{name}.toml`.")
    return "\n".join(lines)


def _foretold(statistic: Statistic, theory: str) -> str:
    return f"; foretold: {statistic.said[theory]}" if theory in statistic.said else ""


def _decision(found: Found, statistic: Statistic) -> str:
    first, second = list(found.experiment.theories)[:2]
    called, values = found.experiment.called, found.values[statistic.name]
    return (
        f"**{statistic.title}** decides: {said(interval(values[first]))} where {called[first]}, "
        f"{said(interval(values[second]))} where {called[second]} ({statistic.unit}; 95% intervals, "
        f"{found.study.replicates.most} replicates): {found.verdict(statistic.name)}."
    )


HEAD = """# Rival theories, and what would tell them apart

Where the literature disagrees, both sides are in the model as rival rules: functions in the place of the
model's own, on the same firm and the same luck. An experiment is worth making where their outcomes differ
in sign, or plainly in size. What is found here is what each theory implies in this model, not which of them
is true.

This page is written from stored runs of the model as it is, by

```
python experiments/rivals/tell_apart.py
```

and [its manifest](assets/rival-theories.json) says by which model, rules and runs. Equal pay is met on the
mean of the replicates, and the intervals take it as known."""
SOURCES_HEAD = "\n## Works\n\nIn brackets: how far each was read.\n"
