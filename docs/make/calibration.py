"""The page on the calibration, from the object and figures that are published of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from salesim.calibrate.calibrating import OBJECT
from salesim.calibrate.identifying import PINNED, TRADING
from salesim.errors import ResultsError
from salesim.evidence.wording import band_text, exact, span_text, value_text
from salesim.inputs.declared import declared_numbers, spelt
from salesim.messages import error_text
from salesim.quantity import percent

from .published import PLACE, PUBLISHED, SAME, publish, read, written
from .rendering import rendered

CALIBRATION = "calibration"
CALIBRATED = PUBLISHED / CALIBRATION / OBJECT
COMMAND = "salesim calibrate"
FIGURES = ("fit.png", "numbers.png")
ABOUT = (*SAME, "python", "libraries")  # what the manifest says once, and the object need not
OF_ONE_RUN = ("created", "platform", "folder", "command")


def keep(folder: Path, root: Path = PUBLISHED) -> None:
    """Publish what the page needs of a calibration: its object and its figures.

    Args:
        folder: what `salesim calibrate` has left.
        root: the folder of all that is published.

    Raises:
        SalesimError: no calibration, or a place that cannot be written.
    """
    if not (folder / OBJECT).is_file():
        wrong = f"holds no calibration: {OBJECT} is missing"
        raise ResultsError(error_text(str(folder), "", wrong, allowed="a folder of salesim calibrate"))
    said = read(folder / OBJECT)
    made_with = {key: said.pop(key) for key in ABOUT}
    found = {key: value for key, value in said.items() if key not in OF_ONE_RUN}
    files = {f"{CALIBRATION}/{name}": (folder / "figures" / name).read_bytes() for name in FIGURES}
    files[f"{CALIBRATION}/{OBJECT}"] = written(found)
    about = {"command": COMMAND, "seed": said["seed"], "made_with": made_with}
    publish(root, CALIBRATION, files, about)


def calibration_page(root: Path = PUBLISHED) -> str:
    """The calibration as one Markdown page."""
    said = read(root / CALIBRATION / OBJECT)
    shown = {
        "calibrated": f"{PLACE}/{CALIBRATION}/{OBJECT}",
        "figures": f"{PLACE}/{CALIBRATION}",
        "command": COMMAND,
        "pinned": [row["path"] for row in said["numbers"] if row["learned"] >= PINNED],
        "trading": TRADING,
        "fitted": map(_fit, said["fit"]),
        "learned": map(_number, sorted(said["numbers"], key=lambda row: -row["learned"])),
        "predicted": map(_prediction, said["fit"]),
    }
    return rendered("docs/calibration.md", {**said, **shown})


def _fit(row: Mapping[str, Any]) -> tuple[str, ...]:
    unit, value, error = row["unit"], row["value"], row["standard_error"]
    ends = value - error, value + error
    return (
        row["row"].partition(".")[0],
        row["says"],
        exact(row["published"], unit),
        band_text(row["band"], unit),
        value_text(row["before"], unit, ends),
        f"{value_text(value, unit, ends)} ({value_text(error, unit, ends)})",
        "met" if row["in_band"] else "**missed**",
    )


def _number(row: Mapping[str, Any]) -> tuple[str, ...]:
    low, high = row["range"]
    return (
        f"`{row['path']}`",
        declared_numbers()[row["path"]].meaning,
        spelt(row["before"]),
        f"{row['value']:.4g}",
        f"{row['spread']:.2g}",
        f"{spelt(low)} to {spelt(high)}",
        row["unit"],
        percent(row["learned"]),
    )


def _prediction(row: Mapping[str, Any]) -> tuple[str, ...]:
    held = "holds it" if row["covered"] else "**does not hold it**"
    published, predicted = exact(row["published"], row["unit"]), span_text(row["predicted"], row["unit"])
    return row["says"], published, predicted, held
