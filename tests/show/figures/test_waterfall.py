"""The waterfall of the gap: the finding in the title, bars that are the parts, nothing lost in between."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from salesim.show.figures.amounts import dollars_for
from salesim.show.figures.splits import finding, interval_of, largest
from salesim.show.figures.waterfall import COLOURS, WHOLE, draw
from salesim.study.gap.causes import CAUSES, DIMENSIONS
from tests.show.figures.ledgers import MILLION, TYPICAL, ledger, of_dimensions
from tests.show.figures.reading import faults, title_of, words_of


def bars(figure):
    """Where the bar of each cause, dimension and end begins and leaves off."""
    return {
        p.get_gid(): (p.get_x(), p.get_x() + p.get_width()) for p in figure.axes[1].patches if p.get_gid()
    }


def said(found):
    return finding(found, dollars_for([found.promised.mean(), found.realised.mean()]))


def written(figure):
    """What stands beside the bars, from the top down."""
    texts = sorted(figure.axes[1].texts, key=lambda text: text.xy[1])
    return [text.get_text() for text in texts]


def at_the_side(figure):
    return [
        text.get_text()
        for text in sorted(figure.axes[0].texts, key=lambda t: (t.get_position()[1], t.get_position()[0]))
    ]


@pytest.mark.parametrize(
    ("parts", "realised", "title"),
    [
        (
            TYPICAL,
            61.8,
            "About half of the promise is lost, the largest part in price and value: USD 23.4 of 57.9 million",
        ),
        (
            of_dimensions(price=50),
            50,
            "Half of the promise is lost, most of it in price and value: USD 50.0 of 50.0 million",
        ),
        (
            of_dimensions(vision=20, price=20.01, people=1),
            59,
            "41% of the promise is lost, the largest parts, not told apart, in price and value and shared vision: USD 20.0 and 20.0 of 41.0 million",
        ),
        (
            of_dimensions(plan=10, vision=10, price=10.01),
            90,
            "A quarter of the promise is lost, and price and value, the plan and shared vision cannot be told apart as the largest part",
        ),
        (
            of_dimensions(productivity=30, people=-10),
            60,
            "A quarter of the promise is lost, productivity alone takes more: USD 30.0 million, and other parts add",
        ),
        (
            of_dimensions(price=30),
            -10,
            "More than the whole promise is lost, most of it in price and value: USD 30.0 of 30.0 million",
        ),
        (
            of_dimensions(price=-10),
            60,
            "The promise is more than kept: USD 60.0 million realised of 50.0 promised",
        ),
    ],
)
def test_the_title_says_how_much_is_lost_and_where_as_far_as_can_be_told(parts, realised, title):
    assert said(ledger(parts, realised)) == title


@pytest.mark.parametrize(
    "parts", [TYPICAL, of_dimensions(vision=20, price=20.01, people=1), of_dimensions(price=-10)]
)
def test_figures_of_any_finding_find_room(parts):
    found = ledger(parts)
    figure = draw(found)
    assert title_of(figure) == said(found)
    assert faults(figure) == []


def test_a_gap_within_noise_is_not_called_a_loss():
    assert (
        said(ledger(of_dimensions(price=1.0), 50.0, noise=10.0))
        == "The promise is kept as far as can be told: USD 50.0 million realised of 51.0 promised, and the gap is within noise"
    )


def test_a_gap_whose_parts_are_all_noise_names_none():
    found = ledger([1.0] * len(CAUSES), 50.0)
    weights = np.array(of_dimensions(1.0, 1.0, 1.0, 1.0, -4.0))  # which cancel in the gap
    swing = 20.0 * MILLION * np.outer(np.resize([1.0, -1.0], len(found.parts)), weights)
    noisy = type(found)(**{**vars_of(found), "parts": found.parts + swing})
    assert (
        said(noisy)
        == "19% of the promise is lost, but where cannot be told: no dimension takes more than noise"
    )


def test_a_large_part_within_noise_does_not_hide_one_beyond_it():
    found = ledger(of_dimensions(people=15, plan=10), 50.0)
    swing = (
        40.0
        * MILLION
        * np.outer(np.resize([1.0, -1.0], len(found.parts)), of_dimensions(people=1, price=-1))
    )
    noisy = type(found)(**{**vars_of(found), "parts": found.parts + swing})
    assert largest(noisy)[0] == "people"
    assert (
        said(noisy)
        == "A third of the promise is lost, the largest part beyond noise in the plan: USD 10.0 of 25.0 million"
    )


def vars_of(found):
    return {name: getattr(found, name) for name in found.__dataclass_fields__}


def test_most_is_claimed_only_where_the_whole_interval_is_above_half():
    three = of_dimensions(price=25.2, productivity=12, people=12.8)
    sure, unsure = ledger(three, 50, noise=0.01), ledger(three, 50, noise=3.0)
    assert "most of it in price and value" in said(sure)
    assert largest(unsure) == ["price and value"]
    assert "the largest part in price and value" in said(unsure)


def test_bars_step_from_what_was_promised_down_to_what_was_realised():
    found = ledger()
    drawn = bars(draw(found))
    level = found.promised.mean() / MILLION
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


def test_amounts_are_written_beside_their_bars_with_their_signs():
    figure = draw(ledger())
    minus = "\N{MINUS SIGN}"
    assert written(figure) == [
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
        "61.8, 52% of the promise",
    ]
    side = at_the_side(figure)
    assert [text for text in side if text in DIMENSIONS] == list(DIMENSIONS)
    assert [text for text in side if text in {c.name for c in CAUSES}] == [cause.name for cause in CAUSES]
    assert side[side.index("price and value") + 1] == f"{minus}23.4"


def test_dimensions_have_colours_of_their_own_and_noise_is_hatched_and_named_in_the_key():
    found = ledger(noise=0.7)
    noise = {amount.name for amount in found.causes if amount.within_noise}
    assert 0 < len(noise) < len(CAUSES)
    figure = draw(found)
    patches = {p.get_gid(): p for p in figure.axes[1].patches}
    for cause in CAUSES:
        assert to_hex(patches[cause.name].get_edgecolor()).upper() == COLOURS[cause.dimension]
        assert bool(patches[cause.name].get_hatch()) == (cause.name in noise), cause.name
    assert len({*COLOURS.values(), WHOLE}) == len(DIMENSIONS) + 1
    assert "within noise" in [text.get_text() for text in figure.legends[0].get_texts()]
    assert "within noise" not in [text.get_text() for text in draw(ledger()).legends[0].get_texts()]


def test_whiskers_are_the_intervals():
    found = ledger()
    lines = [c for c in draw(found).axes[1].collections if hasattr(c, "get_segments")]
    ends = sorted(tuple(c.get_segments()[0][:, 0]) for c in lines)
    level, expected = found.promised.mean(), [interval_of(found.promised), interval_of(found.realised)]
    for amount in found.causes:
        expected.append((level - amount.high, level - amount.low))
        level -= amount.mean
    assert np.array(ends) * MILLION == pytest.approx(np.array(sorted(expected)), rel=1e-6)


def test_one_replicate_has_no_intervals_and_says_so():
    figure = draw(ledger(replicates=1))
    assert (
        title_of(figure)
        == "In one replicate, about half of the promise is lost, the largest part in price and value: USD 23.4 of 57.9 million"
    )
    assert "One replicate, so no intervals." in words_of(figure)
    assert not [c for c in figure.axes[1].collections if hasattr(c, "get_segments")]
    assert "90% interval" not in [text.get_text() for text in figure.legends[0].get_texts()]


@pytest.mark.parametrize(
    ("unit", "label", "total"),
    [
        (1e3, "USD thousand", "119.7"),
        (1e8, "USD billion", "12.0"),
        (1e7, "USD billion", "1.20"),
        (1.0, "USD", "120"),
    ],
)
def test_units_suit_the_amounts(unit, label, total):
    figure = draw(ledger(unit=unit))
    assert figure.axes[1].get_xlabel() == f"contribution over the plan ({label})"
    assert written(figure)[0] == total
    assert faults(figure) == []


def test_the_note_says_how_the_parts_were_worked_out():
    assert "same luck (all combinations lived through)" in words_of(draw(ledger()))
    said = words_of(draw(ledger(orders=2)))
    assert "sampled along 2 pairs of orders drawn for each replicate" in said
    assert "Intervals: 90% over 8 replicates." in said
    assert "Shared vision works through price and accounts and shares their credit." in said


@pytest.mark.parametrize("realised", [-200.0, -57.9])
def test_without_a_promise_there_is_a_sentence_and_no_bar(realised):
    figure = draw(ledger(realised=realised))
    assert (
        title_of(figure)
        == "Full execution of the strategy would earn nothing, so there is no promise to keep"
    )
    assert figure.axes == []


def test_nothing_at_all_in_every_part_is_drawn():
    figure = draw(ledger([0.0] * len(CAUSES), 50.0, noise=0.0))
    assert title_of(figure) == "The promise is kept: USD 50.0 million realised of 50.0 promised"
    assert faults(figure) == []


def test_long_titles_of_a_plan_wrap():
    figure = draw(ledger(title="A plan with a title that goes on and on " * 3))
    assert faults(figure) == []


def test_a_small_part_beyond_noise_is_not_written_as_nothing():
    parts = [0.004, *TYPICAL[1:]]
    sure, noisy = draw(ledger(parts, noise=0.0001)), draw(ledger(parts, noise=0.5))
    assert written(sure)[1] == "\N{MINUS SIGN}0.004"
    assert written(noisy)[1] == "0.0"
