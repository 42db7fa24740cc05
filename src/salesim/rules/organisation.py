"""How big the firm is and how long it is watched."""

from .declaration import Group, lever, setting


class Organisation(Group):
    """Size, levels and time."""

    headcount: int = lever(
        100,
        "seats",
        1,
        1_000_000,
        sweep=(70, 130),
        source="assumed",
        meaning="Seats in the sales force, over a market that stays as it is.",
    )
    span_of_control: int = lever(
        9,
        "reps per manager",
        1,
        1_000,
        sweep=(4, 15),
        source="alexander-2012",
        standing="derived",
        meaning="Reps for each first-line manager; the last team may be smaller.",
    )
    accounts: int = setting(
        2_500,
        "accounts",
        0,
        20_000_000,
        sweep=(1_800, 3_300),
        source="assumed",
        meaning="Accounts in the market.",
    )
    hierarchy_hops: int = lever(
        4,
        "hops",
        2,
        10,
        sweep=(2, 6),
        source="assumed",
        meaning="Steps from head office to the reps; each but the last two adds a level of managers.",
    )
    upper_span: int = setting(
        4,
        "managers per manager",
        2,
        1_000,
        sweep=(3, 12),
        source="alexander-2012",
        standing="size assumed",
        meaning="Managers for each manager above the first line; the last group may be smaller.",
    )
    hours_per_week: float = setting(
        40.0,
        "hours",
        0,
        168,
        sweep=(35, 50),
        source="assumed",
        meaning="Working hours of a week.",
    )
    overhead: float = setting(
        0.08257,
        "share of first plan",
        0,
        5,
        sweep=(0.05, 0.2),
        source="marn-rosiello-1992",
        standing="fitted",
        meaning="Fixed costs beside selling, as a share of the first operating plan.",
    )
    burn_in_weeks: int = setting(
        52,
        "weeks",
        0,
        520,
        sweep=(26, 104),
        source="assumed",
        meaning="Weeks under the old strategy before the plan starts; not measured.",
    )
    weeks: int = setting(
        156,
        "weeks",
        1,
        5_200,
        sweep=(104, 260),
        source="assumed",
        meaning="Weeks of the plan, all of them measured.",
    )


def upper_levels(hierarchy_hops: int) -> int:
    """Levels of managers above the first line."""
    return hierarchy_hops - 2


def managers_needed(people: int, span: int) -> int:
    """Managers that it takes to lead so many people."""
    return (people + span - 1) // span


def upper_managers(first_line: int, upper_span: int, levels: int) -> int:
    """Managers on all levels above the first line together."""
    total = 0
    below = first_line
    for _ in range(levels):
        below = managers_needed(below, upper_span)
        total += below
    return total
