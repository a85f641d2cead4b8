"""The likelihood of a sample under a family, condensed once and evaluated for little."""

import math
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any, NamedTuple, Self

import numpy as np

from engine.distributions.base import Array, Distribution
from engine.distributions.nonregular import Flaw
from engine.distributions.pointwise import Pointwise
from engine.likelihoods.censoring import Masses
from engine.samples.nodes import condensed, fewer_bounds, tallied
from engine.samples.sample import Sample

__all__ = ["Jet", "Likelihood"]

MANY = 1 << 14
"""Terms from which nodes are worth their pass over the sample."""
MANY_BOUNDS = 1 << 10
"""Bounds of censored observations from which they are, a mass costing as much as many terms."""
SAME_VALUE = 1e-8
SAME_SCORE = 2e-7


class Jet(NamedTuple):
    """Log-likelihood, its gradient and the information at one place."""

    value: float
    score: Array
    information: Array


class Likelihood:
    """Log-likelihood, score and information of one sample, as functions of the parameters.

    ``mean_score(*parameters)`` gives the gradient divided by n as plain floats, ``size`` how
    many terms an evaluation has. What is known of censored observations and of truncation
    is added to what the family makes of the values.
    """

    def __init__(self, family: type[Distribution], sample: Sample) -> None:
        self.family = family
        self.sample = sample
        self.n = sample.total
        self.statistics = family.condense(sample) if sample.values.size else None
        self.size: int = self.statistics.size if self.statistics else 1
        self._masses = None if sample.plain else Masses(family, sample)
        self._share = sample.seen / self.n
        self._latest: tuple[tuple[float, ...], Jet] | None = None
        self.mean_score: Callable[..., tuple[float, ...]] = (
            partial(family.mean_score, self.statistics)
            if self._masses is None
            else self._mean_score_with_masses
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes as the family and the sample."""
        return type(self), (self.family, self.sample)

    @cached_property
    def condensed(self) -> Self:
        """Likelihood of a few nodes that stand for the sample; this one where it has few terms.

        It is close to this one where the family is smooth, which is for the user to certify.
        """
        if not self.condensing:
            return self
        support = self.family.support
        if self._masses is None:
            return type(self)(self.family, condensed(self.sample, support))
        return type(self)(self.family, fewer_bounds(self.sample, support))

    @cached_property
    def tallied(self) -> Self:
        """Likelihood of the middles of cells where ``jet`` makes up for it; else ``condensed``."""
        if self.condensing and self.at_once:
            return type(self)(self.family, tallied(self.sample, self.family.support))
        return self.condensed

    @property
    def at_once(self) -> bool:
        """Whether ``jet`` costs hardly more than the value alone."""
        return self._masses is None and issubclass(self.family, Pointwise) and self.family.at_once

    @property
    def condensing(self) -> bool:
        """Whether nodes are worth their pass over the sample."""
        if self.family.corner:
            return False
        hidden = self.sample.censored
        if hidden is not None and not self.family.support.whole and hidden.low.size >= MANY_BOUNDS:
            return True
        return self.size >= MANY and self._masses is None

    def standing_in(self, *points: Sequence[float]) -> Self:
        """Return the condensed likelihood where it is as good as this one at some points.

        There its value is to agree to ``SAME_VALUE`` and its score to ``SAME_SCORE`` of the
        score's own standard deviation, so that no maximum is off by more standard errors.
        """
        nodes = self.condensed
        if nodes is self:
            return self
        for point in points:
            value, score = self.value_and_score(point)
            deviations = np.sqrt(np.abs(np.diag(nodes.information(point))))
            near = np.abs(score - nodes.score(point)) <= SAME_SCORE * deviations
            if not (near.all() and abs(value - nodes.value(point)) <= SAME_VALUE * abs(value)):
                return self
        return nodes

    def value_and_score(self, parameters: Sequence[float]) -> tuple[float, Array]:
        """Log-likelihood and its gradient, in one pass over the sample where that is possible."""
        if issubclass(self.family, Pointwise) and self.statistics and self._masses is None:
            return self.family.value_and_score(self.statistics, *parameters)
        return self.value(parameters), self.score(parameters)

    def jet(self, parameters: Sequence[float]) -> Jet:
        """Log-likelihood, gradient and information, in one pass where that is possible.

        Those of the latest place are kept, for it is where the next step begins.
        """
        at, latest = tuple(parameters), self._latest  # which another thread may replace
        if latest is None or latest[0] != at:
            latest = self._latest = at, self._jet(at)
        return latest[1]

    def _jet(self, parameters: Sequence[float]) -> Jet:
        if self.at_once and self.statistics and issubclass(self.family, Pointwise):
            with np.errstate(all="ignore"):
                return Jet(*self.family.jet(self.statistics, *parameters))
        return Jet(self.value(parameters), self.score(parameters), self.information(parameters))

    def _mean_score_with_masses(self, *parameters: float) -> tuple[float, ...]:
        assert self._masses is not None  # noqa: S101 - only then is this the mean score
        score = self._masses.gradient(parameters) / self.n
        if self.statistics:
            score += np.array(self.family.mean_score(self.statistics, *parameters)) * self._share
        return tuple(score.tolist())

    def value(self, parameters: Sequence[float]) -> float:
        """Log-likelihood at one point."""
        # NumPy's numbers, which give infinity where Python's raise an error
        point = np.array(parameters, dtype=float)
        with np.errstate(all="ignore"):
            seen = self.family.log_likelihood(self.statistics, *point) if self.statistics else 0.0
            masses = 0.0 if self._masses is None else self._masses.value(point.tolist())
            return float(seen + masses)

    def values(self, points: Array) -> Array:
        """Log-likelihood at each row of an (m, k) array; shape (m,).

        A point where the likelihood cannot be evaluated in doubles gives NaN or −∞.
        """
        sums: Array = np.zeros(len(points))
        if self.statistics:
            with np.errstate(all="ignore"):
                columns = np.ascontiguousarray(points.T)
                sums = np.asarray(self.family.log_likelihood(self.statistics, *columns))
        if self._masses is None:
            return sums
        with np.errstate(all="ignore"):
            sums += [self._masses.value(point) for point in points.tolist()]
        return sums

    def score(self, parameters: Sequence[float]) -> Array:
        """Gradient of the log-likelihood, shape (k,)."""
        with np.errstate(over="ignore"):
            return self.n * np.array(self.mean_score(*parameters))

    def information(self, parameters: Sequence[float]) -> Array:
        """Minus the Hessian of the log-likelihood, shape (k, k).

        Infinite, or NaN, where doubles do not hold it.
        """
        k = len(parameters)
        try:
            with np.errstate(all="ignore"):
                seen = (
                    self.family.information(self.statistics, *parameters)
                    if self.statistics
                    else np.zeros((k, k))
                )
                return seen if self._masses is None else seen - self._masses.hessian(parameters)
        except ArithmeticError:  # Python's own numbers do not become infinite
            return np.full((k, k), math.nan)

    def flaw(self, parameters: Sequence[float]) -> Flaw | None:
        """Why parameters are no estimate, however high the likelihood is there."""
        return self.statistics and self.family.flaw(self.statistics, tuple(parameters))

    def maximum(self) -> tuple[float, ...] | None:
        """Return the exact maximum, where the family has a formula for it."""
        best = None if self._masses else self.family.closed_form(self.statistics)
        return None if best is None else best.values()
