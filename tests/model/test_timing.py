"""Deals moved between quota periods, and what managers do about it."""

from salesim.model.compiled import run_compiled
from salesim.model.run import Run
from salesim.model.state import Luck
from tests.firms import small_firm

STEEP = {
    "payout": {"accelerator": 8.0, "bonus": 0.0},
    "timing": {"timing_slack_weeks": 8},
    "organisation": {"weeks": 260},
}


def moved(watch: float, books: str) -> float:
    """Revenue of deals that were moved into another period, under a steep curve (USD)."""
    firm = small_firm(**(STEEP | {"timing": STEEP["timing"] | {"watch": watch}}))
    return sum(run_compiled(Run(firm, Luck(3, k))).books[books].sum() for k in range(4))


def test_managers_who_watch_leave_fewer_deals_to_the_next_period():
    held = [moved(watch, "held_back") for watch in (0.0, 0.5, 0.9)]
    assert held[0] > held[1] > held[2] > 0.0


def test_where_managers_see_everything_nothing_is_held_back():
    assert moved(1.0, "held_back") == 0.0 < moved(1.0, "pulled_forward")


def test_under_linear_pay_there_is_nothing_to_watch():
    linear = {"payout": {"accelerator": 1.0, "bonus": 0.0}, "timing": {"timing_slack_weeks": 8}}
    runs = [
        run_compiled(Run(small_firm(**(linear | {"timing": linear["timing"] | {"watch": w}})), Luck(3, 1)))
        for w in (0.0, 1.0)
    ]
    assert (runs[0].books["revenue"] == runs[1].books["revenue"]).all()
