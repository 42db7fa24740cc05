"""Where the settings that an answer names stand in its study."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import ScenarioError
from ..messages import nearest, refusal
from .answers import ANSWER, POLICY, Answer, Best, Setting
from .declared import value_of
from .design import AS_IS, Number, Study

Spot = tuple[Number, ...]  # the policy, then a value of each number that is moved


def spot_of(study: Study, *settings: Setting) -> Spot:
    """Where a setting stands; later ones go before earlier ones, and what none says is as in the firm.

    Raises:
        ScenarioError: a number that is not moved, or a value that it is not moved to; without the place
            where it was written.
    """
    said: Setting = {path: value for setting in settings for path, value in setting.items()}
    known = [POLICY, *study.axes]
    for path in said:
        if path not in known:
            wrong = "is not moved by this study"
            allowed, near = ", ".join(known), nearest(path, known)
            raise ScenarioError(refusal(ANSWER, path, wrong, allowed=allowed, near=near))
    policy = _among(POLICY, said.get(POLICY, AS_IS), tuple(study.firms))
    firm = study.firms[str(policy)]
    moved = study.levers | study.uncertainties
    return (
        policy,
        *(_among(path, said.get(path, value_of(firm, path)), values) for path, values in moved.items()),
    )


def spots_along(study: Study, claim: Best, at: Setting) -> dict[Number, Spot]:
    """Where each value stands along which the best is looked for."""
    values = tuple(study.firms) if claim.along == POLICY else _values(study, claim.along)
    return {value: spot_of(study, claim.base, at, {claim.along: value}) for value in values}


def _values(study: Study, path: str) -> tuple[Number, ...]:
    moved = study.levers | study.uncertainties
    if path not in moved:
        wrong, near = "is not moved by this study", nearest(path, list(moved))
        raise ScenarioError(refusal(ANSWER, "along", wrong, given=path, near=near))
    return moved[path]


def _among(path: str, value: Number, values: tuple[Number, ...]) -> Number:
    for each in values:
        if each == value:
            return each
    wrong = "is not moved to this value"
    allowed = ", ".join(map(str, values))
    raise ScenarioError(refusal(ANSWER, path, wrong, given=value, allowed=allowed))


def check_answer(study: Study, place: str) -> Iterator[str]:
    """What is wrong with the settings that an answer names; nothing where all of them have their place.

    Args:
        study: the study.
        place: where its answer was written.
    """
    answer = study.answer
    if answer is None:
        return
    if study.samples:
        wrong, allowed = "with numbers that are drawn", "uncertain numbers as lists of values"
        yield refusal(place, ANSWER, wrong, allowed=allowed)
        return
    try:
        _find_all(study, answer)
    except ScenarioError as error:
        yield f"{place}: {error}"


def _find_all(study: Study, answer: Answer) -> None:
    for claim in answer.claims:
        if claim.kind == "together":
            spot_of(study, claim.base)
            for part in (claim.whole, *(part.at for part in claim.parts)):
                spot_of(study, claim.base, part)
            continue
        for where in claim.where:
            if claim.kind == "best":
                spots_along(study, claim, where.at)
            spot_of(study, claim.base, where.at, where.base)
            if claim.kind == "effect":
                spot_of(study, claim.arm, where.at, where.arm)
