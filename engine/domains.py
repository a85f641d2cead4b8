"""Domains of parameters: where a parameter may lie, and its unconstrained coordinate.

Each domain maps a coordinate on the whole real line one to one onto its interior
(Stan Reference Manual, "Constraint transforms"), so that ascent may happen on either
side of the map. All functions take and give plain floats.
"""

import math
import sys
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, final

__all__ = [
    "ABOVE_ONE",
    "POSITIVE",
    "REAL",
    "UNIT",
    "AboveOne",
    "Domain",
    "Positive",
    "Real",
    "Unit",
]


class Domain(ABC):
    """A set of real numbers that a parameter may take.

    ``lower`` and ``upper`` are the outermost doubles inside it, so that clamping a value
    to them always gives a member.
    """

    lower: ClassVar[float]
    upper: ClassVar[float]
    description: ClassVar[str]

    @final
    def contains(self, value: float) -> bool:
        """Whether a finite value lies in the domain."""
        return math.isfinite(value) and self.lower <= value <= self.upper

    @final
    def clamp(self, value: float) -> float:
        """Return the member nearest to the value."""
        return min(max(value, self.lower), self.upper)

    @abstractmethod
    def unconstrain(self, value: float) -> float:
        """Map a member to its coordinate on the real line."""

    @abstractmethod
    def constrain(self, coordinate: float) -> float:
        """Map a coordinate back to the member; OverflowError where no double holds it."""

    @abstractmethod
    def slope(self, value: float) -> float:
        """Derivative of the member with respect to its coordinate, at the member."""

    @abstractmethod
    def bend(self, value: float) -> float:
        """Second derivative of the member with respect to its coordinate, at the member."""


@final
@dataclass(frozen=True)
class Real(Domain):
    """The real line; its coordinate is the value itself."""

    lower = -math.inf
    upper = math.inf
    description = "any number"

    def unconstrain(self, value: float) -> float:
        """Identity."""
        return value

    def constrain(self, coordinate: float) -> float:
        """Identity."""
        return coordinate

    def slope(self, value: float) -> float:
        """One."""
        return 1.0

    def bend(self, value: float) -> float:
        """Zero."""
        return 0.0


@final
@dataclass(frozen=True)
class Positive(Domain):
    """Numbers above 0; the coordinate is the natural logarithm."""

    lower = sys.float_info.min
    upper = math.inf
    description = "a number above 0"

    def unconstrain(self, value: float) -> float:
        """Logarithm."""
        return math.log(value)

    def constrain(self, coordinate: float) -> float:
        """Exponential, clamped into the domain; OverflowError above the largest double."""
        return max(math.exp(coordinate), self.lower)

    def slope(self, value: float) -> float:
        """d exp(z)/dz, which is the value itself."""
        return value

    def bend(self, value: float) -> float:
        """The value itself."""
        return value


@final
@dataclass(frozen=True)
class Unit(Domain):
    """Numbers between 0 and 1; the coordinate is the logit."""

    lower = sys.float_info.min
    upper = 1.0 - sys.float_info.epsilon / 2
    description = "a number between 0 and 1"

    def unconstrain(self, value: float) -> float:
        """Logit, log(p / (1 − p))."""
        return math.log(value) - math.log1p(-value)

    def constrain(self, coordinate: float) -> float:
        """Logistic function, without overflow on either side, clamped into the domain."""
        if coordinate >= 0:
            return self.clamp(1.0 / (1.0 + math.exp(-coordinate)))
        return self.clamp(math.exp(coordinate) / (1.0 + math.exp(coordinate)))

    def slope(self, value: float) -> float:
        """p (1 − p)."""
        return value * (1.0 - value)

    def bend(self, value: float) -> float:
        """p (1 − p) (1 − 2p)."""
        return value * (1.0 - value) * (1.0 - 2.0 * value)


@final
@dataclass(frozen=True)
class AboveOne(Domain):
    """Numbers above 1; the coordinate is the logarithm of the distance from 1."""

    lower = 1.0 + sys.float_info.epsilon
    upper = math.inf
    description = "a number above 1"

    def unconstrain(self, value: float) -> float:
        """Logarithm of the distance, log(s − 1)."""
        return math.log(value - 1.0)

    def constrain(self, coordinate: float) -> float:
        """1 + exp(z), clamped into the domain; OverflowError above the largest double."""
        return self.clamp(1.0 + math.exp(coordinate))

    def slope(self, value: float) -> float:
        """d (1 + exp(z))/dz, which is the distance from 1."""
        return value - 1.0

    def bend(self, value: float) -> float:
        """The distance from 1."""
        return value - 1.0


REAL = Real()
POSITIVE = Positive()
UNIT = Unit()
ABOVE_ONE = AboveOne()
