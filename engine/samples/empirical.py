"""Where a sample puts its probability: the nonparametric maximum of the likelihood.

    exact values           mass wᵢ/n on each
    right censoring        Ŝ(x) = Π (1 − dⱼ/nⱼ) over values up to x (Kaplan & Meier 1958)
    left censoring         the same, read from above
    any other censoring    masses on the innermost intervals, by self-consistency (Turnbull 1976)

The first three are exact. The last stops once no mass could gain more than a millionth by
growing, which bounds the lack of log-likelihood by n times that (Gentleman & Geyer 1994); the
cdf is then good to about 1e-4. Its rounds are taken two at a time and extrapolated along a
parabola (Varadhan & Roland 2008), as they are slow where intervals overlap.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.samples.sample import Array, Censored, Sample

__all__ = ["Empirical", "empirical", "product_limit"]

GAIN = 1e-6
"""Share by which a mass may still gain where the rounds are over."""
MOST_ROUNDS = 5_000
LEAST_SHARE = 1e-3
"""What an extrapolation leaves of a mass at least, so that none is lost for good."""
FARTHEST = 1e6
"""Rounds that an extrapolation stands for at the most."""
TINY = float(np.finfo(float).tiny)


@dataclass(frozen=True, eq=False)
class Empirical:
    """Probability masses on points and intervals (low, high], in order and without overlap.

    A point has low = high. How the mass of an interval lies inside it, the sample does not
    tell; everywhere else the cdf is determined.
    """

    low: Array
    high: Array
    mass: Array

    @property
    def points(self) -> bool:
        """Whether all masses are on points, as they are where nothing is censored."""
        return bool((self.low == self.high).all())


def empirical(sample: Sample) -> Empirical:
    """Estimate the law of the observations, given that they could be observed."""
    x, w, hidden = sample.values, sample.frequencies, sample.censored
    if hidden is None or not hidden.low.size:
        times, masses = product_limit(x, w, np.zeros(0), np.zeros(0))
        return Empirical(times, times, masses)
    if np.isposinf(hidden.high).all():
        return _with_tail(product_limit(x, w, hidden.low, hidden.weights), hidden.low)
    if np.isneginf(hidden.low).all():
        # a value equal to the bound may be what is hidden below it: it leaves before, not after
        found = product_limit(-x, w, -hidden.high, hidden.weights, leaves_after=False)
        mirrored = _with_tail(found, -hidden.high)
        return Empirical(-mirrored.high[::-1], -mirrored.low[::-1], mirrored.mass[::-1])
    return _self_consistent(x, w, hidden)


def product_limit(
    x: Array, w: Array, censored: Array, v: Array, *, leaves_after: bool = True
) -> tuple[Array, Array]:
    """Distinct values and the Kaplan–Meier estimate's mass on each.

    ``censored`` are lower bounds of weight ``v``. Whether one that equals a value is still at
    risk there is for ``leaves_after`` to say.
    """
    times, places = np.unique(x, return_inverse=True)
    died = np.bincount(places, w, minlength=times.size)
    order = np.argsort(censored)
    gone = np.append(0.0, np.cumsum(v[order]))
    left = np.searchsorted(censored[order], times, "left" if leaves_after else "right")
    at_risk = np.cumsum(died[::-1])[::-1] + (gone[-1] - gone[left])
    if not censored.size:
        return times, died / died.sum()
    survival = np.cumprod(1.0 - died / at_risk)
    return times, np.append(1.0, survival[:-1]) * died / at_risk


def _with_tail(found: tuple[Array, Array], bounds: Array) -> Empirical:
    """Add what no value has taken: it lies beyond the last bound."""
    times, masses = found
    rest, last = 1.0 - float(masses.sum()), float(bounds.max())
    if (times.size and last < times[-1]) or rest < 1e-12:
        return Empirical(times, times, masses)
    return Empirical(np.append(times, last), np.append(times, np.inf), np.append(masses, rest))


def _self_consistent(x: Array, w: Array, hidden: Censored) -> Empirical:
    """Share out every observation over the innermost intervals it holds, as they now weigh."""
    n = x.size + hidden.low.size
    ends = np.concatenate([x, hidden.low, x, hidden.high])
    # at equal numbers a value begins, then intervals end, then others begin
    rank = np.repeat([0, 2, 1], [x.size, hidden.low.size, n])
    order = np.lexsort((rank, ends))
    begins = rank[order] != 1
    inner = np.flatnonzero(begins[:-1] & ~begins[1:])
    place = np.empty(2 * n, dtype=np.intp)
    place[order] = np.arange(2 * n)
    first = np.searchsorted(inner, place[:n], "left")
    last = np.searchsorted(inner + 1, place[n:], "right")
    weights = np.concatenate([w, hidden.weights])
    mass = _climb(_Shares(first, last, weights / weights.sum(), inner.size))
    return Empirical(ends[order][inner], ends[order][inner + 1], mass)


@dataclass(frozen=True, eq=False)
class _Shares:
    """Observations by the run of intervals each holds, ``first`` to before ``last``."""

    first: NDArray[np.intp]
    last: NDArray[np.intp]
    weights: Array
    size: int

    def gains(self, mass: Array) -> tuple[Array, float]:
        """By what a round multiplies each mass, and the mean log-likelihood before it."""
        sums = np.append(0.0, np.cumsum(mass))
        held = sums[self.last] - sums[self.first]
        odds = self.weights / held
        changes: Array = np.bincount(self.first, odds, self.size + 1).astype(float)
        changes -= np.bincount(self.last, odds, self.size + 1)
        return np.cumsum(changes)[: self.size], float(self.weights @ np.log(held))


def _climb(shares: _Shares) -> Array:
    """Repeat rounds from equal masses; an extrapolation that falls behind is not taken."""
    mass = np.full(shares.size, 1.0 / shares.size)
    for _ in range(MOST_ROUNDS):
        gains, before = shares.gains(mass)
        once = mass * gains
        if gains.max() <= 1.0 + GAIN:
            return once
        twice = once * shares.gains(once)[0]
        step, bend = once - mass, twice - 2.0 * once + mass
        reach = np.clip(np.sqrt((step @ step) / max(bend @ bend, TINY)), 1.0, FARTHEST)
        beyond = np.maximum(mass + 2.0 * reach * step + reach**2 * bend, LEAST_SHARE * twice)
        beyond /= beyond.sum()
        more, reached = shares.gains(beyond)
        mass = beyond * more if reached >= before else twice
    return mass
