"""What is kept when an account changes hands, and how long a seat stays empty."""

from .declaration import Group, behaviour, lever


class Handover(Group):
    """Empty seats and accounts that change hands."""

    vacancy_weeks: int = lever(
        20, "weeks", 0, 520, source="depaul-turnover", meaning="Weeks until an empty seat is filled.",
    )
    firms_share: float = behaviour(
        0.5, "share", 0, 1, source="assumed",
        meaning="Share of trust that belongs to the firm and stays when the rep changes.",
    )


def trust_after_handover(trust: float, firms_share: float) -> float:
    """The part of trust that was the rep's leaves with the rep (share)."""
    return trust * firms_share


def fair_number(accounts: int, reps: int) -> int:
    """Accounts that a newcomer should have: an equal share of the team's, rounded down."""
    if reps == 0:
        return 0
    return accounts // reps
