"""Firms that come with a card: shown to a class, and what their runs said of what was expected."""
