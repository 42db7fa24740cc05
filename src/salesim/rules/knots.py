"""A pay curve as people write it, knot by knot or in one line, and as lines in fixed arrays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Any, NamedTuple, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    field_serializer,
    model_validator,
)

from ..messages import Unfit
from .declaration import Group
from .sources import ASSUMED, standing_of

MAX_KNOTS = 8
MAX_LINES = MAX_KNOTS + 1  # one more for what lies below zero
NO_CAP = 1000.0
FULL_THRESHOLD = 0.1  # share of quota from which on nothing below zero counts
NO_CURVE = "none"
A_CURVE = "at most 8 knots, such as [{at = 0.0, rate = 0.05}, {at = 1.0, rate = 0.1}], or none"
SHORT_FORMS = {  # what stands for a curve, by its name, with the values at which it says nothing
    "curve": {"threshold": 0.0, "accelerator": 1.0, "bonus": 0.0, "cap": NO_CAP},
    "year_curve": {"year_threshold": 0.0, "year_accelerator": 1.0, "year_bonus": 0.0, "year_cap": NO_CAP},
}
NUMBER = r"\d[\d,]*(?:\.\d+)?"
KNOT = rf"(?P<at>{NUMBER})(?P<of>%| USD)"
PARTS = [
    re.compile(rf"(?P<rate>{NUMBER})(?P<unit>%| a quota)(?P<all> on all)?(?: to {KNOT}| above)?"),
    re.compile(rf"(?P<jump>{NUMBER}) at {KNOT}"),
    re.compile(rf"from {KNOT} on only with the year's quota(?P<gate>)"),
]


class Knot(BaseModel):
    """From this much credit on: the rate for each dollar above it, and what is added on reaching it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    at: float | None = Field(None, ge=0, le=1_000, description="Credit, as a share of quota.")
    at_usd: float | None = Field(None, ge=0, le=1e12, description="Credit in USD, in place of `at`.")
    rate: float | None = Field(None, ge=0, le=20, description="Pay for a dollar above it: share of credit.")
    per_quota: float | None = Field(
        None, ge=0, le=1e9, description="In place of `rate`: pay for credit of a whole quota (USD)."
    )
    jump: float = Field(0.0, ge=0, le=1e7, description="Added on reaching it (USD).")
    on_all: bool = Field(False, description="Whether the rate holds for all credit, from the first dollar.")
    gate: bool = Field(
        False, description="Whether it and later knots pay only with the quota of the whole year."
    )

    @model_validator(mode="after")
    def says_each_in_one_unit(self) -> Self:
        """Where it is, and what it pays, each in one unit."""
        for one, other in (("at", "at_usd"), ("rate", "per_quota")):
            said = [name for name in (one, other) if getattr(self, name) is not None]
            if len(said) != 1:
                raise Unfit(
                    f"says both {one} and {other}" if said else "is missing",
                    one,
                    allowed=f"{one}, or {other}",
                )
        return self

    @property
    def credit(self) -> float:
        """Where it is, in its unit."""
        return self.at if self.at is not None else self.at_usd or 0.0

    @property
    def slope(self) -> float:
        """What it pays, in its unit."""
        return self.rate if self.rate is not None else self.per_quota or 0.0


class Lines(NamedTuple):
    """A curve as lines: the first from minus infinity, each later one from its knot on.

    In arrays of `MAX_LINES`. Knots, rates and jumps are multiples of what `Terms` says.
    """

    size: int  # how many lines there are
    gate: int  # the first of them that waits for the quota of the year
    in_usd: bool  # knots are USD, else shares of quota
    per_quota: bool  # rates are USD for a whole quota, else shares of credit
    short: bool  # rates are multiples of the commission rate
    alone: float  # rate where there is no quota
    at: tuple[float, ...]  # its knot
    rate: tuple[float, ...]  # its slope
    turn: tuple[float, ...]  # by how much steeper it is than the line before
    lift: tuple[float, ...]  # by how much `on_all` lifts pay at its knot
    jump: tuple[float, ...]  # what is added at its knot
    level: tuple[float, ...]  # rates so far, at its knot
    paid: tuple[float, ...]  # jumps so far


class Terms(NamedTuple):
    """What the numbers of a curve stand for, for one person and one period or year."""

    knot: float  # credit at a knot of 1 (USD); 0 where there is no quota
    rate: float  # pay for a dollar at a rate of 1 (USD per USD)
    jump: float  # pay for a jump of 1 (USD)
    gate: float  # credit of the period with which the year's quota is reached (USD)


