"""What pay plans pay, side by side, and what they cost in simulated runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import Field

from ..english import capital, phrase
from ..errors import SalesimError
from ..inputs.design import BASELINE, Replicates, Study
from ..inputs.load import Policy, load_scenario
from ..messages import error_text, integer
from ..model.engine import run_by_weeks
from ..model.run import Run
from ..model.scenario import Scenario
from ..model.state import Luck
from ..quantity import Quantity, Unit, percent
from ..result import Result
from ..runs.estimating import Estimate, estimate
from ..runs.exec import Exec
from ..runs.reading import filed_under
from ..runs.runs import Runs
from ..runs.simulate import LARGEST_SEED, MAX_REPLICATES
from ..runs.sweep import sweep
from ..table import Head, Table, listed
from .comparing.compared_study import firms_by_arm
from .pay_plan import CostOfPay, PayPlan, dollars

REPLICATES, LARGEST_QUOTA = 5, 1e12
EVERYBODY_ELSE = "everybody else"
OUTCOMES = ("attainment", "variable_pay", "pay", "revenue")


class PayPlans(Result):
    """What pay plans pay, the firm's own first."""

    plans: tuple[PayPlan, ...] = Field(description="A list, in the order asked for.")

    @property
    def about(self) -> str:
        """Of which rep, in words."""
        quotas = sorted({round(plan.quota) for plan in self.plans})
        ends = dollars(quotas[0]) if len(quotas) == 1 else f"{dollars(quotas[0])} to {quotas[-1]:,}"
        return f"{self.title}: a rep with a quota of {ends} a year"

    def records(self) -> Iterator[dict[str, Any]]:
        """A row for each plan, group of reps with one of its own, and attainment."""
        for plan in self.plans:
            yield from (
                {"plan": plan.name, "group": plan.group, "quota": plan.quota} | level.model_dump()
                for level in plan.levels
            )

    def finding(self) -> str:
        """What is paid at quota: by the one plan against its target, or by the highest and the lowest.

        Where all pay the same there, at twice the quota.
        """
        one = self.plans[0]
        if len(self.plans) == 1:
            paid = dollars(one.paid(1.0))
            return f"{capital(one.called)} pays {paid} of variable pay at quota, {one.against_target()}"
        for attainment, place in ((1.0, "quota"), (2.0, "twice the quota")):
            (most, high), (least, low) = (self._at_an_end(attainment, end) for end in (max, min))
            if high != low:
                return f"{capital(most)} most at {place}, {high} of variable pay; {least} least, {low}"
        return f"All {len(self.plans):,} plans pay {dollars(one.paid(1.0))} of variable pay at quota"

    def _at_an_end(self, attainment: float, end: Callable[[Iterable[float]], float]) -> tuple[str, str]:
        """Which plans pay the most or the least for an attainment, and how much, in words."""
        paid = [plan.paid(attainment) for plan in self.plans]
        amount = dollars(end(paid))
        who = [plan.called for plan, each in zip(self.plans, paid, strict=True) if dollars(each) == amount]
        return f"{phrase(who)} {'pays' if len(who) == 1 else 'pay'}", amount

    def in_words(self) -> Iterator[str]:
        """The plans at quota, each with its arithmetic and its target, and what they cost in runs."""
        if len(self.plans) > 1:
            yield f"{self.finding()}."
        for plan in self.plans:
            yield from plan.sentences_at_quota()
        for name, cost in self._known_costs():
            means = (cost.attainment.mean, cost.variable_share.mean, cost.pay_share.mean)
            reached, share, whole = (Quantity(mean, Unit.RATIO).text(1) for mean in means)
            part = f"variable pay is {share} of revenue ({whole} with all pay)"
            yield f"{name}: in simulated runs reps reach {reached} of quota on average; {part}."

    def _known_costs(self) -> list[tuple[str, CostOfPay]]:
        return [(capital(plan.title), plan.cost) for plan in self.plans if plan.cost]

    def tables(self) -> tuple[Table, ...]:
        """Of several plans variable pay side by side, what they cost in runs, and every plan by itself."""
        several = len(self.plans) > 1
        beside = [self._beside()] if several else []
        each = (_table_of(place, plan, details=several) for place, plan in enumerate(self.plans))
        return (*beside, *([self._costs()] if self._known_costs() else []), *each)

    def _beside(self) -> Table:
        rows = (
            (percent(levels[0].attainment), *(f"{round(level.variable_pay):,}" for level in levels))
            for levels in zip(*(plan.levels for plan in self.plans), strict=True)
        )
        heads = [Head("attainment", True), *(Head(capital(plan.called), True) for plan in self.plans)]
        return listed(heads, rows).called("beside", "Variable pay by attainment of quota (USD a year)")

    def _costs(self) -> Table:
        rows = (
            (name, *map(_ranged, (cost.attainment, cost.variable_share, cost.pay_share)))
            for name, cost in self._known_costs()
        )
        heads = ("attainment", "variable pay", "pay of reps and managers")
        caption = "In simulated runs, pay as % of revenue: mean and middle 80% of replicates"
        return listed([Head("plan"), *(Head(head, True) for head in heads)], rows, caption).called(
            "costs", caption
        )


def _ranged(value: Estimate) -> str:
    scale = Unit.RATIO.scale([value.mean], [value.interval])
    return f"{scale.text(value.mean)} ({scale.interval(*value.interval)})"


