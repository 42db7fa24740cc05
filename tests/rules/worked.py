"""Reads the worked cases of tests/cases: tables that a sales-operations person can check and extend."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "cases"


def worked_cases(name: str) -> list:
    """The rows of a table, each named by its first column."""
    with (FOLDER / name).open(encoding="utf-8") as file:
        return [pytest.param(row, id=row["case"]) for row in csv.DictReader(file)]


def number(text: str, default: float = 0.0) -> float:
    """A cell as a number; an empty cell is the default."""
    return float(text) if text.strip() else default


def numbers(text: str) -> list[float]:
    """A cell such as `100; 50; 50`."""
    return [float(part) for part in text.split(";")]


def worked_out(arithmetic: str) -> float:
    """The result of the arithmetic in a cell: numbers, + - * / and brackets only."""
    if not re.fullmatch(r"[0-9.+\-*/() ]+", arithmetic):
        raise ValueError(f"not plain arithmetic: {arithmetic}")
    return float(eval(arithmetic))
