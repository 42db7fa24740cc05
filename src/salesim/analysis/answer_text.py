"""The answer to the question of a study in sentences, worded from its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..english import TODAY, capital, phrase
from ..inputs.answers import POLICY
from ..inputs.declared import place_text, value_said, words_of
from ..inputs.design import BASELINE, Number, policy_text
from ..outcomes import NUMBERS
from ..quantity import MILLION, MINUS, Scale, Unit
from .answering import Answered, BestFound, Change, ClaimFound, EffectFound, Peak, TogetherFound

VERBS = {1: "raises {} ", -1: "lowers {} ", 0: "has no clear effect on {} "}
OF_PROMISE = "realisation_ratio"  # in hundredths of it


def answer_sentences(found: Answered) -> list[str]:
    """The answer in one sentence, which is what the first claim found; then the others, each in one."""
    return [f"{capital(claim_text(claim))}." for claim in found.claims]


def claim_text(claim: ClaimFound) -> str:
    """What one claim found."""
    if claim.kind == "effect":
        return _effect(claim)
    return _together(claim) if claim.kind == "together" else _best(claim)


def note(found: Answered) -> str:
    """How sure the answer is, in a sentence."""
    return (
        f"In brackets: intervals over {found.replicates:,} replicates on the same random draws, which hold "
        "together in 95% of cases."
    )


def noun_of(outcome: str) -> str:
    """An outcome in a sentence, with its article."""
    noun = NUMBERS[outcome].noun
    return f"the {noun}" if noun.endswith(("share", "ratio", "rate")) or " of " in noun else noun


def scale_of(changes: Sequence[Change], outcome: str) -> Scale:
    """How the differences of an outcome are written."""
    unit = NUMBERS[outcome].unit.difference
    ends = [(change.low, change.high) for change in changes]
    scale = unit.scale([change.mean for change in changes], ends, size=MILLION, minus=MINUS)
    return replace(scale, shown=Unit.PROMISE.shown) if outcome.startswith(OF_PROMISE) else scale


def _amount(value: float, scale: Scale, *, bare: bool = False) -> str:
    """An amount without its sign, with its unit unless that was said before."""
    return scale.number(abs(value)) if bare else scale.text(abs(value))


def _between(change: Change, scale: Scale) -> str:
    """The ends of an interval; of an amount that is named without its sign, the ends of that."""
    ends = [change.low, change.high]
    if change.sign < 0:
        ends = [-change.high, -change.low]
    return f"({scale.interval(*ends)})"


def _effect(claim: EffectFound) -> str:
    """What a measure changes, in each of the circumstances."""
    outcome, changes = claim.outcome, claim.changes
    scale = scale_of(changes, outcome)
    if not any(change.sign for change in changes):
        where = phrase([_where(change, scale) for change in changes])
        return f"{claim.what} has no clear effect on {noun_of(outcome)} {where}{_apart(claim)}"
    said: list[str] = []
    before, told = 2, False  # no sign yet, and no unit
    for change in changes:
        noun = "it" if said else noun_of(outcome)
        verb = "" if change.sign == before else VERBS[change.sign].format(noun)
        said.append(f"{verb}{_one_effect(change, scale, bare=told)}")
        before, told = change.sign, told or change.sign != 0
    return f"{claim.what} {phrase(said)}{_apart(claim)}"


def _where(change: Change, scale: Scale) -> str:
    """In what circumstances there is no clear effect, and its interval."""
    return " ".join(filter(None, [change.said, _between(change, scale)]))


def _one_effect(change: Change, scale: Scale, *, bare: bool) -> str:
    """By how much in some circumstances; the unit unless it was said before."""
    if change.sign == 0:
        return _where(change, scale)
    amount = _amount(change.mean, scale, bare=bare)
    where = f" {change.said}" if change.said else ""
    return f"by {amount} {_between(change, scale)}{where}"


def _apart(claim: EffectFound) -> str:
    """Whether the effect depends on the circumstances; more of a loss is a larger loss."""
    if claim.apart is None:
        return ""
    apart, outcome, first, last = claim.apart, claim.outcome, claim.changes[0], claim.changes[-1]
    scale = scale_of([apart], outcome)
    ends = "between the two" if len(claim.changes) == 2 else "between the first and the last"
    if apart.sign == 0:
        return f", with no clear difference {ends} {_between(apart, scale)}"
    if first.sign != last.sign or first.sign == 0:
        between = scale.interval(apart.low, apart.high)
        return f", a difference of {signed(apart, scale)} ({between}) {ends}"
    amount = _amount(apart.mean, scale, bare=True)
    more = "more" if apart.sign == first.sign else "less"
    return f", {amount} {_between(apart, scale)} {more} {apart.said} than {first.said}"


def _together(claim: TogetherFound) -> str:
    """What measures do together, against the sum of what each does alone."""
    outcome = claim.outcome
    scale = scale_of([claim.whole, claim.beyond, *claim.parts], outcome)
    between = _between(claim.whole, scale)
    if claim.whole.sign == 0:
        said = f"{claim.what} together have no clear effect on {noun_of(outcome)} {between}"
    else:
        verb = "raise" if claim.whole.sign > 0 else "lower"
        said = f"{claim.what} together {verb} {noun_of(outcome)} by "
        said += f"{_amount(claim.whole.mean, scale)} {between}"
    total = f"{scale.number(claim.total.mean)} that they come to one by one"
    alone = ", ".join(f"{part.said} {signed(part, scale)}" for part in claim.parts)
    beyond = _between(claim.beyond, scale)
    if claim.beyond.sign == 0:
        return f"{said}, without a clear difference from the {total} ({alone}; difference {beyond[1:-1]})"
    more = "more" if claim.beyond.sign > 0 else "less"
    amount = _amount(claim.beyond.mean, scale, bare=claim.whole.sign != 0)
    return f"{said}, {amount} {beyond} {more} than the {total} ({alone})"


def signed(change: Change, scale: Scale) -> str:
    """A difference with its sign, and whether it is significant."""
    return f"{scale.number(change.mean, signed=True)}{'' if change.sign else ', no clear effect'}"


def _best(claim: BestFound) -> str:
    """Where an outcome is best, in each of the circumstances, and whether that moves."""
    noun, values = noun_of(claim.outcome), "policy" if claim.along == POLICY else words_of(claim.along)
    clear = [peak for peak in claim.peaks if _is_clear(peak)]
    unclear = phrase([peak.said for peak in claim.peaks if not _is_clear(peak)])
    none = f"no {values} is clearly better than another in {noun} {unclear}".strip()
    if not clear:
        return none
    word = "lowest" if NUMBERS[claim.outcome].better == "lower" else "highest"
    scale = scale_of([peak.gain for peak in clear if peak.gain is not None], claim.outcome)
    said = [_peak(claim, peak, scale, first=place == 0) for place, peak in enumerate(clear)]
    rest = f", and no {values} is clearly better than another {unclear}" if unclear else ""
    return f"{noun} is {word} {phrase(said)}{rest}{_moves(claim)}"


def _is_clear(peak: Peak) -> bool:
    """Whether the best is clearly better than any other value."""
    return len(peak.same) < peak.others


def _peak(claim: BestFound, peak: Peak, scale: Scale, *, first: bool) -> str:
    """The best in some circumstances, what it is better by, and what is not clearly worse."""
    say = spot_text if first else short
    place = f"{'under' if claim.along == POLICY else 'at'} {say(claim.along, peak.value)}"
    where = f" {peak.said}" if peak.said else ""
    about = ", ".join(filter(None, [_gain(claim, peak, scale), _same(claim, peak)]))
    return f"{place}{where}{f' ({about})' if about else ''}"


def _gain(claim: BestFound, peak: Peak, scale: Scale) -> str:
    """How much better the best is than what it is compared with."""
    if peak.gain is None:
        return "" if claim.along == POLICY else "as it is now"
    if peak.base in peak.same:
        return ""
    side = "below" if peak.gain.sign < 0 else "above"
    ends = _between(peak.gain, scale)[1:-1]
    amount = _amount(peak.gain.mean, scale)
    return f"{amount}, {ends}, {side} {short(claim.along, peak.base)}"


def _same(claim: BestFound, peak: Peak) -> str:
    """What is not clearly worse than the best."""
    if peak.same:
        return f"no clear difference from {phrase([short(claim.along, value) for value in peak.same])}"
    return "clearly better than every other" if peak.others > 1 else ""


def _moves(claim: BestFound) -> str:
    """Whether the best is elsewhere in the last circumstances than in the first."""
    first, last = claim.peaks[0], claim.peaks[-1]
    if first.value == last.value or not (_is_clear(first) and _is_clear(last)):
        return ""
    ends = f"from {short(claim.along, first.value)} to {short(claim.along, last.value)}"
    return (
        f", so the best moves {ends}" if claim.moves else f", although the move {ends} is not significant"
    )


def spot_text(along: str, value: Number) -> str:
    """A value of a lever, or a policy, in a sentence."""
    return short(along, value) if along == POLICY else place_text(along, value)


def short(along: str, value: Number) -> str:
    """The same, where it is plain what it is a value of."""
    if along != POLICY:
        return value_said(along, value)
    return TODAY if value == BASELINE else policy_text(value)
