"""What stands behind a cause of the gap: as sentences, and as one object for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ..study.gap.causes import OPTIMISM
from ..study.gap.evidence import Account, AccountCase, Case, DealCase, Explanation, Quote, Seat, SeatCase

OUTCOMES = {
    "won": "won", "lost": "lost to a rival", "no_decision": "ended in no decision",
    "rested": "left to rest by the customer",
}
AT_IDEAL = {
    "understood": "With everybody understanding", "accepted": "With everybody believing",
    "plan_is_fresh": "With a plan that sees it as it is", "value_argued": "With all of the value shown",
    "best_prices": "With the firm's best price", "calendar_ignored": "Without an eye on the calendar",
    "best_accounts": "With hours where they earn most", "best_effort": "With the best effort",
    "best_skill": "With best-practice skill", "seats_filled": "With leavers followed at once",
}
SHOWS = {
    "understood": "the understanding of the rep was another at the end",
    "accepted": "the belief of the rep was another at the end",
    "plan_is_fresh": "the plan saw another fit, and calls at the end followed it",
    "value_argued": "another part of the value was shown",
    "best_prices": "the price was another, and by itself explains the answer",
    "calendar_ignored": "the price came in another week",
    "best_accounts": "calls at the end were more",
    "best_effort": "intensity was another at the end", "best_skill": "skill was another at the end",
    "seats_filled": "somebody left, or the seat was empty for a time",
}
TRAITS = {
    "understood": "understanding {} at the end", "accepted": "buy-in {} at the end",
    "best_effort": "intensity {} at the end (usual is 1)", "best_skill": "skill {} at the end",
}
KEYS_OF_AN_EXPLANATION = {
    "cause": "Name of the cause.", "dimension": "The part of the firm that it belongs to.",
    "ideal": "What holds where it is at its ideal.", "seed": "Where all luck starts.",
    "replicate": "Which replicate, counted from 0.",
    "before": "As it was (USD over the plan): contribution before variable pay; of optimism the promise, of "
    "pay off target the variable pay.",
    "after": "The same with this cause alone at its ideal.",
    "already_ideal": "Whether nothing would change, because all is as the ideal asks.",
    "seen": "`kind`, `compared`, `showing` and `gain` (USD) of all deals, seats or accounts; or null.",
    "cases": "A list, the largest gain first: `account` or `seat`, `before`, `after`, `gain` (USD).",
    "sentences": "The same in words.",
}


def sentences(explanation: Explanation) -> list[str]:
    """What happened, and what would have happened with this cause at its ideal."""
    if not explanation.cause.switch:
        return [_computed(explanation)]
    if explanation.already_ideal:
        return [_nothing(explanation)]
    return [_lead(explanation), _how_common(explanation), *_cases(explanation)]


def money(amount: float) -> str:
    """USD with three digits, or to the dollar where that says less; in millions from one on."""
    size = abs(amount)
    sign = "-" if amount < 0.0 and size >= 0.5 else ""
    if size >= 999_500.0:
        return f"{sign}USD {size / 1e6:,.{2 if size < 9_995_000.0 else 1}f} million"
    digits = max(len(f"{size:.0f}") - 3, 0)
    return f"{sign}USD {round(size, -digits):,.0f}"


def share(value: float, beside: float | None = None) -> str:
    """A share with two digits, or three where two would not tell it from another beside it."""
    return f"{value:.3f}" if beside is not None and _alike(value, beside) else f"{value:.2f}"


def _alike(value: float, beside: float) -> bool:
    return f"{value:.2f}" == f"{beside:.2f}" and f"{value:.3f}" != f"{beside:.3f}"


def _luck(explanation: Explanation) -> str:
    return f"replicate {explanation.replicate} of seed {explanation.seed}"


def _nothing(explanation: Explanation) -> str:
    return (
        f"{explanation.cause.name.capitalize()} changes nothing in {_luck(explanation)}: it is at its ideal "
        f"already, and every quote and answer is the same. {explanation.cause.ideal}"
    )


def _computed(explanation: Explanation) -> str:
    """Why there is nothing to replay, with the numbers."""
    before, after, luck = explanation.before, explanation.after, _luck(explanation)
    much = money(abs(before - after))
    if explanation.cause.name == OPTIMISM.name:
        if before == after:
            return (
                f"Optimism changes nothing in {luck}: the plan promises what full execution brings, "
                f"{money(after)}, and no more."
            )
        return (
            f"Optimism has no deals to replay: in {luck} the plan promises {money(before)}, full execution "
            f"brings {money(after)}, and the {much} between them stand in the plan alone."
        )
    if before == after:
        return f"Pay off target changes nothing in {luck}: what was paid is the on-target rate, {money(after)}."
    return (
        f"Pay off target has no deals to replay: in {luck} the same sales at the on-target rate would have "
        f"earned {money(after)} of variable pay; {money(before)} was paid, {much} "
        f"{'more' if before > after else 'less'}."
    )


def _lead(explanation: Explanation) -> str:
    cause, change = explanation.cause, explanation.after - explanation.before
    return (
        f"{cause.name.capitalize()} in {_luck(explanation)}: with this alone at its ideal "
        f"({cause.ideal[0].lower()}{cause.ideal[1:-1]}) and the same luck, contribution before variable pay "
        f"would have been {money(explanation.after)} instead of {money(explanation.before)}, "
        f"{money(abs(change))} {'more' if change >= 0.0 else 'less'}."
    )


def _how_common(explanation: Explanation) -> str:
    seen = explanation.seen
    assert seen is not None
    where = {"deals": "deals quoted both times", "seats": "seats", "accounts": "accounts"}[seen.kind]
    told = (
        f"Of {seen.compared:,} {where}, there are {seen.showing:,} in which "
        f"{SHOWS[explanation.cause.switch]}; together these bring {money(abs(seen.gain))} "
        f"{'more' if seen.gain >= 0.0 else 'less'}."
    )
    many = len(explanation.cases)
    if not many:
        return f"{told} None of them gains."
    return f"{told} The {'one that gains' if many == 1 else f'{many} that gain'} most:"


def _cases(explanation: Explanation) -> Iterator[str]:
    for case in explanation.cases:
        if isinstance(case, DealCase):
            yield _deal(case, explanation.cause.switch)
        elif isinstance(case, SeatCase):
            yield _seat(case, explanation.cause.switch)
        else:
            yield _account(case, explanation.cause.switch)


def _gain(case: Case) -> str:
    was = 0.0 if case.before is None else case.before.contribution
    return (
        f"Contribution before variable pay {money(case.after.contribution)} instead of {money(was)}."
    )


def _deal(case: DealCase, switch: str) -> str:
    before, after = case.before, case.after
    who = f"Rep {(before or after).seat}, account {case.account}"
    if before is None:
        told = f"{who}: no price was quoted for its need number {case.need}. "
        return told + f"{AT_IDEAL[switch]}, {_quoted(after, None, switch)}{_would(after, None)}. {_gain(case)}"
    other = "" if before.seat == after.seat else f"rep {after.seat}, "
    return (
        f"{who}, {_quoted(before, after, switch)}{_would(before, after)}. "
        f"{AT_IDEAL[switch]}, {other}{_quoted(after, before, switch)}{_would(after, before)}. {_gain(case)}"
    )


def _quoted(quote: Quote, beside: Quote | None, switch: str) -> str:
    price = share(quote.over_list, _nearest(quote.over_list, quote.most, beside))
    second = " in the second quote" if quote.number > 1 else ""
    argued = ""
    if switch == "value_argued":
        argued = f" with {share(quote.argued, beside.argued if beside else None)} of the value shown"
    timing = f" ({_timing(quote)})" if switch == "calendar_ignored" else ""
    return f"week {quote.week}{timing}: quoted {price} of list{second}{argued}, {OUTCOMES[quote.outcome]}"


def _nearest(value: float, most: float, beside: Quote | None) -> float | None:
    """A number shown beside this one that two digits do not tell from it, if any."""
    others = [most] + ([beside.over_list, beside.most] if beside else [])
    return next((other for other in others if _alike(value, other)), None)


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


def _would(quote: Quote, beside: Quote | None) -> str:
    if quote.most == 0.0:
        return "; the customer would not have bought at any price"
    others = [quote.over_list] + ([beside.over_list, beside.most] if beside else [])
    near = next((other for other in others if _alike(quote.most, other)), None)
    return f"; the customer would have paid up to {share(quote.most, near)}"


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
        parts.append(f"at {share(seat.over_list, beside.over_list)} of list")
    if seat.argued is not None:
        parts.append(f"with {share(seat.argued, beside.argued)} of the value shown")
    if seat.trait is not None:
        parts.append(TRAITS[switch].format(share(seat.trait, beside.trait)))
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
        told += f", its fit seen as {share(account.planned_fit, beside.planned_fit)} at the end"
    return f"{told}, called on {share(account.attention, beside.attention)} hours a week at the end"


def explanation_object(explanation: Explanation) -> dict[str, Any]:
    """The object that `salesim gap --explain --json` prints; it holds `KEYS_OF_AN_EXPLANATION`."""
    cause = explanation.cause
    return {
        "cause": cause.name, "dimension": cause.dimension, "ideal": cause.ideal, "seed": explanation.seed,
        "replicate": explanation.replicate, "before": explanation.before, "after": explanation.after,
        "already_ideal": explanation.already_ideal,
        "seen": None if explanation.seen is None else asdict(explanation.seen),
        "cases": [_case(case) for case in explanation.cases],
        "sentences": sentences(explanation),
    }


def _case(case: Case) -> dict[str, Any]:
    found = asdict(case) | {"gain": case.gain}
    if isinstance(case, SeatCase) and case.example is not None:
        found["example"] |= {"gain": case.example.gain}
    return found
