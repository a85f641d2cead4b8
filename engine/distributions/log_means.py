"""Means of logarithms, the sufficient statistics of the gamma and beta families."""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from engine.distributions.base import Array
from engine.distributions.counts import log1p_gap
from engine.sample import Sample

__all__ = ["FractionLogs", "PositiveLogs"]

TIGHT = 0.3
"""Largest distance from the mean, relative to it, for which the gap is summed term by term."""


HUGE = 1e290
"""Value from which a sum may be beyond a double."""


def _count(sample: Sample) -> float:
    """Number of the observations that are values."""
    return sample.values.size if sample.weights is None else float(sample.weights.sum())


def _total(of: Array, weights: Array | None) -> float:
    # not by BLAS, which would start threads
    return float(of.sum() if weights is None else np.einsum("i,i->", of, weights))


@dataclass(frozen=True, slots=True)
class PositiveLogs:
    """Number of observations, their mean m, and the gap log m − mean log x."""

    n: float
    mean: float
    gap: float
    spread: float
    """Greatest less least value."""

    size = 1

    @classmethod
    def of(cls, sample: Sample) -> Self:
        """Condense values above 0; the gap keeps its digits however close they are together."""
        n = _count(sample)
        low, high = sample.ends
        unit = high if high > HUGE else 1.0
        sums = [
            (_total(x if unit == 1.0 else x / unit, weights), _total(np.log(x), weights))
            for x, weights in sample.chunks()
        ]
        totals, logs = zip(*sums, strict=True)
        mean = unit * (math.fsum(totals) / n)
        gap = math.log(mean) - math.fsum(logs) / n
        if max(high - mean, mean - low) < TIGHT * mean:
            gap = sum(_gap(x, weights, mean) for x, weights in sample.chunks()) / n
        return cls(n, mean, gap, high - low)


def _gap(x: Array, weights: Array | None, mean: float) -> float:
    """Sum of u − log(1 + u) with u = x/m − 1, whose own sum is 0."""
    u = (x - mean) / mean
    return _total(u * u * log1p_gap(u), weights)


@dataclass(frozen=True, slots=True)
class FractionLogs:
    """Number of observations between 0 and 1, and the means of log x and of log(1 − x)."""

    n: float
    log: float
    log_rest: float
    spread: float
    """Greatest less least value."""

    size = 1

    @classmethod
    def of(cls, sample: Sample) -> Self:
        """Condense values between 0 and 1."""
        sums = [
            (_total(np.log(x), weights), _total(np.log1p(-x), weights))
            for x, weights in sample.chunks()
        ]
        logs, rests = zip(*sums, strict=True)
        n = _count(sample)
        return cls(n, math.fsum(logs) / n, math.fsum(rests) / n, sample.ends[1] - sample.ends[0])
