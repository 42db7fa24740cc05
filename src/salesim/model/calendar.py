"""The calendar: a tick is a week, a quarter has 13 of them and a year 52."""

QUARTER, YEAR = 13, 52
