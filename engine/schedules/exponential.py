"""Exponential decay.

    η(t) = η₀ exp(−t/τ) = η₀ 2^(−t/half_life),  half_life = τ ln 2

Senior, Heigold, Ranzato & Yang, An empirical study of learning rates in deep neural
networks for speech recognition (2013).
"""

from dataclasses import dataclass
from typing import final

from engine.fields import Number
from engine.schedules.base import Schedule
from engine.settings import setting

__all__ = ["Exponential"]


@final
@dataclass(frozen=True)
class Exponential(Schedule):
    """Half the rate after each half-life."""

    name = "exponential"
    formula = "η(t) = η₀ 2^(−t/half_life)"
    reference = "Senior, Heigold, Ranzato & Yang (2013), ICASSP, 6724–6728"

    half_life: float = setting(
        Number(1, 1e9), 2000.0, label="half-life", meaning="the updates in which the rate halves"
    )

    def shape(self, count: int) -> float:
        """2^(−t/half_life)."""
        return float(2.0 ** (-count / self.half_life))
