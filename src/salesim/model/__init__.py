"""Who they are and when they act."""
