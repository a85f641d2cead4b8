"""The mixture of normal distributions.

    f(x) = Σ wⱼ exp(−(x − μⱼ)² / 2σⱼ²) / √(2πσⱼ²),   x real, wⱼ > 0, Σ wⱼ = 1, σⱼ² > 0

of K components, each with a variance of its own. R: the model "V" of mclust's ``Mclust``,
``nor1mix::dnorMix``; SciPy has none. McLachlan & Peel, Finite Mixture Models, chapter 3.

The likelihood has no highest value: it grows without bound as a component narrows around a
single value. What is called the estimate is the highest maximum that was found with a spread
in every component (sections 3.8 and 3.10).
"""

import math
from collections.abc import Sequence
from typing import Self

import numpy as np

from engine.distributions.base import Array
from engine.distributions.mixture import Mixture, silent
from engine.distributions.mixture_starts import equal_shares, thinned
from engine.distributions.normal import Normal
from engine.domains import POSITIVE, REAL
from engine.points import Points
from engine.sample import Sample
from engine.support import REAL_LINE

__all__ = ["NormalMixture"]

LEAST_SPREAD = 1.5
"""Observations that a component needs off its most frequent value.

One that has less is at a single value, where its variance goes to 0, or at two that happen to
be near each other, of which a variance says nothing.
"""

ROUND, ROUNDS = 10, 60
SETTLED = 1e-12
"""Squared distance from the maximum, in standard errors, at which a start is there."""

LEAST_BEND = 1e-6

HALVINGS = 80
"""They leave less of the way between two components than a double can tell."""


class NormalMixture(Mixture):
    """Mixture of normal distributions with their weights, means and variances."""

    name = "normal-mixture"
    support = REAL_LINE
    reference = "McLachlan & Peel, Finite Mixture Models, ch. 3"
    component = Normal
    nested = True

    @classmethod
    def unremarkable(cls, place: int) -> tuple[float, ...]:
        """Means 4 apart, and a standard deviation of 1 or a little more."""
        return 4.0 * place - 6.0, 0.5 + 0.5 * place

    def quantile(self, p: Array) -> Array:
        """Bisect between the components' quantiles, by the smaller tail."""
        ends = np.stack([part.quantile(p) for _, part in self._weighted()])
        low, high = ends.min(axis=0), ends.max(axis=0)
        for _ in range(HALVINGS):
            middle = low / 2.0 + high / 2.0
            beyond = np.where(p < 0.5, self.cdf(middle) >= p, self.survival(middle) <= 1.0 - p)
            low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
        return high

    @classmethod
    def maximised(cls, x: Array, shares: Array) -> Array:
        """Means and variances of the components' parts of the values."""
        totals = shares.sum(axis=1)
        means = shares @ x / totals
        squares = (x - means[:, np.newaxis]) ** 2
        return np.column_stack([means, np.vecdot(shares, squares) / totals])

    @classmethod
    def curvature(cls, x: Array, shares: Array, row: Array) -> Array:
        """Σ w [[−1/σ², −d/σ⁴], [−d/σ⁴, (½ − d²/σ²)/σ⁴]] with d = x − μ."""
        mean, variance = row.tolist()
        ratios = (x - mean) / variance
        total, cross = shares.sum() / variance, shares @ ratios / variance
        square = (0.5 * total - shares @ ratios**2) / variance
        return np.array([[-total, -cross], [-cross, square]])

    @classmethod
    def collapsed(cls, shares: Array) -> bool:
        """Whether a component has too little off one value for a variance."""
        return not bool((shares.sum(axis=1) - shares.max(axis=1) >= LEAST_SPREAD).all())

    @classmethod
    @silent
    def flaw(cls, statistics: Points, values: tuple[float, ...]) -> str | None:
        """A component that has shrunk onto one value."""
        shares = cls.at(values).shares(statistics.values) * statistics.weights
        if not cls.collapsed(shares):
            return None
        return (
            "a component has shrunk onto a single value, where the likelihood grows without "
            "bound; fit fewer components"
        )

    @classmethod
    def starts(cls, sample: Sample) -> Sequence[Self]:
        """Maxima on the points that starts are looked for on.

        From a place that is not quite one, a long step may lead to where a component narrows
        without end. Where there is none, components that are all alike, as good as one normal.
        """
        points = thinned(sample)
        begun = super().starts(sample)
        reached = [found for each in begun if (found := cls._settled(points, each.values()))]
        tops = [values for top, values in reached if top] or [values for _, values in reached]
        alike = cls._updated(points, equal_shares(points, cls.components))
        return [cls.at(values) for values in tops or [alike]]

    @classmethod
    @silent
    def _settled(
        cls, points: Points, values: tuple[float, ...]
    ) -> tuple[bool, tuple[float, ...]] | None:
        """Go up by a Newton step after every few of EM, and say whether it led to a top.

        None where a component collapses.
        """
        for _ in range(ROUNDS):
            reached = cls._climbed(points, values, ROUND)
            if reached is None:
                return None
            values = reached.values
            step, distance = _newton_step(
                points.n * np.array(cls.mean_score(points, *values)),
                cls.information(points, *values),
            )
            if distance < SETTLED:
                return (True, values) if cls._curved(points, values) else None
            # no variance or weight may fall to less than a half at once
            falls = [
                -2.0 * change / value
                for change, value, p in zip(step.tolist(), values, cls.parameters(), strict=True)
                if p.domain != REAL
            ]
            moved = tuple((values + step / max(1.0, *falls)).tolist())
            tried = cls._climbed(points, moved, 0)
            if tried and tried.log_likelihood > reached.log_likelihood:
                values = tried.values
        return False, values

    @classmethod
    def _curved(cls, points: Points, values: tuple[float, ...]) -> bool:
        """Whether the likelihood falls as each component narrows by three standard errors.

        Where it does not, the maximum is a mere shoulder of the spike at a variance of 0.
        """
        top, information = cls.log_likelihood(points, *values), cls.information(points, *values)
        for place, declared in enumerate(cls.parameters()):
            if declared.domain == POSITIVE:
                variance, narrower = values[place], list(values)
                error = 1.0 / math.sqrt(information[place, place]) / variance
                narrower[place] = variance * math.exp(-3.0 * error)
                if not cls.log_likelihood(points, *narrower) < top:
                    return False
        return True

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """Fewer different values than two a component."""
        different = np.unique(statistics.values).size
        if different >= 2 * cls.components:
            return None
        return (
            f"there are {different} different values, and each component of a normal-mixture "
            f"needs two of its own: fit fewer than {cls.components} components, or a normal"
        )


def _newton_step(score: Array, information: Array) -> tuple[Array, float]:
    """Step to the maximum, and its squared length in standard errors.

    Where the surface is not concave the step is bent uphill, and its length infinite.
    """
    scale = np.sqrt(np.abs(np.diag(information)))
    scaled = information / np.outer(scale, scale)
    if not np.isfinite(scaled).all():
        return np.zeros(score.size), math.inf
    curvatures, directions = np.linalg.eigh(scaled)
    along = directions.T @ (score / scale)
    bent = along / np.maximum(np.abs(curvatures), LEAST_BEND)
    distance = float(along @ bent) if curvatures[0] > 0 else math.inf
    return directions @ bent / scale, distance
