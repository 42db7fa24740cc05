"""How often the model draws and calls the C library, by account and week.

Run by itself it prints the counts as JSON, of the core phases (`core`) or of the whole model
(`whole`). It must be a process of its own: the calls are counted by standing in for `math` and for
the generator of luck before the Mesa engine is bound to the functions that use them.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace

COUNTED = ("exp", "log", "erfc", "cos", "sqrt")
DRAW = "philox"


def counting(name: str, function: Callable, counts: Counter) -> Callable:
    """The same function, which counts how often it is called."""

    def counted(*arguments):
        counts[name] += 1
        return function(*arguments)

    return counted


def count_from_now_on() -> Counter:
    """Put counting functions in the place of those that all phases use; call before binding."""
    import salesim.model.week
    from salesim.model import luck

    assert "salesim.model.agents" not in sys.modules, salesim.model.week.__name__
    counts: Counter = Counter()
    functions = {name: value for name, value in vars(math).items() if not name.startswith("_")}
    functions |= {name: counting(name, getattr(math, name), counts) for name in COUNTED}
    stand_in = SimpleNamespace(**functions)
    for name, module in sys.modules.items():
        if name.startswith("salesim.") and getattr(module, "math", None) is math:
            module.math = stand_in
    luck.philox = counting(DRAW, luck.philox, counts)
    return counts


def main(what: str) -> None:
    counts = count_from_now_on()
    from core import core_firm, core_run
    from salesim.model.agents import run_mesa
    from salesim.model.run import Run
    from salesim.model.scenario import Scenario
    from salesim.model.state import Luck

    if what == "core":
        firm = core_firm()
        run = core_run(firm, 1)
    else:
        firm = Scenario.model_validate({"organisation": {"headcount": 16, "accounts": 640}})
        run = Run(firm, Luck(1, 0))
    run_mesa(run)
    size = firm.organisation
    account_weeks = size.accounts * (size.burn_in_weeks + size.weeks)
    print(json.dumps({name: counts[name] / account_weeks for name in (DRAW, *COUNTED)}))


def counts_of(what: str) -> dict[str, float]:
    """Draws and calls by account and week, counted in another process."""
    done = subprocess.run([sys.executable, __file__, what], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
