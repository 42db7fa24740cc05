"""The part of the model that the twins repeat: its phases, its firm, and what becomes of it.

Reps divide their hours, calls build attention and trust, needs become opportunities, a ready one
gets a price and an answer, reps are paid, and the year's revenue sets the next year's quotas. The
compiled engine runs just that when the rest is replaced by functions that do nothing.
"""

from __future__ import annotations

from salesim.model.compiled import run_compiled
from salesim.model.phases.close import count_coverage, drift, refresh, revise_guide, survey
from salesim.model.phases.communicate import communicate
from salesim.model.phases.decide import comes_back, learn_from_answer, reconsider
from salesim.model.phases.learn import learn
from salesim.model.phases.price_approval import ask
from salesim.model.phases.pricing import worth_of_waiting
from salesim.model.phases.quote import guide_deal
from salesim.model.phases.staff import staff
from salesim.model.run import Run
from salesim.model.scenario import Scenario
from salesim.model.state import Luck
from salesim.model.tables import Tables

SERIES = (
    "needs",
    "opened",
    "quoted",
    "won",
    "lost",
    "no_decision",
    "lapsed",
    "units",
    "revenue",
    "variable_pay",
    "contribution",
)
UNDERSTANDING, BUY_IN = 0.6, 0.5  # where nobody communicates
REPS, ACCOUNTS, WEEKS = 8, 320, 104

# What the listed phases would otherwise meet of those left out; and prices that are free to move.
SETTINGS = {
    "pay": {"margin_weight": 0.5},
    "regime": {"discount_authority": 0.3},
    "payout": {"accelerator": 1.0, "bonus": 0.0},
    "quotas": {"quota_ratchet": 0.0},
    "training": {"training_days": 0.0},
    "timing": {"timing_slack_weeks": 0},
}

# The numbers that a twin reads; each has a name of its own, whatever its group.
NUMBERS = {
    "organisation": "hours_per_week",
    "needs": "rate deal_units account_spread deal_spread",
    "market": (
        "list_price unit_cost cost_to_serve misfit_cost target_share target_fit other_fit "
        "fit_spread value value_of_fit value_spread deal_value_spread price_buyers value_buyers "
        "sensitivity_of_price_buyers sensitivity_of_value_buyers trust_of_others "
        "trust_of_targets"
    ),
    "planning": "plan_error voice_effect growth planned_discount planned_conversion",
    "acceptance": "sales_voice",
    "accounts": ("selling_time_share pull_of_comfort pull_of_strategy pull_of_pay open_boost habit_spread"),
    "information": "account_information first_adoption potential_error habit_reset",
    "service": "service_norm crowding half_service",
    "effort": "effect cost_curvature usual_worth lowest highest",
    "calls": "attention_kept half_response trust_kept trust_gain loyalty",
    "selling": "pace patience self_evident task_share",
    "territories": "size_spread district_accounts yearly_shock",
    "quotas": "over_assignment territory_error",
    "buying": (
        "price_coefficient attention_weight trust_weight skill_weight ability_weight "
        "service_weight threshold inertia"
    ),
    "reference": "loss_aversion entitlement weight_of_paid weight_of_quoted",
    "regime": "discount_authority",
    "discounting": "professional_norm norm_of_participation",
    "estimates": "pricing_participation head_office_error rep_information_advantage",
    "hiring": "hiring_fit selection task_fit task_fit_spread",
    "learning": "ability_spread half_ability task_weight aptitude practice usual_deals half_life",
    "coaching": "coaching_share most_learned half_hours",
    "pay": "commission_rate margin_weight period_weeks",
    "worth": "run_rate_memory",
}


def know_what_is_given(_scenario, firm, _t):
    """Nobody communicates: everybody knows and believes a fixed part of the strategy."""
    for rep in firm.reps:
        rep.understanding = UNDERSTANDING
        rep.buy_in = BUY_IN


def nothing(*_):
    """In the place of a phase that is left out."""


def nobody(*_):
    """No customer comes back after a no."""
    return False


def worthless(*_):
    """Nor is a second chance worth anything."""
    return 0.0


LEFT_OUT = (
    (communicate, know_what_is_given),
    (learn, nothing),
    (staff, nothing),
    (survey, nothing),
    (refresh, nothing),
    (revise_guide, nothing),
    (reconsider, nothing),
    (drift, nothing),
    (count_coverage, nothing),
    (guide_deal, nothing),
    (learn_from_answer, nothing),
    (ask, nothing),
    (worth_of_waiting, worthless),
    (comes_back, nobody),
)


def core_firm(reps: int = REPS, accounts: int = ACCOUNTS, weeks: int = WEEKS) -> Scenario:
    """The typical firm, smaller, with one team and without what belongs to the phases left out."""
    size = {
        "headcount": reps,
        "span_of_control": reps,
        "hierarchy_hops": 2,
        "accounts": accounts,
        "burn_in_weeks": 0,
        "weeks": weeks,
    }
    return Scenario.model_validate({"organisation": size, **SETTINGS})


def core_run(firm: Scenario, seed: int) -> Run:
    """One run of the listed phases; the engine of either kind can live through it."""
    return Run(firm, Luck(seed, 0), rivals=LEFT_OUT)


def numbers_of(firm: Scenario) -> dict[str, float | int]:
    """The same firm as the twins read it: plain numbers by name."""
    size = firm.organisation
    numbers: dict[str, float | int] = {
        "reps": size.headcount,
        "accounts": size.accounts,
        "weeks": size.weeks,
        "understanding": UNDERSTANDING,
        "buy_in": BUY_IN,
    }
    for group, names in NUMBERS.items():
        for name in names.split():
            assert name not in numbers, f"{group}.{name}"
            numbers[name] = getattr(getattr(firm, group), name)
    return numbers


def outcome_of(tables: Tables) -> dict[str, float]:
    """What became of the firm: totals of its weeks, and its accounts at the end."""
    totals = {name: float(tables.books[name].sum()) for name in SERIES}
    return totals | {
        "mean_price": totals["revenue"] / totals["units"],
        "attention": float(tables.customers["attention"].mean()),
        "trust": float(tables.customers["trust"].mean()),
    }


def core_outcome(firm: Scenario, seed: int) -> dict[str, float]:
    """The same from one run of the compiled engine."""
    return outcome_of(run_compiled(core_run(firm, seed)))
