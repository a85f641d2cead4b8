"""The reduced variate of maxima and excesses, y = log(1 + ξz)/ξ: its derivatives by the shape ξ.

With w = ξz and e = log(1 + w) − w/(1 + w), where 1 + w > 0:

    ∂y/∂ξ = −e/ξ²        ∂²y/∂ξ² = (2e − w²/(1 + w)²)/ξ³

Those by z are 1/(1 + w) and −ξ/(1 + w)², and that by both is −z/(1 + w)². At ξ = 0 it is z.
Coles, An Introduction to Statistical Modeling of Extreme Values, sections 3.3 and 4.3.
"""

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Array
from engine.distributions.logarithms import horner

__all__ = ["bend_by_shape", "slope_by_shape"]

NEAR = 0.1
ORDERS = np.arange(18.0)
SLOPE = -((-1.0) ** ORDERS) * (ORDERS + 1.0) / (ORDERS + 2.0)
"""Of −e/w² in powers of w; the next is below a rounding error, as it is of the other."""
BEND = (-1.0) ** ORDERS * (ORDERS + 1.0) * (ORDERS + 2.0) / (ORDERS + 3.0)
"""Of (2e − w²/(1 + w)²)/w³."""


@np.errstate(over="ignore")
def slope_by_shape(z: Array, shape: float) -> Array:
    """∂y/∂ξ."""
    w, near, excess, _ = _parts(z, shape)
    return np.where(near, z * (z * horner(SLOPE, w)), -excess / (shape or 1.0) / (shape or 1.0))


@np.errstate(over="ignore")
def bend_by_shape(z: Array, shape: float) -> Array:
    """∂²y/∂ξ²."""
    w, near, excess, ratio = _parts(z, shape)
    far = (2.0 * excess - ratio * ratio) / (shape or 1.0) / (shape or 1.0) / (shape or 1.0)
    return np.where(near, z * (z * (z * horner(BEND, w))), far)


def _parts(z: Array, shape: float) -> tuple[Array, NDArray[np.bool_], Array, Array]:
    """Whether w is near 0, and there w, elsewhere e and w/(1 + w)."""
    w = shape * z
    near = np.abs(w) < NEAR
    far = np.where(near, 1.0, w)
    ratio = far / (1.0 + far)
    return np.where(near, w, 0.0), near, np.log1p(far) - ratio, ratio
