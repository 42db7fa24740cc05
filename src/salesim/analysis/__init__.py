"""What numbers say: arrays in, small results out, for whatever was simulated."""
