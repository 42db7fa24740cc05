"""The calendar: a tick is a week, a quarter has 13 of them, in months of 4, 4 and 5, and a year 52."""

QUARTER, YEAR = 13, 52
MONTH, LAST_MONTH = 4, 8  # weeks of a month, and the week of a quarter in which its longer one begins


def week_of_month(month: int) -> int:
    """The week in which a month begins, both counted from 0."""
    return month // 3 * QUARTER + month % 3 * MONTH
