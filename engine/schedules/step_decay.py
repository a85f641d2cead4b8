"""Step decay: a cut by the same factor after every so many updates.

    η(t) = η₀ factor^⌊t/every⌋

Ge, Kakade, Kidambi & Netrapalli, The step decay schedule (2019).
"""

from dataclasses import dataclass
from typing import final

from engine.fields import Number, Whole
from engine.schedules.base import Schedule
from engine.settings import setting

__all__ = ["StepDecay"]


@final
@dataclass(frozen=True)
class StepDecay(Schedule):
    """Level for a while, then a cut, and again."""

    name = "step-decay"
    formula = "η(t) = η₀ factor^⌊t/every⌋"
    reference = "Ge, Kakade, Kidambi & Netrapalli (2019), NeurIPS 32, 14977–14988"

    factor: float = setting(
        Number(0, 1, open_low=True),
        0.5,
        label="factor",
        meaning="what each cut multiplies the rate by",
    )
    every: int = setting(
        Whole(1, 10**9), 1000, label="every", meaning="the updates from one cut to the next"
    )

    def shape(self, count: int) -> float:
        """factor^⌊t/every⌋."""
        return float(self.factor ** (count // self.every))
