"""Scenarios and policies that come with salesim, found by name."""

from __future__ import annotations

from pathlib import Path

from ..errors import ScenarioError
from ..messages import FEW, error_text, nearest

PACKAGE = Path(__file__).parent.parent
SUFFIX = ".toml"


def configs() -> Path:
    """Where they lie: in the installed package, or beside `src` where salesim runs from its sources."""
    return _shipped("configs", "configs")


def shipped_scenarios() -> dict[str, Path]:
    """Every shipped scenario by its name, those with a card last."""
    return {path.stem: path for path in sorted(configs().glob(f"*{SUFFIX}"))} | shipped_presets()


def shipped_presets() -> dict[str, Path]:
    """Every shipped firm that has a card, by its name."""
    return {path.stem: path for path in sorted((configs() / "presets").glob(f"*{SUFFIX}"))}


def experiments() -> Path:
    """Where studies lie, likewise."""
    return _shipped("experiments", "experiments")


def published() -> Path:
    """Where that lies which runs of shipped firms have shown, likewise."""
    return _shipped("published", "results/published")


def _shipped(installed: str, beside: str) -> Path:
    there = PACKAGE / installed
    return there if there.is_dir() else PACKAGE.parent.parent / beside


def shipped_studies() -> dict[str, Path]:
    """Every shipped study by its name."""
    return {path.stem: path for path in sorted(experiments().glob(f"*{SUFFIX}"))}


def shipped_findings() -> dict[str, Path]:
    """Every published finding that the model is judged by, by its name."""
    return {path.stem: path for path in sorted((experiments() / "evidence").glob(f"*{SUFFIX}"))}


def shipped_policies() -> dict[str, Path]:
    """Every shipped policy by its name."""
    return {path.stem: path for path in sorted((configs() / "policies").glob(f"*{SUFFIX}"))}


def file_of(written: str | Path, shipped: dict[str, Path], folder: Path | None = None) -> Path:
    """The file that somebody means by a path or by the name of a shipped one.

    Args:
        written: a path, or a bare name such as `typical_firm`.
        shipped: those that can be meant by name.
        folder: where relative paths start; the folder where the user stands unless given.

    Raises:
        ScenarioError: a bare name of which there is neither a file nor a shipped one.
    """
    path = (folder or Path()) / written
    text = str(written)
    if not is_bare(text) or _is_file(path):
        return path
    if text not in shipped:
        near = nearest(text, list(shipped))
        others = "one that comes with it" if near and len(shipped) > FEW else ", ".join(shipped)
        allowed = f"a TOML file, or {others}"
        raise ScenarioError(error_text(text, "", _mistaken(text, shipped), allowed=allowed, near=near))
    return shipped[text]


def _mistaken(text: str, shipped: dict[str, Path]) -> str:
    """What is wrong with a name that is not among those meant: it is of another kind, or of none."""
    kinds = {"scenario": shipped_scenarios(), "policy": shipped_policies(), "study": shipped_studies()}
    kind = next((kind for kind, names in kinds.items() if text in names), "")
    meant = next((kind for kind, names in kinds.items() if names == shipped), "")
    if kind and meant:
        return f"is a {kind}, not a {meant}"
    return "no such file, and none of that name comes with salesim"


def is_scenario(text: str) -> bool:
    """Whether a text means a scenario rather than a number: a file, or a shipped one's name."""
    return text.endswith(SUFFIX) or text in shipped_scenarios() or Path(text).name != text


def is_bare(text: str) -> bool:
    """Whether a text is a name and no path: it has no folder and no suffix."""
    return bool(text) and Path(text).name == text and not Path(text).suffix


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
