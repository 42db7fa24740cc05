"""A small firm in which everything happens, and its raw tables as data frames."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from salesim.model.columns import names
from salesim.model.ideal import Ideal
from tests.firms import simulated, small_firm

SEED, REPLICATES, START = 3, 4, 13
LIVING = small_firm(
    organisation={"headcount": 8, "accounts": 320, "hierarchy_hops": 3, "weeks": 130, "overhead": 0.02},
    leaving={"turnover": 0.5},
    handover={"vacancy_weeks": 8},
    approval={"approval_leniency": 0.8},
    payout={"accelerator": 2.0},
)


@dataclass
class Raw:
    """The tables of one replicate, cut to the plan, straight from the engine."""

    books: pd.DataFrame
    full: pd.DataFrame
    levels: pd.DataFrame
    years: pd.DataFrame
    deals: pd.DataFrame
    managers: pd.Series

    @property
    def quoted(self) -> pd.DataFrame:
        return self.deals[self.deals["outcome"] != 5]

    @property
    def won(self) -> pd.DataFrame:
        won = self.deals[self.deals["outcome"] == 1].copy()
        won["revenue"] = won["size"] * won["price"]
        won["list_value"] = won["size"] * won["listed"]
        won["margin"] = won["size"] * (won["price"] - won["unit_cost"] - won["serving_cost"])
        return won

    @property
    def full_contribution(self) -> pd.Series:
        f = self.full
        return f["revenue"] - f["unit_cost"] - f["serving_cost"] - f["on_target_pay"]

    @property
    def counted(self) -> pd.DataFrame:
        years = self.years[self.years["weeks"] >= 26].copy()
        years["attainment"] = years["credited"] / years["quota"]
        return years


def raw(replicate: int) -> Raw:
    """One replicate of the living firm, run without the study's help."""
    now = simulated(LIVING, SEED, replicate)
    everything = Ideal(**dict.fromkeys(names(Ideal), True))
    full = simulated(LIVING, SEED, replicate, everything, quotas=now.quotas, every_deal=False)
    books, ideal, levels, years, deals = (
        pd.DataFrame(table) for table in (now.books, full.books, now.levels, now.years, now.deals)
    )
    return Raw(
        books=books[books["week"] >= START].reset_index(drop=True),
        full=ideal[ideal["week"] >= START].reset_index(drop=True),
        levels=levels[levels["week"] >= START],
        years=years[(years["week"] >= START) & (years["weeks"] > 0)],
        deals=deals[deals["week"] >= START],
        managers=pd.Series(now.reps["manager"]),
    )
