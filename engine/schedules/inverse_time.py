"""Inverse time decay.

    η(t) = η₀/(1 + t/t₀)^power

Robbins & Monro, A stochastic approximation method (1951). With a power of at most 1 the
rates have no finite sum, so that no maximum is out of reach. With one above 1/2 their
squares have, so that noise dies out.
"""

from dataclasses import dataclass
from typing import final

from engine.fields import Number
from engine.schedules.base import Schedule
from engine.settings import setting

__all__ = ["InverseTime"]


@final
@dataclass(frozen=True)
class InverseTime(Schedule):
    """Fast decay at first, and ever slower."""

    name = "inverse-time"
    formula = "η(t) = η₀/(1 + t/t₀)^power"
    reference = "Robbins & Monro (1951), Ann. Math. Statist. 22, 400–407"

    t0: float = setting(
        Number(1, 1e9),
        1000.0,
        label="t₀",
        meaning="the updates after which a power of 1 has halved the rate",
    )
    power: float = setting(
        Number(0, 1, open_low=True),
        1.0,
        label="power",
        meaning="how fast the rate falls in the long run; 1: like 1/t",
    )

    def shape(self, count: int) -> float:
        """(1 + t/t₀)^(−power)."""
        return float((1.0 + count / self.t0) ** -self.power)
