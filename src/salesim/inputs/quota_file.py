"""Quotas by seller and period from a file, read once into what the firm itself says."""

from __future__ import annotations

import csv
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Any

from ..english import counted
from ..errors import ScenarioError
from ..messages import error_text
from ..model.calendar import week_of_month
from ..model.given import LARGEST_QUOTA
from ..model.scenario import Scenario
from .delta import GIVEN, QUOTA_FILE
from .toml import Written, text_of

COLUMNS = {  # of a header, whatever its capitals, spaces and signs
    "seller": ("seller", "rep", "salesperson", "sellerid", "repid"),
    "start": ("start", "periodstart", "quarterstart", "quotadate"),
    "quota": ("quota", "salesquota"),
}
UNNAMED = ("id", "seller", "start", "quota")  # columns of a file without a header
A_HEADER = "a header with seller, start and quota, or no header and four columns: id, seller, start, quota"
AROUND = 30.4375  # days of a month
SAME_DAY = 7  # days by which starts of the same period may differ
QUARTER_MONTHS = 3


@dataclass(frozen=True)
class Row:
    """A line of the file: where it stands, who sells, from when, months since the first start, and USD."""

    place: str
    seller: str
    start: date
    month: int
    quota: float


def take_quota_file(written: Written) -> None:
    """Put quotas from the file that a scenario or policy names in the place of its name.

    Raises:
        ScenarioError: a file that cannot be read, or rows that are no quotas, with file and row.
    """
    if QUOTA_FILE not in written.values:
        return
    name, place = written.values.pop(QUOTA_FILE), written.places.pop(QUOTA_FILE, written.name)
    if GIVEN in written.values:
        raise ScenarioError(
            error_text(place, QUOTA_FILE, f"stands beside {GIVEN}", allowed="one of the two")
        )
    rows = _rows(_inside_its_folder(written, name, place))
    seats = {seller: seat for seat, seller in enumerate(dict.fromkeys(row.seller for row in rows))}
    length = _months_of_a_period(rows)
    periods: dict[int, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: row.month):
        start, stop = week_of_month(row.month), week_of_month(row.month + length)
        new = {"start": start, "weeks": stop - start, "quotas": [0.0] * len(seats)}
        periods.setdefault(row.month, new)["quotas"][seats[row.seller]] = row.quota
        path = f"{GIVEN}.{len(periods) - 1}"
        written.places.setdefault(path, row.place)
        written.places[f"{path}.quotas.{seats[row.seller]}"] = row.place
    written.values[GIVEN] = list(periods.values())


def note_planned(firm: Scenario, stands_on: object = None) -> None:
    """Say how many of a firm's quotas are given, and that the others are planned.

    Args:
        firm: of which nothing was said yet.
        stands_on: where it is a firm with the same quotas, it was said of that.
    """
    known = isinstance(stands_on, Scenario) and stands_on.given_quotas == firm.given_quotas
    if known or not firm.given_quotas:
        return
    given = firm.given_in_plan()
    some, rest = given.any(axis=0).sum(), "" if given.all() else "; all others are planned"
    warnings.warn(
        f"quotas are given for {some:,} of {given.shape[1]:,} seats, in the order in which sellers come, "
        f"and for {given.mean():.0%} of all quotas of the plan{rest}",
        stacklevel=1,
    )


def _inside_its_folder(written: Written, name: object, place: str) -> Path:
    """The file that is meant: a path from the folder of the TOML file, which does not lead out of it."""
    allowed = "a .csv or .tsv file in the folder of this file, or below it"
    if not isinstance(name, str) or not name or Path(name).is_absolute():
        raise ScenarioError(error_text(place, QUOTA_FILE, "no path of a file", given=name, allowed=allowed))
    path = written.folder / name
    try:
        inside = path.resolve().is_relative_to(written.folder.resolve())
    except (OSError, ValueError, RuntimeError):
        inside = False
    if not inside:
        raise ScenarioError(error_text(place, QUOTA_FILE, "leads elsewhere", given=name, allowed=allowed))
    return path


def _rows(path: Path) -> list[Row]:
    """All quotas of a file, in its order.

    Raises:
        ScenarioError: the first row that is none.
    """
    lines = list(_lines(path))
    if not lines:
        raise ScenarioError(error_text(str(path), "", "holds no quota", allowed=A_HEADER))
    unnamed = _is_unnamed(lines[0][1])
    columns, body = (UNNAMED, lines) if unnamed else (_columns(*lines[0]), lines[1:])
    if not body:
        raise ScenarioError(error_text(str(path), "", "holds no quota", allowed="a row for each quota"))
    found = [_row(place, cells, columns) for place, cells in body]
    first = min(row.start for row in found)
    return [replace(row, month=_month(row, first)) for row in found]


