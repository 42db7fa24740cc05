"""The page on evidence, made from the object for programs alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...evidence.provenance import OBJECT
from ...evidence.wording import band_text, exact
from ...runs.folder import FIGURES
from ...runs.manifest import MANIFEST
from .listed_targets import measured, ours_text

OVERVIEW = "overview"
HEAD = ("what is measured", "role", "published", "band", "ours (95% interval)", "verdict")
RULES = """\
A measure is reproduced when its value lies in the band that was fixed before the model was calibrated, its
interval overlaps the band, and its sign holds in at least 80% of the replicates. A finding is reproduced
when all its judged measures are. **Fitted** measures are what the model was calibrated on: to hit them
proves nothing. All others are held out. A measure that is *not judged* is shown and does not count; the
note says why.

This page, its figures and [`evidence.json`]({object}) come from one run;
[`manifest.json`]({manifest}) says with what. `make evidence` makes all of them again; nothing here is
typed by hand.
"""


def page_of(found: Mapping[str, Any], files: Mapping[str, str] | None = None) -> str:
    """The page on what the model says of published findings.

    Args:
        found: what `Evidence` prints, as it is or as it was read from its file.
        files: where figures, object and manifest lie, by name; a figure that is none of them is not
            shown. As in a folder of `salesim evidence` unless given.
    """
    there = _files_of(found) if files is None else files
    sections = (part for target in found["targets"] for part in _section(target, there))
    return "\n".join([*_opening(found, there), *sections])


def _files_of(found: Mapping[str, Any]) -> dict[str, str]:
    """What lies in a folder of `salesim evidence`."""
    names = (OVERVIEW, *(target["target"] for target in found["targets"]))
    return {OBJECT: OBJECT, MANIFEST: MANIFEST, **{name: f"{FIGURES}/{name}.svg" for name in names}}


def _opening(found: Mapping[str, Any], files: Mapping[str, str]) -> Iterator[str]:
    yield f"# Evidence\n\n**{found['sentences'][0]}**\n"
    yield from (f"- {sentence}" for sentence in found["sentences"][1:])
    firms = f", {found['firms']:,} firms where many are drawn" if found["firms"] else ""
    often = f"{found['replicates']:,} replicates{firms}; seed {found['seed']}"
    yield f"\nFirm: `{found['scenario']}`; {often}.\n"
    yield f"![{found['sentences'][0]}]({files[OVERVIEW]})\n"
    yield _table(
        ("finding", "headline is", "published", "band", "ours (95% interval)", "verdict"),
        (
            _row(each, f"[{_heading(each)}](#{_anchor(_heading(each))})", each["reproduced"])
            for each in found["targets"]
        ),
    )
    yield "Numbers are those of the measure that stands for the finding; the verdict is on all its parts.\n"
    yield RULES.format(object=files[OBJECT], manifest=files[MANIFEST])


def _section(target: Mapping[str, Any], files: Mapping[str, str]) -> Iterator[str]:
    name = target["target"]
    yield f"## {_heading(target)}\n"
    yield f"**{target['verdict'].capitalize()}.** {target['finding']}\n"
    if target["note"]:
        yield f"{target['note']}\n"
    if name in files:
        yield f"![{name}: {target['verdict']}]({files[name]})\n"
    yield _table(
        HEAD,
        (
            _row(each, measured(each), each["reproduced"] or not each["judged"])
            for each in target["measures"]
        ),
    )
    yield "".join(f"- {citation}\n" for citation in target["citation"])


def _heading(target: Mapping[str, Any]) -> str:
    return f"{target['target']} {target['title']}"


def _anchor(heading: str) -> str:
    """Where a heading is found on its page."""
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower())


def _row(row: Mapping[str, Any], name: str, fine: bool) -> tuple[str, ...]:
    published = "" if row["published"] is None else exact(row["published"], row["unit"])
    verdict = row["verdict"] if fine else f"**{row['verdict']}**"
    return name, row["role"], published, band_text(row["band"], row["unit"]), ours_text(row), verdict


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table, and an empty line after it."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n" for cells in lines)
