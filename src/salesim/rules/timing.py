"""When a deal that is ready gets its price: the rep's timing and the customer's waiting."""

from .arithmetic import approach, at_least
from .declaration import Group, behaviour, setting

WEIGHT_OF_ONE = 0.05  # of one price in what is usual: some twenty prices are remembered


class Timing(Group):
    """How free the date of a signature is."""

    timing_slack_weeks: int = setting(
        3,
        "weeks",
        0,
        52,
        sweep=(1, 8),
        source="assumed",
        meaning="Weeks within which a ready customer may sign: 2-3 in short cycles, 8 in software.",
    )
    waiting_cost: float = behaviour(
        1.0,
        "USD per unit and week",
        0,
        1e6,
        sweep=(0.3, 3),
        source="assumed",
        meaning="What signing a week before or after its natural date costs a customer.",
    )
    impatience: float = behaviour(
        0.03,
        "probability per week",
        0,
        1,
        sweep=(0.01, 0.08),
        source="assumed",
        meaning="Chance that a deal held beyond its natural date lapses.",
    )
    watch: float = behaviour(
        0.5,
        "probability",
        0,
        1,
        sweep=(0.2, 0.8),
        source="assumed",
        meaning="Chance that a manager has a deal signed that would be held over a period's end.",
    )
    learning: float = behaviour(
        0.3,
        "share",
        0,
        1,
        sweep=(0.1, 0.6),
        source="assumed",
        meaning="How much a customer learns from one price near a period's end.",
    )
    end_weeks: int = behaviour(
        2,
        "weeks",
        1,
        13,
        sweep=(1, 4),
        source="larkin-2014",
        meaning="Last weeks of a period in which customers look out for better prices.",
    )


def natural_delay(timing_slack_weeks: int, uniform: float) -> int:
    """Left alone, a ready customer signs at any time within its slack (weeks)."""
    return int(uniform * float(timing_slack_weeks + 1))


def cost_of_date(waiting_cost: float, signed: int, natural: int) -> float:
    """What another date than its own takes off the worth of the offer to a customer (USD per unit)."""
    return waiting_cost * float(signed - natural if signed > natural else natural - signed)


def after_concession(worth: float, waiting_cost: float, weeks: float, price: float) -> float:
    """What a deal moved by some weeks is worth to a rep who makes up for it in the price (USD per USD)."""
    if price <= 0.0:
        return worth
    return worth * at_least(1.0 - waiting_cost * weeks / price, 0.0)


def is_worth_holding(worth_now: float, worth_next: float, kept: float) -> bool:
    """A rep holds a deal back when it will be worth more in the next period (USD)."""
    return worth_next * kept > worth_now


def worth_if_watched(worth_now: float, worth_held: float, watch: float) -> float:
    """A rep who means to hold a deal over a period's end reckons with the manager (USD)."""
    return approach(worth_held, worth_now, watch)


def is_worth_hurrying(worth_now: float, worth_next: float) -> bool:
    """A rep asks for an early signature when the deal is worth more in this period (USD).

    Impatience is left out: it knows no periods, so under linear pay no week is like another.
    """
    return worth_now > worth_next


def customer_waits(gap: float, waiting_cost: float, weeks: int) -> bool:
    """Customers wait for the period's end when they have learned that it pays (USD per unit)."""
    return weeks > 0 and gap > waiting_cost * float(weeks)


def gap_after_a_price(gap: float, cut: float, usual_cut: float, learning: float) -> float:
    """How much lower prices are near a period's end, as far as a customer knows (USD per unit).

    A cut is what a price lies below the reference, and only what it exceeds the usual cut of other
    weeks by says anything of the period's end. Signed: a dear end teaches as much as a cheap one.
    """
    return approach(gap, cut - usual_cut, learning)


def usual_cut_after(usual_cut: float, cut: float) -> float:
    """The cut that is usual away from period ends, as word of one more price goes round (USD per unit)."""
    return approach(usual_cut, cut, WEIGHT_OF_ONE)
