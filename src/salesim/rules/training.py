"""Training and onboarding: what they teach and what selling time they take."""

from .arithmetic import approach, half_life_kept
from .declaration import Group, behaviour, lever, setting

HOURS_OF_A_DAY = 8.0


class Training(Group):
    """Training of all reps and onboarding of newcomers."""

    training_days: float = lever(
        3.0,
        "days per year",
        0,
        60,
        sweep=(0, 10),
        source="assumed",
        meaning="Days of sales training; skill now, selling days lost.",
    )
    value_selling_training: float = lever(
        0.0,
        "hours per year",
        0,
        500,
        sweep=(0, 40),
        source="assumed",
        meaning="Training in showing a customer the worth of the offer; raises articulation only.",
    )
    onboarding: int = lever(
        2,
        "weeks",
        0,
        52,
        sweep=(0, 8),
        source="assumed",
        meaning="Weeks that a newcomer learns before meeting customers.",
    )
    newcomer_share: float = behaviour(
        0.4,
        "share",
        0,
        1,
        sweep=(0.2, 0.7),
        source="cespedes-2021",
        standing="size assumed",
        meaning="A newcomer's skill as a share of the level to settle at.",
    )
    onboarding_effect: float = behaviour(
        0.05,
        "share per week",
        0,
        1,
        sweep=(0.02, 0.1),
        source="assumed",
        meaning="Share of the distance to that level, and to the strategy, that a week brings.",
    )
    articulation_effect: float = behaviour(
        0.03,
        "share per hour",
        0,
        1,
        sweep=(0.01, 0.06),
        source="assumed",
        meaning="Share of what is missing in articulation that an hour of training brings.",
    )
    articulation_half_life: float = behaviour(
        52.0,
        "weeks",
        1,
        1000,
        sweep=(26, 104),
        source="saks-belcourt-2006",
        standing="derived",
        meaning="Weeks in which articulation halves when it is not trained.",
    )
    cost_of_a_day: float = setting(
        486.0,
        "USD per day",
        0,
        1e5,
        sweep=(170, 1_700),
        source="cespedes-lee-2017",
        standing="derived",
        meaning="What a day of training costs beside the rep's time.",
    )
    cost_of_a_hire: float = setting(
        100_000.0,
        "USD per hire",
        0,
        1e7,
        sweep=(50_000, 300_000),
        source="depaul-turnover",
        standing="size assumed",
        meaning="Cost of finding and starting a newcomer.",
    )


def training_hours(training: Training) -> float:
    """Sales training in a usual week (hours per rep)."""
    return training.training_days * HOURS_OF_A_DAY / 52.0


def articulation_hours(training: Training) -> float:
    """Training in value selling in a usual week (hours per rep)."""
    return training.value_selling_training / 52.0


def training_cost(training: Training) -> float:
    """What training costs in a week, beside the time (USD per rep)."""
    hours = training_hours(training) + articulation_hours(training)
    return training.cost_of_a_day * hours / HOURS_OF_A_DAY


def articulation_after_a_week(training: Training, articulation: float) -> float:
    """Showing value is trained and forgotten like other skills (share)."""
    kept = articulation * half_life_kept(training.articulation_half_life)
    learned = training.articulation_effect * articulation_hours(training)
    return approach(kept, 1.0, learned if learned < 1.0 else 1.0)


def after_a_week_of_onboarding(level: float, goal: float, effect: float) -> float:
    """Onboarding moves a newcomer's start nearer to where they will settle (skill or share)."""
    return approach(level, goal, effect) if goal > level else level
