"""How runs are carried out: every verb takes it as `how`, and every command makes it of its options."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from ..errors import MissingEngineError, SalesimError, UncompiledRuleError
from ..inputs.rivals import named_rules, rival_rules
from ..messages import chosen, error_text, integer
from ..model.binding import Function, Rivals
from ..model.compiled import compile_model, is_compiled
from ..model.engine import ENGINES, EngineName
from ..model.fingerprint import fingerprint_of
from ..model.scenario import Scenario
from .executor import MAX_WORKERS

UNCOMPILED: dict[tuple[Rivals, str], str] = {}  # why Numba cannot compile rules as they were
NO_COMPILING = "NUMBA_DISABLE_JIT"  # a variable of the environment


@dataclass(frozen=True)
class Stage:
    """A part of the work whose size is known beforehand.

    Args:
        name: a heading for it.
        total: how many runs there will be when it is done.
        there: how many there are already.
        stored: how many are stored by now, where any are stored.
    """

    name: str
    total: int
    there: int = 0
    stored: Callable[[], int] | None = None


Watch = Callable[[Stage, Iterator[Any]], Iterator[Any]]


def unwatched(_: Stage, runs: Iterator[Any]) -> Iterator[Any]:
    """Let the runs of a stage go by."""
    return runs


def to_stderr(text: str) -> None:
    """Print a note where it does not mix with results."""
    print(text, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Exec:
    """How runs are carried out, which changes none of their numbers unless `rules` are given.

    Args:
        workers: how many runs at a time; as many as there are cores unless given.
        engine: "compiled" or "mesa"; both give the same bits.
        rules: functions in the place of rules, such as `{"discounting.quoted_price": mine}`. They
            run on both engines; what Numba cannot compile runs on Mesa, with a warning.
        allow_code: whether functions that a scenario names may be imported, which runs their file.
        watch: sees the runs of a stage go by, for a progress bar.
        say: takes notes, such as that the model is compiled now; standard error unless given.
        command: what was typed, for the manifest of results.

    Raises:
        SalesimError: another engine, workers out of range, or rules that are no mapping.
    """

    workers: int | None = None
    engine: EngineName = "compiled"
    rules: Mapping[str, Function] = field(default_factory=dict)
    allow_code: bool = False
    watch: Watch = unwatched
    say: Callable[[str], None] = to_stderr
    command: Sequence[str] = ()

    def __post_init__(self) -> None:
        chosen("engine", self.engine, ENGINES)
        if not isinstance(self.rules, Mapping):
            allowed = 'functions by rule, such as {"discounting.quoted_price": mine}'
            raise SalesimError(error_text("rules", "", "wrong type", given=self.rules, allowed=allowed))
        if self.workers is not None:
            integer("workers", self.workers, 1, MAX_WORKERS)

    def bound(self, firm: Scenario) -> tuple[Rivals, EngineName]:
        """The rules in the place of others, those that a firm names among them, and what can run them.

        Raises:
            SalesimError: a rule that cannot be used, or the compiled engine without Numba.
        """
        named = named_rules(firm, allow_code=self.allow_code)
        rivals = rival_rules({**named, **self.rules})
        return rivals, self.engine_for(rivals)

    def engine_for(self, rivals: Rivals) -> EngineName:
        """The engine asked for, or Mesa where a rival cannot be compiled, with a warning that says so.

        Raises:
            MissingEngineError: the compiled engine without Numba, or with its compiler switched off.
        """
        if self.engine == "mesa":
            return "mesa"
        if os.environ.get(NO_COMPILING, "0") not in ("", "0"):
            wrong, allowed = "set, so that nothing is compiled", "unset, or the engine mesa"
            raise MissingEngineError(error_text(NO_COMPILING, "", wrong, allowed=allowed))
        known = (rivals, fingerprint_of(rivals))
        if _numba_is_here() and known not in UNCOMPILED:
            if not is_compiled(rivals):
                own = f" with {', '.join(rival.__qualname__ for _, rival in rivals)}" if rivals else ""
                self.say(f"Compiling the model{own}: half a minute or more, once on this machine ...")
            if not rivals:
                return self.engine  # compiled when there is something to run, and not before
        try:
            if known not in UNCOMPILED:
                compile_model(rivals)
        except UncompiledRuleError as error:
            UNCOMPILED[known] = str(error)
        if known in UNCOMPILED:
            warnings.warn(f"{UNCOMPILED[known]}; running on the Mesa engine, which is slower", stacklevel=4)
            return "mesa"
        return self.engine


def _numba_is_here() -> bool:
    try:
        return find_spec("numba") is not None
    except ValueError:
        return False
