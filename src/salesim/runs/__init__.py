"""What can be asked of a firm."""
