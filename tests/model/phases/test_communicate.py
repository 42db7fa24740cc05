"""What is said arrives as clear as the way leaves it, spreads among colleagues and fades."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.model.ideal import Ideal
from salesim.model.phases.communicate import communicate, hear_news, hear_strategy, reflect, talk_it_over
from salesim.model.state import Manager, Rep
from salesim.rules.communication import BROADCAST, CASCADE, DIALOGUE, SILENCE
from tests.model.phases.first import between, columns, each, few, moved, near, picture, seeds, world

shares = st.floats(0.0, 1.0)
IDEALS = [Ideal(), Ideal(understood=True), Ideal(accepted=True), Ideal(understood=True, accepted=True)]
WAYS = ("none", "broadcast", "cascade", "direct", "dialogue")


def faded(understanding, scenario):
    return understanding * 0.5 ** (1.0 / scenario.communication.half_life)


def believed(buy_in, scenario):
    """Buy-in after a week on its way to what voice, trust and pay deserve."""
    a, move = scenario.acceptance, scenario.acceptance.adjustment
    heard = a.unheard_share * (1.0 - a.sales_voice) + a.sales_voice
    level = (
        a.trust_in_head_office
        * heard
        * (1.0 - a.contradiction + a.contradiction * scenario.pay.margin_weight)
    )
    return (1.0 - move) * buy_in + move * level


def heard(understanding, listens, hops, scenario):
    """Understanding after a message that has come over so many hops."""
    c = scenario.communication
    said = c.strategy_clarity * c.first_hop_fidelity
    arriving = {
        SILENCE: 0.0,
        BROADCAST: said * listens,
        CASCADE: said * c.fidelity ** (hops - 1),
        DIALOGUE: c.strategy_clarity * c.first_hop_fidelity**0.5,
    }.get(c.communication_mode, said)
    sure = 1.0 - (1.0 - understanding) ** scenario.survey.self_rating
    taken = c.absorption - c.absorption * c.complacency * sure
    return understanding + taken * (arriving - understanding) if arriving > understanding else understanding


@pytest.mark.parametrize("ideal", IDEALS)
@each
@given(seed=seeds, kept=shares, believable=shares)
def test_understanding_fades_and_belief_moves_unless_they_are_ideal(ideal, seed, kept, believable):
    scenario, firm, _ = world(seed, ideal)
    for person in (firm.reps[1], firm.managers[0]):
        before, understanding, buy_in = picture(firm), person.understanding, person.buy_in
        reflect(person, kept, believable, scenario, firm)
        share = scenario.acceptance.adjustment
        assert person.understanding == (1.0 if ideal.understood else near(understanding * kept))
        moving = near(share * believable + (1.0 - share) * buy_in)
        assert person.buy_in == (1.0 if ideal.accepted else moving)
        assert set().union(*moved(firm, before).values()) <= {"understanding", "buy_in"}


@each
@given(understanding=shares, mean=shares, seed=seeds)
def test_colleagues_come_nearer_to_the_mean_of_the_team(understanding, mean, seed):
    scenario, _, _ = world(seed)
    rep, manager = Rep(understanding=understanding), Manager(team_understanding=mean, understanding=0.5)
    talk_it_over(rep, manager, scenario)
    pull = scenario.communication.team_pull
    assert rep.understanding == near((1.0 - pull) * understanding + pull * mean)
    assert (manager.team_understanding, manager.understanding) == (mean, 0.5)


@pytest.mark.parametrize("way", WAYS)
@each
@given(understanding=shares, listens=st.booleans(), hops=st.integers(1, 8), seed=seeds)
def test_a_message_teaches_what_its_way_lets_through(way, understanding, listens, hops, seed):
    scenario, _, _ = world(seed, communication__communication_mode=way)
    for person in (Rep(), Manager()):
        person.understanding, person.listens = understanding, listens
        hear_strategy(person, float(hops), scenario)
        assert person.understanding == near(heard(understanding, listens, hops, scenario))


@each
@given(seed=seeds)
def test_news_brings_the_plan_nearer_to_the_account_and_its_error_nearer_to_nothing(seed):
    scenario, firm, _ = world(seed)
    customer = firm.customers[3]
    seen, error, fit = customer.seen_fit, customer.misfit_of_plan, customer.fit
    before, carried = picture(firm), scenario.planning.news_carried
    hear_news(customer, scenario, firm)
    assert customer.seen_fit == near(seen + carried * (fit - seen))
    assert customer.misfit_of_plan == near(error - carried * error)
    plan = scenario.planning
    spread = plan.plan_error - plan.plan_error * plan.voice_effect * scenario.acceptance.sales_voice
    assert customer.planned_fit == near(
        between(0.0, customer.seen_fit + spread * customer.misfit_of_plan, 1.0)
    )
    judged = {"seen_fit", "misfit_of_plan", "planned_fit", "planned_target", "log_plan_value", "log_sales"}
    assert columns(moved(firm, before), "customers") <= judged
    assert set(moved(firm, before)) == {("customers", 3)}


def expected_people(scenario, firm, due):
    """Understanding and buy-in of managers and of reps after the week, worked out from what was before."""
    hops = scenario.organisation.hierarchy_hops
    managers, reps = [], []
    for manager in firm.managers:
        now = faded(manager.understanding, scenario)
        now = heard(now, manager.listens, hops - manager.level, scenario) if due else now
        managers.append((now, believed(manager.buy_in, scenario)))
    for rep in firm.reps:
        team = [r.understanding for r in firm.reps if r.manager == rep.manager and r.staffed]
        if not rep.staffed:
            reps.append((rep.understanding, rep.buy_in))
            continue
        now = rep.understanding + scenario.communication.team_pull * (np.mean(team) - rep.understanding)
        now = faded(now, scenario)
        now = heard(now, rep.listens, hops, scenario) if due else now
        reps.append((now, believed(rep.buy_in, scenario)))
    return np.array(managers), np.array(reps)


@pytest.mark.parametrize("way", WAYS)
@few
@given(seed=seeds, interval=st.integers(1, 14), t=st.integers(0, 64))
def test_messages_come_by_their_interval_from_the_start_of_the_plan_on(way, seed, interval, t):
    scenario, firm, _ = world(
        seed, communication__communication_mode=way, communication__message_interval=interval
    )
    due = t in range(scenario.organisation.burn_in_weeks, 65, interval)
    managers, reps = expected_people(scenario, firm, due)
    for customer in firm.customers:
        customer.fit = customer.seen_fit + 0.01
    before = picture(firm)
    communicate(scenario, firm, t)
    np.testing.assert_allclose([(m.understanding, m.buy_in) for m in firm.managers], managers, rtol=1e-9)
    np.testing.assert_allclose([(r.understanding, r.buy_in) for r in firm.reps], reps, rtol=1e-9)
    after = moved(firm, before)
    assert {table for table, _ in after} - {"managers", "reps"} == (
        {"customers"} if due and way == "dialogue" else set()
    )
    assert columns(after, "reps") <= {"understanding", "buy_in"}
    if due and way == "dialogue":
        assert sum(table == "customers" for table, _ in after) == len(firm.customers)


@few
@given(seed=seeds)
def test_first_line_managers_know_their_teams_as_they_were_before_the_talk(seed):
    scenario, firm, _ = world(seed)
    for manager in firm.managers:
        manager.team_understanding, manager.team_size = -1.0, -1
    before = {
        m.id: [r.understanding for r in firm.reps if r.manager == m.id and r.staffed] for m in firm.managers
    }
    communicate(scenario, firm, 0)
    for manager in firm.managers:
        team = before[manager.id]
        if manager.level == 1:
            assert manager.team_size == len(team)
            assert manager.team_understanding == near(np.mean(team) if team else 0.0)
        else:
            assert (manager.team_understanding, manager.team_size) == (-1.0, -1)
