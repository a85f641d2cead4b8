"""The reduced variate of maxima and excesses, y = log(1 + ξz)/ξ: its derivatives by the shape ξ.

With w = ξz and e = log(1 + w) − w/(1 + w), where 1 + w > 0:

    ∂y/∂ξ = −e/ξ²        ∂²y/∂ξ² = (2e − w²/(1 + w)²)/ξ³

Those by z are 1/(1 + w) and −ξ/(1 + w)², and that by both is −z/(1 + w)². At ξ = 0 it is z.
Coles, An Introduction to Statistical Modeling of Extreme Values, sections 3.3 and 4.3.
"""

from engine.distributions.base import Array
from engine.distributions.logarithms import log1p_bend, log1p_excess

__all__ = ["bend_by_shape", "slope_by_shape"]

LEAST = 1e-60
"""A shape nearer to 0 than this gives the derivatives at 0 to the last digit."""


def slope_by_shape(z: Array, shape: float) -> Array:
    """∂y/∂ξ, −z²/2 at 0."""
    return -0.5 * z * z if abs(shape) < LEAST else -log1p_excess(shape * z) / shape / shape


def bend_by_shape(z: Array, shape: float) -> Array:
    """∂²y/∂ξ², 2z³/3 at 0."""
    if abs(shape) < LEAST:
        return 2.0 / 3.0 * z**3
    return log1p_bend(shape * z) / shape / shape / shape
