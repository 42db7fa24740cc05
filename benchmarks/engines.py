"""Speed of the two engines on the same firm, side by side.

Prints nanoseconds of processor time per account and week, and the ratio of the Mesa engine to the
compiled one. All take turns, so that a machine whose speed drifts treats them alike; the least of
each is quoted, being the least disturbed. Compiling is left out.
"""

import time

from salesim.model.agents import run_mesa
from salesim.model.compiled import run_compiled
from salesim.model.run import Run
from salesim.model.scenario import Scenario
from salesim.model.state import Luck
from salesim.study.simulate import FULL_EXECUTION

ROUNDS = 5
SMALL = {"headcount": 8, "span_of_control": 8, "accounts": 320, "weeks": 52}
EVERYTHING = {
    "communication": {"communication_mode": "dialogue", "message_interval": 4},
    "reviews": {"account_review_rate": 0.5, "review_format": "paired"},
    "regime": {"price_regime": "guided_bounded"},
    "estimates": {"price_test_share": 0.1},
    "pay": {"plan_kind": "quota", "target_rate": 0.02, "margin_weight": 0.3},
    "payout": {
        "threshold": 0.3, "cap": 3.0, "year_share": 0.3, "year_accelerator": 1.5, "year_bonus": 5000.0,
    },
    "accounts": {"targeting_discipline": 0.3},
    "handover": {"account_handover": "similar_rep"},
    "training": {"value_selling_training": 20.0},
}


def account_weeks(firm: Scenario) -> int:
    size = firm.organisation
    return size.accounts * (size.burn_in_weeks + size.weeks)


def nanoseconds(engine, run: Run) -> float:
    """Processor time of one run per account and week."""
    start = time.process_time()
    engine(run)
    return (time.process_time() - start) / account_weeks(run.scenario) * 1e9


def main() -> None:
    luck = Luck(1, 0)
    typical, small = Scenario(), Scenario.model_validate({"organisation": SMALL})
    everything = Scenario.model_validate(EVERYTHING)
    cases = {
        "compiled, typical firm (2,560 accounts, 208 weeks)": (run_compiled, Run(typical, luck)),
        "compiled, its full execution": (run_compiled, Run(typical, luck, FULL_EXECUTION)),
        "compiled, with every lever in use": (run_compiled, Run(everything, luck)),
        "compiled, small firm (320 accounts, 104 weeks)": (run_compiled, Run(small, luck)),
        "Mesa engine, the same small firm": (run_mesa, Run(small, luck)),
    }
    run_compiled(Run(small, luck))
    least = dict.fromkeys(cases, float("inf"))
    for _ in range(ROUNDS):
        for name, (engine, run) in cases.items():
            least[name] = min(least[name], nanoseconds(engine, run))
    print(f"{'':55}ns per account-week")
    for name, value in least.items():
        print(f"{name:55}{value:8.0f}")
    *_, compiled, mesa = least.values()
    print(f"{'Mesa engine over compiled engine, small firm':55}{mesa / compiled:8.0f} x")


if __name__ == "__main__":
    main()
