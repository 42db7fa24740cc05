"""The page of all kinds of figures: what each answers, how it is read, the command that makes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from .published import PLACE, REPOSITORY
from .rendering import picture, rendered

GALLERY = "gallery"
WATERFALL = "waterfall"
MADE = "results/gallery"
OF_AN_OUTCOME = {"paired_differences", "grid", "response", "heat_map", "policies"}


class Kind(NamedTuple):
    """A kind of figure, and the picture that shows one.

    Args:
        name: as `plot` and files in results folders call it.
        asks: the question that it answers.
        reading: how it is read.
        command: what made the picture.
        picture: where it lies, from the folder of all that is published.
        in_python: what draws one, or nothing where only a command does.
    """

    name: str
    asks: str
    reading: str
    command: str
    picture: str
    in_python: str = ""


def _drawn(name: str, asks: str, reading: str, command: str, in_python: str) -> Kind:
    """A kind whose picture belongs to this page."""
    return Kind(name, asks, reading, command, f"{GALLERY}/{name}.png", in_python)


RUN = f"salesim run typical_firm --out {MADE}/run"
GAP = f"salesim gap typical_firm --quick --out {MADE}/gap"
STEPS = (
    "salesim gap typical_firm --set organisation.headcount=18 --set organisation.accounts=450 --quick "
    f"--levers --out {MADE}/steps"
)
COMPARE = (
    f"salesim compare typical_firm --policy margin_pay --policy clear_strategy --replicates 12 "
    f"--budget 12 --out {MADE}/compare"
)
GRID = (
    "salesim compare typical_firm --grid regime.discount_authority=0,0.2,0.3 "
    f"--grid pay.margin_weight=0,1 --replicates 6 --budget 6 --out {MADE}/grid"
)

OF_A_RUN = (
    _drawn(
        "promised_and_realised",
        "What was promised, and what happened, quarter by quarter?",
        "Two lines over the quarters of the plan. The band around each holds the middle 80% of replicates; "
        "what lies between the lines is the gap.",
        RUN,
        'plot(simulate("typical_firm"))',
    ),
    _drawn(
        "understanding",
        "How much of the strategy arrives, and how much do people think arrives?",
        "One panel for each level of the firm, from head office to reps: what is understood, what people "
        "believe that they understand.",
        RUN,
        'plot(simulate("typical_firm"), "understanding")',
    ),
    _drawn(
        "week_of_quarter",
        "Do deals and discounts bunch at the end of the quarter?",
        "Prices and bookings by week of the quarter. Weeks like any other make a flat line; a saw-tooth "
        "means that the calendar of quotas decides when deals are signed.",
        RUN,
        'plot(simulate("typical_firm"), "week_of_quarter")',
    ),
    _drawn(
        "attainment",
        "Who makes quota?",
        "How many reps reach which share of their quota. A heap just above 100% speaks of reps who stop, "
        "or save deals for the next period.",
        RUN,
        'plot(simulate("typical_firm"), "attainment")',
    ),
    _drawn(
        "price_waterfall",
        "How does the list price shrink to what the firm keeps?",
        "From list price on the left to pocket margin on the right, per unit sold; each step takes its "
        "part away.",
        RUN,
        'plot(simulate("typical_firm"), "price_waterfall")',
    ),
)
OF_A_GAP = (
    _drawn(
        WATERFALL,
        "Why is the promise not kept?",
        "From what was promised at the top down to what was realised. Each bar is what putting one cause "
        "right is worth, each pale one that of its whole dimension; all of them add up to the gap.",
        GAP,
        'plot(gap("typical_firm"))',
    ),
    _drawn(
        "next_levers",
        "What should be changed first?",
        "Each lever moved one step, by itself, and what that gains net of what it costs. Filled bars can "
        "be told from nothing. A step is not a plan: what several do together, `salesim compare` says.",
        STEPS,
        "",
    ),
)
OF_A_COMPARISON = (
    _drawn(
        "forest",
        "Does a policy help, and how surely?",
        "One row for each policy and outcome: the difference to the firm as it is, on the same luck, with "
        "its 95% interval. A row that crosses zero is within noise.",
        COMPARE,
        'plot(compare("typical_firm", ["margin_pay"]))',
    ),
    _drawn(
        "arms_by_quarter",
        "When does a policy begin to pay?",
        "The firm as it is and under each policy, quarter by quarter, and the difference between the two.",
        COMPARE,
        'plot(compare("typical_firm", ["margin_pay"]), "arms_by_quarter")',
    ),
    _drawn(
        "paired_differences",
        "Does it help always, or only on the average?",
        "A dot for each replicate: the same luck with and without the policy. Dots on both sides of zero "
        "mean that luck decides.",
        COMPARE,
        'plot(compare("typical_firm", ["margin_pay"]), "paired_differences")',
    ),
    _drawn(
        "grid",
        "How much of one lever, given another?",
        "The difference to the firm as it is over the values of the first lever, a curve for each value "
        "of the second. Curves that are not parallel say that the two levers need, or spoil, each other.",
        GRID,
        "",
    ),
)
OF_A_STUDY = (
    Kind(
        "response",
        "How does an outcome move with a lever?",
        "The outcome over the values of one lever, a curve for each value of another, with 95% intervals.",
        "salesim sweep ways_of_telling",
        "experiments/ways_of_telling.png",
        'plot(sweep("ways_of_telling"), "response")',
    ),
    Kind(
        "heat_map",
        "Where is the best combination of two levers?",
        "A cell for each combination; the best is framed, and the title says how many beside it cannot be "
        "told from it.",
        "salesim sweep authority_and_pay",
        "experiments/authority_and_pay.png",
        'plot(sweep("authority_and_pay"), "heat_map")',
    ),
    Kind(
        "policies",
        "Which of several policies is best?",
        "A row for each policy with the interval of its mean. The title compares more sharply than the "
        "intervals: all policies met the same luck.",
        "salesim sweep quota_period_and_bonus",
        "experiments/quota_period_and_bonus.png",
        'plot(sweep("quota_period_and_bonus"), "policies")',
    ),
    Kind(
        "effects",
        "What does a measure change, and does it need another?",
        "Differences that a study names for its answer, with intervals that hold all together; the title "
        "is the answer.",
        "salesim sweep three_dimensions",
        "experiments/three_dimensions.png",
    ),
)
OF_TRUST = (
    Kind(
        "screening",
        "Which unknown numbers move the answer?",
        "Numbers that nobody has measured, those that move the outcome most on top, with intervals; the "
        "short mark is what luck alone would do. What lies near it need not be measured. [Its "
        "page](screening.md) names the options of the command.",
        "salesim screen typical_firm",
        "screening/screening.png",
    ),
    Kind(
        "evidence",
        "Does the model show what was found in real firms?",
        "One published finding, a row for each of its measures: the band that was fixed beforehand, and "
        "the model's value with its interval, in the band or out of it. [All of them](evidence/index.md).",
        "salesim evidence typical_firm",
        "evidence/T2.svg",
    ),
    Kind(
        "evidence_overview",
        "How many findings are reproduced?",
        "Every measure of every finding on the scale of its band. Those that were fitted are marked, "
        "misses stand in plain sight. [What they say](evidence/index.md).",
        "salesim evidence typical_firm",
        "evidence/overview.svg",
    ),
    Kind(
        "fit",
        "How near is the calibrated firm to what was published?",
        "Each fitted number on the scale of its band, before and after. Fitted numbers prove nothing by "
        "being met. [More](calibration.md).",
        "salesim calibrate",
        "calibration/fit.png",
    ),
    Kind(
        "numbers",
        "What do the findings say of each number?",
        "What was believed of each number before, in grey, and after. A bar as long as before was not "
        "learned about. [More](calibration.md).",
        "salesim calibrate",
        "calibration/numbers.png",
    ),
)
SECTIONS = {
    "One firm: `salesim run`": OF_A_RUN,
    "Why: `salesim gap`": OF_A_GAP,
    "What if: `salesim compare`": OF_A_COMPARISON,
    "Many settings: `salesim sweep`": OF_A_STUDY,
    "Can I believe it?": OF_TRUST,
}
KINDS = {kind.name: kind for section in SECTIONS.values() for kind in section}


def own_kinds() -> list[Kind]:
    """Those whose picture this page has made for itself."""
    return [kind for kind in KINDS.values() if kind.picture.startswith(f"{GALLERY}/")]


def gallery_page() -> str:
    """The page, made of the pictures that are published."""
    page = "docs/gallery.md"
    told = {"finding_of": finding_of, "file_of": _file, "shown": lambda kind: shown(kind, page)}
    return rendered(page, {"sections": SECTIONS, **told})


def _file(kind: Kind) -> str:
    """Where a results folder has it."""
    if kind.name in ("evidence", "evidence_overview"):
        return f"figures/{Path(kind.picture).name}"
    return f"figures/{kind.name}{'_OUTCOME' if kind.name in OF_AN_OUTCOME else ''}.png"


def shown(kind: Kind, page: str) -> str:
    """A picture in Markdown, as a page shows it."""
    return picture(page, f"{PLACE}/{kind.picture}", finding_of(kind))


def finding_of(kind: Kind) -> str:
    """The title that a figure was given when it was drawn, which states what was found."""
    return title_of(REPOSITORY / PLACE / kind.picture)


def title_of(drawn: Path) -> str:
    """The title that a file says it has."""
    if drawn.suffix == ".svg":
        titled = re.search(r"<title>(.*?)</title>", drawn.read_text(encoding="utf-8"), re.S)
        return " ".join(titled[1].split()) if titled else ""
    with Image.open(drawn) as image:
        return str(image.info.get("Title", ""))


def waterfall_shown(page: str) -> str:
    """The picture of the first page: why the typical firm does not keep its promise."""
    return shown(KINDS[WATERFALL], page)
