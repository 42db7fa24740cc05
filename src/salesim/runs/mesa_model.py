"""The firm as a Mesa model that is named, pickled, and run in batches like any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from ..errors import SalesimError
from ..inputs.load import load_scenario
from ..messages import error_text, integer
from ..model import agents
from ..model.binding import Rivals
from ..model.fingerprint import fingerprint_of
from ..model.ideal import Ideal
from ..model.scenario import Scenario
from .simulate import LARGEST_SEED


class SalesModel(agents.SalesModel):
    """A sales organisation that can be watched, changed and extended week by week.

    `step()` simulates one week; agents are ordinary Mesa agents whose state may be read and set
    between steps; the numbers of the firm are `parameters`. Subclasses of Manager, Rep and Customer
    can be passed to change behaviour. A Mesa DataCollector, when given, collects at the end of every
    week. It can be pickled and copied at any week. `mesa.batch_run` takes this class, with names or
    files of scenarios as they are, and with scenarios in a list: it takes a bare one apart.

    Args:
        scenario: a scenario, a TOML file, or the name of a shipped one; the typical firm unless given.
        seed: random seed, 0 to 2**63 - 1.
        replicate: which replicate of that seed, 0 to 2**32 - 1.
        ideal: causes of the gap at their ideal from the first week of the plan.
        rng: the seed, by the name that Mesa has for it.
        quotas: quotas of another run of the same firm, held fixed; by week and seat (USD a year).
        rivals: functions in the place of rules, as `salesim.rival_rules` gives them.

    Raises:
        SalesimError: a scenario that cannot be used, or a seed that is out of range.
    """

    def __init__(
        self,
        scenario: Scenario | Path | str | None = None,
        seed: int = 1,
        replicate: int = 0,
        ideal: Ideal | None = None,
        *,
        rng: int | None = None,
        quotas: NDArray[np.float64] | None = None,
        rivals: Rivals = (),
        manager_class: type[agents.Manager] = agents.Manager,
        rep_class: type[agents.Rep] = agents.Rep,
        customer_class: type[agents.Customer] = agents.Customer,
        datacollector: mesa.DataCollector | None = None,
    ) -> None:
        if isinstance(scenario, str | Path | Scenario):
            scenario = load_scenario(scenario)
        if not isinstance(scenario, Scenario | None):
            allowed = "a scenario, the name of one that comes with salesim, or its file"
            raise SalesimError(error_text("scenario", "", "wrong type", given=scenario, allowed=allowed))
        self._rivals, self._released = rivals, False
        super().__init__(
            scenario,
            integer("seed", seed if rng is None else rng, 0, LARGEST_SEED),
            replicate,
            ideal,
            quotas=quotas,
            rivals=rivals,
            manager_class=manager_class,
            rep_class=rep_class,
            customer_class=customer_class,
            datacollector=mesa.DataCollector() if datacollector is None else datacollector,
        )

    def release(self) -> None:
        """Let go of all agents, which Mesa would otherwise hold; the model cannot go on."""
        self._released = True
        super().release()

    def deregister_agent(self, agent: mesa.Agent) -> None:
        """Take an agent of one's own out again, for Mesa's `agent.remove()`.

        Raises:
            SalesimError: a manager, rep or customer, on whom the week counts to its end.
        """
        if isinstance(agent, agents.Manager | agents.Rep | agents.Customer) and not self._released:
            kind = type(agent).__name__
            wrong = "cannot be removed, as every week counts on all managers, reps and customers"
            allowed = "levers and settings of the firm, such as organisation.headcount"
            raise SalesimError(error_text(kind, str(agent.unique_id), wrong, allowed=allowed))
        super().deregister_agent(agent)

    def __getstate__(self) -> dict[str, Any]:
        """Everything but the functions of the week, which are bound anew.

        Raises:
            TypeError: a model with rival rules, whose classes exist in this process only.
        """
        if self._rivals:
            raise TypeError("a model with rival rules cannot be pickled; pickle its tables() instead")
        return {name: value for name, value in vars(self).items() if name != "_bound"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Put the state back, and bind the functions of the week."""
        self.__dict__.update(state)
        self._bound = agents._bound_to_agents((), fingerprint_of(()))
