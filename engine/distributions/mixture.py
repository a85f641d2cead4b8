"""Finite mixtures of the members of one family.

    f(x) = w₁ f(x; θ₁) + … + w_K f(x; θ_K),   wⱼ > 0, w₁ + … + w_K = 1

McLachlan & Peel, Finite Mixture Models, chapter 2.
"""

from abc import abstractmethod
from collections.abc import Sequence
from functools import cache
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Array
from engine.distributions.components import Components
from engine.distributions.mixture_climbs import Members
from engine.distributions.mixture_search import summits
from engine.distributions.mixture_starts import (
    FEW,
    equal_shares,
    partitions,
    sorted_points,
    thinned,
)
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import Sample

__all__ = ["MOST_TOPS", "Mixture"]

MOST_TOPS = 5
"""Hills that are climbed to their tops."""

silent = np.errstate(all="ignore")


class Mixture(Components):
    """A family of mixtures with its likelihood, the EM algorithm and where to start it."""

    nested: ClassVar[bool] = False
    """Whether components may differ where they have the same mean."""

    @classmethod
    @abstractmethod
    def log_densities(cls, x: Array, weights: Array, rows: Array) -> Array:
        """Log wⱼf(x; θⱼ) but for a term of the values alone, shape (…, K, n).

        From weights, shape (…, K), and components' parameters, (…, K, q).
        """

    @classmethod
    @abstractmethod
    def maximised(cls, x: Array, shares: Array, totals: Array) -> Array:
        """Components' parameters of highest likelihood, shape (…, K, q).

        From weights of the values in them, shape (…, K, n), and the sums of these, (…, K).
        """

    @classmethod
    @abstractmethod
    def curvature(cls, x: Array, shares: Array, row: Array) -> Array:
        """Sum over weighted values of a component's second derivatives, shape (q, q)."""

    @classmethod
    def collapsed(cls, shares: Array, totals: Array) -> NDArray[np.bool_]:
        """Whether a component has lost its values, from the same; shape (…,)."""
        return ~(totals.min(axis=-1) > 0)

    @classmethod
    @cache
    def positive(cls) -> NDArray[np.bool_]:
        """Which parameters of a component are above 0."""
        return np.array([p.domain == POSITIVE for p in cls.component.parameters()])

    @classmethod
    def _logs(cls, x: Array, values: Sequence[float]) -> tuple[Array, Array]:
        """Log density, shape (n,), and the components' densities over the mixture's, (K, n).

        −∞ and NaN where the free weights leave nothing to the last one.
        """
        weights, rows = cls.split(values)
        if not weights[-1] > 0:
            return np.full(x.size, -np.inf), np.full((cls.components, x.size), np.nan)
        logs = np.stack([cls.component.at(row).log_density(x) for row in rows.tolist()])
        log_density = np.logaddexp.reduce(logs + np.log(weights)[:, np.newaxis], axis=0)
        return log_density, np.exp(logs - log_density)

    @silent
    def log_density(self, x: Array) -> Array:
        """Log Σ exp(log wⱼ + log f(x; θⱼ))."""
        return self._logs(x, self.values())[0]

    @silent
    def score(self, x: Array) -> Array:
        """(fⱼ − f_K)/f by wⱼ, and wⱼ (fⱼ/f) ∇ log fⱼ by θⱼ."""
        ratios = self._logs(x, self.values())[1]
        return self._score(self.values(), ratios, self._slopes(x, self.values(), ratios))

    @classmethod
    def _score(cls, values: Sequence[float], ratios: Array, slopes: list[Array]) -> Array:
        parts = []
        for weight, ratio, slope in zip(cls.split(values)[0], ratios, slopes, strict=True):
            parts.append(ratio - ratios[-1])
            parts.extend(weight * ratio * slope)
        del parts[-len(parts) // cls.components]
        return np.stack(parts)

    @classmethod
    def _slopes(cls, x: Array, values: Sequence[float], ratios: Array) -> list[Array]:
        """Components' scores; 0 so far away that one has no density and an infinite score."""
        scores = [cls.component.at(row).score(x) for row in cls.split(values)[1].tolist()]
        return [np.where(r == 0, 0.0, score) for r, score in zip(ratios, scores, strict=True)]

    @silent
    def shares(self, x: Array) -> Array:
        """Probability of each component at each value, shape (K, n)."""
        return self.split(self.values())[0][:, np.newaxis] * self._logs(x, self.values())[1]

    @classmethod
    def slopes(cls, x: Array, weights: Array, *parameters: float) -> Array:
        """Σ w ∇ log f(x)."""
        return cls.sums(x, weights, *parameters)[1]

    @classmethod
    def sums(cls, x: Array, weights: Array, *parameters: float) -> tuple[float, Array]:
        """Σ w log f(x) and Σ w ∇ log f(x), from the components' densities once."""
        log_density, ratios = cls._logs(x, parameters)
        score = cls._score(parameters, ratios, cls._slopes(x, parameters, ratios))
        return float(weights @ log_density), np.vecdot(score, weights)

    @classmethod
    @silent
    def information(cls, statistics: Points, *parameters: float) -> Array:
        """Σ w (∇ log f ∇ log fᵀ − ∇²f/f), where ∇²f has a block for each component."""
        total = np.zeros((len(parameters), len(parameters)))
        for x, weights in statistics.chunks():
            ratios = cls._logs(x, parameters)[1]
            slopes = cls._slopes(x, parameters, ratios)
            score = cls._score(parameters, ratios, slopes)
            bends = cls._bends(x, weights, parameters, ratios, slopes)
            total += (score * weights) @ score.T - bends
        return total

    @classmethod
    def _bends(
        cls,
        x: Array,
        frequencies: Array,
        values: Sequence[float],
        ratios: Array,
        scores: list[Array],
    ) -> Array:
        """Σ w ∇²f/f."""
        size, last = len(values), cls.components - 1
        matrix = np.zeros((size, size))
        members = zip(*cls.split(values), ratios, scores, strict=True)
        for j, (weight, row, ratio, slopes) in enumerate(members):
            place = j * (1 + row.size)
            block = slice(place + (j < last), place + (j < last) + row.size)
            shares = ratio * frequencies
            squares = (slopes * shares) @ slopes.T + cls.curvature(x, shares, row)
            matrix[block, block] = weight * squares
            # the last weight falls where another one rises
            by_weights = [place] if j < last else list(range(0, place, 1 + row.size))
            matrix[by_weights, block] = slopes @ shares * (1.0 if j < last else -1.0)
            matrix[block, by_weights] = matrix[by_weights, block].T
        return matrix

    @classmethod
    def improved(cls, statistics: Points, values: Sequence[float]) -> tuple[float, ...]:
        """One step of the EM algorithm, after which the likelihood is no lower."""
        return cls._updated(
            statistics, cls.at(values).shares(statistics.values) * statistics.weights
        )

    @classmethod
    @silent
    def _updated(cls, points: Points, shares: Array) -> tuple[float, ...]:
        """Parameters of highest likelihood where the components of the values were known."""
        totals = shares.sum(axis=1)
        return cls.joined(totals / points.n, cls.maximised(points.values, shares, totals))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Cut the sample into components of equal size, or else anywhere, where it has ties."""
        points = thinned(sorted_points(sample), FEW * cls.components)
        cuts = partitions(points, cls.components, nested=False)
        shares = cuts if len(cuts) else equal_shares(points, cls.components)
        return cls.at(cls._updated(points, shares[0]))

    @classmethod
    def starts(cls, sample: Sample) -> Sequence[Self]:
        """Where the EM algorithm leads from many ways to cut the sample, the best first.

        Where it leads nowhere, components that are all alike, the best that a single one does.
        """
        points = sorted_points(sample)
        found = cls.hills(points)
        if not found:
            found = [cls._updated(points, equal_shares(points, cls.components)[0])]
        return [cls.at(values) for values in found[:MOST_TOPS]]

    @classmethod
    @silent
    def hills(cls, points: Points) -> list[tuple[float, ...]]:
        """Parameters on different hills, the highest first, from few points in place of many."""
        few = thinned(points, FEW * cls.components)
        parts = partitions(few, cls.components, nested=cls.nested)
        return cls.listed(summits(cls, few, parts, nested=cls.nested))

    @classmethod
    def listed(cls, members: Members) -> list[tuple[float, ...]]:
        """Parameters of each member, in their one order."""
        return [cls.ordered(cls.joined(*each)) for each in zip(*members, strict=True)]

    @classmethod
    def stacked(cls, members: Sequence[tuple[float, ...]]) -> Members:
        """Members by their parameters."""
        weights, rows = zip(*map(cls.split, members), strict=True)
        return Members(np.stack(weights), np.stack(rows))
