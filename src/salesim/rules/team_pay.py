"""Pay for what a team sells: shared credit, a bonus for all, managers' pay, and what overlays cost."""

import math

from .arithmetic import at_least, at_most, exponential, normal_share_above
from .declaration import behaviour, lever
from .expected_pay import SMALLEST_SPREAD
from .knots import NO_CAP, NOTHING, Lines, TeamCurved, lines_of

MOST_ODDS = 20.0  # factor
MOST_LOG_ODDS = 30.0


class TeamPay(TeamCurved):
    """Who is credited and paid beside the seller."""

    LINES = ("by_team",)

    shared_credit: float = lever(
        0.0,
        "share",
        0,
        1,
        source="assumed",
        meaning="Part of the credit of each sale that the whole team shares equally.",
    )
    team_bonus: float = lever(
        0.0,
        "USD per period",
        0,
        1e6,
        sweep=(0, 5_000),
        source="assumed",
        meaning="Lump sum for each rep of a team that reaches its quota of a period.",
    )
    overlay_rate: float = lever(
        0.0,
        "share of revenue",
        0,
        1,
        sweep=(0, 0.02),
        source="assumed",
        meaning="Pay of specialists who are credited with all sales too: a cost, which moves nobody here.",
    )
    own_interest: float = behaviour(
        0.5,
        "log odds per hour of pay",
        0,
        20,
        sweep=(0.1, 2),
        source="assumed",
        meaning="How far a manager's own pay decides what is granted: log odds by hours of the salary.",
    )

    @property
    def by_team(self) -> Lines:
        """Pay of a manager by the team's credit."""
        return lines_of(self.manager_curve or NOTHING, 0.0, 1.0, 0.0, NO_CAP)


def part_of_own(shared: float, team: int) -> float:
    """What sellers are credited with of their own sales, their part of what is shared included (share)."""
    return 1.0 - shared + part_of_each(shared, team)


def part_of_each(shared: float, team: int) -> float:
    """What each colleague is credited with of a sale (share)."""
    return shared / at_least(float(team), 1.0)


def spread_of_part(shared: float, team: int) -> float:
    """How uncertain credit is where part of it is shared: sales of colleagues even out (factor)."""
    own, each = part_of_own(shared, team), part_of_each(shared, team)
    return math.sqrt(own * own + at_least(float(team) - 1.0, 0.0) * each * each)


def chance_at_quota(mean: float, spread: float, quota: float) -> float:
    """Chance that a team whose credit is expected to end so reaches its quota (probability)."""
    return normal_share_above((quota - mean) / at_least(spread, SMALLEST_SPREAD))


def odds_of_worth(now: float, then: float) -> float:
    """How much likelier a manager acts for a sale in this period: its worth now over that in the next.

    The same in both, or nothing in either, leaves things as they are (factor).
    """
    if now <= 0.0 and then <= 0.0:
        return 1.0
    if now <= 0.0 or then <= 0.0:
        return MOST_ODDS if now > 0.0 else 1.0 / MOST_ODDS
    return at_least(at_most(now / then, MOST_ODDS), 1.0 / MOST_ODDS)


def odds_of_gain(own_interest: float, gain: float, hourly_pay: float) -> float:
    """The same for a request, by what granting it brings the manager, in hours of the salary (factor)."""
    hours = own_interest * gain / at_least(hourly_pay, 1.0)
    return exponential(at_least(at_most(hours, MOST_LOG_ODDS), -MOST_LOG_ODDS))


def with_odds(chance: float, factor: float) -> float:
    """A chance whose odds are multiplied (probability); what is certain stays so."""
    return chance if factor == 1.0 else chance * factor / (1.0 - chance + chance * factor)
