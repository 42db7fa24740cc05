"""The model described as the ODD protocol asks, as far as that repeats the code."""
