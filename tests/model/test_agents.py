"""The Mesa model is the model: its agents can be watched, changed and extended while they live."""

import gc
import weakref

import mesa
import pytest

from salesim import Rep, SalesModel
from salesim.model import state
from salesim.model.agents import ACTORS, BEHAVIOURS, Customer, Manager, run_mesa
from salesim.model.columns import names
from salesim.model.deals import AWAITING
from salesim.model.ideal import Ideal
from salesim.outcomes.pair import FULL_EXECUTION
from tests.firms import PLANS_OF_GROUPS, busy_firm, differences, simulated, small_firm
from tests.firms import TABLES as FIRM_TABLES


def stepped(weeks: int, **arguments) -> SalesModel:
    model = SalesModel(small_firm(), seed=5, **arguments)
    for _ in range(weeks):
        model.step()
    return model


def deals_of(model: SalesModel) -> list[state.Deal]:
    """Rows in use for which a price was named."""
    return [d for d in model.deals[: model.keeping[0].deal_rows] if d.outcome != AWAITING]


def test_it_is_a_mesa_model_of_mesa_agents():
    model = stepped(1)
    assert isinstance(model, mesa.Model)
    assert len(model.agents_by_type[Manager]) == 2 + 2
    assert len(model.agents_by_type[Rep]) == 6
    assert len(model.agents_by_type[Customer]) == 48
    assert model.agents_by_type[Rep].agg("understanding", max) == max(r.understanding for r in model.reps)


def test_stepping_gives_the_same_run_as_running():
    model = stepped(65)
    assert not model.running
    assert differences(model.tables(), simulated(small_firm(), 5, engine=run_mesa)) == []


def test_nothing_happens_after_the_plan():
    model = stepped(65)
    before = model.tables()
    model.step()
    assert differences(before, model.tables()) == []


def test_setting_understanding_on_one_living_rep_changes_what_follows():
    plain, touched = stepped(20), stepped(20)
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
    others = [
        c.id for c in plain.customers if plain.reps[c.rep].manager != changed.manager
    ]  # colleagues talk
    assert len(others) > 10
    assert all(touched.customers[k].hours == plain.customers[k].hours for k in others)
    for model in (plain, touched):
        for _ in range(40):
            model.step()
    mine, theirs = (
        [d.wanted for d in deals_of(model) if d.rep == changed.id and d.week > week]
        for model in (touched, plain)
    )
    assert mine != theirs


class ListPriceRep(Rep):
    """A rep who never gives a discount."""

    def want_price(self, customer, deal, floor, scenario, firm, t):
        return 2.0 * super().want_price(customer, deal, floor, scenario, firm, t) + deal.listed


def test_overriding_a_behaviour_in_a_subclass_works():
    stubborn = stepped(65, rep_class=ListPriceRep)
    assert {d.price for d in deals_of(stubborn)} == {100.0}
    assert len({d.price for d in deals_of(stepped(65))}) > 2


class DeafManager(Manager):
    """A manager to whom no message gets through."""

    def hear_strategy(self, hops, scenario):
        pass


class EagerCustomer(Customer):
    """A customer who always buys."""

    def choose(self, deal, scenario, firm):
        return 1


def test_managers_and_customers_can_be_extended_too():
    deaf = stepped(65, manager_class=DeafManager)
    assert all(m.understanding == 0.0 for m in deaf.managers)
    eager = stepped(65, customer_class=EagerCustomer)
    assert sum(b.won for b in eager.books) == sum(b.quoted for b in eager.books) > 0


def test_behaviours_do_not_hide_state_or_mesa():
    for kind, behaviours in BEHAVIOURS.items():
        assert not set(behaviours) & set(names(kind))
        assert not set(behaviours) & set(dir(mesa.Agent))
        assert len(behaviours) >= 4
        assert len(set(behaviours)) == len(behaviours)


