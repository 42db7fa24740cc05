"""How much of their time reps give to customers who are not buying just now."""

from .arithmetic import clamp, exponential
from .declaration import Group, behaviour


class Service(Group):
    """How selling crowds out service."""

    service_norm: float = behaviour(
        0.15,
        "share of hours",
        0,
        1,
        sweep=(0.05, 0.3),
        source="assumed",
        meaning="Share of customer hours that reps spend on service in a usual week.",
    )
    crowding: float = behaviour(
        0.5,
        "log share per unit",
        0,
        10,
        sweep=(0.2, 1),
        source="assumed",
        meaning="How fast service is given up when selling pays more than usual.",
    )
    half_service: float = behaviour(
        0.05,
        "hours per week",
        0.0001,
        40,
        sweep=(0.02, 0.1),
        source="assumed",
        meaning="Weekly service to an account that has half of its full effect.",
    )


def service_share(service: Service, reward: float) -> float:
    """What is not rewarded gets less time the more the rest is (share; Holmstrom & Milgrom 1991).

    `reward` is the marginal worth of selling relative to a usual week.
    """
    return clamp(service.service_norm * exponential(service.crowding * (1.0 - reward)), 0.0, 0.9)


def service_level(hours_per_account: float, half_service: float) -> float:
    """What service hours do for the accounts, each hour less than the one before (share)."""
    return hours_per_account / (hours_per_account + half_service)
