"""Where a sample lies and how wide it is, the start of the families of location and scale."""

import math

import numpy as np

from engine.samples.sample import Sample

__all__ = ["NORMAL_IQR", "centre"]

NORMAL_IQR = 1.3489795003921634
"""Interquartile range of the standard normal distribution."""


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
