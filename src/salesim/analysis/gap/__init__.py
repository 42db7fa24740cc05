"""Why the plan falls short: the gap split over its causes, and what lies behind each of them."""
