"""Why sales strategies realise only part of what they promise, and what would change it.

Names are loaded when they are first used: `import salesim` costs next to nothing, and nothing
pays for Mesa, Numba or matplotlib that does not use them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .analysis.comparing.comparing import compare
    from .analysis.gap.splitting import gap
    from .errors import SalesimError
    from .inputs.load import load_scenario
    from .model.agents import Rep
    from .model.scenario import Scenario
    from .runs.exec import Exec
    from .runs.mesa_model import SalesModel
    from .runs.runs import open_results
    from .runs.simulate import simulate
    from .runs.sweep import sweep
    from .show.plotting import plot

__all__ = [
    "Exec",
    "Rep",
    "SalesModel",
    "SalesimError",
    "Scenario",
    "compare",
    "gap",
    "load_scenario",
    "open_results",
    "plot",
    "simulate",
    "sweep",
]

_HOMES = {
    "Exec": "runs.exec",
    "Rep": "model.agents",
    "SalesModel": "runs.mesa_model",
    "SalesimError": "errors",
    "Scenario": "model.scenario",
    "compare": "analysis.comparing.comparing",
    "gap": "analysis.gap.splitting",
    "load_scenario": "inputs.load",
    "open_results": "runs.runs",
    "plot": "show.plotting",
    "simulate": "runs.simulate",
    "sweep": "runs.sweep",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module(".runs.manifest", __name__).salesim_version()
    if name not in _HOMES:
        raise AttributeError(f"module 'salesim' has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
