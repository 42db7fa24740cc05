"""How big the firm is and how long it is watched."""

from .declaration import Group, lever, setting


class Organisation(Group):
    """Size, levels and time."""

    managers: int = setting(
        8, "managers", 1, 100_000, source="assumed", meaning="First-line managers, each with a team.",
    )
    span_of_control: int = setting(
        8, "reps per manager", 1, 100, source="alexander-2012",
        meaning="Seats in a team; with the number of managers the size of the sales force.",
    )
    accounts_per_rep: int = setting(
        40, "accounts", 0, 10_000, source="assumed", meaning="Accounts in the market per seat.",
    )
    hierarchy_hops: int = lever(
        4, "hops", 2, 10, source="assumed",
        meaning="Steps from head office to the reps; one manager for each level above the first.",
    )
    hours_per_week: float = setting(
        40.0, "hours", 0, 168, source="assumed", meaning="Working hours of a week.",
    )
    burn_in_weeks: int = setting(
        52, "weeks", 0, 520, source="assumed",
        meaning="Weeks under the old strategy before the plan starts; not measured.",
    )
    weeks: int = setting(
        156, "weeks", 1, 5_200, source="assumed", meaning="Weeks of the plan, all of them measured.",
    )


def upper_levels(hierarchy_hops: int) -> int:
    """Levels of managers above the first line."""
    return hierarchy_hops - 2
