"""`salesim week`: how the model is built, read from its code."""

from rich.console import Console

from .program import command


@command
def week() -> None:
    """Show the order of the week, read from the code that runs it."""
    from ..show.week_order import week_table

    Console().print(week_table())
