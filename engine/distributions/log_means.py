"""Means of logarithms, the sufficient statistics of the gamma and beta families."""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from engine.distributions.base import Array
from engine.distributions.counts import log1p_gap
from engine.distributions.logarithms import TAME, sum_of_logs
from engine.samples.sample import Sample

__all__ = ["FractionLogs", "PositiveLogs"]

TIGHT = 0.3
"""Largest distance from the mean, relative to it, for which the gap is summed term by term."""


CHUNK = 1 << 17
"""Values that are summed at a time: in the cache, for they need little beside them."""

HUGE = 1e290
"""Value from which a sum may be beyond a double."""

SMALL = 1e-3
"""Mean of −log(1 − x) below which 1 − x has too few digits of x."""


def _total(of: Array, weights: Array | None) -> float:
    # not by BLAS, which would start threads
    return float(of.sum() if weights is None else np.einsum("i,i->", of, weights))


def _log_total(x: Array, weights: Array | None, *, tame: bool) -> float:
    if tame and weights is None:
        return sum_of_logs(x)
    return _total(np.log(x), weights)


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
        n = sample.seen
        low, high = sample.ends
        unit = high if high > HUGE else 1.0
        tame = TAME[0] < low and high < TAME[1]
        sums = [
            (_total(x if unit == 1.0 else x / unit, weights), _log_total(x, weights, tame=tame))
            for x, weights in sample.chunks(CHUNK)
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
        """Condense values between 0 and 1; both means keep their digits near either end."""
        low, high = sample.ends
        tame, n = low > TAME[0], sample.seen
        log, rest = (
            math.fsum(_log_total(each(x), w, tame=tame) for x, w in sample.chunks(CHUNK)) / n
            for each in (np.asarray, _rest)
        )
        if rest > -SMALL:
            rest = math.fsum(_total(np.log1p(-x), weights) for x, weights in sample.chunks()) / n
        return cls(n, log, rest, high - low)


def _rest(x: Array) -> Array:
    return 1.0 - x
