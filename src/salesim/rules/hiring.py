"""Who is hired: how able, how well suited, and what industries they know."""

import math

from .arithmetic import clamp, exponential
from .declaration import Group, behaviour, lever, setting


class Hiring(Group):
    """How reps are selected."""

    hiring_fit: float = lever(
        0.20,
        "correlation",
        0,
        0.9,
        sweep=(0.1, 0.55),
        source="sackett-2022",
        meaning="How well selection tells who will do well: 0.2 unstructured, 0.4 to 0.5 structured.",
    )
    selection: float = setting(
        1.0,
        "sd",
        0,
        4,
        sweep=(0.5, 1.8),
        source="assumed",
        meaning="How far the chosen applicant stands above the average in what selection sees.",
    )
    task_fit: float = behaviour(
        0.5,
        "share",
        0,
        1,
        sweep=(0.3, 0.7),
        source="assumed",
        meaning="How well an average applicant suits the task of the strategy.",
    )
    task_fit_spread: float = behaviour(
        0.15,
        "sd",
        0,
        1,
        sweep=(0.05, 0.25),
        source="assumed",
        meaning="Spread of that fit between applicants.",
    )
    industries_known: float = setting(
        0.3,
        "share",
        0,
        1,
        sweep=(0.1, 0.6),
        source="assumed",
        meaning="Share of the industries a rep knows at first.",
    )


def talent(hiring: Hiring, shown: float, hidden: float) -> float:
    """Selection finds the able as far as it sees them (standard deviations of talent).

    `shown` and `hidden` are standard normals; the chosen stand `selection` above the average in
    what is shown.
    """
    seen = hiring.hiring_fit
    return seen * (hiring.selection + 0.5 * shown) + math.sqrt(1.0 - seen * seen) * hidden


def ability(talent_of: float, spread: float) -> float:
    """How fast somebody learns and how far they can get (factor, lognormal)."""
    return exponential(spread * talent_of)


def task_fit(hiring: Hiring, shown: float) -> float:
    """Those who were chosen for the task suit it better (share)."""
    found = hiring.hiring_fit * (1.0 - hiring.task_fit)
    return clamp(hiring.task_fit + found + hiring.task_fit_spread * shown, 0.0, 1.0)
