"""The mixture of normal distributions.

    f(x) = Σ wⱼ exp(−(x − μⱼ)² / 2σⱼ²) / √(2πσⱼ²),   x real, wⱼ > 0, Σ wⱼ = 1, σⱼ² > 0

of K components, each with a variance of its own. R: the model "V" of mclust's ``Mclust``,
``nor1mix::dnorMix``; SciPy has none. McLachlan & Peel, Finite Mixture Models, chapter 3.

The likelihood has no highest value: it grows without bound as a component narrows around a
single value. What is called the estimate is the highest maximum that was found with a spread
in every component (sections 3.8 and 3.10).
"""

import math

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Array
from engine.distributions.bells import all_alike, bells, heights, log_total
from engine.distributions.inversion import quantile_between
from engine.distributions.mixture import MOST_TOPS, Mixture, silent
from engine.distributions.mixture_climbs import climbed
from engine.distributions.mixture_search import newton_step
from engine.distributions.mixture_starts import MANY, thinned
from engine.distributions.nonregular import Flaw
from engine.distributions.normal import Normal
from engine.domains import POSITIVE, REAL
from engine.samples.points import Points
from engine.samples.support import REAL_LINE

__all__ = ["NormalMixture"]

ALONE = 1e-6
"""Observations off one value that a component on several equal ones has at the most."""
LEAST_SPREAD = 1.5
"""Observations that a component needs off its most frequent value.

One that has less is at a single value, where its variance goes to 0, or at two that happen to
be near each other, of which a variance says nothing.
"""
ROUND, ROUNDS, MORE_ROUNDS = 4, 12, 60
SETTLED = 1e-8
"""Squared distance from the maximum, in standard errors, at which a start is there."""
TINY = 1e-280
"""Density below which the components' own densities may have lost digits to underflow."""


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
        """Between the components' quantiles."""
        ends = np.stack([part.quantile(p) for _, part in self._weighted()])
        return quantile_between(self, p, ends.min(axis=0), ends.max(axis=0))

    @classmethod
    def log_densities(cls, x: Array, weights: Array, rows: Array) -> Array:
        """Log weighted normal densities but for −½ log 2π: −(x − μ)²/2σ² + log w − ½ log σ²."""
        terms = x - rows[:, :, :1]
        terms *= terms
        terms *= -0.5 / rows[:, :, 1:]
        terms += (np.log(weights) - 0.5 * np.log(rows[:, :, 1]))[:, :, np.newaxis]
        return terms

    @classmethod
    def maximised(cls, x: Array, shares: Array, totals: Array) -> Array:
        """Means and variances of the components' parts of the values."""
        rows = np.empty((*totals.shape, 2))
        rows[..., 0] = shares @ x / totals
        squares = (x - rows[..., :1]) ** 2
        rows[..., 1] = np.vecdot(shares, squares) / totals
        return rows

    @classmethod
    def curvature(cls, x: Array, shares: Array, row: Array) -> Array:
        """Σ w [[−1/σ², −d/σ⁴], [−d/σ⁴, (½ − d²/σ²)/σ⁴]] with d = x − μ."""
        mean, variance = row.tolist()
        ratios = (x - mean) / variance
        total, cross = shares.sum() / variance, shares @ ratios / variance
        square = (0.5 * total - shares @ ratios**2) / variance
        return np.array([[-total, -cross], [-cross, square]])

    @classmethod
    def total(cls, x: Array, weights: Array, *parameters: float) -> float:
        """Σ w log f(x), by logarithms of the components' densities only where f is tiny."""
        shares, rows = cls.split(parameters)
        if shares[-1] < 0:
            return -math.inf
        tops = heights(shares, rows)
        density = bells(x, rows, tops)[-1]
        least = density.min(initial=math.inf)
        if not least > TINY:
            tiny = ~(density > TINY)
            value = float(weights[~tiny] @ np.log(density[~tiny]))
            return value + super().total(x[tiny], weights[tiny], *parameters)
        return log_total(density, weights, least, tops)

    @classmethod
    def sums(cls, x: Array, weights: Array, *parameters: float) -> tuple[float, Array]:
        """Σ w log f(x) and its slopes, from Σ w (fⱼ/f) (x − μⱼ)ᵏ for k = 0, 1 and 2."""
        shares, rows = cls.split(parameters)
        if not shares[-1] > 0:
            return super().sums(x, weights, *parameters)
        tops = heights(shares, rows)
        deviations, parts, density = bells(x, rows, tops)
        least = density.min(initial=math.inf)
        if not least > TINY:
            tiny = ~(density > TINY)
            far = super().sums(x[tiny], weights[tiny], *parameters)
            if tiny.all():
                return far
            near = cls.sums(x[~tiny], weights[~tiny], *parameters)
            return near[0] + far[0], near[1] + far[1]
        ratios = weights / density
        moments = [np.vecdot(parts, ratios)]
        for _ in range(2):
            parts *= deviations
            moments.append(np.vecdot(parts, ratios))
        slopes = []
        for share, (_, variance), zeroth, first, second in zip(
            shares.tolist(), rows.tolist(), *(each.tolist() for each in moments), strict=True
        ):
            by_variance = 0.5 * (second / variance - zeroth) / variance
            slopes += [zeroth / share, first / variance, by_variance]
        # the last weight falls where another one rises
        last = slopes.pop(-3)
        slopes[:-2:3] = [slope - last for slope in slopes[:-2:3]]
        return log_total(density, weights, least, tops), np.array(slopes)

    @classmethod
    def collapsed(cls, shares: Array, totals: Array) -> NDArray[np.bool_]:
        """Whether a component has too little off one value for a variance."""
        return ~(totals - shares.max(axis=-1) >= LEAST_SPREAD).all(axis=-1)

    @classmethod
    @silent
    def flaw(cls, statistics: Points, values: tuple[float, ...]) -> Flaw | None:
        """A component that has shrunk onto one value, or components that are all alike."""
        if all_alike(cls.split(values)[1]):
            return Flaw(
                "the search found no hill on which the components differ and none of them "
                "shrinks onto a single value",
                "fit fewer components",
            )
        shares = cls.at(values).shares(statistics.values) * statistics.weights
        _, places = np.unique(statistics.values, return_inverse=True)
        alike = np.array([np.bincount(places, row) for row in shares])
        single = alike.sum(axis=-1) - alike.max(axis=-1) < ALONE
        if not (single.any() or cls.collapsed(shares, shares.sum(axis=-1))):
            return None
        return Flaw(
            "a component has shrunk onto a single value, where the likelihood grows without bound",
            "fit fewer components",
        )

    @classmethod
    def hills(cls, points: Points) -> list[tuple[float, ...]]:
        """Tops of the highest hills that have one, on as many points as starts are followed on.

        A long step from a place that is none may lead to where a component narrows without end.
        """
        points = thinned(points, MANY)
        tops: list[tuple[float, ...]] = []
        others: list[tuple[float, ...]] = []
        for each in super().hills(points):
            if len(tops) == MOST_TOPS:
                break
            if (found := cls._settled(points, each, ROUNDS)) is not None:
                (tops if found[0] else others).append(found[1])
        highest = max((cls.log_likelihood(points, *each) for each in tops), default=-math.inf)
        left: list[tuple[float, ...]] = []
        for each in others:
            # what is slow is worth more steps only where it may become the estimate
            if cls.log_likelihood(points, *each) > highest and (
                found := cls._settled(points, each, MORE_ROUNDS)
            ):
                (tops if found[0] else left).append(found[1])
        if len(tops) > 1:  # several may have settled on one
            tops = cls.listed(climbed(cls, points, cls.stacked(tops), 0).here)
        return tops or left

    @classmethod
    @silent
    def _settled(
        cls, points: Points, values: tuple[float, ...], rounds: int
    ) -> tuple[bool, tuple[float, ...]] | None:
        """Go up by Newton's steps or by EM, and say whether to a top; None where it collapses."""
        reached = climbed(cls, points, cls.stacked([values]), 0)
        for _ in range(rounds):
            if not reached.height.size:
                return None
            (values,) = cls.listed(reached.here)
            information = cls.information(points, *values)
            score = points.n * np.array(cls.mean_score(points, *values))
            step, distance = newton_step(score, information)
            # no variance or weight may fall to less than a half at once
            falls = [
                -2.0 * change / value
                for change, value, p in zip(step.tolist(), values, cls.parameters(), strict=True)
                if p.domain != REAL
            ]
            moved = tuple((values + step / max(1.0, *falls)).tolist())
            if distance < SETTLED:
                return (True, moved) if cls._curved(points, values, information) else None
            tried = climbed(cls, points, cls.stacked([moved]), 0)
            if tried.height.size and tried.height[0] > reached.height[0]:
                reached = tried
                (values,) = cls.listed(tried.here)
            else:
                reached = climbed(cls, points, cls.stacked([values]), ROUND)
        return False, values

    @classmethod
    def _curved(cls, points: Points, values: tuple[float, ...], information: Array) -> bool:
        """Whether the likelihood falls as each component narrows by three standard errors.

        Where it does not, the maximum is a mere shoulder of the spike at a variance of 0.
        """
        top = cls.log_likelihood(points, *values)
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
        few = "is 1 value" if different == 1 else f"are {different} different values"
        return (
            f"there {few}, and each component of a normal-mixture "
            f"needs two of its own: fit fewer than {cls.components} components, or a normal"
        )