def read_knots(said: Any) -> Any:
    """Knots from a curve in one line; all else as it is.

    Raises:
        Unfit: a text that is no curve.
    """
    if not isinstance(said, str):
        return said
    knots: list[dict[str, Any]] = []
    start: dict[str, Any] | None = {"at": 0.0}
    for part in [] if said == NO_CURVE else said.split(", "):
        found = next(filter(None, (form.fullmatch(part) for form in PARTS)), None)
        if found is None or ("rate" in found.groupdict() and start is None):
            raise Unfit("is no curve", given=said, allowed=A_CURVE)
        written = found.groupdict()
        place = _place(written["at"], written["of"]) if written["at"] else None
        if "rate" in written:
            knots.append({**(start or {}), **_slope(written["rate"], written["unit"])})
            knots[-1]["on_all"] = written["all"] is not None
            start = place
        else:
            more = {"gate": True} if "gate" in written else {"jump": _float(written["jump"])}
            meant = [knot for knot in knots if place and knot.items() >= place.items()]
            if not meant:
                raise Unfit("names no knot", given=part, allowed="one that a rate begins at")
            meant[0].update(more)
    if knots and start is not None:
        raise Unfit("does not end", given=said, allowed="a last rate, such as 20% above")
    return knots


def _place(amount: str, unit: str) -> dict[str, float]:
    return {"at": _float(amount, -2)} if unit == "%" else {"at_usd": _float(amount)}


def _slope(amount: str, unit: str) -> dict[str, float]:
    return {"rate": _float(amount, -2)} if unit == "%" else {"per_quota": _float(amount)}


def _float(text: str, places: int = 0) -> float:
    return float(Decimal(text.replace(",", "")).scaleb(places))


def curve_text(knots: Sequence[Knot]) -> str:
    """A curve in one line, such as 5% to 50%, 10% on all above, 500 at 50%; `read_knots` reads it."""
    return ", ".join(_parts(knots)) or NO_CURVE


def _parts(knots: Sequence[Knot]) -> Iterator[str]:
    ends = [f" to {_said(knot.at, knot.at_usd, ' USD')}" for knot in knots[1:]]
    for knot, end in zip(knots, [*ends, " above" if ends else ""], strict=False):
        yield _said(knot.rate, knot.per_quota, " a quota") + " on all" * knot.on_all + end
    for knot in knots:
        place = _said(knot.at, knot.at_usd, " USD")
        if knot.jump:
            yield f"{_spelt(knot.jump)} at {place}"
        if knot.gate:
            yield f"from {place} on only with the year's quota"


def _said(share: float | None, amount: float | None, unit: str) -> str:
    return f"{_spelt(share, 2)}%" if share is not None else f"{_spelt(amount or 0.0)}{unit}"


def _spelt(number: float, places: int = 0) -> str:
    return f"{Decimal(repr(number + 0.0)).scaleb(places).normalize():,f}"


def check_knots(knots: tuple[Knot, ...]) -> tuple[Knot, ...]:
    """The same knots, which rise from 0 and have one unit each for where they are and what they pay.

    Raises:
        Unfit: others.
    """
    if knots and knots[0].credit != 0.0:
        raise Unfit("out of range", "0.at", given=knots[0].credit, allowed="0.0, where every curve begins")
    for place, (before, knot) in enumerate(pairwise(knots), 1):
        if (knot.at is None) != (knots[1].at is None):
            raise Unfit("knots have two units", str(place), allowed="at for all of them, or at_usd")
        if knot.credit <= before.credit:
            allowed = f"above the knot before it, {before.credit:g}"
            raise Unfit("knots do not rise", f"{place}.at", given=knot.credit, allowed=allowed)
    if any(knot.per_quota for knot in knots) and any(knot.rate for knot in knots):
        raise Unfit("rates have two units", allowed="rate at every knot, or per_quota")
    gated = [place for place, knot in enumerate(knots) if knot.gate]
    if len(gated) > 1 or 0 in gated:
        raise Unfit("out of place", f"{gated[-1]}.gate", given=True, allowed="one knot after the first")
    return tuple(knot.model_copy(update={"at": 0.0, "at_usd": None}) for knot in knots[:1]) + knots[1:]


def check_ungated(knots: tuple[Knot, ...]) -> tuple[Knot, ...]:
    """The same knots of a curve that no other quota gates.

    Raises:
        Unfit: a gate.
    """
    for place, knot in enumerate(knots):
        if knot.gate:
            raise Unfit("is for the curve of a period", f"{place}.gate", given=True, allowed="false")
    return knots


Knots = Annotated[tuple[Knot, ...], BeforeValidator(read_knots), AfterValidator(check_knots)]
UngatedKnots = Annotated[Knots, AfterValidator(check_ungated)]
NOTHING = (Knot(at=0.0, rate=0.0),)  # a curve that pays nothing
_KNOTS: TypeAdapter[tuple[Knot, ...]] = TypeAdapter(Annotated[Knots, Field(max_length=MAX_KNOTS)])


