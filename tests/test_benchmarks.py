"""The twins that salesim is timed against do live through the model; and what they leave out is left out."""

import sys
from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
SEEDS = range(1, 41)


@pytest.fixture(scope="module")
def agreement():
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import agreement

        yield agreement
    finally:
        sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def ours(agreement):
    return agreement.ours(SEEDS)


@pytest.mark.nightly
@pytest.mark.parametrize("library", ["mesa", "agentpy"])
def test_a_twin_comes_to_the_same_means(agreement, ours, library):
    """Within four standard errors; `benchmarks/agreement.py` looks closer, at more seeds."""
    pytest.importorskip(library)
    theirs = agreement.twin(library, SEEDS)
    assert theirs.keys() == ours.keys()
    apart = {name: agreement.distance(theirs[name], ours[name]) for name in ours}
    assert {name: gap for name, gap in apart.items() if abs(gap) > 4.0} == {}
    assert np.mean(ours["quoted"]) > 500.0, "there is something to agree on"


def test_the_distance_sees_a_difference(agreement):
    ours = np.random.default_rng(1).normal(10.0, 1.0, size=40)
    assert abs(agreement.distance(ours[::-1], ours)) < 1e-9
    assert agreement.distance(ours + 2.0, ours) > 4.0


@pytest.mark.nightly
def test_phases_that_are_left_out_do_nothing(agreement, ours):
    from core import core_firm, core_run
    from salesim.model.compiled import run_compiled

    books = run_compiled(core_run(core_firm(), 1)).books
    assert not books["left"].any()
    assert not books["reviews"].any()
    assert not books["approvals_asked"].any()
    assert not books["churned"].any()
    assert books["won"].sum() > 0
