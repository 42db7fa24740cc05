"""Which of the numbers that nobody has measured move an outcome, by elementary effects (Morris 1991)."""
