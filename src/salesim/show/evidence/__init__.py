"""What the model says of published findings: in words, as a table, as a page, and for programs."""