def _table_of(place: int, plan: PayPlan, *, details: bool) -> Table:
    """All that one plan pays."""
    rows = (
        (
            percent(level.attainment),
            *(f"{round(each):,}" for each in (level.credit, level.variable_pay, level.base_pay)),
            f"{round(level.total_pay):,}",
            *(
                "" if rate is None else Quantity(rate, Unit.SHARE).text(2)
                for rate in (level.effective_rate, level.marginal_rate)
            ),
        )
        for level in plan.levels
    )
    name = f"{plan.name}_{place}" if plan.group else plan.name
    heads = ("attainment", "credit", "variable pay", "base pay", "total pay", "% of credit", "next dollar")
    caption = f"{capital(plan.called)}: pay by attainment of quota, reached at an even pace (USD a year)"
    table = listed([Head(head, True) for head in heads], rows, caption).called(f"plan_{name}", caption)
    return replace(table, details=details)


def pay(
    scenario: Scenario | Path | str,
    policies: Sequence[Policy] | Mapping[str, Policy] = (),
    *,
    settings: Any = None,
    quota: float | None = None,
    replicates: int = REPLICATES,
    seed: int = 1,
    out: Path | str | None = None,
    how: Exec = Exec(),
) -> PayPlans:
    """Work out what the pay plans of a firm, its groups and policies pay from no credit to twice the quota.

    Args:
        scenario: the firm: a scenario, a TOML file, or the name of a shipped one.
        policies: each of them another plan, as in `compare`.
        settings: numbers of the firm that differ, as in `load_scenario`.
        quota: of a rep (USD a year); unless given the mean over reps on a firm's first day.
        replicates: how often each firm is simulated for the cost of its pay; 0 leaves that out.
        seed: random seed, 0 to 2**63 - 1.
        out: the folder for the runs; results/SCENARIO_paid/KEY unless given.
        how: workers, engine and rules of one's own, such as `Exec(workers=2)`.

    Returns:
        Pay by attainment of each plan, what it pays at quota, and what it costs in simulated runs.

    Raises:
        SalesimError: anything of this that cannot be used, or a firm without quotas.
    """
    _check_runs(replicates, seed, out)
    firm = load_scenario(scenario, None, settings)
    firms = firms_by_arm(firm, policies)
    given = None if quota is None else _checked(quota)
    plans = tuple(
        plan
        for name in firms
        for plan in _plans(name, firms, given or _first_quota(firms[name], seed, how))
    )
    if not replicates:
        return PayPlans(title=firm.title, plans=plans)
    study = Study(
        name=f"{filed_under(scenario)}_paid",
        title=f"{firm.title}: what pay plans cost",
        firms=firms,
        seed=seed,
        replicates=Replicates(least=replicates, most=replicates),
        outcomes=OUTCOMES,
        promise=False,
    )
    return _with_costs(plans, sweep(study, out=out, how=how), firm.title)


def _check_runs(replicates: int, seed: int, out: Path | str | None) -> None:
    """How often, by which luck and where plans are simulated can be said."""
    integer("replicates", replicates, 0, MAX_REPLICATES)
    integer("seed", seed, 0, LARGEST_SEED)
    if out is not None and not replicates:
        raise SalesimError(
            error_text("out", "", "means nothing without runs", allowed="replicates above 0")
        )


def _plans(name: str, firms: Mapping[str, Scenario], quota: float) -> Iterator[PayPlan]:
    """The plan of a firm, and those of its groups of reps, at the same quota."""
    firm = firms[name]
    title = firm.title.removeprefix(f"{firms[BASELINE].title} + ")
    first, *others = firm.with_each_plan()
    group = EVERYBODY_ELSE if others else ""
    yield PayPlan(name=name, title=title, group=group, scenario=first, quota=quota)
    for plan, rules in zip(firm.pay_plans, others, strict=True):
        in_ramp = plan.tenure_below <= firm.pay.ramp_weeks
        yield PayPlan(name=name, title=title, group=plan.name, in_ramp=in_ramp, scenario=rules, quota=quota)


def _with_costs(plans: Sequence[PayPlan], runs: Runs, title: str) -> PayPlans:
    runs.refuse_failed()
    costed = (
        plan.model_copy(update={"cost": _cost(runs, plan.name)})
        if plan.group in ("", EVERYBODY_ELSE)  # whose runs are those of the firm
        else plan
        for plan in plans
    )
    return PayPlans(title=title, folder=str(runs.folder), plans=tuple(costed))


def _checked(quota: Any) -> float:
    number = isinstance(quota, int | float) and not isinstance(quota, bool)
    if not (number and 1.0 <= quota <= LARGEST_QUOTA):
        allowed = "1 to 1e12 (USD a year)"
        raise SalesimError(error_text("quota", "", "out of range", given=quota, allowed=allowed))
    return float(quota)


def _first_quota(firm: Scenario, seed: int, how: Exec) -> float:
    """The mean quota of reps on the first day of the first replicate (USD per year).

    Raises:
        SalesimError: a firm without quotas.
    """
    rivals, engine = how.bound(firm)
    first = next(iter(run_by_weeks(Run(firm, Luck(seed, 0), rivals=rivals), engine)))
    quota = float(first.reps["quota"].mean())
    if quota < 1.0:
        wrong, allowed = "has no quotas on its first day", "a quota, with --quota"
        raise SalesimError(error_text(firm.title, "", wrong, allowed=allowed))
    return quota


def _cost(runs: Runs, policy: str) -> CostOfPay | None:
    """What pay costs under a policy; None where reps have no quotas or nothing is sold."""
    rows = runs.joined([*OUTCOMES])
    rows = rows[(rows["policy"] == policy) & (rows["revenue"] > 0.0) & rows["attainment"].notna()]
    if rows.empty:
        return None
    return CostOfPay(
        attainment=estimate(rows["attainment"].tolist(), Unit.RATIO),
        variable_share=estimate((rows["variable_pay"] / rows["revenue"]).tolist(), Unit.RATIO),
        pay_share=estimate((rows["pay"] / rows["revenue"]).tolist(), Unit.RATIO),
    )
