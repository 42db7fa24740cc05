"""The page on the order of the week."""

from __future__ import annotations

from salesim.show.week import first_sentence, phases

from .rendering import rendered, table

HEAD = ("", "phase", "what happens", "code")


def week_page() -> str:
    """The phases of a week in their order, and where the code of each is."""
    rows = (
        (str(number), each.__name__, first_sentence(each), f"`src/{each.__module__.replace('.', '/')}.py`")
        for number, each in enumerate(phases(), 1)
    )
    return rendered("docs/week.md", {"phases": table(HEAD, rows)})