def _row(place: str, cells: list[str], columns: tuple[str, ...]) -> Row:
    if len(cells) != len(columns):
        wrong, allowed = "wrong number of columns", f"{len(columns)}, as in the first row"
        raise ScenarioError(error_text(place, "", wrong, given=len(cells), allowed=allowed))
    said = dict(zip(columns, cells, strict=True))
    day, quota = _day(said["start"]), _quota(said["quota"])
    if not said["seller"]:
        raise ScenarioError(error_text(place, "seller", "is empty", allowed="who it is"))
    if day is None:
        allowed = "a date such as 2026-01-31"
        raise ScenarioError(error_text(place, "start", "no date", given=said["start"], allowed=allowed))
    if quota is None:
        allowed = f"a number above 0 and at most {LARGEST_QUOTA:,.0f} (USD), or no row"
        raise ScenarioError(error_text(place, "quota", "no quota", given=said["quota"], allowed=allowed))
    return Row(place, said["seller"], day, 0, quota)


def _lines(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Place and cells of each line that is not empty."""
    text = text_of(path, "a file of quotas")
    lines = re.split("\r\n?|\n", text)
    between = next((sign for sign in "\t;" if sign in lines[0]), ",")
    reader = csv.reader(lines, delimiter=between, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield f"{path}:{reader.line_num}", [cell.strip() for cell in cells]
    except csv.Error as error:
        raise ScenarioError(error_text(f"{path}:{reader.line_num}", "", f"no row: {error}")) from None


def _is_unnamed(cells: list[str]) -> bool:
    """Whether a first row is no header but a quota."""
    return len(cells) == len(UNNAMED) and cells[0].isdigit() and _day(cells[2]) is not None


def _columns(place: str, cells: list[str]) -> tuple[str, ...]:
    """What each column holds, by the header."""
    plain = ["".join(sign for sign in cell.lower() if sign.isalnum()) for cell in cells]
    named = tuple(next((n for n, all_ in COLUMNS.items() if cell in all_), cell) for cell in plain)
    for name in COLUMNS:
        if named.count(name) != 1:
            wrong = "no such column" if name not in named else "stands twice"
            raise ScenarioError(error_text(place, name, wrong, given="; ".join(cells), allowed=A_HEADER))
    return named


def _quota(text: str) -> float | None:
    try:
        value = float(text) if "_" not in text else 0.0
    except ValueError:
        return None
    return value if isfinite(value) and 0.0 < value <= LARGEST_QUOTA else None


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _month(row: Row, first: date) -> int:
    """Months from the first start to this one; a day or a few of difference do not matter."""
    days = (row.start - first).days
    month = round(days / AROUND)
    if abs(days - month * AROUND) > SAME_DAY:
        allowed = f"whole months after {first}, give or take {SAME_DAY} days"
        given = f"{row.start}"
        raise ScenarioError(error_text(row.place, "start", "is in mid-month", given=given, allowed=allowed))
    return month


def _months_of_a_period(rows: list[Row]) -> int:
    """How many months a period has: the most usual step between a seller's starts, or a quarter.

    Raises:
        ScenarioError: periods that overlap, or between which a seller lacks some.
    """
    rows = sorted(rows, key=lambda row: (row.seller, row.month))
    pairs = [(one, other) for one, other in pairwise(rows) if one.seller == other.seller]
    steps = Counter(other.month - one.month for one, other in pairs if other.month > one.month)
    length = steps.most_common(1)[0][0] if steps else QUARTER_MONTHS
    last: dict[str, Row] = {}
    for row in rows:
        before = last.get(row.seller)
        step = row.month % length if before is None else row.month - before.month - length
        if step:
            wrong = "overlaps another period" if before is None or step < 0 else "leaves a gap"
            of = "" if before is None else f"; the seller's last one starts on {before.start}"
            allowed = f"periods of {counted(length, 'month')}, one after the other{of}"
            given = f"{row.start}"
            raise ScenarioError(error_text(row.place, "start", wrong, given=given, allowed=allowed))
        last[row.seller] = row
    return length
