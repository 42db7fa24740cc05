"""Rival theories: what tells them apart, and the page of what was found."""
