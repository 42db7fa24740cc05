"""Pages of the documentation, and in `make` what writes them."""
