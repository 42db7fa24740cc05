"""Write the files that are generated from the code; with --check say which are out of date.

With --screening FOLDER or --calibration FOLDER take over what `salesim screen` or `salesim calibrate` has
left there, for the page made from it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from salesim.scenario.schema import policy_schema, scenario_schema
from salesim.scenario.writing import base_scenario
from salesim.show import calibration_page, screening_page, validation_page
from salesim.show.dictionary import data_page
from salesim.show.gallery import gallery_page, waterfall_shown
from salesim.show.parameters import parameter_page
from salesim.show.presets.kept import kept_in
from salesim.show.presets.page import presets_page
from salesim.show.protocol.page import filled, processes_page
from salesim.show.teaching import teaching_page
from salesim.show.tutorial import tutorial_page
from salesim.show.week import week_page
from salesim.study.sweeps.schema import study_schema

HERE = Path(__file__).parent.parent
SCREENING, CALIBRATION = HERE / "docs" / "screening", HERE / "docs" / "calibration"
FILES: dict[str, Callable[[], str]] = {
    "docs/data.md": data_page,
    "docs/odd.md": lambda: filled((HERE / "docs/odd.md").read_text(encoding="utf-8")),
    "docs/parameters.md": parameter_page,
    "docs/calibration.md": lambda: calibration_page.calibration_page(CALIBRATION),
    "docs/screening.md": lambda: screening_page.screening_page(SCREENING),
    "docs/gallery.md": lambda: gallery_page(HERE / "docs"),
    "docs/index.md": lambda: _with_waterfall("docs/index.md", ""),
    "docs/presets.md": lambda: presets_page(kept_in()),
    "docs/processes.md": processes_page,
    "docs/teaching.md": lambda: teaching_page(
        (HERE / "docs/teaching.md").read_text(encoding="utf-8"), HERE / "docs"
    ),
    "docs/tutorial.md": lambda: tutorial_page(
        (HERE / "docs/tutorial.md").read_text(encoding="utf-8"), HERE / "docs"
    ),
    "docs/validation.md": lambda: validation_page.validation_page(
        (HERE / "docs/validation.md").read_text(encoding="utf-8"), HERE / "docs"
    ),
    "docs/week.md": week_page,
    "README.md": lambda: _with_waterfall("README.md", "docs/"),
    "configs/base.toml": base_scenario,
    "configs/scenario.schema.json": lambda: _json(scenario_schema()),
    "configs/policy.schema.json": lambda: _json(policy_schema()),
    "configs/study.schema.json": lambda: json.dumps(study_schema()) + "\n",  # in lines, twice as long
}


def _with_waterfall(page: str, place: str) -> str:
    """A page written by hand around the picture of why the promise is not kept."""
    text = (HERE / page).read_text(encoding="utf-8")
    return filled(text, {"waterfall": lambda: waterfall_shown(HERE / "docs", place)})


def _json(content: object) -> str:
    return json.dumps(content, indent=2) + "\n"


def is_stale(name: str) -> bool:
    """Whether a file is missing or says something else than the code."""
    file = HERE / name
    return not file.is_file() or file.read_text(encoding="utf-8") != FILES[name]()


def main() -> int:
    """Write what is out of date, or only name it; 1 if something was only named."""
    for option, page, target in (
        ("--screening", screening_page, SCREENING),
        ("--calibration", calibration_page, CALIBRATION),
    ):
        if option in sys.argv[1:]:
            page.keep(Path(sys.argv[sys.argv.index(option) + 1]), target)
    stale = [name for name in FILES if is_stale(name)]
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"{name} is out of date: run python docs/generate.py", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        (HERE / name).write_text(FILES[name](), encoding="utf-8")
        print(f"{name} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
