"""What is kept when an account changes hands, who takes it, and how long a seat stays empty."""

from .declaration import Group, behaviour, lever, mode

NEW_HIRE, EXISTING_REP, SIMILAR_REP = 0, 1, 2


class Handover(Group):
    """Empty seats and accounts that change hands."""

    account_handover: int = mode(
        "new_hire",
        ("new_hire", "existing_rep", "similar_rep"),
        source="assumed",
        meaning="Who takes a leaver's accounts: the successor, a colleague, or one who knows the industry.",
    )
    vacancy_weeks: int = lever(
        20,
        "weeks",
        0,
        520,
        sweep=(13, 26),
        source="depaul-turnover",
        standing="derived",
        meaning="Weeks until an empty seat is filled.",
    )
    cover_share: float = behaviour(
        0.4,
        "share of hours",
        0,
        1,
        sweep=(0.1, 0.8),
        source="assumed",
        meaning="Hours that the team gives to an empty seat's accounts, of those of a rep.",
    )
    firms_share: float = behaviour(
        0.5,
        "share",
        0,
        1,
        sweep=(0.2, 0.8),
        source="assumed",
        meaning="Share of trust that belongs to the firm and stays when the rep changes.",
    )
    portability: float = behaviour(
        0.4,
        "share",
        0,
        1,
        sweep=(0.1, 0.8),
        source="assumed",
        meaning="Share of a leaver's own trust that passes to one who knows the industry.",
    )
    strangeness: float = behaviour(
        0.3,
        "share",
        0,
        1,
        sweep=(0.1, 0.6),
        source="assumed",
        meaning="Similarity of a rep to a customer whose industry the rep does not know.",
    )


def similarity(knows_industry: bool, strangeness: float) -> float:
    """How near a rep's experience is to a customer's business (share)."""
    return 1.0 if knows_industry else strangeness


def trust_after_handover(handover: Handover, trust: float, similar: float) -> float:
    """The firm's part of trust stays; of the leaver's, what a similar successor can carry on (share)."""
    left = 1.0 - handover.firms_share
    return trust * (handover.firms_share + left * handover.portability * similar)


def fair_number(accounts: int, reps: int) -> int:
    """Accounts that a newcomer should have: an equal share of the team's, rounded down."""
    if reps == 0:
        return 0
    return accounts // reps
