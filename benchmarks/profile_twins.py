"""Where the twins spend their time: the top of their profiles, written to `records/`."""

from __future__ import annotations

import cProfile
import io
import pstats
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from agreement import TWINS
from core import core_firm, numbers_of

HERE = Path(__file__).parent


def main() -> None:
    numbers = numbers_of(core_firm())
    for library, module in TWINS.items():
        if not find_spec(library):
            print(f"{library} is not installed: its twin is skipped")
            continue
        run = import_module(f"twins.{module}").run
        profile, text = cProfile.Profile(), io.StringIO()
        profile.runcall(run, numbers, 1)
        pstats.Stats(profile, stream=text).strip_dirs().sort_stats("tottime").print_stats(25)
        lines = [line.rstrip() for line in text.getvalue().strip().splitlines()]
        path = HERE / "records" / f"profile_{library}.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"wrote {path.relative_to(HERE.parent)}")


if __name__ == "__main__":
    main()
