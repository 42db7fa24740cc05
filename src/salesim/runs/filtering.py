"""Choose runs by what was moved and what came out: `pay.margin_weight >= 0.5`, `policy = on_margin`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import SalesimError
from ..messages import error_text, nearest

if TYPE_CHECKING:
    import pandas as pd

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "!=": operator.ne,
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
FORM = re.compile(r"\s*([\w.]+)\s*(<=|>=|!=|==|=|<|>)\s*(.+?)\s*")
MAX_NAMES = 20
ORDERED = ("<=", ">=", "<", ">")


@dataclass(frozen=True)
class Condition:
    """One condition on a run: a column, a comparison and a value."""

    column: str
    comparison: str
    value: str

    def holds(self, rows: pd.DataFrame) -> Any:
        """Which rows it holds for; what is not defined fulfils nothing.

        Raises:
            SalesimError: a text where the column holds numbers, an order of texts, or a name that no
                run has.
        """
        column = rows[self.column]
        if column.dtype.kind not in "iufb":
            self._check_name(column)
            return COMPARISONS[self.comparison](column, self.value) & column.notna()
        try:
            number = float(self.value)
        except ValueError:
            raise self._refused("holds numbers", "a number") from None
        return COMPARISONS[self.comparison](column, number) & column.notna()

    def _check_name(self, column: pd.Series[Any]) -> None:
        """Names have no order, and one that nowhere stands was meant otherwise."""
        if self.comparison in ORDERED:
            raise self._refused("has names and no order", "= or !=")
        names = [str(name) for name in column.dropna().unique()]
        if names and self.value not in names:
            near = nearest(self.value, names)
            allowed = "" if near else ", ".join(names[:MAX_NAMES])
            wrong = "no such name"
            raise SalesimError(
                error_text("where", self.column, wrong, given=self.value, allowed=allowed, near=near)
            )

    def _refused(self, wrong: str, allowed: str) -> SalesimError:
        given = f"{self.column}{self.comparison}{self.value}"
        return SalesimError(error_text("where", self.column, wrong, given=given, allowed=allowed))


def read_conditions(written: Sequence[str], columns: Sequence[str]) -> list[Condition]:
    """Read conditions such as `pay.margin_weight>=0.5`.

    Args:
        written: conditions, of which all must hold.
        columns: the columns that there are.

    Raises:
        SalesimError: a text of another form, or a column that there is not.
    """
    return [_condition(text, columns) for text in written]


def _condition(text: str, columns: Sequence[str]) -> Condition:
    found = FORM.fullmatch(text)
    if not found:
        allowed = "a condition such as policy=baseline or pay.margin_weight>=0.5"
        raise SalesimError(error_text("where", "", "not a condition", given=text, allowed=allowed))
    column, comparison, value = found.groups()
    if column not in columns:
        near = nearest(column, list(columns))
        allowed = "" if near else ", ".join(columns[:MAX_NAMES])
        raise SalesimError(
            error_text("where", "", "no such column", given=column, allowed=allowed, near=near)
        )
    return Condition(column, "=" if comparison == "==" else comparison, value)


def filtered(rows: pd.DataFrame, conditions: Sequence[Condition]) -> pd.DataFrame:
    """The rows for which all conditions hold."""
    for condition in conditions:
        rows = rows[condition.holds(rows)]
    return rows
