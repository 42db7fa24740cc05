"""What makes the pages of the documentation, from the code and from runs: `python -m docs.make WHAT`."""
