"""The page of the firms that come with a card, and the runs that it is made of."""
