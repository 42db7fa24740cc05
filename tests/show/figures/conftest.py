"""One small firm that tests of figures look at."""

import pytest

from salesim import simulate
from tests.firms import small_firm
from tests.show.figures.comparisons import compared, swept

ORGANISATION = {"headcount": 12, "span_of_control": 6, "accounts": 240, "burn_in_weeks": 26, "weeks": 104}
MORE = {"organisation": ORGANISATION}


@pytest.fixture(scope="package")
def results():
    return simulate(small_firm(**MORE), replicates=5, seed=2)


@pytest.fixture(scope="package")
def single():
    return simulate(small_firm(**MORE), replicates=1, seed=2)


@pytest.fixture(scope="package")
def comparison(tmp_path_factory):
    """Three policies against a small firm, in two outcomes."""
    return compared(swept(tmp_path_factory.mktemp("comparisons") / "three"))
