"""The likelihood of a sample under a family, condensed once and evaluated for little."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from engine.distributions.base import Array, Distribution
from engine.sample import Sample

__all__ = ["Likelihood"]


class Likelihood:
    """Log-likelihood, score and information of one sample, as functions of the parameters.

    ``mean_score(*parameters)`` gives the gradient divided by n as plain floats, ``size`` how
    many terms an evaluation has.
    """

    def __init__(self, family: type[Distribution], sample: Sample) -> None:
        self.family = family
        self.n = sample.total
        self.statistics = family.condense(sample)
        self.size: int = self.statistics.size
        self.mean_score: Callable[..., tuple[float, ...]] = partial(
            family.mean_score, self.statistics
        )

    def value(self, parameters: Sequence[float]) -> float:
        """Sum of the log densities at one point."""
        return float(self.values(np.array([parameters], dtype=float))[0])

    def values(self, points: Array) -> Array:
        """Sum of the log densities at each row of an (m, k) array; shape (m,).

        A point where the likelihood cannot be evaluated in doubles gives NaN or −∞.
        """
        with np.errstate(all="ignore"):
            columns = np.ascontiguousarray(points.T)
            return np.asarray(self.family.log_likelihood(self.statistics, *columns))

    def score(self, parameters: Sequence[float]) -> Array:
        """Gradient of the sum of log densities, shape (k,)."""
        return self.n * np.array(self.mean_score(*parameters))

    def information(self, parameters: Sequence[float]) -> Array:
        """Minus the Hessian of the sum of log densities, shape (k, k); may be infinite."""
        with np.errstate(all="ignore"):
            return self.family.information(self.statistics, *parameters)

    def maximum(self) -> tuple[float, ...] | None:
        """Return the exact maximum, where the family has a formula for it."""
        best = self.family.closed_form(self.statistics)
        return None if best is None else best.values()
