"""What is taken back when a customer leaves soon after a sale, and what reps make of that beforehand."""

from .arithmetic import exponential
from .declaration import Group, lever, mode

WHOLE, PRO_RATA = 0, 1
FEW = 1e-3  # expected leavers up to which the closed form would lose its digits


class Clawback(Group):
    """Pay that is taken back for customers who leave, and credit for goods that come back."""

    clawback_weeks: int = lever(
        0,
        "weeks",
        0,
        260,
        sweep=(0, 52),
        source="assumed",
        meaning="Weeks after a sale in which its pay is taken back if the customer leaves; 0 is never.",
    )
    clawback_share: float = lever(
        1.0,
        "share",
        0,
        1,
        source="assumed",
        meaning="Part of that pay which is taken back.",
    )
    clawback_kind: int = mode(
        "whole",
        ("whole", "pro_rata"),
        source="assumed",
        meaning="Whether all of it is taken back, or as much as is left of the weeks.",
    )
    returned_credit: float = lever(
        1.0,
        "share",
        0,
        1,
        source="assumed",
        meaning="Part of the credit for returned goods that their seller loses.",
    )


def still_at_risk(money: float, since: int, weeks: int, kind: int) -> float:
    """What a leaving customer costs the seller of so many weeks ago (USD)."""
    if since >= weeks:
        return 0.0
    return money * (1.0 - float(since) / float(weeks)) if kind == PRO_RATA else money


def share_kept(clawback: Clawback, rate: float) -> float:
    """What reps expect to keep of the pay for a sale to a customer who leaves at this rate (share).

    `rate` is that of leaving in a week, constant over the window. Of what is taken back pro rata, the
    mean over the window is a closed form.
    """
    exposed = rate * float(clawback.clawback_weeks)
    if exposed <= 0.0:
        return 1.0
    leaves = 1.0 - exponential(-exposed)
    if clawback.clawback_kind == WHOLE:
        taken = leaves
    elif exposed < FEW:
        taken = exposed * (0.5 - exposed / 6.0)
    else:
        taken = 1.0 - leaves / exposed
    return 1.0 - clawback.clawback_share * taken
