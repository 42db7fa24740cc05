"""Where the settings that an answer names stand in its study."""

from __future__ import annotations

from ..errors import ScenarioError
from ..messages import error_text
from .answers import ANSWER, POLICY, Best, Effect, Setting, Together
from .declared import value_of
from .design import BASELINE, Number, Study
from .toml import Written

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
            raise ScenarioError(error_text(ANSWER, path, wrong, names=known))
    policy = _among(POLICY, said.get(POLICY, BASELINE), tuple(study.firms))
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
        wrong = "is not moved by this study"
        raise ScenarioError(error_text(ANSWER, "along", wrong, given=path, names=list(moved)))
    return moved[path]


def _among(path: str, value: Number, values: tuple[Number, ...]) -> Number:
    for each in values:
        if each == value:
            return each
    wrong = "is not moved to this value"
    allowed = ", ".join(map(str, values))
    raise ScenarioError(error_text(ANSWER, path, wrong, given=value, allowed=allowed))


def check_answer(study: Study, written: Written) -> None:
    """Take note of what is wrong with the settings that the answer of a study names."""
    if study.answer is None:
        return
    if study.samples:
        wrong, allowed = "with numbers that are drawn", "uncertain numbers as lists of values"
        written.reject(ANSWER, wrong, allowed=allowed)
        return
    for number, claim in enumerate(study.answer.claims):
        try:
            _find_all(study, claim)
        except ScenarioError as error:
            written.problems.take([f"{written.place(f'{ANSWER}.claims.{number}')}: {error}"])


def _find_all(study: Study, claim: Effect | Together | Best) -> None:
    if claim.kind == "together":
        spot_of(study, claim.base)
        for part in (claim.whole, *(part.at for part in claim.parts)):
            spot_of(study, claim.base, part)
        return
    for where in claim.where:
        if claim.kind == "best":
            spots_along(study, claim, where.at)
        spot_of(study, claim.base, where.at, where.base)
        if claim.kind == "effect":
            spot_of(study, claim.arm, where.at, where.arm)
