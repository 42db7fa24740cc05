"""What can become of a row of the deal table."""

UNDECIDED, WON, LOST, NO_DECISION, RESTED, AWAITING = 0, 1, 2, 3, 4, 5
