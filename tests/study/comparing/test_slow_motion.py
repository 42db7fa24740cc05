"""A week in slow motion is the week that the firm lives."""

from itertools import islice

import pytest

from salesim.model.engine import run_by_weeks
from salesim.model.run import Run
from salesim.model.state import Luck
from salesim.study.comparing.slow_motion import (
    FOUNDING,
    WATCHED,
    founding_in_slow_motion,
    week_in_slow_motion,
)
from tests.firms import busy_firm

RUN = Run(busy_firm(), Luck(4, 1), every_deal=False)


def ends(scenes):
    return {act.spot: act.after for scene in scenes for act in scene.acts}


def changes(before, after):
    """Every variable of an agent that two moments differ in."""
    found = {}
    for table in ("managers", "reps", "customers", "office"):
        then, now = getattr(before, table), getattr(after, table)
        for column in then.dtype.names:
            for row in (then[column] != now[column]).nonzero()[0]:
                found[(table, int(row), column)] = now[column][row].item()
    return found


@pytest.mark.parametrize("t", [0, 12, 39, 51, 64])
def test_what_is_set_in_slow_motion_is_what_the_week_leaves(t):
    before, after = (tables.copy() for tables in islice(run_by_weeks(RUN, "compiled"), t, t + 2))
    told = ends(week_in_slow_motion(RUN, before, t))
    changed = changes(before, after)
    assert len(changed) > 100
    assert {spot: told.get(spot) for spot in changed} == changed
    for spot, value in told.items():
        assert getattr(after, spot.table)[spot.column][spot.row] == value, spot
    assert {spot.row for spot in told if spot.table == "deals"} == set(range(after.keeping["deal_rows"][0]))


def test_the_founding_in_slow_motion_ends_with_the_first_day():
    founded = next(run_by_weeks(RUN, "compiled"))
    scenes = founding_in_slow_motion(RUN)
    assert [scene.phase for scene in scenes] == [FOUNDING]
    for spot, value in ends(scenes).items():
        assert getattr(founded, spot.table)[spot.column][spot.row] == value, spot


def test_scenes_come_in_the_order_of_the_week_and_teams_take_turns():
    before = next(run_by_weeks(RUN, "compiled"))
    scenes = week_in_slow_motion(RUN, before, 0)
    assert [scene.phase for scene in scenes] == [
        "open_week",
        "communicate",
        *["plan", "work"] * 3,
        "quote",
        "decide",
        "pay",
        "learn",
        "staff",
        "close_books",
    ]
    teams = [
        {act.spot.row for act in scene.acts if act.spot.table == "reps"}
        for scene in scenes
        if scene.phase == "plan"
    ]
    assert teams == [{0, 1, 2}, {3, 4, 5}, {6, 7}]
    assert all(act.spot.table in WATCHED for scene in scenes for act in scene.acts)
