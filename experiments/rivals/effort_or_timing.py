"""Two theories of what a bonus changes: how hard reps work, or when and how cheaply they sell.

The model's own rules have both; each theory leaves one of them out.
"""

from salesim.rules.arithmetic import at_least, at_most
from salesim.rules.second_chance import worth_of_a_second_chance


def never_hurried(worth_now, worth_next):  # noqa: ARG001
    """Reps ask for no signature before its time, whatever it would pay (Steenburgh 2008)."""
    return False


def never_held(worth_now, worth_next, kept):  # noqa: ARG001
    """Reps hold no deal back, whatever it would pay later (Steenburgh 2008)."""
    return False


def never_waited(gap, waiting_cost, weeks):  # noqa: ARG001
    """Where reps leave dates alone, customers learn of no good time to buy (Steenburgh 2008)."""
    return False


def worth_of_a_usual_time(chance, gain_later, worth_ratio):  # noqa: ARG001
    """Reps price as if a dollar paid the same now as later (USD per unit; Steenburgh 2008).

    As in the model where it does: under linear pay.
    """
    return worth_of_a_second_chance(chance, gain_later, 1.0)


def steady_intensity(effort, reward):  # noqa: ARG001
    """Reps work as hard as on target whatever one more dollar pays (factor; Larkin 2014, Oyer 1998)."""
    return 1.0


def worth_of_the_next_period(chance, gain_later, worth_ratio):  # noqa: ARG001
    """A deal not signed now will be there next period, so reps cut prices to have it in the one that pays.

    Where a dollar pays more now than later, waiting is worth little and the price falls (USD per
    unit; Larkin 2014). Where it will pay more later reps hold the deal instead of asking more for it.
    As in the model where every customer comes back and a dollar pays the same in both periods.
    """
    return at_least(gain_later, 0.0) * at_most(worth_ratio, 1.0)


EFFORT = {
    "second_chance.worth_of_a_second_chance": worth_of_a_usual_time,
    "timing.customer_waits": never_waited,
    "timing.is_worth_holding": never_held,
    "timing.is_worth_hurrying": never_hurried,
}
TIMING = {
    "intensity.chosen_intensity": steady_intensity,
    "second_chance.worth_of_a_second_chance": worth_of_the_next_period,
}
