"""Studies that need many runs: their design, how they are carried out, and what they found."""
