"""Wald's region for two parameters: the ellipse of their covariance.

    (θ − θ̂)ᵀ Σ⁻¹ (θ − θ̂) = χ²₂(level) = −2 log(1 − level)

Johnson & Wichern, Applied Multivariate Statistical Analysis, section 4.2.
"""

import math

import numpy as np

from engine.distributions.base import Array
from engine.fits.fitted import Fit

__all__ = ["correlation", "ellipse"]

POINTS = 181
"""One every two degrees."""


def ellipse(fitted: Fit, places: tuple[int, int], level: float) -> Array | None:
    """Points around the boundary, shape (POINTS, 2), the first one again at the end.

    None where the fit has no covariance of the two, or one of them is fixed.
    """
    if correlation(fitted, places) is None or fitted.covariance is None:
        return None
    lower = np.linalg.cholesky(fitted.covariance[np.ix_(places, places)])
    turn = np.linspace(0.0, 2.0 * math.pi, POINTS)
    circle = math.sqrt(-2.0 * math.log1p(-level)) * np.vstack([np.cos(turn), np.sin(turn)])
    centre = np.array([fitted.parameters[place] for place in places])
    points: Array = centre + (lower @ circle).T
    return points


def correlation(fitted: Fit, places: tuple[int, int]) -> float | None:
    """Correlation of two estimates; None where the fit has none."""
    errors = fitted.standard_errors
    if errors is None or fitted.covariance is None or not all(errors[i] > 0.0 for i in places):
        return None
    i, j = places
    found = float(fitted.covariance[i, j]) / errors[i] / errors[j]
    return found if abs(found) < 1.0 else None
