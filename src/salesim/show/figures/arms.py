"""What figures of a comparison share: arms and their names, verdicts, and the unit of differences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap

from matplotlib.artist import Artist

from ...analysis.comparing.comparison import (
    BETTER,
    DIFFERS,
    UNCLEAR,
    WORSE,
    Comparison,
    Difference,
    scaled_amount,
)
from ...analysis.means.means import LONGEST_NAME, shorten
from ...english import TODAY
from ...quantity import MINUS, Scale
from .frame import BLUE, GREY, PURPLE, VERMILLION, about
from .marked_rows import Look, key_of

LOOKS = {
    BETTER: Look(BETTER, BLUE, "o"),
    WORSE: Look(WORSE, VERMILLION, "s"),
    DIFFERS: Look(DIFFERS, PURPLE, "^"),
    UNCLEAR: Look(UNCLEAR, GREY, "D", hollow=True),
}
TIE = "\u00a0"  # a space at which lines do not break
STEP_OF_NAMES = 20  # signs more of each name, where shorter ones are the same


def counted_in(differences: Sequence[Difference]) -> Scale:
    """What the differences in one outcome are counted in."""
    return scaled_amount(differences, MINUS)


def called(comparison: Comparison, arm: str) -> str:
    """An arm in a sentence, shortened."""
    return TODAY if arm == comparison.base else names_of(comparison)[arm]


def names_of(comparison: Comparison) -> dict[str, str]:
    """Names of the arms beside the baseline: short, but no two the same, and values of levers whole."""
    base, levers = comparison.base, len(comparison.sweep.study.levers)
    titles = {arm: title for arm, title in comparison.arms.items() if arm != base}
    longest = max(map(len, titles.values()), default=0)
    names = titles
    for most in range(LONGEST_NAME, max(longest, LONGEST_NAME) + STEP_OF_NAMES, STEP_OF_NAMES):
        names = {
            arm: title if title.endswith(f"({arm})") else _shortened(title, levers, most)
            for arm, title in titles.items()
        }
        if len({*names.values()}) == len(names):
            break
    return names


def _shortened(title: str, levers: int, most: int) -> str:
    """A title whose policy is cut in its middle where it is too long, and never what levers are set to."""
    policy, *moved = title.rsplit(", ", levers) if levers else (title,)
    if len(moved) < levers:  # of levers alone
        return title
    return ", ".join([shorten(policy, most), *moved])


def in_lines(name: str, width: int) -> str:
    """A name in lines, each lever on lines of its own, its value not parted from its last word."""
    *parts, last = name.split(", ")
    glued = [TIE.join(part.rsplit(" ", 1)) for part in (*(f"{part}," for part in parts), last)]
    return "\n".join(line for part in glued for line in wrap(part, width)).replace(TIE, " ")


def about_arms(comparison: Comparison) -> str:
    """Whose plan it is, and how long."""
    return about(next(iter(comparison.sweep.study.firms.values())))


def compared_with(comparison: Comparison) -> str:
    """What is compared, and how many replicates are paired."""
    counts = [difference.replicates for difference in comparison.differences]
    least, most = min(counts, default=0), max(counts, default=0)
    often = f"{least:,}" if least == most else f"{least:,} to {most:,}"
    return f"each arm less {called(comparison, comparison.base)}, {often} paired replicates"


def key_to(differences: Iterable[Difference]) -> list[Artist]:
    """The key to verdicts that are there."""
    return key_of(LOOKS.values(), [LOOKS[each.verdict] for each in differences])


def same_as(comparison: Comparison, arm: str) -> str:
    """What an arm is the same firm as, in words; empty of one that stands by itself."""
    if arm not in comparison.equal:
        return ""
    return f"the same firm as {called(comparison, comparison.equal[arm])}"
