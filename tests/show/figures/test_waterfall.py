"""The waterfall of the gap: the finding in the title, bars that are the parts, nothing lost in between."""

import re

import numpy as np
import pytest
from matplotlib.colors import to_hex

from salesim.runs.causes import CAUSES, DIMENSIONS
from salesim.show.figures.waterfall import COLOURS, WHOLE, draw
from tests.show.figures.ledgers import MILLION, TYPICAL, ledger, of_dimensions, with_parts
from tests.show.figures.reading import faults, note_of, numbers_in, percents, title_of

PRICE = DIMENSIONS[2]


def bars(figure):
    """Where the bar of each cause, dimension and end begins and leaves off."""
    return {
        p.get_gid(): (p.get_x(), p.get_x() + p.get_width()) for p in figure.axes[1].patches if p.get_gid()
    }


def said(found):
    return " ".join([found.answer(), *([found.where()] if found.gap > 0.0 else [])])


def written(figure):
    """What stands beside the bars, from the top down."""
    texts = sorted(figure.axes[1].texts, key=lambda text: text.xy[1])
    return [text.get_text() for text in texts]


def at_the_side(figure):
    return [
        text.get_text()
        for text in sorted(figure.axes[0].texts, key=lambda t: (t.get_position()[1], t.get_position()[0]))
    ]


def named_in(title):
    """Dimensions in a title, in their order."""
    return re.findall("|".join(DIMENSIONS), title)


FINDINGS = [
    (TYPICAL, 61.8, ["price and value"]),
    (of_dimensions(price=50), 50, ["price and value"]),
    (of_dimensions(vision=20, price=20.01, people=1), 59, ["price and value", "shared vision"]),
    (of_dimensions(plan=10, vision=10, price=10.01), 90, ["price and value", "the plan", "shared vision"]),
    (of_dimensions(price=-10), 60, []),
]


@pytest.mark.parametrize(("parts", "realised", "named"), FINDINGS)
def test_the_title_says_how_much_is_lost_and_where_as_far_as_can_be_told(golden, parts, realised, named):
    title = said(ledger(parts, realised))
    assert named_in(title) == named
    share, *ends = numbers_in(title)
    assert ends[:1] == [realised] or share == realised
    golden(title)


@pytest.mark.parametrize(
    "parts", [TYPICAL, of_dimensions(vision=20, price=20.01, people=1), of_dimensions(price=-10)]
)
def test_figures_of_any_finding_find_room(parts):
    found = ledger(parts)
    figure = draw(found)
    assert title_of(figure) == found.answer().rstrip(".")
    assert faults(figure) == []


def test_an_unclear_gap_is_not_called_a_loss(golden):
    title = ledger(of_dimensions(price=1.0), 50.0, noise=10.0).answer()
    assert numbers_in(title) == [50.0, 51.0]
    golden(title)


def test_a_gap_whose_parts_are_all_unclear_names_none(golden):
    found = ledger([1.0] * len(CAUSES), 50.0)
    parts = found.split.parts
    weights = np.array(of_dimensions(1.0, 1.0, 1.0, 1.0, -4.0))  # which cancel in the gap
    swing = 20.0 * MILLION * np.outer(np.resize([1.0, -1.0], len(parts)), weights)
    noisy = with_parts(found, parts + swing)
    assert named_in(noisy.where()) == []
    golden(noisy.where())


def test_a_large_unclear_part_does_not_hide_a_clear_one(golden):
    found = ledger(of_dimensions(people=15, plan=10), 50.0)
    parts = found.split.parts
    swing = 40.0 * MILLION * np.outer(np.resize([1.0, -1.0], len(parts)), of_dimensions(people=1, price=-1))
    noisy = with_parts(found, parts + swing)
    assert named_in(noisy.where()) == [DIMENSIONS[0]]
    golden(noisy.where())


def test_bars_step_from_what_was_promised_down_to_what_was_realised():
    found = ledger()
    drawn = bars(draw(found))
    level = found.promised / MILLION
    assert drawn["promised"] == pytest.approx((0.0, level))
    for amount in found.causes:
        begin, end = drawn[amount.name]
        assert begin == pytest.approx(level), amount.name
        assert begin - end == pytest.approx(amount.mean / MILLION), amount.name
        level = end
    assert drawn["realised"] == pytest.approx((0.0, level))
    for amount in found.dimensions:
        begin, end = drawn[amount.name]
        assert begin - end == pytest.approx(amount.mean / MILLION), amount.name


