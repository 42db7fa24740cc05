"""Make what the pages show, and the pages: `python -m docs.make WHAT`, from the root of the repository."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from types import ModuleType

from salesim.errors import SalesimError

from . import calibration, drawing, evidence, experiments, pages, screening
from .presets import judging
from .published import PUBLISHED, Asked, is_stale
from .rivals import carrying_out

# Each says of what its parts are made now (`parts`), and makes them (`make`).
MAKERS = {
    "evidence": evidence,
    "experiments": experiments,
    "presets": judging,
    "gallery": drawing,
    "rivals": carrying_out,
    "screening": screening,
}
PAGES, CALIBRATION, EVERYTHING = "pages", "calibration", "everything"
NAMES = "experiments, all unless named; for calibration the folder that `salesim calibrate` has left"
REPLICATES = "instead of the number in the files, but for gallery and screening"
EPILOG = "Runs that are stored already are not run again, so the same command resumes an interrupted one."


def options() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    parser = argparse.ArgumentParser("python -m docs.make", description=(__doc__ or ""), epilog=EPILOG)
    parser.add_argument("what", choices=[PAGES, *MAKERS, CALIBRATION, EVERYTHING])
    parser.add_argument("names", nargs="*", metavar="NAME", help=NAMES)
    parser.add_argument("--check", action="store_true", help="only name what is out of date")
    parser.add_argument("--results", type=Path, default=Path("results"), help="folder of the runs")
    parser.add_argument("--to", type=Path, default=PUBLISHED, help="folder of what is published")
    parser.add_argument("--replicates", type=int, default=None, help=REPLICATES)
    parser.add_argument("--workers", type=int, default=None, help="runs at a time; as many as cores")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Make what was asked for; 1 if something was only named, 2 if it cannot be made."""
    parser = options()
    said = vars(parser.parse_args(arguments))
    what, check, names = said.pop("what"), said.pop("check"), tuple(said.pop("names"))
    if names and what not in ("experiments", CALIBRATION):
        parser.error(f"{what} takes no names: {' '.join(names)}")
    if what == CALIBRATION and (check or len(names) != 1):
        parser.error("calibration takes one folder")
    if said["replicates"] is not None and said["replicates"] < 2:
        parser.error(f"--replicates: too few for an interval: {said['replicates']}; allowed: 2 or more")
    try:
        return _check(what, Asked(names, **said)) if check else _make(what, Asked(names, **said))
    except SalesimError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2


def _makers(what: str) -> list[ModuleType]:
    return [maker for name, maker in MAKERS.items() if what in (name, EVERYTHING)]


def _check(what: str, asked: Asked) -> int:
    parts = {name: of for maker in _makers(what) for name, of in maker.parts(asked.names).items()}
    old = {name: name.replace("/", " ") for name, of in parts.items() if is_stale(asked.to, name, of)}
    if what in (PAGES, EVERYTHING):
        old |= dict.fromkeys(pages.stale(), PAGES)
    for name, again in old.items():
        print(f"{name} is out of date: python -m docs.make {again}", file=sys.stderr)
    return 1 if old else 0


def _make(what: str, asked: Asked) -> int:
    for maker in _makers(what):
        maker.make(asked)
    if what == CALIBRATION:
        calibration.keep(Path(asked.names[0]), asked.to)
    if asked.to.resolve() == PUBLISHED.resolve():
        pages.write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
