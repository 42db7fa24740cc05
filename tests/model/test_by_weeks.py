"""A firm that is looked at week by week lives as it would unobserved."""

from itertools import islice

import pytest

from salesim.model.compiled import run_compiled
from salesim.model.engine import run_by_weeks
from salesim.model.ideal import Ideal
from salesim.model.run import Run
from salesim.model.state import Luck
from tests.firms import differences, small_firm

DATED = [{"lever": "regime.discount_authority", "value": 0.3, "start": 10, "stop": 20}]
SHORT = {"burn_in_weeks": 6, "weeks": 22}


@pytest.mark.parametrize("every_deal", [True, False])
def test_the_last_week_is_where_an_unobserved_run_ends(every_deal):
    run = Run(
        small_firm(dated=DATED),
        Luck(3, 1),
        Ideal(understood=True, seats_filled=True),
        every_deal=every_deal,
    )
    *_, last = run_by_weeks(run, "compiled")
    last.cut()
    assert differences(last, run_compiled(run)) == []


@pytest.mark.parametrize("burn_in", [0, 6])
def test_both_engines_show_the_same_first_day_and_weeks(burn_in):
    run = Run(small_firm(organisation=SHORT | {"burn_in_weeks": burn_in}, dated=DATED), Luck(3, 1))
    pairs = zip(run_by_weeks(run, "compiled"), run_by_weeks(run, "mesa"), strict=True)
    seen = 0
    for compiled, mesa in pairs:
        shown = compiled.copy()
        shown.cut()
        assert differences(shown, mesa) == []
        seen += 1
    assert seen == 1 + burn_in + SHORT["weeks"]


def test_the_first_day_comes_before_anybody_has_worked():
    founded, first = (
        tables.copy() for tables in islice(run_by_weeks(Run(small_firm(), Luck(3, 1)), "compiled"), 2)
    )
    assert founded.reps["hours"].sum() == 0.0 < first.reps["hours"].sum()
    assert (founded.customers["next_need"] > 0.0).all()
