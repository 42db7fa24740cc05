"""Means of outcomes at the settings of a study: which differ significantly, and what that says in words."""
