"""What stands behind a cause of the gap in one replicate, in numbers and in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pydantic import Field, computed_field

from ...quantity import Quantity, Scale, Unit
from ...result import Result, flat
from ...runs.causes import OPTIMISM, Cause
from ...table import Table
from .cases import Account, AccountCase, Case, DealCase, Quote, Seat, SeatCase, Seen

if TYPE_CHECKING:
    import pandas as pd

CLEARLY = 0.05  # by so much a fit is seen too low, or a case would show nothing
NEGLIGIBLE = 0.05
SAME = 1e-4  # numbers that are no further apart are written alike
OUTCOMES = {
    "won": "won",
    "lost": "lost to a rival",
    "no_decision": "ended in no decision",
    "rested": "left to rest by the customer",
}
AT_IDEAL = {
    "understood": "With everybody understanding",
    "accepted": "With everybody believing",
    "plan_is_fresh": "With a plan that sees it as it is",
    "value_argued": "With all of the value shown",
    "best_prices": "With the firm's best price",
    "calendar_ignored": "Without an eye on the calendar",
    "best_accounts": "With hours where they earn most",
    "best_effort": "With the best effort",
    "best_skill": "With best-practice skill",
    "seats_filled": "With leavers followed at once",
}
SHOWS = dict.fromkeys(AT_IDEAL, "something would have been another") | {
    "plan_is_fresh": f"fit was seen too low by {Quantity(CLEARLY, Unit.POINTS).text(0)} or more, "
    "with fewer calls at the end for it",
    "value_argued": "another part of the value would have been shown",
    "best_prices": "the price would have been another, which by itself explains the answer",
    "calendar_ignored": "the price would have come in another week",
    "best_accounts": "there would have been more calls at the end",
    "seats_filled": "somebody left, or would have",
}
TRAITS = {
    "understood": "understanding {} at the end",
    "accepted": "buy-in {} at the end",
    "best_effort": "intensity {} at the end (usual is 1)",
    "best_skill": "skill {} at the end",
}
UNITS = {"best_effort": Unit.FACTOR, "best_skill": Unit.SKILL}  # of traits that are no shares
ALONE = (
    "This is what the cause alone would have changed. Its share of the gap is a mean over all orders in "
    "which causes could be fixed, and over replicates."
)


class Explanation(Result):
    """What stands behind one cause of the gap, in one replicate."""

    seed: int = Field(description="Random seed.")
    replicate: int = Field(description="Which replicate, counted from 0.")
    before: float = Field(
        description="As it was (USD over the plan): contribution before variable pay; of optimism the "
        "promise, of pay above or below target the variable pay."
    )
    after: float = Field(description="The same with this cause alone at its ideal.")
    seen: Seen | None = Field(
        None,
        description="`kind`, `compared`, `showing`, `gain` (USD) of all deals, seats or accounts; or null.",
    )
    cases: tuple[Case, ...] = Field(
        (), description="The largest gain first: `account` or `seat`, `before`, `after`, `gain` (USD)."
    )
    of: Cause = Field(exclude=True)
    cause: str = Field(description="Name of the cause.")
    dimension: str = Field(description="The part of the firm that it belongs to.")
    ideal: str = Field(description="What holds where it is at its ideal.")

    @computed_field  # type: ignore[prop-decorator]
    @property
    def already_ideal(self) -> bool:
        """Whether nothing would change, because all is as the ideal asks."""
        return self.seen is None and self.before == self.after

    @property
    def frame(self) -> pd.DataFrame:
        """A row for each case."""
        import pandas as pd

        return pd.json_normalize([flat(case) for case in self.cases])

    def in_words(self) -> Iterator[str]:
        """What happened, and what would have happened with this cause at its ideal."""
        if not self.of.switch:
            yield _computed(self)
        elif self.already_ideal:
            yield _nothing(self)
        else:
            ideal = f"At its ideal: {self.of.ideal[0].lower()}{self.of.ideal[1:]}"
            yield from (_lead(self), _how_common(self), *_cases(self), *_rest(self), ideal, ALONE)

    def tables(self) -> tuple[Table, ...]:
        """None: cases are told one by one."""
        return ()


def money(amount: float) -> str:
    """USD with three digits."""
    return Quantity(amount, Unit.USD).text()


def scale_for(pairs: Iterable[tuple[float, float]], unit: Unit = Unit.SHARE) -> Scale:
    """How numbers are written that are compared with each other: those that differ look different."""
    each = list(pairs)
    apart = [0.5 * abs(a - b) for a, b in each if abs(a - b) >= SAME]
    return unit.scale([value for pair in each for value in pair], [(half, half) for half in apart])


def _beside(value: float, other: float | None, unit: Unit = Unit.SHARE) -> str:
    """A number, as it is written where another one is compared with it."""
    return scale_for([(value, value if other is None else other)], unit).text(value)


def _luck(explanation: Explanation) -> str:
    return f"replicate {explanation.replicate} of seed {explanation.seed}"


def _nothing(explanation: Explanation) -> str:
    return (
        f"{explanation.cause.capitalize()} changes nothing in {_luck(explanation)}: it is at its "
        f"ideal already, and every quote and answer is the same. {explanation.of.ideal}"
    )


def _computed(explanation: Explanation) -> str:
    """Why there is nothing to replay, with the numbers."""
    before, after, luck = explanation.before, explanation.after, _luck(explanation)
    much = money(abs(before - after))
    if explanation.of is OPTIMISM:
        if before == after:
            return (
                f"Optimism changes nothing in {luck}: the plan promises what full execution brings, "
                f"{money(after)}, and no more."
            )
        return (
            f"Optimism has no deals to replay. In {luck} the plan promises {money(before)} and full "
            f"execution brings {money(after)}. The {much} between them are in the plan alone."
        )
    name = explanation.of.name.capitalize()
    if before == after:
        return f"{name} changes nothing in {luck}: {money(after)} was paid, the on-target rate."
    return (
        f"{name} has no deals to replay. In {luck} the same sales would have earned "
        f"{money(after)} of variable pay at the on-target rate. {money(before)} was paid, {much} "
        f"{'more' if before > after else 'less'}."
    )


def _lead(explanation: Explanation) -> str:
    cause, change = explanation.of, explanation.after - explanation.before
    return (
        f"{cause.name.capitalize()}: with this alone at its ideal, contribution before variable pay would "
        f"have been {money(abs(change))} {'more' if change >= 0.0 else 'less'} than "
        f"{money(explanation.before)} over the plan. Both are {_luck(explanation)}."
    )


def _how_common(explanation: Explanation) -> str:
    seen = explanation.seen
    assert seen is not None
    where = "needs that were quoted both times" if seen.kind == "deals" else seen.kind
    shows = SHOWS[explanation.of.switch]
    told = (
        f"In {seen.showing:,} of {seen.compared:,} {where} {shows}; together "
        f"these would have brought {money(abs(seen.gain))} {'more' if seen.gain >= 0.0 else 'less'}."
    )
    many = len(explanation.cases)
    if not many:
        return f"{told} None of them would have gained."
    return f"{told} The {'one that gains' if many == 1 else f'{many} that gain'} most:"


def _rest(explanation: Explanation) -> Iterator[str]:
    """What of the change lies outside what was compared, where that is worth a word."""
    assert explanation.seen is not None
    change = explanation.after - explanation.before
    rest = change - explanation.seen.gain
    if abs(rest) > NEGLIGIBLE * max(abs(change), abs(explanation.seen.gain)):
        yield (
            f"The other {money(abs(rest))} {'more' if rest >= 0.0 else 'less'} lie outside these: in what "
            f"only one of the two runs has, and in what followed."
        )


def _cases(explanation: Explanation) -> Iterator[str]:
    for case in explanation.cases:
        if isinstance(case, DealCase):
            yield _deal(case, explanation.of.switch)
        elif isinstance(case, SeatCase):
            yield _seat(case, explanation.of.switch)
        else:
            yield _account(case, explanation.of.switch)


def _gain(case: Case) -> str:
    was = 0.0 if case.before is None else case.before.contribution
    return f"Contribution before variable pay {money(case.after.contribution)} instead of {money(was)}."


def _deal(case: DealCase, switch: str) -> str:
    before, after, prices = case.before, case.after, _prices_of(case)
    ideal, gain = AT_IDEAL[switch], _gain(case)
    would = _quoted(after, before, switch, prices)
    if before is None:
        return (
            f"Rep {after.seat}, account {case.account}: no price was quoted for need number {case.need}. "
            f"{ideal}, {would}. {gain}"
        )
    other = "" if before.seat == after.seat else f"rep {after.seat}, "
    was = _quoted(before, after, switch, prices)
    return f"Rep {before.seat}, account {case.account}, {was}. {ideal}, {other}{would}. {gain}"


def _prices_of(case: DealCase) -> Scale:
    """How prices are written: so that they differ from each other, and from what the customer would pay."""
    quotes = [quote for quote in (case.before, case.after) if quote is not None]
    pairs = [(quote.over_list, other.most) for quote in quotes for other in quotes]
    return scale_for([*pairs, (quotes[0].over_list, quotes[-1].over_list)])


def _quoted(quote: Quote, beside: Quote | None, switch: str, prices: Scale) -> str:
    second = " in the second quote" if quote.number > 1 else ""
    argued = ""
    if switch == "value_argued":
        argued = f" with {_beside(quote.argued, beside.argued if beside else None)} of the value shown"
    timing = f" ({_timing(quote)})" if switch == "calendar_ignored" else ""
    return (
        f"week {quote.week}{timing}: quoted {prices.text(quote.over_list)} of list{second}{argued}, "
        f"{OUTCOMES[quote.outcome]}; {_would(quote, prices)}"
    )


def _would(quote: Quote, prices: Scale) -> str:
    if quote.most == 0.0:
        return "the customer would not have bought at any price"
    return f"the customer would have paid up to {prices.text(quote.most)}"


def _timing(quote: Quote) -> str:
    when = "the last of the pay period"
    if quote.left:
        when = f"{_weeks(quote.left)} before the last of the pay period"
    if quote.late == 0:
        return f"{when}, in the week the customer would have chosen"
    way = "after" if quote.late > 0 else "before"
    return f"{when}, {_weeks(abs(quote.late))} {way} the week the customer would have chosen"


def _weeks(number: int) -> str:
    return f"{number} week{'s' if number != 1 else ''}"


def _seat(case: SeatCase, switch: str) -> str:
    before, after = case.before, case.after
    told = (
        f"Seat {case.seat}: {_brought(before, after, switch)}. "
        f"{AT_IDEAL[switch]}: {_brought(after, before, switch)}."
    )
    return f"{told} For example, {_lowered(_deal(case.example, switch))}" if case.example else told


def _lowered(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _brought(seat: Seat, beside: Seat, switch: str) -> str:
    parts = [f"{money(seat.contribution)} before variable pay from {_won(seat.won, seat.quotes)}"]
    if seat.over_list is not None:
        parts.append(f"at {_beside(seat.over_list, beside.over_list)} of list")
    if seat.argued is not None:
        parts.append(f"with {_beside(seat.argued, beside.argued)} of the value shown")
    if seat.trait is not None:
        unit = UNITS.get(switch, Unit.SHARE)
        parts.append(TRAITS[switch].format(_beside(seat.trait, beside.trait, unit)))
    if switch == "seats_filled":
        holders = "1 holder" if seat.holders == 1 else f"{seat.holders} holders"
        parts.append(f"filled for {_weeks(seat.weeks_filled)} by {holders}")
    return ", ".join(parts)


def _won(won: int, quotes: int) -> str:
    return f"{won:,} deal{'s' if won != 1 else ''} won of {quotes:,} quote{'s' if quotes != 1 else ''}"


def _account(case: AccountCase, switch: str) -> str:
    before, after = case.before, case.after
    return (
        f"Account {case.account}: {_sold(before, after, switch)}. "
        f"{AT_IDEAL[switch]}: {_sold(after, before, switch)}."
    )


def _sold(account: Account, beside: Account, switch: str) -> str:
    told = f"{money(account.contribution)} before variable pay from {_won(account.won, account.quotes)}"
    if switch == "plan_is_fresh":
        told += f", its fit rated {_beside(account.planned_fit, beside.planned_fit)}"
    return f"{told}, called on {_beside(account.attention, beside.attention, Unit.HOURS)} a week at the end"
