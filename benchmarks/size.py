"""How time and memory grow with the number of accounts, deals forgotten when their week is over.

Prints nanoseconds of processor time per account and week, the ratio to the smallest firm, and the
bytes per account by which the process outgrew a warm run of one rep.
"""

import resource
import time

from salesim.model.compiled import run_compiled
from salesim.model.run import Run
from salesim.model.scenario import Scenario
from salesim.model.state import Luck

SIZES = (2_560, 25_600, 100_000, 400_000)
PER_REP = 40


def run_of(accounts: int) -> Run:
    size = {"accounts": accounts, "headcount": max(1, accounts // PER_REP)}
    return Run(Scenario.model_validate({"organisation": size}), Luck(1, 0), every_deal=False)


def nanoseconds(run: Run) -> float:
    size = run.scenario.organisation
    start = time.process_time()
    run_compiled(run)
    spent = time.process_time() - start
    return spent / (size.accounts * (size.burn_in_weeks + size.weeks)) * 1e9


def most_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    run_compiled(run_of(PER_REP))
    one_rep = most_memory()
    print("  accounts   ns per account-week   ratio   bytes per account")
    smallest = None
    for accounts in SIZES:
        run = run_of(accounts)
        least = min(nanoseconds(run) for _ in range(3))
        smallest = smallest or least
        memory = (most_memory() - one_rep) / accounts
        print(f"{accounts:10,}{least:20.0f}{least / smallest:11.2f}{memory:17.0f}")


if __name__ == "__main__":
    main()
