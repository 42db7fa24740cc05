"""Rival rules: a user's functions in the place of the model's, the same on both engines.

A rival may call the rule that it replaces, helpers of its own, constants and closures. What Numba
cannot compile runs on Mesa and says so; what is no rule, does not fit or draws luck is refused.
"""

import datetime
import importlib
import io
import math
import os
import random
import re
import subprocess
import sys
import time
import warnings
from importlib import import_module as named_otherwise
from pathlib import Path
from random import gauss
from random import random as any_number
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.random import normal as numpy_normal

from salesim import Rep, SalesModel, simulate
from salesim.errors import RuleError, SalesimError, UncompiledRuleError
from salesim.inputs.declared import declared_values
from salesim.inputs.rivals import rival_rules, rule_functions
from salesim.model import agents, compiled
from salesim.model import week as weeks
from salesim.model.agents import BEHAVIOURS, run_mesa
from salesim.model.compiled import run_compiled
from salesim.model.deals import AWAITING
from salesim.model.fingerprint import fingerprint_of
from salesim.model.luck import uniform
from salesim.model.phases.communicate import communicate
from salesim.model.phases.staff import staff
from salesim.model.state import Luck
from salesim.rules.calls import response
from salesim.rules.communication import understanding_kept
from salesim.rules.discounting import quoted_price
from salesim.rules.leaving import leaving_probability
from salesim.runs.exec import Exec
from salesim.runs.folder import folder_at
from salesim.runs.keys import firm_key, model_key
from tests.firms import busy_firm, differences, simulated, small_firm
from tests.messages import message_of

PRICE = "discounting.quoted_price"
MARK_UP = 4.0
FLOOR, STEPS = 60.0, 3
NEWS = {"a": 1.0}
GENERATOR = np.random.default_rng(1)
OWN_RANDOM = random.Random(1)


def rounded(price):
    """A helper that reads a constant, uses a loop and calls another helper, which calls a third."""
    whole = helped_twice(float(int(price)))
    for _ in range(STEPS):
        whole = whole + 0.25
    return whole


def helped_twice(cost):
    return helped_once(cost) - 1.0


def helped_once(cost):
    return cost + 1.0


def dearer(score, sensitivity, cost):
    """A rival that calls the rule itself, a helper and a constant."""
    usual = quoted_price(score, sensitivity, cost)
    return rounded(usual) + MARK_UP if usual > FLOOR else FLOOR


def by_factor(factor, addition=0.0):
    def changed(leaving, recent_pay, market_pay):
        return factor * leaving_probability(leaving, recent_pay, market_pay) + addition

    return changed


def saturating(attention, half, power=0.8):
    """Other names of arguments, a default and a power that is a variable."""
    return response(attention, half) ** power if attention > 0.0 else 0.0


def slower(weeks, power=0.8):
    """Another name of an argument, a default, the rule itself, a helper and a constant."""
    kept = understanding_kept(weeks)
    return kept**power * rounded(kept) if kept > 0.0 else MARK_UP


OF_PEOPLE = {"communication.understanding_kept": slower, "leaving.leaving_probability": by_factor(1.5)}
SEVERAL = {PRICE: dearer, "leaving.leaving_probability": by_factor(1.5), "calls.response": saturating}


def by_dictionary(score, sensitivity, cost):
    """A rival in plain Python that Numba cannot compile."""
    memory = {"cost": cost, "words": str(score)}
    return quoted_price(score, sensitivity, memory["cost"]) + len(memory["words"]) * NEWS["a"]


def by_words(score, sensitivity, cost):
    """Another, at which Numba stops sooner: it does not read this bytecode."""
    import math as inner

    return inner.floor(cost) + float(f"{quoted_price(score, sensitivity, cost):.1f}") - inner.floor(cost)


def same(score, sensitivity, cost):
    return quoted_price(score, sensitivity, cost)


def flat(score, sensitivity, cost):
    return 77.0


def wanted(run) -> np.ndarray:
    return run.deals["wanted"][run.deals["outcome"] != AWAITING]


# the same on both engines


def short_week(scenario, firm, t):
    communicate(scenario, firm, t)
    staff(scenario, firm, t)


