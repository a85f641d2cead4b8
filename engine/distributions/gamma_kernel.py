"""Parts of the gamma density that would cancel at large shapes, in forms that do not.

With r = βx/α, the logarithm of x times the gamma density is

    α log βx − βx − log Γ(α) = peak(α) + α (log r − r + 1),

where each term is small near the mode however large α is (Loader, Fast and Accurate
Computation of Binomial Probabilities, 2000). The start is Minka's (Estimating a Gamma
distribution, 2002).
"""

import math

import scipy

__all__ = ["digamma_gap", "log_peak", "shape_start"]

LARGE = 16.0
"""Shape from which Stirling's series, cut where it is, is exact to a double."""

LEAST_GAP = 1e-12


def log_peak(shape: float) -> float:
    """α log α − α − log Γ(α)."""
    if shape < LARGE:
        return shape * math.log(shape) - shape - math.lgamma(shape)
    q = 1.0 / shape / shape
    series = 1 / 12 - q * (1 / 360 - q * (1 / 1260 - q * (1 / 1680 - q * (1 / 1188))))
    return 0.5 * math.log(shape / (2.0 * math.pi)) - series / shape


def digamma_gap(shape: float) -> float:
    """Log α − ψ(α), the slope of the peak."""
    if shape < LARGE:
        return math.log(shape) - float(scipy.special.digamma(shape))
    q = 1.0 / shape / shape
    series = q * (1 / 12 - q * (1 / 120 - q * (1 / 252 - q * (1 / 240 - q * (1 / 132)))))
    return 0.5 / shape + series


def shape_start(gap: float) -> float:
    """Approximate the α at which the gap is this: log of the mean less mean of the logs."""
    s = max(gap, LEAST_GAP)
    return (3.0 - s + math.sqrt((s - 3.0) ** 2 + 24.0 * s)) / (12.0 * s)
