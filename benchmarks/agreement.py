"""Whether the twins are the model: means over many seeds beside ours, in standard errors of the difference.

Prints a line for each series. Arguments: how many seeds (200), and the first of them (1). A twin
agrees when the two means lie within two standard errors; of 28 comparisons one or two may lie beyond
by chance alone, and where units do, so do revenue, pay and contribution, which follow them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec

import numpy as np

from core import core_firm, core_outcome, numbers_of

SEEDS = 200
TWINS = {"mesa": "mesa_twin", "agentpy": "agentpy_twin"}
Outcomes = dict[str, np.ndarray]


def outcomes_of(run: Callable[[int], dict[str, float]], seeds: Iterable[int]) -> Outcomes:
    """Each series of a model, a value for each seed."""
    rows = [run(seed) for seed in seeds]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def ours(seeds: Iterable[int]) -> Outcomes:
    """The compiled engine on the listed phases."""
    firm = core_firm()
    return outcomes_of(lambda seed: core_outcome(firm, seed), seeds)


def twin(library: str, seeds: Iterable[int]) -> Outcomes:
    """A twin by the name of its library."""
    numbers = numbers_of(core_firm())
    module = import_module(f"twins.{TWINS[library]}")
    return outcomes_of(lambda seed: module.outcome(numbers, seed), seeds)


def distance(first: np.ndarray, second: np.ndarray) -> float:
    """Difference of two means in standard errors of the difference; 0 where both are the same."""
    error = np.sqrt(first.var(ddof=1) / len(first) + second.var(ddof=1) / len(second))
    gap = first.mean() - second.mean()
    return 0.0 if gap == 0.0 else float(gap / error)


def main() -> None:
    count, first = (*map(int, sys.argv[1:]), *(SEEDS, 1)[len(sys.argv) - 1 :])
    seeds = range(first, first + count)
    models = {"ours": ours(seeds)}
    for library in TWINS:
        if find_spec(library):
            models[library] = twin(library, seeds)
        else:
            print(f"{library} is not installed: its twin is skipped")
    names = list(models)
    print(f"{count} seeds from {first} on; in brackets: distance from ours in standard errors")
    print(f"{'mean of':16}" + "".join(f"{name:>24}" for name in names))
    for series, values in models["ours"].items():
        cells = [f"{values.mean():,.4g}"]
        for name in names[1:]:
            other = models[name][series]
            cells.append(f"{other.mean():,.4g} ({distance(other, values):+.1f})")
        print(f"{series:16}" + "".join(f"{cell:>24}" for cell in cells))


if __name__ == "__main__":
    main()
