"""Which numbers move an outcome: as sentences, a table, and one object for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..quantity import Scale
from ..scenario.declared import declared_numbers, spelt
from ..study.screening.effects import FIRST
from ..study.screening.screening import EITHER, LOWERS, NOTHING, RAISES, Mover, Screening
from ..tables import Head, Table, listed
from .words import capital

JSON_SCHEMA_VERSION = 1
SURE = 0.95  # share of resamples from which on a place among the first is not called unsure
DIRECTIONS = {RAISES: "up", LOWERS: "down", EITHER: "either way", NOTHING: "none"}
KEYS_OF_A_SCREENING = {
    "schema_version": "The form of this object; higher when a program must look again.",
    "scenario": "Name of the scenario.",
    "title": "The firm in a few words.",
    "question": "What was asked, how it was laid out, and which numbers were left out of it.",
    "outcome": "What is moved.",
    "unit": "Its unit, in which effects are given.",
    "seed": "Where all luck starts, and the draw of trajectories.",
    "replicates": "How often each point was lived through.",
    "trajectories": "How many count; each moves every number once.",
    "undefined": "Trajectories left out whole, because the outcome has no value somewhere on them.",
    "numbers": "A list, the largest mean size first: `path`, `mu_star` (mean size of the effect of moving "
    "the number over its plausible range), `interval` (95%, over trajectories), `mu` (mean effect), "
    "`mu_interval`, `direction` (raises, lowers, either way, within noise, or nothing where no run "
    "changes), `sigma` (how much the effect depends on the other numbers or is no straight line; luck "
    "taken out), `noise` (mean size that luck alone would give), `chance` (that luck alone gives effects "
    "of this size), `told` (whether it can be told from luck, all numbers in view), `among_first` (share "
    f"of resamples in which it is among the first {FIRST}).",
    "sentences": "The finding in words.",
    "folder": "Where the runs are that it rests on.",
}


def called(path: str) -> str:
    """A number in a sentence: its group and its name as words, such as buying threshold."""
    return path.replace(".", " ").replace("_", " ")


def joined(names: Sequence[str]) -> str:
    """Names in a sentence."""
    return " and ".join([*filter(None, [", ".join(names[:-1])]), *names[-1:]])


def scale_of(found: Screening) -> Scale:
    """How effects are written: in the unit of the outcome, as finely as the first of them are known."""
    ends = [(mover.low - mover.mu_star, mover.high - mover.mu_star) for mover in found.movers[:FIRST]]
    sizes = [mover.mu_star for mover in found.movers]
    return found.outcome.unit.difference.scale(sizes, ends)


def headline(found: Screening) -> str:
    """What the outcome moves most with."""
    noun = found.outcome.noun
    if not found.first:
        return f"No number moves {noun} of {found.title} by more than luck does."
    scale = scale_of(found)
    named = [f"{called(mover.path)} ({scale.number(mover.mu_star)})" for mover in found.first]
    return (
        f"{capital(noun)} of {found.title} moves most with {joined(named)}: {scale.shown} "
        f"from one end of the plausible range to the other, whichever the sign."
    )


def sentences(found: Screening) -> list[str]:
    """What moves the outcome, what of it is sure, and what was left out."""
    return [headline(found), *_how_many(found), *_unsure(found), *_left_out(found)]


def _how_many(found: Screening) -> Iterator[str]:
    count, told = len(found.movers), len(found.told)
    idle = sum(mover.direction == NOTHING for mover in found.movers)
    within = count - told - idle
    rest = f"; {within:,} {'is' if within == 1 else 'are'} within noise" if within else ""
    rest += f"; {idle:,} move nothing at all in this firm" if idle else ""
    yield (
        f"{told:,} of {count:,} numbers can be told from luck ({found.trajectories:,} trajectories, "
        f"{found.replicates:,} replicates){rest}."
    )


def _unsure(found: Screening) -> Iterator[str]:
    """Which of the first might not belong there, and which others might."""
    if len(found.movers) <= FIRST:
        return
    first = [m for m in found.first if m.among_first < SURE]
    others = [m for m in found.movers if m not in found.first and m.told and m.among_first > 1.0 - SURE]
    said = [f"{called(mover.path)} ({mover.among_first:.0%} of resamples)" for mover in first]
    if said:
        yield f"Not sure to be among the first {FIRST}: {joined(said)}."
    if others:
        named = [f"{called(mover.path)} ({mover.among_first:.0%})" for mover in others]
        yield f"Might be among them too: {joined(named)}."


def _left_out(found: Screening) -> Iterator[str]:
    if found.undefined:
        yield (
            f"Trajectories left out, because {found.outcome.noun} has no value somewhere on them: "
            f"{found.undefined:,}."
        )
    yield found.question.partition("? ")[2]


def screening_table(found: Screening, most: int) -> Table:
    """A row for each number, the one that matters most first."""
    scale = scale_of(found)
    heads = [
        Head("number", whole=True),
        Head(f"mean size ({scale.shown})", right=True),
        *(Head(name, right=True, whole=True) for name in ("95% interval", "direction", "sigma", "noise")),
        Head(f"among first {FIRST}", right=True),
        Head("meaning"),
    ]
    rows = ((mover.path, *cells(mover, scale), meaning_of(mover.path)) for mover in found.movers[:most])
    return listed(heads, rows)


def cells(mover: Mover, scale: Scale) -> tuple[str, ...]:
    """Mean size, interval, direction, sigma, noise, and how often it is among the first."""
    way = DIRECTIONS.get(mover.direction, mover.direction)
    return (
        scale.number(mover.mu_star),
        scale.interval(mover.low, mover.high),
        way,
        scale.number(mover.sigma),
        scale.number(mover.noise),
        f"{mover.among_first:.0%}",
    )


def meaning_of(path: str) -> str:
    """What a number is, in one sentence."""
    return declared_numbers()[path].meaning


def range_of(path: str) -> str:
    """Its plausible range, with its unit."""
    number = declared_numbers()[path]
    low, high = number.sweep
    return f"{spelt(low)} to {spelt(high)} ({number.unit})"


def screening_object(name: str, found: Screening, folder: str) -> dict[str, Any]:
    """The object that `salesim screen --json` prints; it holds `KEYS_OF_A_SCREENING`."""
    return {
        "schema_version": JSON_SCHEMA_VERSION,
        "scenario": name,
        "title": found.title,
        "question": found.question,
        "outcome": found.outcome.name,
        "unit": found.outcome.unit,
        "seed": found.seed,
        "replicates": found.replicates,
        "trajectories": found.trajectories,
        "undefined": found.undefined,
        "numbers": [_as_object(mover) for mover in found.movers],
        "sentences": sentences(found),
        "folder": folder,
    }


def _as_object(mover: Mover) -> dict[str, Any]:
    return {
        "path": mover.path,
        "mu_star": mover.mu_star,
        "interval": [mover.low, mover.high],
        "mu": mover.mu,
        "mu_interval": [mover.mu_low, mover.mu_high],
        "direction": mover.direction,
        "sigma": mover.sigma,
        "noise": mover.noise,
        "chance": mover.chance,
        "told": mover.told,
        "among_first": mover.among_first,
    }
