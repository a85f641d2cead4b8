"""What families of positive numbers share: safe draws and ratios, and moments for a start."""

import math

import numpy as np

from engine.distributions.base import Array
from engine.domains import POSITIVE
from engine.samples.sample import Sample

__all__ = [
    "half_square",
    "harmonic_mean",
    "inside",
    "log_moments",
    "log_ratio",
    "ratio",
    "root_mean_square",
]

LARGEST = float(np.finfo(float).max)
LEAST_SPREAD = 1e-9
FARTHEST = 400.0


def harmonic_mean(sample: Sample) -> float:
    """Reciprocal of the mean of 1/x, where the reciprocals may be beyond a double."""
    least = float(np.min(sample.values))
    return least / sample.average(least / sample.values)


def inside(draws: Array) -> Array:
    """Move draws that underflowed to 0, or overflowed, to the nearest positive double."""
    return np.clip(draws, POSITIVE.lower, LARGEST)


def ratio(x: Array, scale: float) -> Array:
    """x/scale, moved where it is no double as draws are, and 1 outside the support."""
    with np.errstate(over="ignore"):
        return inside(np.where(x > 0, x, scale) / scale)


def half_square(x: Array, scale: float) -> Array:
    """(x/scale)²/2, infinite where it is no double, and 0 outside the support."""
    with np.errstate(over="ignore"):
        return 0.5 * (np.maximum(x, 0.0) / scale) ** 2


def log_ratio(x: Array, scale: float) -> Array:
    """Log(x/scale), whose digits near 0 come from x − scale; finite outside the support."""
    with np.errstate(over="ignore"):
        offset = (np.clip(x, 0.5 * scale, 1.5 * scale) - scale) / scale
    z = ratio(x, scale)
    return np.where(np.abs(z - 1.0) < 0.5, np.log1p(offset), np.log(z))


def root_mean_square(values: Array, weights: Array) -> float:
    """√(mean x²), where the squares may be beyond a double."""
    largest = float(np.max(values))
    return largest * math.sqrt(np.average((values / largest) ** 2, weights=weights))


def log_moments(sample: Sample) -> tuple[float, float]:
    """Mean and standard deviation of log x, for a start.

    The deviation is kept off 0, and so large that no value is more than a few hundred
    deviations out, where exp of it would overflow.
    """
    logs = np.log(sample.values)
    mean = sample.average(logs)
    deviations = logs - mean
    spread = math.sqrt(sample.average(deviations**2))
    farthest = float(np.max(np.abs(deviations)))
    return mean, max(spread, farthest / FARTHEST, LEAST_SPREAD)
