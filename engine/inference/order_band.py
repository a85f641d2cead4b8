"""The band of QQ and PP plots: where a law's order statistics lie.

    F(X₍ᵢ₎) ~ Beta(i, n + 1 − i)

(David & Nagaraja, Order Statistics, 2003, section 2.1; as the band of a plot, point by point,
Aldor-Noiman et al. 2013, The American Statistician 67, 249–260). A PP plot has the quantiles of
this beta across, at the height of its point, a QQ plot has the law's quantiles of them upwards.

Where the law is continuous and was known beforehand, each point lies in the band with exactly
the probability of the level, looked at alone: of many points some do not. A law that was fitted
keeps closer to its own sample, so that fewer stray. A value of weight w stands for w observations,
and for the one in the middle of their ranks, which is exact but for the rounding that made them
equal.
"""

from dataclasses import dataclass

import numpy as np
import scipy

from engine.distributions.base import Array, Distribution
from engine.inference.curves import Plotted
from engine.likelihoods.truncated import Truncated
from engine.samples.sample import Sample

__all__ = ["OrderBand", "missing", "order_band"]


@dataclass(frozen=True, eq=False)
class OrderBand:
    """Ends of the band at each point, shape (m,) each: shares of the law, and its quantiles."""

    low: Array
    high: Array
    lowest: Array
    highest: Array


def missing(law: type[Distribution], sample: Sample) -> str:
    """Say why there is no such band; nothing where there is one."""
    if law.support.whole:
        return "counts have none, for their cdf jumps"
    if sample.censored is not None and sample.censored.low.size:
        return "censored observations have no ranks"
    return ""


def order_band(
    law: Distribution, sample: Sample, points: Plotted, level: float
) -> OrderBand | None:
    """Return the pointwise band of a sample's points at a level, 0 < level < 1, if it has one."""
    if missing(type(law), sample):
        return None
    n = sample.total
    rank = n * points.shares + 0.5
    tail = (1.0 - level) / 2.0
    low = scipy.special.betaincinv(rank, n + 1.0 - rank, tail)
    high = scipy.special.betainccinv(rank, n + 1.0 - rank, tail)
    quantile = Truncated.of(law, sample).quantile
    with np.errstate(all="ignore"):
        return OrderBand(low, high, quantile(low), quantile(high))
