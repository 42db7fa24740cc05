"""Contribution of every arm by quarter, and when it parts from the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from matplotlib.typing import LineStyleType

from ...analysis.statistics import LEVEL, mean_intervals, sign_of
from ...english import capital
from ...outcomes.history import Numbers
from ...quantity import Scale, Unit
from ...study.comparing.comparison import Comparison
from .arms import BASELINE, baseline_of, best_first, called, compared, in_lines
from .frame import BLUE, GREEN, INK, ORANGE, PURPLE, SIZE, TEXT, VERMILLION, framed, plain, plan_of, styled
from .ranges import Spread

Style = tuple[str, LineStyleType, str]  # colour, line and marker
OF_BASELINE: Style = (INK, "-", "o")
STYLES: tuple[Style, ...] = (
    (BLUE, "--", "s"),
    (VERMILLION, "-.", "^"),
    (GREEN, ":", "D"),
    (ORANGE, (0, (6, 1.5)), "v"),
    (PURPLE, (0, (4, 1.5, 1, 1.5)), "X"),
)
BY_QUARTER = "realised_by_quarter"
MOST_TICKS = 20
WIDTH_OF_KEY, LINES_OF_KEY = 24, 16
ROOM_OF_KEY = 2.95  # inches
LEVELS, PARTED = 3.0, 2.4  # shares of the height


@dataclass(frozen=True, eq=False)
class Quarters:
    """Contribution by quarter of the arms that are drawn.

    Args:
        comparison: what they are from.
        dollars: what is counted in.
        values: by arm, the baseline first: replicates (rows) that all met, by quarter (USD).
        left_out: how many arms are not drawn.
    """

    comparison: Comparison
    dollars: Scale
    values: Mapping[str, Numbers]
    left_out: int

    @property
    def arms(self) -> list[str]:
        """The arms beside the baseline."""
        return list(self.values)[1:]

    @property
    def base(self) -> Numbers:
        """The baseline."""
        return next(iter(self.values.values()))

    @cached_property
    def differences(self) -> dict[str, Spread]:
        """Each arm less the baseline, replicate by replicate: the mean and its interval."""
        return {arm: mean_of(self.values[arm] - self.base) for arm in self.arms}

    def parted(self, arm: str) -> Numbers:
        """By quarter 1 where an arm is above the baseline beyond noise, -1 where below, else 0."""
        found = self.differences[arm]
        return sign_of(found.low, found.high)


def mean_of(values: Numbers) -> Spread:
    """The mean over replicates (rows) and its 95% interval, which one replicate does not have."""
    return Spread(*mean_intervals(values.T))


def quarters_of(comparison: Comparison) -> Quarters | None:
    """What there is to draw of the best arms; None where no quarter is whole."""
    ranked = [d.arm for d in best_first(compared(comparison, comparison.outcomes[0]))]
    chosen = [baseline_of(comparison), *ranked[: len(STYLES)]]
    rows = comparison.sweep.joined([BY_QUARTER])
    whole = rows[[series is not None for series in rows[BY_QUARTER]]]
    tables = {
        arm: whole[whole["point"] == comparison.places[arm]].set_index("replicate")[BY_QUARTER]
        for arm in chosen
    }
    met = sorted(set.intersection(*(set(table.index) for table in tables.values())))
    if not met:
        return None
    length = min(len(table.loc[k]) for table in tables.values() for k in met)
    if length == 0:
        return None
    values = {arm: np.array([table.loc[k][:length] for k in met]) for arm, table in tables.items()}
    dollars = Unit.USD.scale([float(np.abs(mean_of(each).mean).max()) for each in values.values()])
    return Quarters(comparison, dollars, values, len(ranked) - len(chosen) + 1)


@styled
def draw(found: Quarters) -> Figure:
    """Contribution of each arm by quarter above, and below by how much it parts from the baseline."""
    firm = next(iter(found.comparison.sweep.study.firms.values()))
    about = f"{firm.title}: {plan_of(firm)}"
    styles = dict(zip(found.values, (OF_BASELINE, *STYLES), strict=False))
    often = f"{len(found.base):,} replicate{'s' * (len(found.base) > 1)}"
    figure = framed(finding(found), f"{about}, {often}", _note(found))
    _leave_room(figure)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(LEVELS, PARTED))
    for arm, values in found.values.items():
        _draw_arm(above, mean_of(values), styles[arm], found.dollars)
    below.axhline(0.0, color=INK, linewidth=1.6, zorder=1)
    for arm, difference in found.differences.items():
        _draw_arm(below, difference, styles[arm], found.dollars)
    _describe(above, below, found)
    _name_arms(above, found, styles)
    return figure


def _draw_arm(axes: Axes, found: Spread, style: Style, dollars: Scale) -> None:
    colour, line, marker = style
    x = np.arange(1.0, len(found.mean) + 1.0)
    mean, low, high = (part * dollars.factor for part in found)
    axes.plot(x, mean, color=colour, linestyle=line, marker=marker, markersize=6, linewidth=2.2, zorder=3)
    if len(x) == 1:
        axes.errorbar(x, mean, [mean - low, high - mean], fmt="none", ecolor=colour, capsize=4)
    else:
        axes.fill_between(x, low, high, color=colour, alpha=0.16, linewidth=0)


def _name_arms(axes: Axes, found: Quarters, styles: Mapping[str, Style]) -> None:
    """The key at the side: the baseline, then the arms from the best."""
    handles = [
        Line2D([], [], color=colour, linestyle=line, marker=marker, markersize=6, linewidth=2.2)
        for colour, line, marker in (styles[arm] for arm in found.values)
    ]
    names = [in_lines(called(found.comparison, arm), WIDTH_OF_KEY) for arm in found.values]
    size = TEXT * min(1.0, LINES_OF_KEY / sum(1 + name.count("\n") for name in names))
    axes.legend(
        handles,
        names,
        loc="upper left",
        bbox_to_anchor=(1.01, 1.0),
        borderaxespad=0.0,
        handlelength=3.2,
        labelspacing=0.6,
        fontsize=size,
    ).set_in_layout(False)  # which would stretch the upper axes to its height


def _leave_room(figure: Figure) -> None:
    """Keep the right side of the figure free for the key."""
    layout = figure.get_layout_engine()
    assert isinstance(layout, ConstrainedLayoutEngine)
    left, bottom, width, height = layout.get()["rect"]
    layout.set(rect=(left, bottom, width - ROOM_OF_KEY / SIZE[0], height))


def _describe(above: Axes, below: Axes, found: Quarters) -> None:
    quarters = found.base.shape[1]
    above.set_ylabel(f"contribution\n({found.dollars.shown}\nper quarter)")
    below.set_ylabel(f"difference from\n{BASELINE}\n({found.dollars.shown})")
    below.set_xlabel("quarter of the plan")
    below.set_xticks(range(1, quarters + 1, 1 + quarters // MOST_TICKS))
    for axes in (above, below):
        axes.yaxis.set_major_locator(MaxNLocator(5))
        plain(axes.yaxis)
        axes.grid(visible=False, axis="x")


def finding(found: Quarters) -> str:
    """In how many quarters the best arm earns more than the baseline, judged pair by pair."""
    base = BASELINE
    if not found.arms:
        return f"Nothing to compare with {base}"
    if len(found.base) == 1:
        return f"One replicate tells by luck alone in which quarters an arm parts from {base}"
    arm = max(found.arms, key=lambda each: float(found.parted(each).sum()))
    signs = found.parted(arm)
    more, less, of = int((signs > 0.0).sum()), int((signs < 0.0).sum()), len(signs)
    name = capital(called(found.comparison, arm))
    if not more and not less:
        best = f"the {len(found.arms)} best" if found.left_out else f"{len(found.arms)}"
        several = f"None of {best} {found.comparison.kind(2)} can"
        cannot = f"{name} cannot" if len(found.arms) == 1 else several
        return f"{cannot} be told apart from {base} in any quarter"
    if not more:
        return f"{name} earns less than {base} in {_quarters(less, of)}, and more in none"
    end = f", and less in {less}" if less else ""
    since = _since(signs)
    return f"{name} earns more than {base} in {_quarters(more, of)}{since}{end}"


def _quarters(count: int, of: int) -> str:
    return f"all {of} quarters" if count == of and of > 1 else f"{count} of {of} quarters"


def _since(signs: Numbers) -> str:
    """From which quarter on it earns more without a break, if that is not from the first."""
    first = len(signs)
    while first > 0 and signs[first - 1] > 0.0:
        first -= 1
    if 0 < first < len(signs) - 1 and not (signs[:first] > 0.0).any():
        return f", from the {_ordinal(first + 1)} on"
    return ""


def _ordinal(number: int) -> str:
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ends.get(number % 10, 'th')}"


def _note(found: Quarters) -> str:
    ranks = "ranks" if found.left_out == 1 else "rank"
    left = f" Left out: {found.left_out:,} that {ranks} lower." if found.left_out else ""
    if len(found.base) == 1:
        return f"One replicate, so no interval is drawn.{left}"
    return (
        f"Line: mean; band: its {LEVEL:.0%} interval. Above, bands hold the luck that all share; below it "
        f"is taken out, quarter by quarter on the same luck, and that is what the title judges by.{left}"
    )