def test_who_acts_is_said_by_the_first_argument():
    """`person` is a manager or a rep; both have what people do, and each what is theirs."""
    assert {"hear_strategy", "reflect", "forget_old_plan"} <= set(BEHAVIOURS[Manager]) & set(
        BEHAVIOURS[Rep]
    )
    assert {"want_price", "divide_hours", "decide_to_leave", "be_shown_the_ropes"} <= set(BEHAVIOURS[Rep])
    assert {"choose", "have_need", "reconsider", "drift"} <= set(BEHAVIOURS[Customer])
    assert {"coach", "share_out", "plan", "work"} <= set(BEHAVIOURS[Manager])
    assert set(ACTORS) == {"manager", "rep", "customer", "person"}


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
    given_quotas = [{"start": 6, "weeks": 20, "quotas": [1e5, 0.0, 3e5]}]
    firm = busy_firm(given_quotas=given_quotas, pay_plans=PLANS_OF_GROUPS)
    for ideal in (Ideal(), Ideal(best_accounts=True, best_skill=True, seats_filled=True)):
        model = SalesModel(firm, seed=4, replicate=1, ideal=ideal, **classes)
        while model.running:
            model.step()
        assert differences(model.tables(), simulated(firm, 4, 1, ideal)) == []
    assert {kind: set(behaviours) - seen[kind] for kind, behaviours in BEHAVIOURS.items()} == {
        kind: set() for kind in BEHAVIOURS
    }


def test_numbers_can_be_set_while_the_model_lives():
    """A lever set on the living model acts from the next week on, before and after the plan starts."""
    for week in (5, 30):
        plain, touched = stepped(week), stepped(week)
        numbers = touched.parameters
        dear = numbers.regime.model_copy(update={"list_price_change": 50.0})
        touched.parameters = numbers.model_copy(update={"regime": dear})
        while plain.running:
            plain.step()
            touched.step()
        listed = [{d.listed for d in deals_of(model) if d.week >= week} for model in (plain, touched)]
        assert listed == [{100.0}, {150.0}]
        assert {d.listed for d in deals_of(touched) if d.week < week} <= {100.0}


def test_a_data_collector_collects_every_week():
    collector = mesa.DataCollector(
        model_reporters={"week": "week"}, agenttype_reporters={Rep: {"skill": "skill"}}
    )
    model = stepped(10, datacollector=collector)
    assert list(collector.get_model_vars_dataframe()["week"]) == list(range(1, 11))
    assert len(collector.get_agenttype_vars_dataframe(Rep)) == 10 * len(model.reps)


TABLES = {
    "managers": state.Manager,
    "reps": state.Rep,
    "customers": state.Customer,
    "deals": state.Deal,
    "books": state.Week,
    "levels": state.Level,
    "years": state.RepYear,
    "office": state.Office,
    "keeping": state.Keeping,
}


@pytest.mark.parametrize("ideal", [Ideal(), FULL_EXECUTION], ids=["as it is", "full execution"])
def test_state_holds_plain_python_numbers_of_the_declared_type(ideal):
    """A stray integer in a float would pass unseen on Mesa and differ in the compiled engine."""
    for handover in ("similar_rep", "existing_rep", "new_hire"):
        firm = busy_firm(
            organisation={"weeks": 91}, handover={"account_handover": handover, "vacancy_weeks": 6}
        )
        quotas = simulated(firm, 5).quotas
        model = SalesModel(firm, seed=5, ideal=ideal, quotas=quotas if handover == "new_hire" else None)
        while model.running:
            model.step()
            if model.week % 13 == 0:
                check_types(model)
        check_types(model)


def check_types(model: SalesModel) -> None:
    for table, kind in TABLES.items():
        declared = {name: type(getattr(kind(), name)) for name in names(kind)}
        for item in getattr(model, table):
            assert {name: type(getattr(item, name)) for name in declared} == declared, table
    assert {type(each) for each in (*model.order, *model.tenures)} <= {int}
    assert {type(quota) for quota in (*model.quotas, *model.given)} == {float}
    assert set(TABLES) | {"order", "quotas", "given", "tenures"} == set(FIRM_TABLES)


def test_a_released_model_is_forgotten():
    model = stepped(1)
    model.release()
    alive = weakref.ref(model)
    del model
    gc.collect()
    assert alive() is None
