"""How many managers a firm needs on its levels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesim.rules.organisation import managers_needed, upper_levels, upper_managers

from .worked import worked_cases, worked_out

people = st.integers(1, 2000)
spans = st.integers(1, 40)


def groups(members: list[int], span: int) -> list[list[int]]:
    """People led in groups of a span, in order; the last group may be smaller."""
    return [members[start : start + span] for start in range(0, len(members), span)]


@pytest.mark.parametrize("case", worked_cases("organisation.csv"))
def test_managers_are_as_many_as_a_practitioner_counts(case):
    first_line = managers_needed(int(case["headcount"]), int(case["span"]))
    levels = upper_levels(int(case["hops"]))
    assert first_line == int(case["first_line"])
    assert levels == int(case["upper_levels"])
    assert upper_managers(first_line, int(case["upper_span"]), levels) == int(case["upper"])
    assert worked_out(case["arithmetic"]) == int(case["upper"])


@given(people, spans)
def test_managers_are_as_many_as_there_are_groups_to_lead(headcount, span):
    assert managers_needed(headcount, span) == len(groups(list(range(headcount)), span))


@given(people, spans, st.integers(0, 500), st.integers(0, 40))
def test_more_people_need_more_managers_and_wider_spans_fewer(headcount, span, more, wider):
    assert managers_needed(headcount, span) <= managers_needed(headcount + more, span)
    assert managers_needed(headcount, span + wider) <= managers_needed(headcount, span)
    assert 1 <= managers_needed(headcount, span) <= headcount


@given(people, st.integers(2, 40), st.integers(0, 8))
def test_upper_managers_are_as_many_as_a_tree_of_groups_has_above_the_first_line(first_line, span, levels):
    level, above = list(range(first_line)), 0
    for _ in range(levels):
        level = [k for k, _ in enumerate(groups(level, span))]
        above += len(level)
    assert upper_managers(first_line, span, levels) == above


@given(people, st.integers(2, 40), st.integers(0, 7))
def test_each_level_more_is_at_least_one_manager_more(first_line, span, levels):
    more = upper_managers(first_line, span, levels + 1) - upper_managers(first_line, span, levels)
    assert 1 <= more <= max(1, first_line)


@given(people, st.integers(2, 40))
def test_a_firm_without_levels_has_no_upper_managers(first_line, span):
    assert upper_managers(first_line, span, 0) == 0


def test_head_office_managers_and_reps_are_two_hops_and_no_level_between():
    assert [upper_levels(hops) for hops in (2, 3, 4, 10)] == [0, 1, 2, 8]
