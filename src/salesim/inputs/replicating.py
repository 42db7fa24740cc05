"""How often each point of a study is simulated, as somebody wrote it."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from ..messages import Unfit
from ..outcomes import NUMBERS
from .design import Replicates
from .explain import OneOf, Said

MIN, MAX = 20, 400
MIN_FOR_AN_INTERVAL = 2
MAX_OF_A_POINT = 100_000
WIDEST = 1e15
Count = Annotated[int, Field(strict=True, ge=MIN_FOR_AN_INTERVAL, le=MAX_OF_A_POINT)]
Width = Annotated[float, Field(strict=True, gt=0.0, lt=WIDEST)]


class Enough(Said):
    """How often each point is simulated: until a mean is known, or until differences are."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["outcome", "half_width"]}, {"required": ["precision"]}]}
    )

    outcome: Annotated[str, OneOf(list(NUMBERS))] = Field(
        "", description="The outcome whose mean must be known."
    )
    half_width: Width | None = Field(
        None,
        description="Half the width of its 95% interval, in its unit.",
        json_schema_extra={"unit": "unit of the outcome"},
    )
    precision: Width | None = Field(
        None,
        description="Half the 95% interval of each difference from today's firm.",
        json_schema_extra={"unit": "points of the promise, or percent"},
    )
    least: Count | None = Field(None, description="Replicates at least.")
    most: Count | None = Field(None, description="Replicates at most.")

    @model_validator(mode="after")
    def one_or_the_other(self) -> Self:
        """It is the mean of an outcome, or differences, that must be known."""
        for name in ("outcome", "half_width"):
            if self.precision and getattr(self, name):
                raise Unfit("with precision", at=name, allowed="one or the other")
            if not self.precision and not getattr(self, name):
                allowed = "an outcome and half_width, or precision"
                raise Unfit("is missing", at=name, allowed=allowed)
        if self.least and self.most and self.least > self.most:
            raise Unfit("is less than least", at="most", given=self.most, allowed=f"{self.least:,} or more")
        return self

    @property
    def replicates(self) -> Replicates:
        """The same with what is not said: it gives way to what is."""
        least = self.least or min(MIN, self.most or MAX)
        return Replicates(
            least=least,
            most=self.most or max(MAX, least),
            outcome=self.outcome,
            half_width=self.half_width or 0.0,
            precision=self.precision or 0.0,
        )
