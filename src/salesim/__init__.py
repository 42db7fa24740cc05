"""Why sales strategies realise only part of what they promise, and what would change it.

Names are loaded when they are first used: `import salesim` costs next to nothing, and nothing
pays for Mesa, Numba or matplotlib that does not use them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .errors import SalesimError
    from .model.agents import Rep
    from .model.scenario import Scenario
    from .scenario.load import load_scenario
    from .show.plotting import plot
    from .study.comparing.comparing import compare
    from .study.gap.splitting import gap
    from .study.mesa_model import SalesModel
    from .study.results import Results
    from .study.simulate import simulate
    from .study.sweeps.runs import open_results
    from .study.sweeps.sweep import sweep

__all__ = [
    "Rep",
    "Results",
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
    "Rep": "model.agents",
    "Results": "study.results",
    "SalesModel": "study.mesa_model",
    "SalesimError": "errors",
    "Scenario": "model.scenario",
    "compare": "study.comparing.comparing",
    "gap": "study.gap.splitting",
    "load_scenario": "scenario.load",
    "open_results": "study.sweeps.runs",
    "plot": "show.plotting",
    "simulate": "study.simulate",
    "sweep": "study.sweeps.sweep",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module(".study.manifest", __name__).salesim_version()
    if name not in _HOMES:
        raise AttributeError(f"module 'salesim' has no attribute {name!r}")
    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
