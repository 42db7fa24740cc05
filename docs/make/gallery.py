"""The page of all kinds of figures, and the commands that make them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from salesim.show import figures

from .published import PLACE, REPOSITORY
from .rendering import link, rendered

GALLERY, WATERFALL, PAGE = "gallery", "waterfall", "docs/gallery.md"
MADE = "results/gallery"


class Kind(NamedTuple):
    """A kind of figure and the picture that shows one; what it asks and how it is read says the template.

    Args:
        name: as `plot` and files in results folders call it.
        command: what made the picture.
        results: what `plot` draws one of, in Python; empty where only a command draws it.
        elsewhere: where the picture lies, from the folder of all that is published; empty for one that
            belongs to this page.
    """

    name: str
    command: str
    results: str = ""
    elsewhere: str = ""

    @property
    def picture(self) -> str:
        """Where the picture lies, from the folder of all that is published."""
        return self.elsewhere or f"{GALLERY}/{self.name}.png"

    @property
    def in_python(self) -> str:
        """What draws one, or nothing where only a command does."""
        named = "" if self.name in DRAWN_UNLESS_NAMED else f', "{self.name}"'
        return f"plot({self.results}{named})" if self.results else ""


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
PAY = f"salesim pay typical_firm --out {MADE}/pay"
GRID = (
    "salesim compare typical_firm --grid regime.discount_authority=0,0.2,0.3 "
    f"--grid pay.margin_weight=0,1 --replicates 6 --budget 6 --out {MADE}/grid"
)
RESULTS, LEDGER = 'simulate("typical_firm")', 'gap("typical_firm")'
COMPARISON = 'compare("typical_firm", ["margin_pay"])'


def _of_study(name: str, study: str, results: str = "") -> Kind:
    return Kind(name, f"salesim sweep {study}", results, f"experiments/{study}.png")


COMMANDS = {  # what gives results of a kind, unless a figure needs others
    "Results": (RUN, RESULTS),
    "Ledger": (GAP, LEDGER),
    "NextLevers": (STEPS, ""),
    "Comparison": (COMPARE, COMPARISON),
    "PayPlans": (PAY, ""),
}
OTHERS = (
    Kind("grid", GRID),
    _of_study("response", "ways_of_telling", 'sweep("ways_of_telling")'),
    _of_study("heat_map", "authority_and_pay", 'sweep("authority_and_pay")'),
    _of_study("policies", "quota_period_and_bonus", 'sweep("quota_period_and_bonus")'),
    _of_study("effects", "three_dimensions"),
    Kind("screening", "salesim screen typical_firm", elsewhere="screening/screening.png"),
    Kind("evidence", "salesim evidence typical_firm", elsewhere="evidence/T2.svg"),
    Kind("evidence_overview", "salesim evidence typical_firm", elsewhere="evidence/overview.svg"),
    Kind("fit", "salesim calibrate", elsewhere="calibration/fit.png"),
    Kind("numbers", "salesim calibrate", elsewhere="calibration/numbers.png"),
)
FIGURES = [figure for figure in figures.KINDS if figure.of.__name__ in COMMANDS]
KINDS = {figure.name: Kind(figure.name, *COMMANDS[figure.of.__name__]) for figure in FIGURES}
KINDS |= {kind.name: kind for kind in OTHERS}
DRAWN_UNLESS_NAMED = {figure.of: figure.name for figure in reversed(FIGURES)}.values()
OF_AN_OUTCOME = {figure.name for figure in figures.KINDS if figure.each and figure.name}


def own_kinds() -> list[Kind]:
    """Those whose picture this page has made for itself."""
    return [kind for kind in KINDS.values() if not kind.elsewhere]


def gallery_page() -> str:
    """The page, made of the pictures that are published."""
    return rendered(PAGE, {"kind": _kind})


def _kind(name: str, caller: Callable[[], str]) -> str:
    """What is said of a kind of figure around how it is read."""
    kind = KINDS[name]
    by_plot = f"; in Python `{kind.in_python}`" if kind.in_python else ""
    parts = (
        f"*{finding_of(kind)}*",
        shown(kind, PAGE),
        caller().strip(),
        f"```text\n{kind.command}\n```",
        f"As a file `{_file(kind)}`{by_plot}.",
    )
    return "\n\n".join(parts)


def _file(kind: Kind) -> str:
    """Where a results folder has it."""
    if kind.name in ("evidence", "evidence_overview"):
        return f"figures/{Path(kind.picture).name}"
    return f"figures/{kind.name}{'_OUTCOME' if kind.name in OF_AN_OUTCOME else ''}.png"


def shown(kind: Kind, page: str) -> str:
    """A picture in Markdown, for those who cannot see it with what was found."""
    says = finding_of(kind).replace("[", "(").replace("]", ")")
    return f"![{says}]({link(page, f'{PLACE}/{kind.picture}')})"


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
