"""Rounded values as what they are: intervals of a unit's width."""

import math

import numpy as np

from engine.samples.sample import Censored, Sample

__all__ = ["as_intervals", "unit"]

FINEST = 8
"""Decimals beyond which values are not taken for rounded ones."""
CLOSE = 1e-6


def unit(sample: Sample) -> float | None:
    """Return the power of ten that every value is a multiple of, the greatest; or None."""
    values = sample.values
    if not values.size or not values.any():
        return None
    coarsest = math.ceil(math.log10(float(np.abs(values).max())))
    for power in range(coarsest, -FINEST - 1, -1):
        multiples = values / 10.0**power
        if (np.abs(multiples - np.rint(multiples)) < CLOSE).all():
            return 10.0**power
    return None


def as_intervals(sample: Sample, width: float, least: float = -math.inf) -> Sample:
    """Return the sample with each value known to half a unit either way, but not below ``least``.

    Observations that were censored already stay as they are. Heitjan, Inference from Grouped
    Continuous Data (Statistical Science 4, 1989).
    """
    places = 1 - math.floor(math.log10(width))  # an end has a decimal more than a value
    low = np.maximum(np.round(sample.values - width / 2, places), least)
    high = np.round(sample.values + width / 2, places)
    weights = np.asarray(sample.frequencies, dtype=float)
    if sample.censored is not None:
        low = np.append(low, sample.censored.low)
        high = np.append(high, sample.censored.high)
        weights = np.append(weights, sample.censored.weights)
    return Sample(np.zeros(0), None, Censored(low, high, weights), sample.truncation)