def curve_in_one_line(said: Any) -> str:
    """The same curve in one line, however it was written.

    Raises:
        ValueError: no curve.
    """
    return curve_text(_KNOTS.validate_python(said))


def beside_a_curve(said: Any) -> Any:
    """What is said of pay, where a curve leaves out its short forms: they then say nothing.

    Raises:
        Unfit: a curve, and a short form that says something else.
    """
    for name, plain in SHORT_FORMS.items():
        if isinstance(said, dict) and has_curve(said.get(name)):
            said = plain | said
            for short, value in plain.items():
                if said[short] != value:
                    wrong = f"stands beside {name}"
                    allowed = f"one of the two ({short} = {value:g} does nothing)"
                    raise Unfit(wrong, short, given=said[short], allowed=allowed)
    return said


def has_curve(said: Any) -> bool:
    """Whether a curve was written: a list with knots, or a text other than none."""
    return said not in (None, NO_CURVE) and bool(said)


def _pay_curve(meaning: str) -> Any:
    """A lever that is a curve by knots; no knots are no curve."""
    facts: dict[str, Any] = {
        "kind": "lever",
        "unit": "curve",
        "source": ASSUMED,
        "standing": standing_of(ASSUMED),
        "allowed": A_CURVE,
    }
    return Field((), max_length=MAX_KNOTS, strict=False, description=meaning, json_schema_extra=facts)


class Curved(Group):
    """Pay curves, each in place of its short forms."""

    curve: Knots = _pay_curve(
        "Pay of a period by knots of credit, in place of commission rate, threshold, accelerator, bonus "
        "and cap."
    )
    year_curve: UngatedKnots = _pay_curve(
        "Pay of a year by knots of credit, beside that of its periods, in place of year share, year "
        "threshold, year accelerator, year bonus and year cap."
    )

    @model_validator(mode="before")
    @classmethod
    def a_curve_or_its_short_forms(cls, said: Any) -> Any:
        """Where there is a curve, threshold, accelerator, bonus and cap say nothing."""
        return beside_a_curve(said)

    @field_serializer("curve", "year_curve")
    def in_one_line(self, knots: tuple[Knot, ...]) -> str:
        """Written out, a curve is a text."""
        return curve_text(knots)


class TeamCurved(Group):
    """A pay curve on the credit of a team."""

    manager_curve: UngatedKnots = _pay_curve(
        "Pay of a first-line manager for the team's credit of a period, by knots, beside the salary."
    )

    @field_serializer("manager_curve")
    def in_one_line(self, knots: tuple[Knot, ...]) -> str:
        """Written out, a curve is a text."""
        return curve_text(knots)


@lru_cache(maxsize=256)
def lines_of(
    knots: tuple[Knot, ...], threshold: float, accelerator: float, bonus: float, cap: float
) -> Lines:
    """A curve as lines: by its knots, or by its short forms where it has none."""
    if knots:
        steps = [(knot.credit, knot.slope, knot.jump, knot.on_all) for knot in knots]
        gate = next((place for place, knot in enumerate(knots) if knot.gate), MAX_KNOTS)
        in_usd = any(knot.at_usd is not None for knot in knots)
        per_quota = any(knot.per_quota for knot in knots)
        return _lines(steps, knots[0].slope, gate, (in_usd, per_quota, False, knots[0].slope))
    below, steps = 1.0, [(0.0, 1.0, 0.0, False)]
    if (
        threshold > 0.0
    ):  # what counts below zero fades out as a threshold grows, so that no hair makes a jump
        below = max(1.0 - threshold / FULL_THRESHOLD, 0.0)
        steps = [(0.0, 0.0, 0.0, False), (threshold, 1.0, 0.0, False)]
    steps += [(1.0, accelerator, bonus, False), *([(cap, 0.0, 0.0, False)] if cap < NO_CAP else [])]
    return _lines(steps, below, MAX_KNOTS, (False, False, True, 1.0))


def _lines(
    steps: Sequence[tuple[float, float, float, bool]],
    below: float,
    gate: int,
    facts: tuple[bool, bool, bool, float],
) -> Lines:
    """Lines of these knots (credit, rate, jump, on all); what changes nothing is no line of its own."""
    rows = [(0.0, below, 0.0, 0.0, 0.0, 0.0, 0.0)]
    first_gated = MAX_LINES
    for place, (at, rate, jump, on_all) in enumerate(steps):
        start, slope, *_, level, paid = rows[-1]
        level += slope * (at - start)
        lift = max(rate * at - level, 0.0) if on_all else 0.0
        if place == gate:
            first_gated = len(rows)
        if place == gate or rate != slope or lift or jump:
            rows.append((at, rate, rate - slope, lift, jump, level + lift, paid + jump))
    padded = [*rows, *[(0.0,) * 7] * (MAX_LINES - len(rows))]
    return Lines(len(rows), first_gated, *facts, *zip(*padded, strict=True))
