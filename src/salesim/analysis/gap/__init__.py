"""Why the promise is not kept: the gap split over its causes, and what lies behind each of them."""