def test_amounts_are_written_beside_their_bars_with_their_signs(golden):
    figure = draw(ledger())
    minus = "\N{MINUS SIGN}"
    *steps, end = written(figure)
    assert steps == [
        "119.7",
        f"{minus}4.6",
        "+0.6",
        f"{minus}6.0",
        f"{minus}2.5",
        f"{minus}3.0",
        f"{minus}14.0",
        f"{minus}9.0",
        f"{minus}0.4",
        f"{minus}7.0",
        f"{minus}5.0",
        f"{minus}4.0",
        f"{minus}3.0",
    ]
    assert numbers_in(end) == [61.8, 52.0]
    golden(end)
    side = at_the_side(figure)
    assert [text for text in side if text in DIMENSIONS] == list(DIMENSIONS)
    assert [text for text in side if text in {c.name for c in CAUSES}] == [cause.name for cause in CAUSES]
    assert side[side.index(PRICE) + 1] == f"{minus}23.4"


def test_dimensions_have_colours_of_their_own_and_noise_is_hatched_and_named_in_the_key(golden):
    found = ledger(noise=0.7)
    noise = {amount.name for amount in found.causes if amount.unclear}
    assert 0 < len(noise) < len(CAUSES)
    figure = draw(found)
    patches = {p.get_gid(): p for p in figure.axes[1].patches}
    for cause in CAUSES:
        assert to_hex(patches[cause.name].get_edgecolor()).upper() == COLOURS[cause.dimension]
        assert bool(patches[cause.name].get_hatch()) == (cause.name in noise), cause.name
    assert len({*COLOURS.values(), WHOLE}) == len(DIMENSIONS) + 1
    (noisy, plain) = (
        [text.get_text() for text in each.legends[0].get_texts()] for each in (figure, draw(ledger()))
    )
    (more,) = {*noisy} - {*plain}
    assert {*plain} < {*noisy}
    golden(more)


def test_whiskers_are_the_intervals():
    found = ledger()
    lines = [c for c in draw(found).axes[1].collections if hasattr(c, "get_segments")]
    ends = sorted(tuple(c.get_segments()[0][:, 0]) for c in lines)
    level, expected = (
        found.promised,
        [(known.low, known.high) for known in list(found.split.totals.values())[:2]],
    )
    for amount in found.causes:
        expected.append((level - amount.high, level - amount.low))
        level -= amount.mean
    assert np.array(ends) * MILLION == pytest.approx(np.array(sorted(expected)), rel=1e-6)


def test_one_replicate_has_no_intervals_and_says_so(golden):
    figure = draw(ledger(replicates=1))
    assert 90.0 not in percents(note_of(figure))
    golden(note_of(figure))
    assert not [c for c in figure.axes[1].collections if hasattr(c, "get_segments")]
    assert not [text for text in figure.legends[0].get_texts() if "90%" in text.get_text()]
    assert [text for text in draw(ledger()).legends[0].get_texts() if "90%" in text.get_text()]


@pytest.mark.parametrize(
    ("unit", "label", "total"),
    [
        (1e3, "USD thousand a year", "119.7"),
        (1e8, "USD billion a year", "11.97"),
        (1e7, "USD billion a year", "1.197"),
        (1.0, "USD a year", "119.7"),
    ],
)
def test_units_suit_the_amounts(unit, label, total):
    figure = draw(ledger(unit=unit))
    assert figure.axes[1].get_xlabel().endswith(f" ({label})")
    assert written(figure)[0] == total
    assert faults(figure) == []


def test_the_note_says_how_the_parts_were_worked_out(golden):
    whole, drawn = note_of(draw(ledger())), note_of(draw(ledger(orders=2)))
    assert numbers_in(whole) == [8.0]  # replicates
    assert numbers_in(drawn) == [2.0, 8.0]  # and pairs of orders
    golden(whole)
    golden(drawn)


def test_nothing_at_all_in_every_part_is_drawn(golden):
    figure = draw(ledger([0.0] * len(CAUSES), 50.0, noise=0.0))
    assert named_in(title_of(figure)) == []
    assert numbers_in(title_of(figure)) == [50.0, 50.0]
    golden(title_of(figure))
    assert faults(figure) == []


def test_long_titles_of_a_plan_wrap():
    figure = draw(ledger(title="A plan with a title that goes on and on " * 3))
    assert faults(figure) == []


def test_a_small_part_beyond_noise_is_not_written_as_nothing():
    parts = [0.004, *TYPICAL[1:]]
    sure, noisy = draw(ledger(parts, noise=0.0001)), draw(ledger(parts, noise=0.5))
    assert written(sure)[1] == "\N{MINUS SIGN}0.004"
    assert written(noisy)[1] == "0.0"
