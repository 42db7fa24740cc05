"""The answer in one sentence."""

from __future__ import annotations

from ..model.scenario import Scenario
from ..study.estimating import Estimate
from ..study.simulate import Results

NO_PROMISE = "full execution of the strategy would earn nothing, so there is no promise to compare"


def millions(amount: float) -> str:
    """USD in millions, or in thousands when it is less than one."""
    if abs(amount) >= 999_500:
        return f"USD {amount / 1e6:,.1f} million"
    return f"USD {amount / 1e3:,.0f} thousand"


def capital(text: str) -> str:
    """A text that begins a sentence or a line."""
    return f"{text[:1].upper()}{text[1:]}"


def percent(share: float) -> str:
    """A share as whole percent."""
    return f"{share * 100:.0f}%"


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
    if ratio is None:
        return f"{title} earned {millions(realised.mean)} of contribution over {span}; {NO_PROMISE}."
    return (
        f"{title} realised {percent(ratio.mean)} of what its strategy promised"
        f"{spread(ratio, len(results.pairs))}: {millions(realised.mean)} of "
        f"{millions(promised.mean)} contribution over {span}."
    )


def spread(ratio: Estimate, replicates: int) -> str:
    """The range over replicates in words."""
    if replicates == 1:
        return " (one replicate, so no range)"
    low, high = ratio.interval
    if replicates < 10:
        return f" (the middle 80% of {replicates} replicates: {percent(low)} to {percent(high)})"
    return f" (between {percent(low)} and {percent(high)} in 8 of 10 replicates)"
