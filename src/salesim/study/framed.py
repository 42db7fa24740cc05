"""What a notebook shows of a result: its frame."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 100


class Framed(ABC):
    """A result that is a table too."""

    @property
    @abstractmethod
    def frame(self) -> pd.DataFrame:
        """Its rows."""

    def _repr_html_(self) -> str:
        return str(self.frame.to_html(index=False, max_rows=MOST_ROWS))
