"""The answer in one sentence."""

from __future__ import annotations

from ..model.scenario import Scenario
from ..quantity import Quantity, Scale, Unit
from ..study.estimating import Estimate
from ..study.simulate import Results

NO_PROMISE = "full execution of the strategy would earn nothing, so there is no promise to compare"


def span_of(firm: Scenario) -> str:
    """How long a plan is, in words."""
    weeks = firm.organisation.weeks
    years = weeks / 52.0
    if years >= 2 and years == int(years):
        return f"{years:.0f} years"
    return f"{weeks} week{'s' if weeks > 1 else ''}"


def headline(results: Results) -> str:
    """How much of the promise was realised, with the range over replicates."""
    measures = results.measures
    title = results.scenario.title
    promised, realised = measures["promised"], measures["realised"]
    assert promised is not None
    assert realised is not None
    span = span_of(results.scenario)
    ratio = measures["realisation_ratio"]
    dollars = dollars_of(promised, realised)
    if ratio is None:
        return f"{title} earned {dollars.text(realised.mean)} of contribution over {span}; {NO_PROMISE}."
    return (
        f"{title} realised {share_of(ratio)} of what its strategy promised"
        f"{spread(ratio, len(results.pairs))}: {dollars.text(realised.mean)} of "
        f"{dollars.text(promised.mean)} contribution over {span}."
    )


def dollars_of(promised: Estimate, realised: Estimate) -> Scale:
    """How promise and result are written: as finely as the range of the result deserves."""
    gap = promised.mean - realised.mean
    return Unit.USD.scale([promised.mean, realised.mean], [realised.interval, (gap, gap)])


def share_of(ratio: Estimate) -> str:
    """A share of the promise, as finely as its range deserves."""
    return Quantity(ratio.mean, Unit.RATIO, *ratio.interval).text()


def spread(ratio: Estimate, replicates: int) -> str:
    """The range over replicates in words."""
    if replicates == 1:
        return " (one replicate, so no range)"
    shares = Unit.RATIO.scale([ratio.mean], [ratio.interval])
    low, high = (shares.text(end) for end in ratio.interval)
    if replicates < 10:
        return f" (the middle 80% of {replicates} replicates: {low} to {high})"
    return f" (between {low} and {high} in 8 of 10 replicates)"
