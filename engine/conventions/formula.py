"""Formulas of a family's parameters, and how one language spells its log density.

A formula is written with the arithmetic of Python and NumPy alone, so that it can be evaluated
a little off the real line: f'(x) = Im f(x + ih)/h has no rounding to speak of (Squire & Trapp,
SIAM Review 40, 1998).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.distributions.base import Array

__all__ = [
    "Formula",
    "Spelled",
    "Spelling",
    "exponential",
    "inverse",
    "minus",
    "root",
    "same",
    "spell",
]

STEP = 1e-30


@dataclass(frozen=True)
class Formula:
    """A quantity that follows from some of a family's parameters, and how it is written."""

    text: str
    uses: tuple[str, ...]
    of: Callable[..., Any]

    @property
    def identity(self) -> bool:
        """Whether it is one of the parameters as it is."""
        return self.uses == (self.text,)

    def value(self, parameters: Mapping[str, float]) -> float:
        """The quantity at parameters given by name."""
        return float(self.of(*(parameters[name] for name in self.uses)))

    def gradient(self, parameters: Mapping[str, float]) -> Array:
        """Its derivative by every parameter, in their order, shape (k,)."""
        slopes = []
        for name in parameters:
            shifted = [
                complex(parameters[used], STEP if used == name else 0.0) for used in self.uses
            ]
            slopes.append(complex(self.of(*shifted)).imag / STEP if name in self.uses else 0.0)
        return np.array(slopes)


@dataclass(frozen=True)
class Spelling:
    """The log density of ``x`` in a language, in terms of its own names for the parameters.

    ``note`` says what a reader of that language should know.
    """

    density: str
    parameters: Mapping[str, Formula]
    note: str = ""


@dataclass(frozen=True)
class Spelled:
    """One parameter of a convention: how it follows from the family's, its value and its error.

    ``standard_error`` is None where the fit has no covariance; ``fixed`` where nothing that it
    follows from was estimated.
    """

    name: str
    formula: str
    value: float
    standard_error: float | None
    fixed: bool


def spell(density: str, note: str = "", **parameters: str | Formula) -> Spelling:
    """Return a log density, and how the parameters in it follow from the family's."""
    found = {k: same(f) if isinstance(f, str) else f for k, f in parameters.items()}
    return Spelling(density, found, note)


def same(name: str) -> Formula:
    """Return the parameter itself."""
    return Formula(name, (name,), lambda value: value)


def inverse(name: str) -> Formula:
    """Return 1 over a parameter."""
    return Formula(f"1 / {name}", (name,), lambda value: 1.0 / value)


def root(name: str) -> Formula:
    """Return the square root of a parameter."""
    return Formula(f"√{name}", (name,), lambda value: value**0.5)


def minus(name: str) -> Formula:
    """Return a parameter with the other sign."""
    return Formula(f"−{name}", (name,), lambda value: -value)


def exponential(name: str) -> Formula:
    """Return e to a parameter."""
    return Formula(f"exp({name})", (name,), np.exp)
