"""What decides between rival theories: statistics of stored runs, by theory, on the same draws."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salesim.errors import ResultsError
from salesim.messages import error_text
from salesim.runs.runs import Runs

RULES = Path(__file__).parents[3] / "experiments" / "rivals"
sys.path.append(str(RULES))  # as whoever uses these rules does
paying, deciding = map(import_module, ("effort_or_timing", "authority_under_uncertainty"))
Values = NDArray[np.float64]
QUARTER, LINEAR, FIXED, DELEGATED = 13, "baseline", "baseline", "authority"
TURN = (0, 1, QUARTER - 2, QUARTER - 1)  # weeks of the quarter around its turn
LATE = QUARTER - 4  # from this week of the quarter on, reps know how they stand
SPREAD = "market.deal_value_spread"
FREE = {"regime.discount_authority": "max", "timing.timing_slack_weeks": "max"}
BOUND = dict.fromkeys(FREE, "min")


@dataclass(frozen=True)
class Statistic:
    """One number of an experiment, and what the theories say of it.

    Args:
        name, title, unit: for code, for readers, and what it is counted in.
        finding: a sentence with room for the means under both rivals.
        said: what each theory says of it, by the name of the theory.
        needs: what data of a real firm would decide.
        values: one value for each replicate of a sweep.
    """

    name: str
    title: str
    unit: str
    finding: str
    said: Mapping[str, str]
    needs: str
    values: Callable[[Runs], Values]


@dataclass(frozen=True)
class Experiment:
    """A study, the theories under which it is carried out, and what decides between them.

    Args:
        study: the name of its file.
        theories: rules by theory; two rivals first, in the order in which their difference is taken.
        called: what each theory is called in a sentence.
        statistics: the first is the one that decides.
    """

    study: str
    theories: Mapping[str, Mapping[str, Callable[..., Any]]]
    called: Mapping[str, str]
    statistics: tuple[Statistic, ...]


def cell(rows: Any, where: Mapping[str, str]) -> Any:
    """The runs in which each of these numbers is at its largest or smallest."""
    for path, end in where.items():
        rows = rows[rows[path] == rows[path].agg(end)]
    return rows


def at_equal_pay(found: Runs, where: Mapping[str, str], by_run: Any) -> tuple[Values, Values]:
    """A number under linear pay, and under the accelerator at the rate at which it costs as much.

    Between the two rates that lie around equal pay both pay and the number are taken as straight lines.

    Args:
        found: the sweep.
        where: which cell of it.
        by_run: the number, by run_id.

    Returns:
        One value for each replicate, linear and accelerated.

    Raises:
        ResultsError: the study's rates do not lie around equal pay.
    """
    rows = cell(found.frame, where).assign(number=lambda r: r["run_id"].map(by_run))
    pay = rows.groupby("policy")["variable_pay"].mean()
    numbers = {name: r.sort_values("replicate")["number"].to_numpy() for name, r in rows.groupby("policy")}
    ordered = pay.drop(LINEAR).sort_values()
    above = int(np.searchsorted(ordered.to_numpy(), pay[LINEAR]))
    if above in (0, len(ordered)):
        wrong = "no rates around equal pay"
        given = f"{pay[LINEAR]:,.0f} USD under linear pay"
        allowed = f"between {ordered.iloc[0]:,.0f} and {ordered.iloc[-1]:,.0f} USD"
        raise ResultsError(error_text(found.study.name, "policies", wrong, given=given, allowed=allowed))
    low, high = ordered.index[above - 1], ordered.index[above]
    weight = (pay[LINEAR] - pay[low]) / (pay[high] - pay[low])
    return numbers[LINEAR], (1.0 - weight) * numbers[low] + weight * numbers[high]


def realised_weeks(found: Runs) -> Any:
    """The ledger of every run as it was realised."""
    weeks = found.table("weeks").select(["run_id", "run", "week", "units", "revenue"]).to_pandas()
    return weeks[weeks["run"] == "realised"]


def more_sales(where: Mapping[str, str]) -> Callable[[Runs], Values]:
    """Units sold under the accelerator over those under linear pay (percent more)."""

    def values(found: Runs) -> Values:
        units = realised_weeks(found).groupby("run_id")["units"].sum()
        linear, accelerated = at_equal_pay(found, where, units)
        return 100.0 * (accelerated / linear - 1.0)

    return values


def moved_to_the_turn(found: Runs) -> Values:
    """Share of revenue in the two weeks before and after a quarter's turn, accelerated less linear."""
    weeks = realised_weeks(found)
    sums = weeks.groupby("run_id")["revenue"].sum()
    turn = weeks[(weeks["week"] % QUARTER).isin(TURN)].groupby("run_id")["revenue"].sum() / sums
    linear, accelerated = at_equal_pay(found, FREE, turn)
    return 100.0 * (accelerated - linear)


def price_follows_pay(found: Runs) -> Values:
    """How much deeper a late first quote is where a dollar pays the rep twice as much (points of "
    "list)."""
    names = ["run_id", "week", "quote", "worth", "discount", "outcome"]
    ours = set(cell(found.frame, FREE)["run_id"])
    deals = found.table("deals").select(names).to_pandas()
    late = deals["run_id"].isin(ours) & (deals["week"] % QUARTER >= LATE) & (deals["quote"] == 1)
    quoted = deals[late & (deals["worth"] > 0.0) & (deals["outcome"] != "no price yet")]
    slopes = quoted.groupby("run_id")[["worth", "discount"]].apply(_slope)
    return 100.0 * at_equal_pay(found, FREE, slopes)[1]


