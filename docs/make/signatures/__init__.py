"""What must hold in each firm that comes with a card, said as data and judged by runs."""
