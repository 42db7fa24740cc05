"""The files that are written from the code and from what is published."""

from __future__ import annotations

import json
from collections.abc import Callable

from salesim.inputs.scenario_file import base_scenario

from .calibration import calibration_page
from .dictionary import data_page
from .evidence import evidence_page
from .experiments import experiments_page
from .gallery import gallery_page, waterfall_shown
from .parameters import parameter_page
from .plan import plan_page
from .presets.page import presets_page
from .protocol.page import odd_page, processes_page, week_page
from .published import REPOSITORY
from .rendering import filled
from .rivals.carrying_out import rivals_page
from .scenario_schema import policy_schema, scenario_schema
from .screening import screening_page
from .study_schema import study_schema
from .teaching import teaching_page, tutorial_page
from .validation import validation_page


def _text(page: str) -> str:
    return (REPOSITORY / page).read_text(encoding="utf-8")


def _with_waterfall(page: str) -> str:
    """A page written by hand around the picture of why the plan falls short."""
    return filled(_text(page), {"waterfall": waterfall_shown(page)})


def _json(content: object) -> str:
    return json.dumps(content, indent=2) + "\n"


FILES: dict[str, Callable[[], str]] = {
    "docs/data.md": data_page,
    "docs/odd.md": lambda: odd_page(_text("docs/odd.md")),
    "docs/parameters.md": parameter_page,
    "docs/calibration.md": calibration_page,
    "docs/evidence/index.md": evidence_page,
    "docs/screening.md": screening_page,
    "docs/gallery.md": gallery_page,
    "docs/index.md": lambda: _with_waterfall("docs/index.md"),
    "docs/plan/index.md": lambda: plan_page(_text("docs/plan/index.md")),
    "docs/presets.md": presets_page,
    "docs/processes.md": processes_page,
    "docs/rival-theories.md": rivals_page,
    "docs/teaching.md": lambda: teaching_page(_text("docs/teaching.md")),
    "docs/tutorial.md": lambda: tutorial_page(_text("docs/tutorial.md")),
    "docs/validation.md": lambda: validation_page(_text("docs/validation.md")),
    "docs/week.md": week_page,
    "experiments/README.md": experiments_page,
    "README.md": lambda: _with_waterfall("README.md"),
    "configs/base.toml": base_scenario,
    "configs/scenario.schema.json": lambda: _json(scenario_schema()),
    "configs/policy.schema.json": lambda: _json(policy_schema()),
    "configs/study.schema.json": lambda: json.dumps(study_schema()) + "\n",  # in lines, twice as long
}


def stale() -> list[str]:
    """Files that are missing or say something else than the code and what is published."""
    return [name for name in FILES if _is_stale(name)]


def _is_stale(name: str) -> bool:
    file = REPOSITORY / name
    return not file.is_file() or file.read_text(encoding="utf-8") != FILES[name]()


def write() -> None:
    """Write what is out of date."""
    for name in stale():
        (REPOSITORY / name).write_text(FILES[name](), encoding="utf-8")
        print(f"{name} written")
