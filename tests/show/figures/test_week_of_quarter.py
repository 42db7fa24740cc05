"""Price and sales over the weeks of the quarter."""

from dataclasses import replace

import numpy as np
import pytest

from salesim.outcomes.declaring import WEEK_OF_QUARTER
from salesim.runs.run_findings import deeper_at_the_end
from salesim.show.figures.week_of_quarter import EVENLY, draw
from tests.show.figures.reading import kind_of, numbers_in, percents, title_of, with_other, words_of


def selling(results, by_week, discount_by_week):
    """The same results with these sales and discounts in each week of the quarter, and a little luck."""
    pairs = []
    for number, pair in enumerate(results.pairs):
        books = pair.realised_books.copy()
        week = books["week"] % 13
        books["list_value"] = 1e6 * np.asarray(by_week)[week] * (1.0 + 0.001 * number)
        books["revenue"] = books["list_value"] * (
            1.0 - np.asarray(discount_by_week)[week] + 0.0001 * (number - 2)
        )
        pairs.append(replace(pair, realised_books=books))
    return with_other(results, pairs=tuple(pairs))


EVEN, FLAT = np.ones(13), np.full(13, 0.1)
LATE = np.where(np.arange(13) > 10, 3.0, 1.0)
EARLY = np.where(np.arange(13) == 0, 3.0, 1.0)
FADING = np.where(np.arange(13) > 10, 0.5, 1.0)


def test_both_panels_show_what_was_measured(results):
    upper, lower = draw(results).axes
    np.testing.assert_allclose(upper.lines[0].get_ydata(), results.series["discount_by_week"].mean)
    bars = [bar.get_height() for bar in lower.patches]
    np.testing.assert_allclose(bars, results.series["bookings_by_week"].mean)
    assert sum(bars) == pytest.approx(1.0)
    assert upper.get_ylim()[0] == lower.get_ylim()[0] == 0.0
    assert "% of " in upper.get_ylabel()
    assert "% of " in lower.get_ylabel()
    assert lower.get_xlabel() == WEEK_OF_QUARTER.name
    assert lower.get_xlim() == upper.get_xlim()


def test_the_number_in_the_title_is_that_measured(results):
    title = title_of(draw(results))
    late = results.measures["late_bookings"].mean
    assert f" {late:.1%} " in title
    assert EVENLY in words_of(draw(results))
    assert percents(EVENLY) == [7.7, 15.4]


DEEPER = np.where(np.arange(13) > 10, 0.13, 0.1)
CALENDARS = [  # sales, discounts, and the numbers of the title
    (LATE, FLAT, [35.3]),
    (LATE, DEEPER, [34.5, 3.0]),
    (EARLY, FLAT, [1.0, 20.0, 13.3]),
    (FADING, np.where(np.arange(13) > 10, 0.08, 0.1), [8.5, 2.0]),
    (EVEN, FLAT, [15.4]),
]


@pytest.mark.parametrize(
    ("by_week", "discounts", "numbers"),
    CALENDARS,
    ids=["rush", "rush and deeper", "early peak", "fading", "even"],
)
def test_the_title_follows_what_the_calendar_does(results, golden, by_week, discounts, numbers):
    title = title_of(draw(selling(results, by_week, discounts)))
    assert numbers_in(title) == numbers
    golden(title)


def test_each_calendar_is_said_in_words_of_its_own(results):
    kinds = [kind_of(title_of(draw(selling(results, *each[:2])))) for each in CALENDARS]
    assert len({*kinds}) == len(CALENDARS)
    deeper = kind_of(title_of(draw(selling(results, EVEN, DEEPER))))
    assert deeper not in kinds
    (flat, late, even) = (kinds[0], kinds[1], kinds[4])
    assert starts_alike(flat, late) > starts_alike(flat, even)  # both rush


def starts_alike(one, other):
    """How many characters two titles share from their beginning."""
    return next(k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)


def test_one_replicate_claims_no_rush_and_no_peak(single, golden):
    titles = [title_of(draw(selling(single, by_week, FLAT))) for by_week in (LATE, EARLY, EVEN)]
    assert len({kind_of(title) for title in titles}) == 1
    assert [percents(title) for title in titles] == [[35.3, 10.0], [13.3, 10.0], [15.4, 10.0]]
    golden(kind_of(titles[0]))


def test_discounts_at_the_end_are_compared_by_value(results):
    found = deeper_at_the_end(results)
    books = np.concatenate([pair.realised_books for pair in results.pairs[:1]])
    late = books["week"] % 13 >= 11
    discount = [
        1.0 - books["revenue"][part].sum() / books["list_value"][part].sum() for part in (late, ~late)
    ]
    first = deeper_at_the_end(with_other(results, pairs=results.pairs[:1]))
    assert first.mean == pytest.approx(discount[0] - discount[1])
    assert found.low <= found.mean <= found.high
