"""Plans that share one burn-in are what each of them would be alone."""

from dataclasses import replace

import pytest

from salesim.model.compiled import run_compiled
from salesim.model.engine import run_branches
from salesim.model.run import Run
from salesim.model.state import Ideal, Luck, names
from tests.firms import differences, small_firm

IDEALS = [
    Ideal(),
    Ideal(understood=True, seats_filled=True),
    Ideal(**dict.fromkeys(names(Ideal), True)),
    Ideal(),
]
DATED = [{"lever": "regime.discount_authority", "value": 0.3, "start": 10, "stop": 20}]
FIRMS = {
    "usual": small_firm(),
    "no burn-in": small_firm(organisation={"burn_in_weeks": 0}),
    "dated": small_firm(dated=DATED),
    "many deals": small_firm(needs={"rate": 2.0}),
}


@pytest.mark.parametrize("engine", ["compiled", "mesa"])
@pytest.mark.parametrize("name", FIRMS)
def test_branches_have_the_bits_of_runs_of_their_own(name, engine):
    run = Run(FIRMS[name], Luck(3, 1), every_deal=False)
    held = replace(run, quotas=run_compiled(run).quotas)
    for ideal, branch in zip(IDEALS, run_branches(held, IDEALS, engine), strict=True):
        assert differences(branch, run_compiled(replace(held, ideal=ideal))) == []
