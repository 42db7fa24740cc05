"""Rival theories: what decides between them, and the page of results."""
