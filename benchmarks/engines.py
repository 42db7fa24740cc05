"""Speed of the two engines on the same firm, side by side.

Prints nanoseconds per account and week, and the ratio of the Mesa engine to the compiled one. The
two run in turn, so that a machine whose speed drifts treats both alike; the least of each is
quoted, being the least disturbed. Compiling is left out.
"""

import time

from salesim.model.compiled import run_compiled
from salesim.model.scenario import Scenario
from salesim.model.state import Ideal
from salesim.study.simulate import FULL_EXECUTION

ROUNDS = 5
SMALL = {"managers": 1, "span_of_control": 8, "accounts_per_rep": 40, "weeks": 52}


def account_weeks(firm: Scenario) -> int:
    size = firm.organisation
    accounts = size.managers * size.span_of_control * size.accounts_per_rep
    return accounts * (size.burn_in_weeks + size.weeks)


def nanoseconds(run, firm: Scenario, ideal: Ideal) -> float:
    """Wall time of one run per account and week."""
    start = time.perf_counter()
    run(firm, 1, 0, ideal)
    return (time.perf_counter() - start) / account_weeks(firm) * 1e9


def main() -> None:
    from salesim.model.agents import run_mesa

    typical, small = Scenario(), Scenario.model_validate({"organisation": SMALL})
    run_compiled(small, 1, 0, Ideal())
    compiled, full, on_small, on_mesa = [], [], [], []
    for _ in range(ROUNDS):
        compiled += [nanoseconds(run_compiled, typical, Ideal()) for _ in range(4)]
        full += [nanoseconds(run_compiled, typical, FULL_EXECUTION) for _ in range(4)]
        on_small += [nanoseconds(run_compiled, small, Ideal()) for _ in range(4)]
        on_mesa.append(nanoseconds(run_mesa, small, Ideal()))
    print("                                                     ns per account-week")
    print(f"compiled, typical firm (2,560 accounts, 208 weeks)    {min(compiled):8.0f}")
    print(f"compiled, its full execution                          {min(full):8.0f}")
    print(f"compiled, small firm (320 accounts, 104 weeks)        {min(on_small):8.0f}")
    print(f"Mesa engine, the same small firm                      {min(on_mesa):8.0f}")
    print(f"Mesa engine over compiled engine, small firm          {min(on_mesa) / min(on_small):8.0f} x")


if __name__ == "__main__":
    main()
