"""The curve that turns credit into pay: knots, or threshold, quota, accelerator, bonus and cap."""

from .arithmetic import at_least
from .declaration import lever, mode
from .knots import NO_CAP, Curved, Lines, lines_of

EVEN, MONTHS = 0, 1


class Payout(Curved):
    """Shapes of the pay curve, by the period and by the year."""

    LINES = ("by_period", "by_year")

    calendar: int = mode(
        "even",
        ("even", "months"),
        source="assumed",
        meaning="Whether periods of 4 weeks all have 4, or are the 12 months of a year: 4, 4 and 5 weeks.",
    )
    threshold: float = lever(
        0.0,
        "share of quota",
        0,
        1,
        sweep=(0, 0.8),
        source="assumed",
        meaning="Credit of a period that earns nothing.",
    )
    accelerator: float = lever(
        1.25,
        "factor",
        0,
        20,
        sweep=(1, 5),
        source="assumed",
        meaning="Rate above quota as a multiple of the rate below it.",
    )
    bonus: float = lever(
        2_500.0,
        "USD per period",
        0,
        1e6,
        sweep=(0, 10_000),
        source="joseph-kalwani-1998",
        meaning="Lump sum for reaching the quota of a period.",
    )
    cap: float = lever(
        NO_CAP,
        "multiple of quota",
        1,
        NO_CAP,
        sweep=(1.2, NO_CAP),
        source="assumed",
        meaning="Credit of a period beyond which nothing is earned; 1,000 is no cap.",
    )
    year_share: float = lever(
        0.0,
        "share",
        0,
        1,
        source="assumed",
        meaning="Part of commission that is reckoned by the year; the rest by the period.",
    )
    year_threshold: float = lever(
        0.0,
        "share of quota",
        0,
        1,
        sweep=(0, 0.8),
        source="assumed",
        meaning="Credit of a year that earns nothing.",
    )
    year_accelerator: float = lever(
        1.0,
        "factor",
        0,
        20,
        sweep=(1, 5),
        source="assumed",
        meaning="Rate above the year's quota as a multiple of the rate below it.",
    )
    year_bonus: float = lever(
        0.0,
        "USD per year",
        0,
        1e6,
        sweep=(0, 20_000),
        source="assumed",
        meaning="Lump sum for reaching the quota of the year.",
    )
    year_cap: float = lever(
        NO_CAP,
        "multiple of quota",
        1,
        NO_CAP,
        sweep=(1.2, NO_CAP),
        source="assumed",
        meaning="Credit of a year beyond which nothing is earned; 1,000 is no cap.",
    )

    @property
    def by_period(self) -> Lines:
        """Pay of a period, by its knots or its short forms."""
        return lines_of(self.curve, self.threshold, self.accelerator, self.bonus, self.cap)

    @property
    def by_year(self) -> Lines:
        """Pay of a year, by its knots or its short forms."""
        return lines_of(
            self.year_curve, self.year_threshold, self.year_accelerator, self.year_bonus, self.year_cap
        )


def topped_up(earned_meanwhile: float, sure: float) -> float:
    """What a guarantee adds to what its weeks have earned (USD)."""
    return at_least(sure - earned_meanwhile, 0.0)


def after_advance(earned: float, owed: float, sure: float) -> float:
    """What is paid where a draw is an advance: what is owed is taken back, down to what is sure (USD)."""
    return at_least(earned - owed, sure)
