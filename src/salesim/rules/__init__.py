"""What people decide: one decision to a file, pure, its parameters on top."""
