"""How much time is left for customers who are not buying just now."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.service import Service, service_level, service_share

rewards = st.floats(-10, 100)
services = st.builds(Service, service_norm=st.floats(0, 1), crowding=st.floats(0, 10))


@given(services, rewards, rewards)
def test_the_more_selling_pays_the_less_is_left_for_service(service, a, b):
    low, high = sorted((a, b))
    assert 0.0 <= service_share(service, high) <= service_share(service, low) <= 0.9


@given(st.floats(0, 0.9), st.floats(0, 10))
def test_in_a_usual_week_the_norm_is_kept(norm, crowding):
    assert service_share(Service(service_norm=norm, crowding=crowding), 1.0) == norm


@given(st.floats(0, 0.9), rewards)
def test_where_nothing_crowds_it_out_pay_does_not_matter(norm, reward):
    assert service_share(Service(service_norm=norm, crowding=0.0), reward) == norm


@given(st.floats(0.01, 0.5), st.floats(1.1, 10), st.floats(0, 5))
def test_stronger_crowding_takes_more_where_selling_pays_more_than_usual(norm, reward, more):
    weak = Service(service_norm=norm, crowding=0.5)
    strong = Service(service_norm=norm, crowding=0.5 + more)
    assert service_share(strong, reward) <= service_share(weak, reward)


@given(st.floats(0, 40), st.floats(0, 40), st.floats(0.001, 10))
def test_each_hour_of_service_does_less_than_the_one_before(hours, more, half):
    here, next_one, after = (service_level(hours + k * more, half) for k in range(3))
    assert 0.0 <= here <= next_one <= after < 1.0
    assert after - next_one <= next_one - here + 1e-12


@given(st.floats(0.0001, 40))
def test_half_of_the_effect_comes_at_its_hours_and_none_without(half):
    assert service_level(half, half) == pytest.approx(0.5)
    assert service_level(0.0, half) == 0.0
