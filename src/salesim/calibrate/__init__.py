"""Fit the free numbers of a firm to published findings, and say which of them the findings pin down."""
