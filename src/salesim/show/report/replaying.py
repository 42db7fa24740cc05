"""The part of a report for which a replicate is simulated again: what stands behind a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...model.scenario import Scenario
from ...runs.exec import Exec
from ...runs.manifest import of_another_model
from .page import Folded, Section

ANOTHER_MODEL = (
    "These results are of another version of the model, {}, so what stands behind them cannot be "
    "simulated with this one."
)
NO_CODE = (
    "This firm has rules of somebody's own. To see what stands behind the numbers, make this report with "
    "`--allow-code`, which runs them."
)
OF_PYTHON = "Rules of this firm were functions of a Python session, so nothing of it can be run again."
OF_THE_FIRST = "From the first replicate, run again on the same random draws."


@dataclass(frozen=True)
class Rerun:
    """How a replicate is simulated again.

    Args:
        manifest: of the folder.
        firm: today's firm.
        how: engine, and whether functions that the scenario names may be imported.
    """

    manifest: Mapping[str, Any]
    firm: Scenario
    how: Exec

    def why(self, heading: str, look: Callable[[Exec], Iterable[Folded]]) -> Section:
        """The section on why, or the reason for which nothing can be said.

        Raises:
            SalesimError: rules that cannot be imported.
        """
        reason = self._reason()
        if reason:
            return Section("why", heading, sentences=(reason,))
        found = tuple(look(self.how))
        nothing = "There is no clear difference, so there is nothing to look behind."
        return Section("why", heading, sentences=(OF_THE_FIRST if found else nothing,), folded=found)

    def _reason(self) -> str:
        if of_another_model(self.manifest):
            return ANOTHER_MODEL.format(self.manifest.get("salesim", "unknown"))
        if {*self.manifest.get("rivals", {})} != {*self.firm.rules}:
            return OF_PYTHON
        return NO_CODE if self.firm.rules and not self.how.allow_code else ""
