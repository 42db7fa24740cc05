"""Figures of a gap, of levers and of a comparison: as files, and from Python."""

import subprocess
import sys

import pytest

from salesim import SalesimError, compare
from salesim.analysis.comparing.pairs import paired
from salesim.analysis.comparing.quarters import quarters_of
from salesim.analysis.means import gains
from salesim.show.figures import (
    arms_by_quarter,
    forest,
    grid,
    next_levers,
    paired_differences,
    waterfall,
    write_figures,
)
from salesim.show.figures.saving import drawn
from salesim.show.plotting import plot
from tests.firms import small_firm
from tests.messages import message_of
from tests.show.figures.ledgers import ledger, levers, step
from tests.show.figures.studies import AUTHORITY

LEVERS = levers(step(1.0), step(0.05))


@pytest.fixture(scope="module")
def compared_(tmp_path_factory):
    return compare(
        small_firm(needs={"rate": 0.2}),
        grid={AUTHORITY: [0.0, 0.1, 0.2]},
        outcomes=["realised"],
        replicates=(3, 3),
        out=tmp_path_factory.mktemp("plots") / "out",
    )


def test_figures_of_a_gap_are_written_with_those_of_levers_where_they_are_known(tmp_path):
    write_figures([ledger()], tmp_path / "alone")
    assert {path.name for path in (tmp_path / "alone").iterdir()} == {"waterfall.png", "waterfall.svg"}
    write_figures([ledger(), LEVERS], tmp_path / "both")
    assert {path.stem for path in (tmp_path / "both").iterdir()} == {"waterfall", "next_levers"}


def test_figures_of_a_comparison_are_written_those_of_an_outcome_by_its_name(compared_, tmp_path):
    write_figures([compared_], tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{name}.{kind}"
        for kind in ("png", "svg")
        for name in (
            "forest",
            "arms_by_quarter",
            "paired_differences_realised",
            "grid_realised",
        )
    }


NAMED = ("forest", "arms_by_quarter", "paired_differences", "grid")
CODE = """
import sys
from salesim.analysis.comparing.comparing import comparison_of
from salesim.runs.runs import open_results
from salesim.show.plotting import plot
from tests.show.test_plotting_gaps import LEVERS, NAMED, ledger
found = comparison_of(open_results(sys.argv[1]))
for name in NAMED:
    plot(found, name, f"{sys.argv[2]}/{name}.svg")
plot(ledger(), path=f"{sys.argv[2]}/waterfall.svg")
plot(LEVERS, path=f"{sys.argv[2]}/next_levers.svg")
"""


@pytest.mark.nightly
def test_the_same_numbers_give_the_same_bytes_in_another_process_too(compared_, tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    there.mkdir()
    write_figures([compared_, ledger(), LEVERS], here)
    subprocess.run([sys.executable, "-c", CODE, str(compared_.sweep.folder), str(there)], check=True)
    assert len(list(there.iterdir())) == len(NAMED) + 2
    for path in there.iterdir():
        name = path.stem if (here / path.name).exists() else f"{path.stem}_realised"
        assert (here / f"{name}.svg").read_bytes() == path.read_bytes(), path.name


def test_plot_draws_the_first_figure_unless_another_is_named(compared_, tmp_path):
    assert same(plot(ledger(), path=tmp_path / "gap.svg"), waterfall.draw(ledger()))
    assert (tmp_path / "gap.svg").read_bytes().startswith(b"<?xml")
    assert same(plot(LEVERS), plot(LEVERS, "next_levers"))
    assert same(plot(LEVERS, "next_levers"), next_levers.draw(LEVERS))
    assert same(plot(compared_), forest.draw(compared_))
    assert same(plot(compared_, "arms_by_quarter"), arms_by_quarter.draw(quarters_of(compared_)))
    pairs = paired(compared_, "realised")
    assert same(plot(compared_, outcome="realised"), paired_differences.draw(pairs))
    laid = gains.means(compared_, "realised")
    assert same(plot(compared_, "grid"), grid.draw(laid))
    assert not same(plot(compared_), plot(compared_, "grid"))


def same(one, other):
    """Whether two figures are the same drawing."""
    return drawn(one, "svg") == drawn(other, "svg")


@pytest.mark.parametrize(
    ("of", "asked", "allowed", "near"),
    [
        ("gap", {"figure": "waterfal"}, "waterfall", "waterfall"),
        ("gap", {"outcome": "realised"}, None, None),
        ("levers", {"figure": "waterfall"}, "next_levers", None),
        (
            "comparison",
            {"figure": "florist"},
            "forest, arms_by_quarter, paired_differences, grid",
            "forest",
        ),
        ("comparison", {"outcome": "win_rate"}, "realised", None),
        (
            "comparison",
            {"outcome": "realised", "figure": "forest"},
            "paired_differences, grid",
            None,
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_line(compared_, golden, of, asked, allowed, near):
    given = {"gap": ledger(), "levers": LEVERS, "comparison": compared_}[of]
    with pytest.raises(SalesimError) as refused:
        plot(given, **asked)
    message, (place, value) = message_of(refused.value), next(iter(asked.items()))
    assert message.place == (place,)
    assert (message.given, message.allowed, message.near) == (f"'{value}'", allowed, near)
    golden(message.wrong)
    assert "\n" not in str(refused.value)
