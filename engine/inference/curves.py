"""Curves that lay a sample beside a fitted law: the empirical cdf in its band, QQ and PP plots.

    band, every observation seen   F̂ ± √(log(2/α) / 2n), for the whole curve at once
                                   (Dvoretzky, Kiefer & Wolfowitz 1956; Massart 1990)
    band, right censoring          Ŝ^exp(± z √V / log Ŝ), V = Σ dⱼ / rⱼ(rⱼ − dⱼ), at each place
                                   (Greenwood 1926; Kalbfleisch & Prentice 1980, section 1.3)
    left censoring                 the same, mirrored
    any other censoring            no band

With ties and in counts the first is wider than need be. A QQ plot has the law's quantile at p
across and the sample's up, a PP plot the law's cdf and p; on a value that takes the empirical
cdf from a to b, p is (a + b) / 2 (Hazen 1914), and so it is for the cdf of counts. Where
something is censored they stand on the product-limit estimate (Waller & Turnbull 1992), of
intervals on their upper ends. A truncated sample has the law of what could be observed.
"""

import math
from dataclasses import dataclass

import numpy as np
import scipy

from engine.distributions.base import Array, Distribution
from engine.likelihoods.truncated import Truncated
from engine.samples.empirical import Empirical, empirical
from engine.samples.sample import Sample

__all__ = ["Plotted", "Steps", "plotted", "steps"]

MOST = 600
ENDS = 40
"""Points that are kept at either end where there are more than the most of them."""


@dataclass(frozen=True, eq=False)
class Steps:
    """An empirical cdf: where it rises, how high, and the ends of its band; shape (m,) each.

    ``band`` names what the band is, and is empty where there is none.
    """

    x: Array
    cdf: Array
    low: Array
    high: Array
    band: str


@dataclass(frozen=True, eq=False)
class Plotted:
    """Points of both plots, shape (m,) each: the sample's and the law's quantile and share."""

    values: Array
    quantiles: Array
    shares: Array
    cdf: Array


def steps(sample: Sample, level: float) -> Steps:
    """Return the empirical cdf with its band at a level, 0 < level < 1."""
    found, hidden = empirical(sample), sample.censored
    finite = np.isfinite(found.high)
    x, cdf = found.high[finite], np.minimum(np.cumsum(found.mass), 1.0)[finite]
    if hidden is None or not hidden.low.size:
        half = math.sqrt(math.log(2.0 / (1.0 - level)) / (2.0 * sample.total))
        low, high = np.maximum(cdf - half, 0.0), np.minimum(cdf + half, 1.0)
        return Steps(x, cdf, low, high, "simultaneous band")
    if np.isposinf(hidden.high).all():
        risk = _at_risk(x, sample, hidden.low)
        low, high = _greenwood(1.0 - cdf, found.mass[finite] / risk[1], risk[0], level)
        return Steps(x, cdf, 1.0 - high, 1.0 - low, "pointwise band")
    if np.isneginf(hidden.low).all():
        return _mirrored(sample, found, level)
    nothing = np.full(x.shape, np.nan)
    return Steps(x, cdf, nothing, nothing, "")


def _at_risk(x: Array, sample: Sample, bounds: Array) -> tuple[Array, Array]:
    """Weight of what is at x or beyond, and the share Ŝ that it stood for just before x."""
    assert sample.censored is not None  # noqa: S101 - only censored samples have bounds
    order = np.argsort(np.concatenate([sample.values, bounds]))
    every = np.concatenate([sample.values, bounds])[order]
    weights = np.concatenate([sample.frequencies, sample.censored.weights])[order]
    beyond = np.append(np.cumsum(weights[::-1])[::-1], 0.0)
    risk = beyond[np.searchsorted(every, x, "left")]
    died = np.bincount(np.searchsorted(x, sample.values), sample.frequencies, x.size)
    return risk, np.append(1.0, np.cumprod(1.0 - died / risk)[:-1])


def _greenwood(survival: Array, hazard: Array, risk: Array, level: float) -> tuple[Array, Array]:
    """Ends of the band about a survival function; as wide as can be where it is 0."""
    z = float(scipy.special.ndtri((1.0 + level) / 2.0))
    with np.errstate(all="ignore"):
        variance = np.cumsum(hazard / (risk * (1.0 - hazard)))
        reach = np.exp(z * np.sqrt(variance) / -np.log(survival))
        low, high = survival**reach, survival ** (1.0 / reach)
    inside = np.isfinite(reach) & (survival > 0.0)
    return np.where(inside, low, 0.0), np.where(inside, high, 1.0)


def _mirrored(sample: Sample, found: Empirical, level: float) -> Steps:
    """Left censoring, which is right censoring of −X; a hidden value is below its bound."""
    hidden = sample.censored
    assert hidden is not None  # noqa: S101 - only censored samples are mirrored
    x, cdf = found.high, np.minimum(np.cumsum(found.mass), 1.0)
    before = cdf - found.mass
    seen = found.low == found.high
    # what is hidden at or below a bound has left the risk set of the value that equals it
    above = np.nextafter(-hidden.high, -np.inf)
    points = -x[seen][::-1]
    risk, alive = _at_risk(points, Sample(-sample.values, sample.weights, hidden), above)
    hazard = found.mass[seen][::-1] / alive
    # F just below a value is the mirrored survival just beyond it
    low, high = _greenwood(np.maximum(before[seen][::-1], 0.0), hazard, risk, level)
    lower, upper = np.append(low[::-1], 1.0), np.append(high[::-1], 1.0)
    if seen.all():
        return Steps(x, cdf, lower[1:], upper[1:], "pointwise band")
    return Steps(x, cdf, lower, upper, "pointwise band")


def plotted(law: Distribution, sample: Sample) -> Plotted:
    """Return the points of the QQ and the PP plot; of very many, as many as can be told apart."""
    found, seen_law = empirical(sample), Truncated.of(law, sample)
    ends = np.minimum(np.cumsum(found.mass), 1.0)
    points = found.low == found.high
    shares = np.where(points, ends - found.mass / 2.0, ends)
    kept = np.flatnonzero(np.isfinite(found.high) & (shares > 0.0) & (shares < 1.0))
    if kept.size > MOST:
        picked = np.linspace(0, kept.size - 1, MOST).astype(int)
        extremes = np.r_[:ENDS, kept.size - ENDS : kept.size]
        kept = kept[np.union1d(picked, extremes)]
    x, p = found.high[kept], shares[kept]
    with np.errstate(all="ignore"):
        cdf = seen_law.cdf(x)
        if law.support.whole:
            cdf = np.where(points[kept], (cdf + seen_law.cdf(x - 1.0)) / 2.0, cdf)
        return Plotted(x, seen_law.quantile(p), p, cdf)
