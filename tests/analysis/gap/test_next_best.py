"""The next best levers: each moved on the same random draws, and charged for what it costs."""

from __future__ import annotations

import numpy as np
import pytest

from salesim.analysis.gap.next_best import _steps, coaching_cost, levers_study, next_levers
from salesim.inputs.declared import declared_numbers, value_of
from salesim.inputs.design import BASELINE
from salesim.runs.exec import Exec
from salesim.runs.simulate import simulate
from tests.firms import small_firm

FIRM = small_firm(needs={"rate": 0.2})
LEVERS = {path: number for path, number in declared_numbers().items() if number.kind == "lever"}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return next_levers(FIRM, replicates=4, out=tmp_path_factory.mktemp("levers") / "out")


def test_every_lever_is_moved_both_ways_or_to_every_other_name():
    study = levers_study(FIRM, "firm", 2, 1)
    values = {
        path: [value_of(firm, path) for name, firm in study.firms.items() if name.startswith(f"{path}=")]
        for path in LEVERS
    }
    for path, number in LEVERS.items():
        now = value_of(FIRM, path)
        if number.modes:
            assert values[path] == [name for name in number.modes if name != now]
            continue
        low, high = number.sweep
        ways = [way for way, end in ((1, high), (-1, low)) if way * (end - now) > 0]
        steps = [after for lever, after, _ in _steps(FIRM) if lever == path]
        assert values[path][: len(steps)] == steps
        assert [np.sign(value - now) for value in steps] == ways, path
        assert all(min(low, now) <= value <= max(high, now) for value in values[path]), path
        assert len({*values[path]}) == len(values[path])
        for end in (low, high):
            assert end == now or end in values[path] or not is_possible(path, end), path


def is_possible(path, value):
    try:
        return bool(FIRM.with_numbers({path: value}))
    except ValueError:
        return False


def test_a_step_moves_one_lever_and_nothing_else():
    study = levers_study(FIRM, "firm", 2, 1)
    for name, firm in study.firms.items():
        path = name.partition("=")[0]
        moved = [p for p in declared_numbers() if value_of(firm, p) != value_of(FIRM, p)]
        assert moved == ([] if name == BASELINE else [path])


def test_steps_that_make_no_firm_give_way_to_the_next_that_does():
    firms = levers_study(FIRM, "firm", 2, 1).firms
    periods = [
        value_of(firm, "pay.period_weeks") for name, firm in firms.items() if name.startswith("pay.period")
    ]
    assert periods[:2] == [26, 4]


def test_gain_is_what_contribution_rises_less_what_the_step_costs(found):
    """Worked out again from the ledgers of plain runs of both firms."""

    def sums(firm, column):
        return np.array([pair.realised_books[column].sum() for pair in simulate(firm, replicates=4).pairs])

    for step in (*found.steps[:3], *found.steps[-3:], *found.best[:3]):
        changed = FIRM.with_numbers({step.lever: step.after})
        change = {
            c: (sums(changed, c) - sums(FIRM, c)).mean()
            for c in ("contribution", "salaries", "people_cost")
        }
        cost = change["salaries"] + change["people_cost"] + coaching_cost(FIRM, changed)
        assert step.contribution == pytest.approx(change["contribution"], abs=1e-6)
        assert step.cost == pytest.approx(cost, abs=1e-6)
        assert step.gain == pytest.approx(step.contribution - step.cost, abs=1e-6)
        assert step.interval[0] <= step.gain <= step.interval[1]


def test_the_best_come_first_and_noise_is_called_noise(found):
    gains = [step.gain for step in found.steps]
    assert gains == sorted(gains, reverse=True)
    for step in found.steps:
        assert step.significant == (not step.interval[0] <= 0.0 <= step.interval[1])
    assert {step.lever for step in found.steps if not step.inert} > {"regime.discount_authority"}
    assert any(step.inert for step in found.steps)


def test_each_lever_stands_at_the_best_value_that_was_tried(found):
    assert {step.lever for step in found.best} == {step.lever for step in found.steps}
    gains = [best.gain for best in found.best]
    assert gains == sorted(gains, reverse=True)
    by_lever = {best.lever: best for best in found.best}
    assert len(by_lever) == len(found.best)
    for step in found.steps:
        best = by_lever[step.lever]
        assert best.gain >= step.gain
        if best.after == step.after and not step.inert:  # its interval holds for all values together
            assert best.interval[0] <= step.interval[0] <= step.interval[1] <= best.interval[1]


def test_more_people_managers_training_and_coaching_cost_something(found):
    cost = {
        (step.lever, step.after > step.before): step.cost
        for step in found.steps
        if not isinstance(step.after, str)
    }
    assert cost["organisation.headcount", True] > 0.0
    assert cost["training.training_days", True] > 0.0 > cost["training.training_days", False]
    assert cost["coaching.coaching_share", True] > 0.0 > cost["coaching.coaching_share", False]
    narrower = FIRM.with_numbers({"organisation.span_of_control": 2})
    people = [np.mean(simulate(firm, replicates=2).values["cost_of_people"]) for firm in (FIRM, narrower)]
    assert people[1] > people[0]


def test_coaching_is_charged_at_a_managers_pay():
    """Two managers, a tenth of their time more, for a year."""
    changed = FIRM.with_numbers({"coaching.coaching_share": 0.26})
    assert coaching_cost(FIRM, changed) == pytest.approx(0.1 * 2 * FIRM.pay.manager_salary)
    assert coaching_cost(changed, FIRM) == pytest.approx(-0.1 * 2 * FIRM.pay.manager_salary)


def test_workers_change_no_bit(found, tmp_path):
    again = next_levers(FIRM, replicates=4, how=Exec(workers=1), out=tmp_path / "out")
    assert (again.steps, again.best) == (found.steps, found.best)
