"""Which functions have one caller, and so become part of it in the compiled engine."""

from salesim.model.binding import callers_of
from salesim.model.luck import draws
from salesim.model.phases.pricing import want_price
from salesim.model.phases.work import pursue, work
from salesim.model.week import live, week
from salesim.rules.discounting import quoted_price


def proud_price(score, sensitivity, cost):
    return quoted_price(score, sensitivity, cost) * 1.1


def test_each_function_of_the_week_is_counted_once_for_each_that_calls_it():
    callers = callers_of(live, {})
    assert callers[live.__code__] == 0
    assert [callers[f.__code__] for f in (week, work, pursue, want_price)] == [1, 1, 1, 1]
    assert callers[draws.__code__] > 5


def test_a_rival_is_counted_in_the_place_of_its_rule():
    rule = callers_of(live, {})[quoted_price.__code__]
    callers = callers_of(live, {quoted_price: proud_price})
    assert callers[quoted_price.__code__] == 0
    assert callers[proud_price.__code__] >= rule
