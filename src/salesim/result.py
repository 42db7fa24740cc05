"""What every analysis gives: numbers for programs, and the same in sentences and tables for people."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, computed_field

if TYPE_CHECKING:
    import pandas as pd

    from .table import Table

MAX_ROWS = 100  # in a notebook


class Framed(ABC):
    """A result that is a table too."""

    @property
    @abstractmethod
    def frame(self) -> pd.DataFrame:
        """Its rows."""

    def _repr_html_(self) -> str:
        return str(self.frame.to_html(index=False, max_rows=MAX_ROWS))


class Described(BaseModel):
    """A part of a result, each field with its meaning."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)


def flat(part: Described) -> dict[str, Any]:
    """The fields of a part as a row of a table: an interval as two, its ends."""
    row: dict[str, Any] = {}
    for name, value in part.model_dump().items():
        if name.endswith("interval"):
            of = name.removesuffix("interval")
            row |= dict(zip((f"{of}low", f"{of}high"), value or (None, None), strict=True))
        else:
            row[name] = value
    return row


class Result(Described, Framed):
    """What an analysis found: its fields are what `--json` prints."""

    brief: ClassVar[bool] = False  # whether a terminal shows one sentence only unless all is asked for

    schema_version: int = Field(
        1, description="The form of this object; higher when a program must look again."
    )
    title: str = Field(description="Whose results these are, in a few words.")
    folder: str = Field("", description="Where the runs are that it is based on.")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def sentences(self) -> list[str]:
        """The finding in words, the answer first."""
        return list(self.in_words())

    @property
    def frame(self) -> pd.DataFrame:
        """What it found as a table: a row for each of its `records`."""
        import pandas as pd

        return pd.DataFrame(list(self.records()))

    def records(self) -> Iterable[Mapping[str, Any]]:
        """One row: its fields."""
        return [{name: value for name, value in flat(self).items() if name != "sentences"}]

    @abstractmethod
    def in_words(self) -> Iterator[str]:
        """The finding in sentences, the answer first."""

    @abstractmethod
    def tables(self) -> tuple[Table, ...]:
        """The numbers as people read them, the most important table first."""
