"""The mixture of Poisson distributions.

    P(k) = Σ wⱼ μⱼᵏ exp(−μⱼ) / k!,   k = 0, 1, 2, …, wⱼ > 0, Σ wⱼ = 1, μⱼ > 0

of K components. R: ``flexmix`` with its ``FLXMRglm(family = "poisson")``; SciPy has none.
McLachlan & Peel, Finite Mixture Models, section 5.2; Johnson, Kemp & Kotz, Univariate
Discrete Distributions, section 8.3.
"""

import numpy as np

from engine.distributions.base import Array, Distribution
from engine.distributions.counts import Counted
from engine.distributions.mixing import unmixed
from engine.distributions.mixture import Mixture, silent
from engine.distributions.poisson import Poisson
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.support import COUNTS

__all__ = ["PoissonMixture"]

LEAST_MEAN = 1e-15
"""Mean in the search of a component of zeros alone, whose likelihood rises as it goes to 0."""
LEAST_EXCESS = 1e-12
"""Excess of the variance, relative to the mean, that is rounding alone."""


class PoissonMixture(Counted, Mixture):
    """Mixture of Poisson distributions with their weights and means."""

    name = "poisson-mixture"
    support = COUNTS
    reference = "McLachlan & Peel, Finite Mixture Models, sec. 5.2"
    component = Poisson

    @classmethod
    def unremarkable(cls, place: int) -> tuple[float, ...]:
        """Means 2, 8, 18, …, which are about three standard deviations apart."""
        return (2.0 * place * place,)

    @classmethod
    def log_densities(cls, x: Array, weights: Array, rows: Array) -> Array:
        """Log weighted probabilities but for −log k!: k log μ − μ + log w, and −μ + log w at 0."""
        return x * np.log(rows) - rows + np.log(weights)[..., np.newaxis]

    @classmethod
    @silent
    def slopes(cls, x: Array, weights: Array, *parameters: float) -> Array:
        """Σ w ∇ log f(x) at once for all components, from their shares of each count."""
        shares, rows = cls.split(parameters)
        logs = cls.log_densities(x, shares, rows)
        parts = np.exp(logs - logs.max(axis=0))
        parts *= weights / parts.sum(axis=0)
        totals = parts.sum(axis=1)
        by_weight = totals / shares
        by_mean = parts @ x / rows[:, 0] - totals
        slopes = np.column_stack([by_weight - by_weight[-1], by_mean]).ravel()
        return np.delete(slopes, -2) if shares[-1] > 0 else np.full(len(parameters), np.nan)

    @classmethod
    def maximised(cls, x: Array, shares: Array, totals: Array) -> Array:
        """Means of the components' parts of the values."""
        return np.maximum(shares @ x / totals, LEAST_MEAN)[..., np.newaxis]

    @classmethod
    def curvature(cls, x: Array, shares: Array, row: Array) -> Array:
        """Σ w (−k/μ²)."""
        return -(shares @ x / row / row).reshape(1, 1)

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """Too few different values, or a sample that one Poisson explains better than any two."""
        values = statistics.values
        mean = statistics.average(values)
        if mean == 0:
            return "all values are 0; a poisson-mixture needs values above 0 that differ"
        variance = statistics.average((values - mean) ** 2)
        over = variance > mean * (1.0 + LEAST_EXCESS)
        if not over and unmixed(statistics, Poisson(mean), _poissons):
            return (
                f"the variance {variance:.6g} is not above the mean {mean:.6g}, and no "
                "poisson-mixture has a likelihood above that of a single poisson: fit poisson"
            )
        if values.size < cls.components:
            return (
                f"there are {values.size} different values, which do not tell the "
                f"{cls.components} components of a poisson-mixture apart: fit fewer, or poisson"
            )
        return None


def _poissons(values: Array) -> list[Distribution]:
    return [Poisson(POSITIVE.clamp(value)) for value in values.tolist()]
