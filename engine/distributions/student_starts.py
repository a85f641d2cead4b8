"""Where a search for the maximum of Student's t likelihood begins: it may have several hills.

With few degrees of freedom a t stands on one heap of the values and takes the others for its
tails, and with many it spans them all.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import scipy

from engine.distributions.centre import centre, shortest
from engine.distributions.student_constant import log_constant
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import Sample

__all__ = ["Start", "at_heaps", "at_median"]

DEGREES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
SHARES = (0.5, 0.25)
NEAR, ALIKE = 0.5, 0.7
"""Of a length: how far off a heap may be, and how much shorter, to be that of another start."""


class Start(NamedTuple):
    """Location, scale and degrees of freedom."""

    location: float
    scale: float
    df: float


def at_median(sample: Sample) -> Start:
    """Median, and the likeliest of a few ν with the scale that has the sample's quartiles."""
    median, spread = centre(sample)
    points, df = Points.of(sample, merge=False), np.array(DEGREES)
    quartiles = scipy.special.stdtrit(df, 0.75).tolist()
    scales = [POSITIVE.clamp(spread / 2.0 / quartile) for quartile in quartiles]
    units = np.array(scales)[:, np.newaxis] * np.sqrt(df)[:, np.newaxis]
    logs = points.added_up(lambda x, weights: np.log1p(((x - median) / units) ** 2) @ weights)
    constants = np.array([*map(log_constant, DEGREES)]) - np.log(scales)
    best = int(np.argmax(points.n * constants - 0.5 * (df + 1.0) * logs))
    return Start(median, scales[best], DEGREES[best])


def at_heaps(sample: Sample, best: Start) -> Iterator[Start]:
    """Cauchy's shape where the shortest half and quarter of the sample are not those of a start."""
    for share, (middle, length) in zip(SHARES, shortest(sample, *SHARES), strict=True):
        expected = 2.0 * best.scale * _quantile(share, best.df)
        off = abs(middle - best.location)
        # 0 where values are rounded, or bounds have one middle
        wide = length or float(np.diff(np.unique(sample.values)).min(initial=math.inf))
        if wide < math.inf and (off > NEAR * expected or wide < ALIKE * expected):
            yield Start(middle, wide / 2.0 / _quantile(share, 1.0), 1.0)


def _quantile(share: float, df: float) -> float:
    """Distance from the centre within which a standard t has a share of its probability."""
    return float(scipy.special.stdtrit(df, 0.5 + share / 2.0))
