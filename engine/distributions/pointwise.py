"""Families whose likelihood is the sum of their log densities at the points of the sample."""

import math
from abc import abstractmethod
from typing import Any, ClassVar, final

import numpy as np

from engine.distributions.base import Array, Distribution
from engine.distributions.five_point import rise_over_twelve_steps
from engine.samples.points import Points
from engine.samples.sample import Sample

__all__ = ["Curved", "Pointwise", "Summed"]

STEP = 1e-3
"""Share of the length over which a function varies that a step of its numerical slope takes."""


class Pointwise(Distribution):
    """A family that needs no more than its log density and its score.

    Counts are merged into a histogram, so that their likelihood costs what they have of
    different values.
    """

    at_once: ClassVar[bool] = False
    """Whether ``jet`` costs hardly more than the likelihood alone."""

    @classmethod
    def condense(cls, sample: Sample) -> Points:
        """Weighted values; those of counts merged. A family may know of fewer that do as well."""
        return Points.of(sample, merge=cls.support.whole)

    @classmethod
    def total(cls, x: Array, weights: Array, *parameters: float) -> float:
        """Σ w log f(x)."""
        return float(weights @ cls.at(parameters).log_density(x))

    @classmethod
    def slopes(cls, x: Array, weights: Array, *parameters: float) -> Array:
        """Σ w ∇ log f(x), shape (k,)."""
        return np.vecdot(cls.at(parameters).score(x), weights)

    @classmethod
    def sums(cls, x: Array, weights: Array, *parameters: float) -> tuple[float, Array]:
        """Both, which a family may give faster than one by one."""
        return cls.total(x, weights, *parameters), cls.slopes(x, weights, *parameters)

    @classmethod
    @final
    def value_and_score(cls, statistics: Points, *parameters: float) -> tuple[float, Array]:
        """Log-likelihood and its gradient, in one pass."""
        value, score = 0.0, np.zeros(len(parameters))
        with np.errstate(all="ignore"):
            for x, weights in statistics.chunks():
                more, slope = cls.sums(x, weights, *parameters)
                value, score = value + more, score + slope
        return value, score

    @classmethod
    def jet(cls, statistics: Points, *parameters: float) -> tuple[float, Array, Array]:
        """Log-likelihood, gradient and information, which a family may give in one pass."""
        value, score = cls.value_and_score(statistics, *parameters)
        return value, score, cls.information(statistics, *parameters)

    @classmethod
    @final
    def log_likelihood(cls, statistics: Points, *parameters: Any) -> Any:
        """Σ w log f(x), at each of the points given by arrays of parameters."""
        if all(isinstance(p, float) for p in parameters):
            point = [float(p) for p in parameters]
            return cls._everywhere(statistics, point)
        columns = np.broadcast_arrays(*(np.asarray(p, dtype=float) for p in parameters))
        rows = np.stack(columns, axis=-1).reshape(-1, len(parameters)).tolist()
        sums = [cls._everywhere(statistics, row) for row in rows]
        return np.array(sums).reshape(columns[0].shape)[()]

    @classmethod
    @np.errstate(all="ignore")
    def _everywhere(cls, statistics: Points, point: list[float]) -> float:
        """Σ w log f(x) at one point; −∞ where no double holds what it is made of."""
        try:
            return sum(cls.total(x, weights, *point) for x, weights in statistics.chunks())
        except ArithmeticError:
            return -math.inf

    @classmethod
    @final
    def mean_score(cls, statistics: Points, *parameters: float) -> tuple[float, ...]:
        """Σ w ∇ log f(x) / n."""
        total: Any = 0.0
        with np.errstate(all="ignore"):
            for x, weights in statistics.chunks():
                total = total + cls.slopes(x, weights, *parameters)
            return tuple((total / statistics.n).tolist())

    @classmethod
    def information(cls, statistics: Points, *parameters: Any) -> Array:
        """Minus the derivative of the score, by the five-point rule.

        A step is a thousandth of the length over which one observation's score varies, or
        of the way to the domain's edge; the error is of the order of 1e-12 of the result.
        """

        def score(point: Array) -> Array:
            """Mean score at other parameters."""
            return np.array(cls.mean_score(statistics, *point))

        at = np.array(parameters)
        squares: Any = 0.0
        with np.errstate(all="ignore"):
            for x, weights in statistics.chunks():
                squares = squares + np.vecdot(cls.at(parameters).score(x) ** 2, weights)
            lengths = 1.0 / np.sqrt(squares / statistics.n)
        columns = []
        for i, (declared, length) in enumerate(zip(cls.parameters(), lengths, strict=True)):
            edges = declared.domain
            room = min(length, at[i] - edges.lower, edges.upper - at[i])
            step = STEP * room * np.eye(at.size)[i]
            columns.append(rise_over_twelve_steps(score, at, step) / (12 * STEP * room))
        jacobian = -statistics.n * np.array(columns)
        return (jacobian + jacobian.T) / 2


class Summed(Pointwise):
    """A family whose likelihood and slopes come from a few sums over the points."""

    @classmethod
    @abstractmethod
    def sums(cls, x: Array, weights: Array, *parameters: float) -> tuple[float, Array]:
        """Σ w log f(x) and Σ w ∇ log f(x)."""

    @classmethod
    def total(cls, x: Array, weights: Array, *parameters: float) -> float:
        """Σ w log f(x), for which a family may need fewer sums."""
        return cls.sums(x, weights, *parameters)[0]

    @classmethod
    @final
    def slopes(cls, x: Array, weights: Array, *parameters: float) -> Array:
        """Σ w ∇ log f(x)."""
        return cls.sums(x, weights, *parameters)[1]

    @final
    def plain_sums(self, x: Array, weights: Array) -> tuple[float, Array]:
        """Take the sums term by term, where they would cancel otherwise."""
        return float(weights @ self.log_density(x)), np.vecdot(self.score(x), weights)


class Curved(Pointwise):
    """A family that knows the second derivatives of its log density."""

    @abstractmethod
    def curvature(self, x: Array) -> dict[tuple[int, int], Array]:
        """Minus those by two parameters, on and above the diagonal, at each value."""

    @classmethod
    @final
    def information(cls, statistics: Points, *parameters: Any) -> Array:
        """Their sums."""
        member, size = cls.at(parameters), len(parameters)

        def sums(x: Array, weights: Array) -> Array:
            """Those of some points."""
            matrix = np.empty((size, size))
            for (i, j), entry in member.curvature(x).items():
                matrix[i, j] = matrix[j, i] = weights @ entry
            return matrix

        return statistics.added_up(sums)
