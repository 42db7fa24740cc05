"""Firms whose aimed bands lie apart are held to that order, and no others."""

from types import SimpleNamespace

import pytest

from docs.make.signatures.order import order_of


def firm(name: str, aimed: tuple[float, float], value: float, half: float = 0.01):
    ratio = SimpleNamespace(
        measure=SimpleNamespace(band=aimed),
        value=value,
        low=value - half,
        high=value + half,
    )
    return SimpleNamespace(signature=SimpleNamespace(name=name), ratio=ratio)


def test_order_and_pairs_are_those_of_what_came_out():
    order = order_of(
        [
            firm("high", (0.8, 0.9), 0.6),
            firm("low", (0.3, 0.4), 0.7),
            firm("middle", (0.5, 0.6), 0.65),
            firm("also_middle", (0.55, 0.65), 0.5),
        ]
    )
    assert order.names == ("also_middle", "high", "middle", "low")
    assert {(p.lower, p.higher): p.holds for p in order.pairs} == {
        ("low", "high"): False,
        ("middle", "high"): False,
        ("also_middle", "high"): True,
        ("low", "middle"): False,
        ("low", "also_middle"): False,
    }
    assert order.correlation == pytest.approx(-0.8)


def test_intervals_that_touch_are_no_order():
    order = order_of([firm("high", (0.8, 0.9), 0.51), firm("low", (0.3, 0.4), 0.5)])
    assert [pair.holds for pair in order.pairs] == [False]
