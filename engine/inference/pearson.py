"""Pearson's chi-squared for counts: observed against expected frequencies of neighbouring counts.

    χ² = Σ (Oⱼ − Eⱼ)² / Eⱼ,   degrees of freedom: cells − 1 − estimated parameters

D'Agostino & Stephens, Goodness-of-Fit Techniques, section 3.2. The p-value by chi-squared is
approximate: the cells are chosen by the fit, and parameters fitted to the counts themselves,
not to the cells, make it somewhat too small (Chernoff & Lehmann 1954).
"""

import math
from dataclasses import dataclass

import numpy as np
import scipy

from engine.distributions.base import Array, Distribution
from engine.likelihoods.truncated import Truncated
from engine.samples.sample import Sample

__all__ = ["ChiSquared", "chi_squared"]

LEAST_EXPECTED = 5.0
MOST_COUNTS = 5_000
"""Where the counts range wider, cells begin as runs of counts."""


@dataclass(frozen=True, slots=True)
class ChiSquared:
    """Pearson's statistic with its cells and degrees of freedom, which may be 0 or less."""

    statistic: float
    cells: int
    df: int

    @property
    def p_value(self) -> float | None:
        """Chance of a larger statistic, asymptotically; None without degrees of freedom."""
        return float(scipy.special.chdtrc(self.df, self.statistic)) if self.df >= 1 else None


def chi_squared(fitted: Distribution, sample: Sample, estimated: int) -> ChiSquared | None:
    """Measure counts against a distribution of which some parameters were estimated from them.

    Cells expect at least five observations each. None for a density, and where the counts
    are too few, or too many of them censored, for two cells.
    """
    if not fitted.support.whole:
        return None
    law, n = Truncated.of(fitted, sample), sample.total
    ends = _merged(law, _ends(law, sample), n)
    if not ends.size:
        return None
    expected = n * _shares(law, ends)
    observed = np.zeros(ends.size + 1)
    for values, weights in sample.chunks():
        observed += np.bincount(np.searchsorted(ends, values), weights, observed.size)
    if sample.censored is not None:
        cells = np.searchsorted(ends, np.floor(sample.censored.high))
        observed += np.bincount(cells, sample.censored.weights, observed.size)
    statistic = float(np.sum((observed - expected) ** 2 / expected))
    return ChiSquared(statistic, expected.size, expected.size - 1 - estimated)


def _ends(law: Truncated, sample: Sample) -> Array:
    """Last counts of possible cells, those that would divide a censored observation left out."""
    share = min(LEAST_EXPECTED / sample.total, 0.5)
    low, high = law.quantile(np.array([share, 1.0 - share]))
    if high - low <= MOST_COUNTS:
        ends = np.arange(low, high)
    else:
        ends = np.unique(law.quantile(np.linspace(share, 1.0 - share, MOST_COUNTS)))[:-1]
    hidden = sample.censored
    if hidden is None:
        return ends
    # an end divides as many intervals as begin below it and do not end up to it
    begun = np.searchsorted(np.sort(np.floor(hidden.low)), ends, "left")
    ended = np.searchsorted(np.sort(np.floor(hidden.high)), ends, "right")
    undivided: Array = ends[begun == ended]
    return undivided


def _merged(law: Truncated, ends: Array, n: float) -> Array:
    """Ends of neighbouring cells that expect enough, merged from both tails to the middle one."""
    expected = n * _shares(law, ends)
    middle = int(np.searchsorted(np.cumsum(expected), n / 2))
    lower = _closed(ends[:middle], expected[:middle])
    upper = _closed(ends[middle:][::-1], expected[middle + 1 :][::-1])
    found = np.array(lower + upper[::-1])
    if found.size and n * _shares(law, found)[len(lower)] < LEAST_EXPECTED:
        found = np.delete(found, max(len(lower) - 1, 0))
    return found


def _closed(ends: Array, expected: Array) -> list[float]:
    """Ends at which the cells since the last one together expect enough."""
    kept, together = [], 0.0
    for end, inside in zip(ends.tolist(), expected.tolist(), strict=True):
        together += inside
        if together >= LEAST_EXPECTED:
            kept.append(end)
            together = 0.0
    return kept


def _shares(law: Truncated, ends: Array) -> Array:
    """Probability of each cell."""
    limits = np.concatenate([[-math.inf], ends, [math.inf]])
    return law.mass(limits[:-1], limits[1:])
