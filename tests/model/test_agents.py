"""The Mesa model is the model: its agents can be watched, changed and extended while they live."""

import gc
import weakref

import mesa

from salesim import Customer, Ideal, Manager, Rep, SalesModel
from salesim.model import state
from salesim.model.agents import BEHAVIOURS, run_mesa
from tests.firms import differences, small_firm


def lived(weeks: int, **arguments) -> SalesModel:
    model = SalesModel(small_firm(), seed=5, **arguments)
    for _ in range(weeks):
        model.step()
    return model


def test_it_is_a_mesa_model_of_mesa_agents():
    model = lived(1)
    assert isinstance(model, mesa.Model)
    assert len(model.agents_by_type[Manager]) == 2 + 2
    assert len(model.agents_by_type[Rep]) == 6
    assert len(model.agents_by_type[Customer]) == 48
    assert model.agents_by_type[Rep].agg("understanding", max) == max(r.understanding for r in model.reps)


def test_stepping_gives_the_same_run_as_running():
    model = lived(65)
    assert not model.running
    assert differences(model.tables(), run_mesa(small_firm(), 5, 0, Ideal())) == []


def test_nothing_happens_after_the_plan():
    model = lived(65)
    before = model.tables()
    model.step()
    assert differences(before, model.tables()) == []


def test_setting_understanding_on_one_living_rep_changes_what_follows():
    plain, touched = lived(20), lived(20)
    changed = touched.reps[2]
    assert changed.staffed
    changed.understanding = 1.0
    changed.buy_in = 1.0
    for model in (plain, touched):
        model.step()
    week = 20
    assert touched.books[week].understanding > plain.books[week].understanding
    own = touched.order[changed.first : changed.last]
    assert [touched.customers[k].hours for k in own] != [plain.customers[k].hours for k in own]
    others = [c.id for c in plain.customers if c.rep != changed.id]
    assert all(touched.customers[k].hours == plain.customers[k].hours for k in others)
    for model in (plain, touched):
        for _ in range(40):
            model.step()
    mine = [d.price for d in touched.deals if d.rep == changed.id and d.outcome and d.week > week]
    theirs = [d.price for d in plain.deals if d.rep == changed.id and d.outcome and d.week > week]
    assert mine != theirs


class ListPriceRep(Rep):
    """A rep who never gives a discount."""

    def want_price(self, customer, score, scenario, firm):
        return 2.0 * super().want_price(customer, score, scenario, firm) + scenario.market.list_price


def test_overriding_a_behaviour_in_a_subclass_works():
    stubborn = lived(65, rep_class=ListPriceRep)
    prices = {d.price for d in stubborn.deals[: stubborn.books[-1].deals]}
    assert prices == {100.0}
    assert len({d.price for d in lived(65).deals}) > 2


class DeafManager(Manager):
    """A manager to whom no message gets through."""

    def hear_strategy(self, hops, scenario):
        pass


class EagerCustomer(Customer):
    """A customer who always buys."""

    def choose(self, deal, scenario, firm):
        return 1


def test_managers_and_customers_can_be_extended_too():
    deaf = lived(65, manager_class=DeafManager)
    assert all(m.understanding == 0.0 for m in deaf.managers)
    eager = lived(65, customer_class=EagerCustomer)
    assert sum(b.won for b in eager.books) == sum(b.quoted for b in eager.books) > 0


def test_behaviours_do_not_hide_state_or_mesa():
    for kind, behaviours in BEHAVIOURS.items():
        assert not set(behaviours) & set(state.names(kind))
        assert not set(behaviours) & set(dir(mesa.Agent))
        assert len(behaviours) >= 4


def watching(kind: type, seen: set[str]) -> type:
    """A subclass that overrides every behaviour, and notes that it was called."""

    def noted(name: str):
        def method(self, *arguments):
            seen.add(name)
            return getattr(super(noting, self), name)(*arguments)

        return method

    noting = type(f"Watching{kind.__name__}", (kind,), {name: noted(name) for name in BEHAVIOURS[kind]})
    return noting


def test_every_behaviour_is_reached_through_the_agent():
    """A facade would call the plain function; here each behaviour is seen to be called as a method."""
    seen = {kind: set() for kind in BEHAVIOURS}
    classes = {f"{kind.__name__.lower()}_class": watching(kind, seen[kind]) for kind in BEHAVIOURS}
    firm = small_firm(
        organisation={"weeks": 104}, leaving={"turnover": 0.95}, handover={"vacancy_weeks": 8},
        needs={"rate": 0.3}, relationship={"churn": 0.5}, approval={"approval_hours": 0.1},
    )
    for ideal in (Ideal(), Ideal(best_accounts=True, best_skill=True, seats_filled=True)):
        model = SalesModel(firm, seed=5, ideal=ideal, **classes)
        while model.running:
            model.step()
    assert seen == {kind: set(behaviours) for kind, behaviours in BEHAVIOURS.items()}


def test_a_data_collector_collects_every_week():
    collector = mesa.DataCollector(
        model_reporters={"week": "week"}, agenttype_reporters={Rep: {"skill": "skill"}}
    )
    model = lived(10, datacollector=collector)
    assert list(collector.get_model_vars_dataframe()["week"]) == list(range(1, 11))
    assert len(collector.get_agenttype_vars_dataframe(Rep)) == 10 * len(model.reps)


def test_state_holds_plain_python_numbers_of_the_declared_type():
    """A stray integer in a float would pass unseen on Mesa and differ in the compiled engine."""
    model = lived(65)
    groups = [
        (state.Manager, model.managers), (state.Rep, model.reps), (state.Customer, model.customers),
        (state.Deal, model.deals), (state.Week, model.books),
    ]
    for kind, items in groups:
        declared = {name: type(getattr(kind(), name)) for name in state.names(kind)}
        for item in items:
            assert {name: type(getattr(item, name)) for name in declared} == declared


def test_a_released_model_is_forgotten():
    model = lived(1)
    model.release()
    alive = weakref.ref(model)
    del model
    gc.collect()
    assert alive() is None
