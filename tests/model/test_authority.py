"""What a deal remembers of the lowest price within authority."""

import numpy as np
import pytest

from salesim.model.deals import AWAITING
from tests.firms import simulated, small_firm

ASKING = {"approval_leniency": 0.9, "approval_hours": 0.1, "days_per_hour": 0.0}


def deals_under(regime, **groups):
    firm = small_firm(
        needs={"rate": 0.25}, regime={"price_regime": regime, "discount_authority": 0.05}, **groups
    )
    deals = simulated(firm).deals
    assert len(deals) > 50
    return deals


@pytest.mark.parametrize(
    ("regime", "start", "left"),
    [
        ("list_only", "listed", 1.0),
        ("delegated", "listed", 0.95),
        ("guided", "guide", 1.0),
        ("guided_bounded", "guide", 0.95),
    ],
)
def test_the_lowest_price_within_authority_is_list_or_guide_less_what_may_be_given(regime, start, left):
    deals = deals_under(regime)
    np.testing.assert_allclose(deals["own_floor"], left * deals[start])


def test_prices_below_it_were_granted_or_bound_by_a_contract():
    deals = deals_under("delegated", approval=ASKING)
    quoted = deals[deals["outcome"] != AWAITING]
    below = quoted[quoted["price"] < quoted["own_floor"] - 1e-9]
    assert below["granted"].any()
    first = quoted["need"] == 0
    assert not (
        quoted["price"][first & ~quoted["granted"]] < quoted["own_floor"][first & ~quoted["granted"]] - 1e-9
    ).any()