def price_given_away(found: Runs) -> Values:
    """Discount by value under the accelerator less that under linear pay (points of list)."""
    discounts = found.frame.drop_duplicates("run_id").set_index("run_id")["discount"]
    linear, accelerated = at_equal_pay(found, FREE, discounts)
    return 100.0 * (accelerated - linear)


def _slope(deals: Any) -> float:
    doubled = np.log2(deals["worth"].to_numpy())
    if np.ptp(doubled) == 0.0:  # linear pay: a dollar is always worth the same
        return float("nan")
    return float(np.polyfit(doubled, deals["discount"].to_numpy(), 1)[0])


def worth_of_authority(found: Runs) -> dict[float, Values]:
    """Profit with authority less that with the best fixed price, by how much deals differ.

    In thousand USD for each rep and year, one value for each replicate.
    """
    firm = found.study.firms[FIXED].organisation
    share = 1_000.0 * firm.headcount * firm.weeks / 52.0
    worths = {}
    for spread, rows in found.frame.groupby(SPREAD):
        profits = {
            name: r.sort_values("replicate")["operating_profit"].to_numpy()
            for name, r in rows.groupby("policy")
        }
        delegated = profits.pop(DELEGATED)
        worths[float(spread)] = (delegated - max(profits.values(), key=np.mean)) / share
    return worths


def gained_by_uncertainty(found: Runs) -> Values:
    """What authority is worth where deals differ most, less what it is worth where they differ least."""
    worths = worth_of_authority(found)
    return worths[max(worths)] - worths[min(worths)]


EFFORT_OR_TIMING = Experiment(
    "effort_or_timing",
    {"effort": paying.EFFORT, "timing": paying.TIMING, "both": {}},
    {
        "effort": "bonus drives effort",
        "timing": "bonus drives timing",
        "both": "the model's own rules: both",
    },
    (
        Statistic(
            "moved_to_the_turn",
            "Bookings in the four weeks around a quarter's turn",
            "points of the year's",
            "An accelerator moves {0:.1f} points of bookings to the turn of the quarter if it drives "
            "effort, {1:.1f} if it drives timing",
            {"effort": "no change", "timing": "more"},
            "bookings by week for a year before and after a change from linear pay to an accelerator, or "
            "in two regions of which one changed",
            moved_to_the_turn,
        ),
        Statistic(
            "price_follows_pay",
            "Discount where a dollar pays the rep twice as much",
            "points of list",
            "Where a dollar pays the rep twice as much, discounts change by {0:+.1f} points of list if "
            "bonuses drive effort, by {1:+.1f} if they drive timing",
            {"effort": "not deeper", "timing": "deeper"},
            "each quote with its discount and the marginal commission rate that the rep stood at when it "
            "was made, from a firm with an accelerator",
            price_follows_pay,
        ),
        Statistic(
            "price_given_away",
            "Mean discount of the year, by value",
            "points of list",
            "An accelerator changes the mean discount by {0:+.1f} points if it drives effort, by {1:+.1f} "
            "if it drives timing",
            {"effort": "not deeper", "timing": "deeper"},
            "discounts of whole years under both plans at the same pay, from regions drawn by lot",
            price_given_away,
        ),
        Statistic(
            "more_sales",
            "Units sold in the year, reps free in date and price",
            "%",
            "An accelerator changes sales by {0:+.1f}% if it drives effort, by {1:+.1f}% if it drives "
            "timing",
            {"effort": "more", "timing": "not more"},
            "units sold over whole years under both plans at the same pay, from regions drawn by lot",
            more_sales(FREE),
        ),
        Statistic(
            "more_sales_bound",
            "Units sold in the year, dates and prices fixed",
            "%",
            "With dates and prices fixed, an accelerator changes sales by {0:+.1f}% if it drives effort, "
            "by {1:+.1f}% if it drives timing",
            {"effort": "more", "timing": "not more"},
            "the same from regions in which head office sets prices and customers alone set dates",
            more_sales(BOUND),
        ),
    ),
)
AUTHORITY_UNDER_UNCERTAINTY = Experiment(
    "authority_under_uncertainty",
    {"see_more": deciding.REPS_SEE_MORE, "play_safe": deciding.REPS_PLAY_SAFE},
    {"see_more": "reps see more (the model's own rule)", "play_safe": "reps play safe"},
    (
        Statistic(
            "gained_by_uncertainty",
            "Worth of authority, deals most different less least different",
            "thousand USD per rep and year",
            "Where deals differ more, price authority is worth {0:+.1f} thousand USD per rep and year if "
            "reps see more, {1:+.1f} if they play safe",
            {"see_more": "more", "play_safe": "less"},
            "profit of regions with and without price authority, drawn by lot, in markets where deals of "
            "one kind of customer differ much and in markets where they differ little",
            gained_by_uncertainty,
        ),
    ),
)
EXPERIMENTS = (EFFORT_OR_TIMING, AUTHORITY_UNDER_UNCERTAINTY)