@pytest.fixture
def short_weeks(tmp_path, monkeypatch):
    """Weeks of messages and leaving only, which are compiled in a part of the time; the whole model is nightly."""
    monkeypatch.setenv("SALESIM_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(short_week, "__module__", weeks.__name__)
    for module in (weeks, agents):
        monkeypatch.setattr(module, "week", short_week)
    bindings = (compiled._bound_engine, agents._bound_to_agents)
    for bound in bindings:
        bound.cache_clear()
    yield
    for bound in bindings:
        bound.cache_clear()


def test_rivals_give_the_same_bits_on_both_engines_in_short_weeks(short_weeks):
    """Two rivals at once, with originals, helpers, constants, a closure and a default."""
    rivals = rival_rules(OF_PEOPLE)
    for firm in (small_firm(leaving={"turnover": 0.6}), busy_firm()):
        fast, mesa = (simulated(firm, 4, 1, rivals=rivals, engine=run) for run in (run_compiled, run_mesa))
        assert differences(fast, mesa) == []
        for path, rival in OF_PEOPLE.items():
            others = rival_rules({other: OF_PEOPLE[other] for other in OF_PEOPLE if other != path})
            assert differences(mesa, simulated(firm, 4, 1, engine=run_mesa, rivals=others)), rival.__name__


@pytest.mark.nightly
@pytest.mark.parametrize("firm", [small_firm(), busy_firm()], ids=["small", "busy"])
def test_rivals_give_the_same_bits_on_both_engines(firm):
    """Three rivals at once, with originals, helpers, constants, a closure and a default."""
    rivals = rival_rules(SEVERAL)
    fast, mesa = (
        simulated(firm, 4, 1, rivals=rivals),
        simulated(firm, 4, 1, engine=run_mesa, rivals=rivals),
    )
    assert differences(fast, mesa) == []
    assert differences(fast, simulated(firm, 4, 1))


@pytest.mark.nightly
def test_rivals_give_the_same_results_through_simulate():
    """Nothing in arithmetic on numbers asks for the slow engine, in helpers of helpers neither."""
    firm = small_firm()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fast, mesa = (
            simulate(firm, replicates=2, seed=4, how=Exec(engine=engine, rules=SEVERAL))
            for engine in ("compiled", "mesa")
        )
    plain = simulate(firm, replicates=2, seed=4)
    assert (fast.engine, mesa.engine) == ("compiled", "mesa")
    assert [rival for _, rival in fast.rivals] == [SEVERAL[path] for path in sorted(SEVERAL)]
    for one, other, usual in zip(fast.pairs, mesa.pairs, plain.pairs, strict=True):
        for column in one.realised_books.dtype.names:
            assert one.realised_books[column].tobytes() == other.realised_books[column].tobytes(), column
            assert one.ideal_books[column].tobytes() == other.ideal_books[column].tobytes(), column
        for column in one.deals.dtype.names:
            assert one.deals[column].tobytes() == other.deals[column].tobytes(), column
        assert one.deals["wanted"].tobytes() != usual.deals["wanted"].tobytes()


def test_a_rival_that_only_calls_the_rule_changes_nothing():
    rivals = rival_rules({PRICE: same})
    assert (
        differences(
            simulated(busy_firm(), 4, 1, engine=run_mesa, rivals=rivals), simulated(busy_firm(), 4, 1)
        )
        == []
    )


def test_a_rival_acts_in_every_place_that_names_the_rule():
    """The price at the reference and the worth of waiting ask the rival too."""
    rivals = rival_rules({PRICE: flat})
    run = simulated(small_firm(), 4, engine=run_mesa, rivals=rivals)
    prices = wanted(run)
    first = run.deals["quote"][run.deals["outcome"] != AWAITING] == 1
    assert set(prices[first]) <= {77.0} | set(run.deals["reference"])
    assert 77.0 in prices


@pytest.mark.parametrize("engine", [run_mesa, pytest.param(run_compiled, marks=pytest.mark.nightly)])
def test_the_default_model_is_untouched_after_a_rival_ran(engine):
    firm = busy_firm()
    before = [simulated(firm, 4, 1), simulated(firm, 4, 1, engine=run_mesa)]
    behaviours = {kind: {name: getattr(kind, name) for name in names} for kind, names in BEHAVIOURS.items()}
    for rivals in ({PRICE: flat}, SEVERAL):
        simulated(firm, 4, 1, engine=engine, rivals=rival_rules(rivals))
    after = [simulated(firm, 4, 1), simulated(firm, 4, 1, engine=run_mesa)]
    assert [differences(a, b) for a, b in zip(before, after, strict=True)] == [[], []]
    assert rule_functions()[PRICE] is quoted_price
    assert {
        kind: {name: getattr(kind, name) for name in names} for kind, names in BEHAVIOURS.items()
    } == behaviours


# what Numba cannot compile


def test_what_cannot_be_compiled_runs_on_mesa_with_a_warning(monkeypatch):
    def fails(rivals):
        raise UncompiledRuleError("rules: this one")

    monkeypatch.setattr("salesim.runs.exec.compile_model", fails)
    with pytest.warns(UserWarning, match="^rules: this one; "):
        results = simulate(small_firm(), replicates=1, seed=4, how=Exec(rules={PRICE: by_dictionary}))
    assert results.engine == "mesa"


@pytest.mark.nightly
@pytest.mark.parametrize("rival", [by_words, by_dictionary])
def test_plain_python_runs_on_mesa_with_a_warning_that_says_so(rival, golden):
    with pytest.warns(UserWarning, match=rf"\b{rival.__name__}\b") as notes:
        results = simulate(small_firm(), replicates=1, seed=4, how=Exec(rules={PRICE: rival}))
    assert len(notes) == 1
    said = str(notes[0].message)
    assert said.startswith("rules: ")
    assert "'mesa'" in message_of(said).allowed
    assert "\n" not in said
    golden(re.sub(r"\(.*\)", "(...)", said))  # in brackets stands what Numba says
    assert results.engine == "mesa"
    mesa = simulated(small_firm(), 4, engine=run_mesa, rivals=rival_rules({PRICE: rival}))
    of_plan = mesa.deals[mesa.deals["week"] >= small_firm().organisation.burn_in_weeks]
    assert results.pairs[0].deals["wanted"].tobytes() == of_plan["wanted"].tobytes()
    assert "During: " not in said, "where the compiler stopped is no reason"


def test_on_mesa_plain_python_gives_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        results = simulate(
            small_firm(), replicates=1, how=Exec(engine="mesa", rules={PRICE: by_dictionary})
        )
    assert results.engine == "mesa"


# plain Python as people write it


def with_comprehension(score, sensitivity, cost):
    return sum([MARK_UP * share for share in (10.0, 12.5)])


def with_generator(score, sensitivity, cost):
    return sum(MARK_UP * share for share in (10.0, 12.5))


def with_lambda(score, sensitivity, cost):
    return (lambda share: MARK_UP * share)(22.5)


def with_inner_function(score, sensitivity, cost):
    def inner(share):
        return rounded(MARK_UP * share)

    return inner(22.5)


def with_keyword(score, sensitivity, cost, *, share=22.5):
    return MARK_UP * share


def with_default(score, sensitivity, cost, share=22.5):
    return MARK_UP * share


def with_any_arguments(*arguments):
    return MARK_UP * 22.5


def of_rep(rep, price_slope, unit):
    """The names of arguments are the user's own; `rep` here is a score."""
    return MARK_UP * 22.5


def about(customer):
    return MARK_UP * customer


def with_named_helper(score, sensitivity, cost):
    return about(22.5)


def with_recursion(score, sensitivity, cost):
    return cost if cost > 80.0 else with_recursion(score, sensitivity, cost + 10.0)


def to_and(price, times):
    return fro(price + 1.0, times - 1) if times > 0 else price


def fro(price, times):
    return to_and(price + 1.0, times - 1) if times > 0 else price


def with_helpers_that_call_each_other(score, sensitivity, cost):
    return to_and(cost, 5)


class Prices:
    """A holder of a constant."""

    usual = 90.0


def with_class(score, sensitivity, cost):
    return Prices.usual


@pytest.mark.parametrize(
    "rival",
    [
        with_comprehension,
        with_generator,
        with_lambda,
        with_inner_function,
        with_keyword,
        with_default,
        with_any_arguments,
        of_rep,
        with_named_helper,
        with_recursion,
        with_helpers_that_call_each_other,
        with_class,
        lambda score, sensitivity, cost: MARK_UP * 22.5,
    ],
    ids=lambda rival: rival.__name__,
)
def test_whatever_python_allows_runs_on_mesa(rival):
    expected = rival(1.0, 0.05, 70.0)
    rivals = rival_rules({PRICE: rival})
    assert len(fingerprint_of(rivals)) == 16
    run = simulated(
        small_firm(reference={"loss_aversion": 0.0}, second_chance={"comeback": 0.0}),
        4,
        engine=run_mesa,
        rivals=rivals,
    )
    assert expected in wanted(run) or rival in (with_recursion, with_helpers_that_call_each_other)
    assert len(run.deals) > 10


# on the agents


class Generous(Rep):
    """A rep who goes below the price that is best."""

    def want_price(self, customer, deal, floor, scenario, firm, t):
        return super().want_price(customer, deal, floor, scenario, firm, t) - 5.0


def test_a_subclass_stands_above_the_rival():
    """The override changes what the rival, beneath it, has made of the price."""
    firm = small_firm(
        reference={"loss_aversion": 0.0}, second_chance={"comeback": 0.0}, payout={"bonus": 0.0}
    )
    models = [
        SalesModel(firm, seed=4, rivals=rivals, rep_class=kind)
        for rivals in ((), rival_rules({PRICE: flat}))
        for kind in (Rep, Generous)
    ]
    prices = []
    for model in models:
        while model.running:
            model.step()
        run = model.tables()
        prices.append(wanted(run))
        assert all(isinstance(rep, Rep) for rep in model.reps)
    usual, generous, rival, both = prices
    assert set(rival) == {77.0}
    assert set(both) == {72.0}
    assert len(set(usual)) > 5
    assert generous.mean() < usual.mean()
    assert isinstance(models[3].reps[0], Generous)
    assert type(models[3].reps[0]).__name__ == "Generous"


def test_overrides_of_customers_and_managers_stand_above_rivals_too():
    from salesim.model.agents import Customer, Manager

    class Eager(Customer):
        """A customer who always buys."""

        def choose(self, deal, scenario, firm):
            return 1

    class Deaf(Manager):
        """A manager to whom no message gets through."""

        def hear_strategy(self, hops, scenario):
            pass

    model = SalesModel(
        small_firm(), seed=4, rivals=rival_rules({PRICE: flat}), customer_class=Eager, manager_class=Deaf
    )
    while model.running:
        model.step()
    assert sum(b.won for b in model.books) == sum(b.quoted for b in model.books) > 0
    assert all(m.understanding == 0.0 for m in model.managers)


# what is refused


def refused(rules) -> str:
    with pytest.raises(RuleError) as caught:
        rival_rules(rules)
    assert isinstance(caught.value, SalesimError)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def two(score, sensitivity):
    return 90.0


def four(score, sensitivity, cost, more):
    return 90.0


def keyword_only(score, sensitivity, cost, *, more):
    return 90.0


class Callable:
    """No function, though it can be called."""

    def __call__(self, score, sensitivity, cost):
        return 90.0


CALLABLE = Callable()


async def later(score, sensitivity, cost):
    return 90.0


def one_by_one(score, sensitivity, cost):
    yield 90.0


A_RULE = (None, "discounting.quoted_price")  # no value is given back, and a path is told that is right
A_FUNCTION = "lambda"
THREE = "(score, sensitivity, cost)"


@pytest.mark.parametrize(
    ("rules", "given", "allowed", "near"),
    [
        ({"discounting.quoted_prize": flat}, *A_RULE, "discounting.quoted_price"),
        ({"pricing.best": flat}, *A_RULE, "discounting.best_gain"),
        ({"": flat}, *A_RULE, None),
        ({"quoted_price": flat}, *A_RULE, "discounting.quoted_price"),
        ({PRICE: two}, "(score, sensitivity)", THREE, None),
        ({PRICE: four}, "(score, sensitivity, cost, more)", THREE, None),
        ({PRICE: keyword_only}, "(score, sensitivity, cost, *, more)", THREE, None),
        ({PRICE: 3.0}, 3.0, A_FUNCTION, None),
        ({PRICE: "flat"}, "flat", A_FUNCTION, None),
        ({PRICE: None}, None, A_FUNCTION, None),
        ({PRICE: math.exp}, math.exp, A_FUNCTION, None),
        ({PRICE: CALLABLE}, CALLABLE, A_FUNCTION, None),
        ({PRICE: Callable}, Callable, A_FUNCTION, None),
        ({PRICE: later}, later, A_FUNCTION, None),
        ({PRICE: one_by_one}, one_by_one, A_FUNCTION, None),
        ({"declaration.lever": flat}, *A_RULE, None),
        ({"pay.Pay": flat}, *A_RULE, None),
    ],
)
def test_what_is_no_rival_is_refused(golden, rules, given, allowed, near):
    (path,) = rules
    message = message_of(refused(rules))
    assert message.place == (("rules", path) if path else ("rules",))
    assert (message.given, message.near) == (None if given is None else repr(given), near)
    near_alone = near and message.allowed is None  # of so many rules the nearest is enough
    assert near_alone or message.allowed == allowed or (allowed != THREE and allowed in message.allowed)
    golden(message.wrong)


def luck_of_random(score, sensitivity, cost):
    return cost + random.random()


def luck_of_a_name(score, sensitivity, cost):
    return cost + gauss(0.0, 1.0)


def luck_of_the_builtin(score, sensitivity, cost):
    return cost + any_number()


def luck_of_numpy(score, sensitivity, cost):
    return cost + np.random.random()


def luck_of_a_numpy_name(score, sensitivity, cost):
    return cost + numpy_normal()


def luck_of_a_generator(score, sensitivity, cost):
    return cost + GENERATOR.random()


def luck_of_an_own_random(score, sensitivity, cost):
    return cost + OWN_RANDOM.random()


def luck_of_the_model(score, sensitivity, cost):
    return cost + uniform(Luck(1, 1), 1, 1, 1)


def luck_of_the_clock(score, sensitivity, cost):
    return cost + time.time() % 1.0


def luck_of_the_date(score, sensitivity, cost):
    return cost + datetime.datetime.now().microsecond


def luck_of_the_system(score, sensitivity, cost):
    return cost + os.urandom(1)[0]


def luck_imported_inside(score, sensitivity, cost):
    import random as inner

    return cost + inner.random()


def luck_in_a_lambda(score, sensitivity, cost):
    return cost + (lambda: random.random())()


def luck_in_a_comprehension(score, sensitivity, cost):
    return cost + sum(random.random() for _ in range(3))


def luck_by_identity(score, sensitivity, cost):
    return cost + id(score) % 7


def luck_by_another_name(score, sensitivity, cost):
    return cost + named_otherwise("random").random()


def luck_imported_by_name(score, sensitivity, cost):
    return cost + importlib.import_module("random").random()


def luck_opened(score, sensitivity, cost):
    return cost + len(io.open("/dev/urandom", "rb").read(1))  # noqa: UP020


def luck_of_the_builtins(score, sensitivity, cost):
    return cost + __builtins__["__import__"]("random").random()


def luck_in_a_helper(score, sensitivity, cost):
    return luck_of_random(score, sensitivity, cost)


def drawing(draw):
    def rival(score, sensitivity, cost):
        return cost + draw()

    return rival


def luck_in_a_default(score, sensitivity, cost, draw=random.random):
    return cost + draw()


luck_in_a_closure = drawing(random.random)
luck_in_a_closure_of_a_function = drawing(lambda: random.random())


@pytest.mark.parametrize("name", [name for name in list(globals()) if name.startswith("luck_")])
def test_luck_is_refused_however_it_is_reached(golden, name):
    said = refused({PRICE: globals()[name]})
    message = message_of(said)
    assert message.place == ("rules", PRICE)
    assert message.given
    assert message.allowed
    golden(said)


OPTIONS = SimpleNamespace(id=90.0, hash=0.0, open=0.0)


def attributes_of_my_own(score, sensitivity, cost):
    return OPTIONS.id + OPTIONS.hash + OPTIONS.open


def names_of_my_own(score, sensitivity, cost, id=0.0):
    def hash(value):
        return 90.0 * value

    return hash(1.0) + id


@pytest.mark.parametrize("mine", [attributes_of_my_own, names_of_my_own])
def test_what_only_sounds_like_luck_may_be_read(mine):
    assert mine(1.0, 1.0, 1.0) == 90.0
    rival_rules({PRICE: mine})


@pytest.mark.parametrize("path", [path for path in rule_functions() if path.startswith("curve.")])
def test_a_rule_of_the_pay_curve_names_the_curve_of_knots_in_its_place(path):
    said = message_of(refused({path: rule_functions()[path]}))
    assert said.place == ("rules", path)
    assert set(re.findall(r"payout\.\w+", said.allowed)) <= set(declared_values())


def test_nothing_runs_where_something_is_refused():
    with pytest.raises(RuleError):
        simulate(small_firm(), how=Exec(rules={PRICE: flat, "calls.response": four}))


# the name of results, and of compiled code


def keyed(source: str, **others) -> str:
    """Key of the results with a rival `mine` from this source."""
    space = {"__name__": "mine", "__builtins__": __builtins__, "quoted_price": quoted_price, **others}
    exec(source, space)
    return firm_key(small_firm(), model_key(rival_rules({PRICE: space["mine"]})))


USUAL = """
K = 3.0
def helper(x): return x + K
def mine(score, sensitivity, cost): return helper(quoted_price(score, sensitivity, cost))
"""


def test_the_key_of_results_changes_with_the_rival_and_with_all_that_it_reads():
    keys = [
        firm_key(small_firm(), model_key()),
        keyed(USUAL),
        keyed(USUAL.replace("K = 3.0", "K = 3.5")),
        keyed(USUAL.replace("K = 3.0", "K = 3")),
        keyed(USUAL.replace("x + K", "x - K")),
        keyed(USUAL.replace("helper(quoted_price", "2.0 * helper(quoted_price")),
        keyed(USUAL.replace("cost): return", "cost, more=1.0): return more *")),
        keyed(USUAL.replace("cost): return", "cost, more=2.0): return more *")),
    ]
    assert len(set(keys)) == len(keys)
    assert keyed(USUAL) == keys[1]
    assert keyed("# a remark\n\n" + USUAL.replace("K = 3.0", "K = 3.0  # a remark")) == keys[1]


def test_the_key_changes_with_which_rule_is_replaced():
    keys = {
        firm_key(small_firm(), model_key(rival_rules({path: lambda a, b, c: 1.0})))
        for path in (PRICE, "discounting.best_gain", "discounting.felt_cost")
    }
    assert len(keys) == 3


def test_the_key_changes_with_what_a_closure_holds():
    keys = [
        firm_key(small_firm(), model_key(rival_rules({"leaving.leaving_probability": by_factor(f)})))
        for f in (1.0, 2.0, 1.0)
    ]
    assert keys[0] == keys[2] != keys[1]


class Numbers:
    """Constants in a class."""

    more = 3.0


@pytest.mark.parametrize(
    "reads",
    [
        "a module",
        "a function of a module",
        "a class",
        "a long array",
        "a keyword default",
        "a rule of the same name",
        "an inner function",
        "a constant in an inner function",
    ],
)
def test_the_key_changes_with_what_is_read_through(reads):
    """Constants need not stand in the file of the rival itself; stale results would look fresh."""
    import types

    module = types.ModuleType("settings")
    module.more, module.change = 3.0, helped_twice
    array = np.arange(3000.0)
    cases = {
        "a module": ("return cost + settings.more", lambda: setattr(module, "more", 4.0)),
        "a function of a module": (
            "return settings.change(cost)",
            lambda: setattr(module, "change", rounded),
        ),
        "a class": ("return cost + Numbers.more", lambda: setattr(Numbers, "more", Numbers.more + 1.0)),
        "a long array": ("return cost + array[1500]", lambda: array.__setitem__(1500, 7.0)),
    }
    if reads in cases:
        body, change = cases[reads]
        source = f"def mine(score, sensitivity, cost): {body}"
        first = keyed(source, settings=module, array=array, Numbers=Numbers)
        change()
        second = keyed(source, settings=module, array=array, Numbers=Numbers)
    elif reads == "a keyword default":
        first, second = (
            keyed(f"def mine(score, sensitivity, cost, *, more={value}): return cost + more")
            for value in (1.0, 2.0)
        )
    elif reads == "a rule of the same name":
        from salesim.rules.relationship import leaving_probability as of_customers

        source = "def mine(score, sensitivity, cost): return leaving_probability(score, sensitivity, cost)"
        first, second = (
            keyed(source, leaving_probability=rule) for rule in (leaving_probability, of_customers)
        )
    elif reads == "an inner function":
        first, second = (
            keyed(f"def mine(score, sensitivity, cost):\n def f(): return {v}\n return cost + f()")
            for v in (1.0, 2.0)
        )
    else:
        first, second = (
            keyed(f"K = {v}\ndef mine(score, sensitivity, cost): return sum(K for _ in range(3))")
            for v in (1.0, 2.0)
        )
    assert first != second


def test_a_constant_changed_between_two_runs_is_seen():
    """As in a notebook: the same function, another value of what it reads."""
    space = {"__name__": "notebook", "__builtins__": __builtins__}
    exec("K = 70.0\ndef mine(score, sensitivity, cost): return K", space)
    rivals = rival_rules({PRICE: space["mine"]})
    means = []
    for price in (70.0, 85.0):
        space["K"] = price
        firm = small_firm(
            reference={"loss_aversion": 0.0}, second_chance={"comeback": 0.0}, payout={"bonus": 0.0}
        )
        means.append(wanted(simulated(firm, 4, engine=run_mesa, rivals=rivals)).mean())
    assert means == [70.0, 85.0]


IN_A_PROCESS = """
from salesim import Scenario
from salesim.inputs.declared import declared_values
from salesim.inputs.rivals import rival_rules
from salesim.runs.folder import folder_at
from salesim.runs.keys import firm_key, model_key
def mine(score, sensitivity, cost):
    return 90.0 if "a" in {"a", "b", "c", "d"} else 80.0
print(firm_key(Scenario(), model_key(rival_rules({"discounting.quoted_price": mine}))))
"""


def test_the_key_is_the_same_in_every_process():
    keys = {
        subprocess.run(
            [sys.executable, "-c", IN_A_PROCESS],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(keys) == 1


# rules named in a scenario


FIRM = """
title = "A firm of its own"
[organisation]
headcount = 2
span_of_control = 2
accounts = 12
burn_in_weeks = 4
weeks = 13
[rules]
"discounting.quoted_price" = "{name}"
"""
MINE = """
from importlib import import_module as named_otherwise
from pathlib import Path
Path("imported.txt").write_text("run")
def mine(score, sensitivity, cost):
    return 77.0
def wrong(score):
    return 77.0
NUMBER = 3
"""
ON_MESA = ["--engine", "mesa", "--replicates", "1", "--no-figures"]


def scenario_with(folder: Path, name: str, module: str = MINE) -> Path:
    """A scenario that names a function of a module beside it; each module has a name of its own."""
    (folder / f"{name.partition(':')[0]}.py").write_text(module)
    path = folder / "firm.toml"
    path.write_text(FIRM.format(name=name))
    return path


def test_code_is_not_imported_without_leave(run, tmp_path, golden):
    scenario_with(tmp_path, "rival_without_leave:mine")
    before = sorted(tmp_path.rglob("*"))
    code, out, err = run("run", "firm.toml", *ON_MESA)
    assert code == 2
    assert out == ""
    message = message_of(err)
    assert err.startswith("Error: ")
    assert err.count("\n") == 1
    assert message.place == ("scenario", f"rules.{PRICE}")
    assert message.given == "'rival_without_leave:mine'"
    assert "--allow-code" in message.allowed
    assert "allow_code=True" in message.allowed
    golden(err)
    assert sorted(tmp_path.rglob("*")) == before
    assert "rival_without_leave" not in sys.modules


def test_python_asks_for_leave_too(tmp_path, monkeypatch):
    from salesim import load_scenario

    monkeypatch.chdir(tmp_path)
    firm = load_scenario(scenario_with(tmp_path, "rival_of_python:mine"))
    assert firm.rules == {PRICE: "rival_of_python:mine"}
    with pytest.raises(RuleError, match="rival_of_python:mine") as raised:
        simulate(firm, replicates=1, how=Exec(engine="mesa"))
    assert message_of(raised.value).place == ("scenario", f"rules.{PRICE}")
    assert "allow_code=True" in message_of(raised.value).allowed
    assert not (tmp_path / "imported.txt").exists()
    results = simulate(firm, replicates=1, how=Exec(engine="mesa", allow_code=True))
    assert (tmp_path / "imported.txt").exists()
    assert 77.0 in results.pairs[0].deals["wanted"]


def test_with_leave_the_rule_is_imported_and_used(run, tmp_path):
    import json

    import pyarrow.parquet as pq

    scenario_with(tmp_path, "rival_with_leave:mine")
    path = list(sys.path)
    code, _, err = run("run", "firm.toml", *ON_MESA, "--allow-code", "--out", "here")
    assert code == 0, err
    assert sys.path == path
    assert (tmp_path / "imported.txt").read_text() == "run"
    assert 77.0 in pq.read_table(tmp_path / "here" / "deals")["wanted"].to_pylist()
    manifest = json.loads((tmp_path / "here" / "manifest.json").read_text())
    assert manifest["rivals"] == {PRICE: "rival_with_leave:mine"}
    assert manifest["study"]["firms"]["baseline"]["rules"] == {PRICE: "rival_with_leave:mine"}


def test_leave_alone_changes_nothing(run, tmp_path):
    """A scenario that names no code is the same run with --allow-code."""
    (tmp_path / "firm.toml").write_text(FIRM.partition("[rules]")[0])
    assert run("run", "firm.toml", *ON_MESA)[0] == 0
    kept = folder_at(tmp_path / "results" / "firm" / "latest")
    before = {path: path.stat().st_mtime_ns for path in kept.iterdir()}
    code, out, _ = run("run", "firm.toml", *ON_MESA, "--allow-code")
    assert code == 0
    assert kept.name in out
    assert {path: path.stat().st_mtime_ns for path in kept.iterdir()} == before
    assert [p.parent for p in tmp_path.glob("results/firm/*/manifest.json")] == [kept]


def test_another_rival_goes_to_another_folder(run, tmp_path):
    scenario_with(tmp_path, "rival_one:mine")
    assert run("run", "firm.toml", *ON_MESA, "--allow-code")[0] == 0
    scenario_with(tmp_path, "rival_two:mine", MINE.replace("77.0", "78.0"))
    assert run("run", "firm.toml", *ON_MESA, "--allow-code")[0] == 0
    (tmp_path / "firm.toml").write_text(FIRM.partition("[rules]")[0])
    assert run("run", "firm.toml", *ON_MESA)[0] == 0
    assert len(list(tmp_path.glob("results/firm/*/manifest.json"))) == 3


BROKEN = {  # what stands in the module, and what of it is told
    "raises": ("raise ValueError('a file, broken')", "a file, broken"),
    "is no python": ("def mine(:", ""),
    "lacks a library": ("import no_such_library_at_all", "'no_such_library_at_all'"),
    "says several lines": ("raise ValueError('one\\ntwo\\nthree')", "one"),
    "says nothing": ("raise ValueError", "ValueError"),
    "ends the program": ("import sys\nsys.exit(0)", ""),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_module_that_fails_when_it_is_imported_gives_one_clear_error(run, tmp_path, golden, what):
    text, told = BROKEN[what]
    name = "broken_" + what.replace(" ", "_")
    scenario_with(tmp_path, f"{name}:mine", text)
    code, out, err = run("run", "firm.toml", *ON_MESA, "--allow-code")
    assert code == 2
    assert out == ""
    assert len(err.strip().splitlines()) == 1, err
    message = message_of(err)
    assert message.place[:2] == ("scenario", f"rules.{PRICE}")
    assert message.given == f"'{name}:mine'"
    assert told in message.wrong
    golden(message.place[2])
    assert not (tmp_path / "results").exists()


IN_A_SCENARIO, OF_A_RULE = ("scenario", f"rules.{PRICE}"), ("rules", PRICE)


@pytest.mark.parametrize(
    ("name", "place", "given", "told"),
    [
        ("no_such_module_here:mine", IN_A_SCENARIO, None, "'no_such_module_here'"),
        ("rival_words:missing", IN_A_SCENARIO, None, "'missing'"),
        ("rival_words", IN_A_SCENARIO, None, "module:function"),
        (":mine", IN_A_SCENARIO, None, "module:function"),
        ("rival_words:", IN_A_SCENARIO, None, "module:function"),
        ("rival_words:wrong", OF_A_RULE, "'(score)'", "(score, sensitivity, cost)"),
        ("rival_words:NUMBER", OF_A_RULE, "3", "lambda"),
        ("../rival_words:mine", IN_A_SCENARIO, None, ""),
        ("..rival_words:mine", IN_A_SCENARIO, None, ""),
    ],
)
def test_names_that_lead_nowhere(run, tmp_path, golden, name, place, given, told):
    scenario_with(tmp_path, "rival_words:mine")
    (tmp_path / "firm.toml").write_text(FIRM.format(name=name))
    code, out, err = run("run", "firm.toml", *ON_MESA, "--allow-code")
    assert (code, out) == (2, "")
    message = message_of(err)
    assert message.place[:2] == place
    assert message.given == (given or f"'{name}'")
    assert told in (message.allowed or message.wrong)
    golden(message.place[2] if message.place[2:] else message.wrong)
    assert len(err.strip().splitlines()) == 1
    assert not (tmp_path / "results").exists()


def test_a_rule_that_does_not_exist_is_named_before_anything_is_written(run, tmp_path):
    scenario_with(tmp_path, "rival_path:mine")
    text = FIRM.format(name="rival_path:mine").replace("quoted_price", "quoted_prize")
    (tmp_path / "firm.toml").write_text(text)
    code, _, err = run("run", "firm.toml", *ON_MESA, "--allow-code")
    assert code == 2
    message = message_of(err)
    assert (message.place, message.near) == (("rules", "discounting.quoted_prize"), PRICE)
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize(
    "body", ["raise ValueError('out of range')", "return None", "return '90'", "return 1 / 0"]
)
def test_a_rival_that_fails_while_it_runs_leaves_no_results(run, tmp_path, body):
    """What it raises is its author's to read, and where; no results are left that look like some."""
    name = "failing_" + "".join(filter(str.isalnum, body))
    scenario_with(tmp_path, f"{name}:mine", f"def mine(score, sensitivity, cost):\n    {body}\n")
    code, out, err = run("run", "firm.toml", *ON_MESA, "--allow-code", "--out", "here")
    assert (code, out) == (2, "")
    assert err.startswith("Error: replicate 0: ")
    assert err.split()[-4:] == ["salesim", "runs", "here", "--failed"]
    code, out, _ = run("runs", "here", "--failed")
    replay = next(line for line in out.splitlines() if line.split()[:2] == ["salesim", "verify"])
    code, _, err = run(*replay.split()[1:])
    assert code == 1
    assert "Traceback" in err, "which says where in the rule"
