"""Finite mixtures of the members of one family.

    f(x) = w₁ f(x; θ₁) + … + w_K f(x; θ_K),   wⱼ > 0, w₁ + … + w_K = 1

McLachlan & Peel, Finite Mixture Models, chapter 2.
"""

import math
from abc import abstractmethod
from collections.abc import Sequence
from functools import partial
from typing import ClassVar, Self

import numpy as np

from engine.distributions.base import Array
from engine.distributions.components import Components
from engine.distributions.mixture_starts import Reached, equal_shares, partitions, summits, thinned
from engine.points import Points
from engine.sample import Sample

__all__ = ["Mixture"]

SLOW = 1e-5
"""Rise of the log-likelihood by a step of the EM algorithm at which it gives way to others."""

silent = np.errstate(all="ignore")


class Mixture(Components):
    """A family of mixtures with its likelihood, the EM algorithm and where to start it."""

    nested: ClassVar[bool] = False
    """Whether components may differ where they have the same mean."""

    @classmethod
    @abstractmethod
    def maximised(cls, x: Array, shares: Array) -> Array:
        """Components' parameters of highest likelihood, shape (K, q), from weights (K, n)."""

    @classmethod
    @abstractmethod
    def curvature(cls, x: Array, shares: Array, row: Array) -> Array:
        """Sum over weighted values of a component's second derivatives, shape (q, q)."""

    @classmethod
    def collapsed(cls, shares: Array) -> bool:
        """Whether a component has lost its values, from their weights in it, shape (K, n)."""
        return not bool((shares.sum(axis=1) > 0).all())

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
        return self._score(x, self.values(), self._logs(x, self.values())[1])

    @classmethod
    def _score(cls, x: Array, values: Sequence[float], ratios: Array) -> Array:
        parts = []
        for weight, row, ratio in zip(*cls.split(values), ratios, strict=True):
            parts.append(ratio - ratios[-1])
            parts.extend(weight * ratio * cls._slopes(x, row, ratio))
        del parts[-len(parts) // cls.components]
        return np.stack(parts)

    @classmethod
    def _slopes(cls, x: Array, row: Array, ratio: Array) -> Array:
        """Score of a component; 0 so far away that it has no density and an infinite score."""
        return np.where(ratio == 0, 0.0, cls.component.at(row.tolist()).score(x))

    @silent
    def shares(self, x: Array) -> Array:
        """Probability of each component at each value, shape (K, n)."""
        return self.split(self.values())[0][:, np.newaxis] * self._logs(x, self.values())[1]

    @classmethod
    def sums(cls, x: Array, weights: Array, *parameters: float) -> tuple[float, Array]:
        """Σ w log f(x) and Σ w ∇ log f(x), from the components' densities once."""
        log_density, ratios = cls._logs(x, parameters)
        score = cls._score(x, parameters, ratios)
        return float(weights @ log_density), np.vecdot(score, weights)

    @classmethod
    @silent
    def information(cls, statistics: Points, *parameters: float) -> Array:
        """Σ w (∇ log f ∇ log fᵀ − ∇²f/f), where ∇²f has a block for each component."""
        total = np.zeros((len(parameters), len(parameters)))
        for x, weights in statistics.chunks():
            ratios = cls._logs(x, parameters)[1]
            score = cls._score(x, parameters, ratios)
            total += (score * weights) @ score.T - cls._bends(x, weights, parameters, ratios)
        return total

    @classmethod
    def _bends(cls, x: Array, frequencies: Array, values: Sequence[float], ratios: Array) -> Array:
        """Σ w ∇²f/f."""
        size, last = len(values), cls.components - 1
        matrix = np.zeros((size, size))
        for j, (weight, row, ratio) in enumerate(zip(*cls.split(values), ratios, strict=True)):
            place = j * (1 + row.size)
            block = slice(place + (j < last), place + (j < last) + row.size)
            slopes, shares = cls._slopes(x, row, ratio), ratio * frequencies
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
        return cls.joined(shares.sum(axis=1) / points.n, cls.maximised(points.values, shares))

    @classmethod
    @silent
    def _climbed(cls, points: Points, values: tuple[float, ...], steps: int) -> Reached | None:
        """Take steps of the EM algorithm until they are slow; None where a component collapses."""
        before = -math.inf
        for left in range(steps, -1, -1):
            log_density, ratios = cls._logs(points.values, values)
            value = float(points.weights @ log_density)
            shares = cls.split(values)[0][:, np.newaxis] * ratios * points.weights
            if not math.isfinite(value) or cls.collapsed(shares):
                return None
            if value - before < SLOW or not left:
                break
            before, values = value, cls._updated(points, shares)
        return Reached(cls.ordered(values), log_density, value)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Cut the sample into components of equal size, or else anywhere, where it has ties."""
        points = thinned(sample)
        cuts = partitions(points, cls.components, nested=False)
        return cls.at(cls._updated(points, next(cuts, equal_shares(points, cls.components))))

    @classmethod
    def starts(cls, sample: Sample) -> Sequence[Self]:
        """Where the EM algorithm leads from many ways to cut the sample, the best first.

        Where it leads nowhere, components that are all alike, the best that a single one does.
        """
        points = thinned(sample)
        cuts = partitions(points, cls.components, nested=cls.nested)
        begun = [cls._updated(points, shares) for shares in cuts]
        found = [each.values for each in summits(points, begun, partial(cls._climbed, points))]
        alike = cls._updated(points, equal_shares(points, cls.components))
        return [cls.at(values) for values in found or [alike]]
