"""Where a sample lies and how wide it is, the start of the families of location and scale."""

import math

import numpy as np

from engine.samples.sample import Sample

__all__ = ["NORMAL_IQR", "centre", "shortest"]

NORMAL_IQR = 1.3489795003921634
"""Interquartile range of the standard normal distribution."""
ROUNDING = 1e-12


def centre(sample: Sample) -> tuple[float, float]:
    """Median and interquartile range.

    Where ties make the quartiles equal, the range is that of a normal distribution with
    the sample's standard deviation; it is 0 only if all values are equal.
    """
    quarter, median, three = sample.quantiles(0.25, 0.5, 0.75)
    if three > quarter:
        return median, three - quarter
    deviation = math.sqrt(sample.average((sample.values - median) ** 2))
    return median, NORMAL_IQR * deviation or float(np.ptp(sample.values))


def shortest(sample: Sample, *shares: float) -> list[tuple[float, float]]:
    """Middle and length of the shortest interval with each share of the observations.

    It holds two of them at least. Rousseeuw & Leroy, Robust Regression and Outlier Detection
    (1987), section 4.3.
    """
    order = np.argsort(sample.values)
    x, weights = sample.values[order], sample.frequencies[order]
    through = np.cumsum(weights)
    before, n = through - weights, float(through[-1])
    found = []
    for share in shares:
        needed = before + min(max(share * n, 2.0), n)
        ends = np.searchsorted(through, needed * (1.0 - ROUNDING))
        begins = np.arange(x.size)[ends < x.size]
        lengths = x[ends[begins]] - x[begins]
        place = int(np.argmin(lengths))
        found.append((float(x[place] + lengths[place] / 2.0), float(lengths[place])))
    return found
