"""Write the pages here that are generated from the code; with --check say which are out of date."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from salesim.show.dictionary import data_page

PAGES: dict[str, Callable[[], str]] = {
    "data.md": data_page,
}
HERE = Path(__file__).parent


def is_stale(name: str) -> bool:
    """Whether a page is missing or says something else than the code."""
    page = HERE / name
    return not page.is_file() or page.read_text(encoding="utf-8") != PAGES[name]()


def main() -> int:
    """Write what is out of date, or only name it; 1 if something was only named."""
    stale = [name for name in PAGES if is_stale(name)]
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"docs/{name} is out of date: run python docs/generate.py", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        (HERE / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"docs/{name} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
