"""The answer to the question of a study in sentences, worded from what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...english import TODAY, capital, listed
from ...outcomes import NUMBERS
from ...quantity import MILLION, MINUS, Scale, Unit
from ...scenario.declared import value_said
from ...study.answering import Answered, BestFound, Change, ClaimFound, EffectFound, Peak, TogetherFound
from ...study.sweeps.answers import POLICY
from ...study.sweeps.design import AS_IS, Number
from .means import place_said, policy_said, words_of

VERBS = {1: "raises {} ", -1: "lowers {} ", 0: "does nothing to {} beyond noise "}
OF_PROMISE = "realisation_ratio"  # in hundredths of it


def sentences(found: Answered) -> list[str]:
    """The answer in one sentence, which is what the first claim found; then the others, each in one."""
    return [f"{capital(claim_said(claim))}." for claim in found.claims]


def claim_said(claim: ClaimFound) -> str:
    """What one claim found."""
    if claim.kind == "effect":
        return _effect(claim)
    return _together(claim) if claim.kind == "together" else _best(claim)


def note(found: Answered) -> str:
    """How sure the answer is, in a sentence."""
    return (
        f"In brackets: intervals over {found.replicates:,} replicates that met the same luck, which hold "
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
        where = listed([_where(change, scale) for change in changes])
        return f"what {claim.what} does to {noun_of(outcome)} is within noise {where}{_apart(claim)}"
    said: list[str] = []
    before, told = 2, False  # no sign yet, and no unit
    for change in changes:
        noun = "it" if said else noun_of(outcome)
        verb = "" if change.sign == before else VERBS[change.sign].format(noun)
        said.append(f"{verb}{_one_effect(change, scale, bare=told)}")
        before, told = change.sign, told or change.sign != 0
    return f"{claim.what} {listed(said)}{_apart(claim)}"


def _where(change: Change, scale: Scale) -> str:
    """In what circumstances something is within noise, and within which."""
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
        return f", with the difference {ends} within noise {_between(apart, scale)}"
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
        said = f"what {claim.what} together do to {noun_of(outcome)} is within noise {between}"
    else:
        verb = "raise" if claim.whole.sign > 0 else "lower"
        said = f"{claim.what} together {verb} {noun_of(outcome)} by "
        said += f"{_amount(claim.whole.mean, scale)} {between}"
    total = f"{scale.number(claim.total.mean)} that they come to one by one"
    alone = ", ".join(f"{part.said} {signed(part, scale)}" for part in claim.parts)
    beyond = _between(claim.beyond, scale)
    if claim.beyond.sign == 0:
        return f"{said}, which cannot be told from the {total} ({alone}; difference {beyond[1:-1]})"
    more = "more" if claim.beyond.sign > 0 else "less"
    amount = _amount(claim.beyond.mean, scale, bare=claim.whole.sign != 0)
    return f"{said}, {amount} {beyond} {more} than the {total} ({alone})"


def signed(change: Change, scale: Scale) -> str:
    """A difference with its sign, and whether it is within noise."""
    return f"{scale.number(change.mean, signed=True)}{'' if change.sign else ', within noise'}"


def _best(claim: BestFound) -> str:
    """Where an outcome is best, in each of the circumstances, and whether that moves."""
    noun, values = noun_of(claim.outcome), "policy" if claim.along == POLICY else words_of(claim.along)
    told = [peak for peak in claim.peaks if _is_told(peak)]
    untold = [peak.said for peak in claim.peaks if not _is_told(peak)]
    none = f"{listed(untold)} no {values} can be told from another".strip()
    if not told:
        return f"in {noun}, {none}"
    word = "lowest" if NUMBERS[claim.outcome].better == "lower" else "highest"
    scale = scale_of([peak.gain for peak in told if peak.gain is not None], claim.outcome)
    said = [_peak(claim, peak, scale, first=place == 0) for place, peak in enumerate(told)]
    return f"{noun} is {word} {listed(said)}{f', and {none}' if untold else ''}{_moves(claim)}"


def _is_told(peak: Peak) -> bool:
    """Whether the best can be told from any other value."""
    return len(peak.same) < peak.others


def _peak(claim: BestFound, peak: Peak, scale: Scale, *, first: bool) -> str:
    """The best in some circumstances, what it is better by, and what cannot be told apart from it."""
    say = spot_said if first else short
    place = f"{'under' if claim.along == POLICY else 'at'} {say(claim.along, peak.value)}"
    where = f" {peak.said}" if peak.said else ""
    about = ", ".join(filter(None, [_gain(claim, peak, scale), _same(claim, peak)]))
    return f"{place}{where}{f' ({about})' if about else ''}"


def _gain(claim: BestFound, peak: Peak, scale: Scale) -> str:
    """How much better the best is than what it is compared with."""
    if peak.gain is None:
        return "" if claim.along == POLICY else "as it is now"
    if peak.base in peak.same:
        return f"within noise of {short(claim.along, peak.base)}"
    side = "below" if peak.gain.sign < 0 else "above"
    ends = _between(peak.gain, scale)[1:-1]
    amount = _amount(peak.gain.mean, scale)
    return f"{amount}, {ends}, {side} {short(claim.along, peak.base)}"


def _same(claim: BestFound, peak: Peak) -> str:
    """What cannot be told apart from the best, beside what it is compared with."""
    if not peak.same:
        return "told apart from every other" if peak.others > 1 else ""
    others = [value for value in peak.same if value != peak.base]
    names = listed([short(claim.along, value) for value in others])
    return f"not told apart from {names}" if others else ""


def _moves(claim: BestFound) -> str:
    """Whether the best is elsewhere in the last circumstances than in the first."""
    first, last = claim.peaks[0], claim.peaks[-1]
    if first.value == last.value or not (_is_told(first) and _is_told(last)):
        return ""
    ends = f"the best moves from {short(claim.along, first.value)} to {short(claim.along, last.value)}"
    return f", so {ends}" if claim.moves else f", though that {ends} cannot be told from luck"


def spot_said(along: str, value: Number) -> str:
    """A value of a lever, or a policy, in a sentence."""
    return short(along, value) if along == POLICY else place_said(along, value)


def short(along: str, value: Number) -> str:
    """The same, where it is plain what it is a value of."""
    if along != POLICY:
        return value_said(along, value)
    return TODAY if value == AS_IS else policy_said(value)
