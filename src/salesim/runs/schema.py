"""The form of what is written: its version, and how a column of a table is described."""

from __future__ import annotations

import copyreg
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

from ..model.columns import record_type
from ..outcomes import Outcome, outcomes_of

SCHEMA_VERSION = 2  # of every file in a results folder; higher when a reader must look again
STORED_AS = {"accounts": "int64", "deals": "int64", "yes or no": "bool", "word": "int8"}


@dataclass(frozen=True)
class Column:
    """One column of a table of results.

    Args:
        name: as it stands in frames and files.
        stored_as: its type, such as int64, float64, bool or string.
        unit: what it is counted in.
        meaning: one sentence.
        words: what it may say, where it holds one of a few words; it is a category then.
        undefined: in which case there is no value; empty where there always is one.
    """

    name: str
    stored_as: str
    unit: str
    meaning: str
    words: tuple[str, ...] = ()
    undefined: str = ""

    @property
    def type(self) -> str:
        """The type in one word."""
        return "category" if self.words else self.stored_as


def recorded(kind: Any) -> tuple[Column, ...]:
    """The columns of a table of the engine, as the state declares them."""
    types = record_type(kind)
    return tuple(
        Column(f.name, types[f.name].name, f.metadata["unit"], f.metadata["meaning"]) for f in fields(kind)
    )


def measured(outcomes: tuple[Outcome, ...]) -> Iterator[Column]:
    """The columns of outcomes of managers, reps, accounts or deals, as they are declared."""
    for o in outcomes:
        stored_as = STORED_AS.get(o.unit, "float64")
        yield Column(o.name, stored_as, o.unit, o.meaning, o.words, o.undefined)


def _outcome(level: str, name: str) -> Outcome:
    return next(outcome for outcome in outcomes_of(level) if outcome.name == name)


# By name, since what works an outcome out may be a function that cannot be pickled.
copyreg.pickle(Outcome, lambda outcome: (_outcome, (outcome.level, outcome.name)))


def _company_outcome(given: Outcome | str) -> Outcome:
    return _outcome("company", given) if isinstance(given, str) else given


# An outcome of the company, which files call by its name.
OutcomeByName = Annotated[
    Outcome,
    BeforeValidator(_company_outcome),
    PlainSerializer(lambda outcome: outcome.name, return_type=str),
]


def merged(*groups: tuple[Column, ...]) -> tuple[Column, ...]:
    """Columns in their order; one that is said twice is what was said last."""
    return tuple({column.name: column for group in groups for column in group}.values())
