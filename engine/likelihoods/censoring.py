"""Observations known only to lie between bounds, and samples that could show only part of a range.

A censored observation contributes the log of the mass between its bounds; truncation takes
from every observation the log of the mass that could have been observed (Klein &
Moeschberger, Survival Analysis, section 3.5). Both are differentiated numerically: masses
are smooth in the parameters, and the five-point rule is exact to about 1e-11 of the result.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Distribution, Parameter
from engine.distributions.five_point import rise_over_twelve_steps
from engine.domains import REAL
from engine.likelihoods.truncated import log_mass
from engine.samples.sample import Censored, Sample

__all__ = ["Masses"]

Array = NDArray[np.float64]

STEP = 1e-3
WIDER = 4.0
"""By how much steps of a curvature are longer, which rounding costs more."""
EDGES = np.array([0.0, 1e-4, 1e-3, 1e-2, *np.linspace(0.05, 0.95, 19), 0.99, 0.999, 0.9999, 1.0])
"""Probabilities between which a member's scores are measured, close together in its tails."""
MIDDLES = np.array([0.0, *(EDGES[1:] + EDGES[:-1]) / 2.0, 1.0])
"""Those in between, and both ends."""
FAR = 20.0
"""Median scores that one counts for at most where an end of the support moves: it may be a pole."""
ROOM = 16.0
"""Times the widest step that the likelihood must reach, for near its end it turns sharply."""
MOST_SHORTENINGS = 40


@dataclass(frozen=True, eq=False)
class Masses:
    """The part of a log-likelihood that is made of masses, not of densities."""

    family: type[Distribution]
    sample: Sample
    _known: dict[tuple[float, ...], Array] = field(default_factory=dict)

    @cached_property
    def _censored(self) -> Censored | None:
        """The censored observations within the range, each pair of bounds once."""
        hidden = self.sample.censored
        if hidden is None:
            return None
        low, high = (np.clip(ends, *self._range) for ends in (hidden.low, hidden.high))
        return Censored(low, high, hidden.weights).merged()

    @cached_property
    def _range(self) -> tuple[float, float]:
        return self.sample.observable(whole=self.family.support.whole)

    def value(self, parameters: Sequence[float]) -> float:
        """Σ w log P(low < X ≤ high) over the censored − n log P(observable)."""
        with np.errstate(all="ignore"):
            member = self.family.at(parameters)
            total = 0.0
            censored = self._censored
            if censored is not None:
                total += float(censored.weights @ log_mass(member, censored.low, censored.high))
            if self.sample.truncation is not None:
                ends = (np.array([end]) for end in self._range)
                total -= self.sample.total * float(log_mass(member, *ends)[0])
        return total

    def gradient(self, parameters: Sequence[float]) -> Array:
        """Derivative by each parameter, shape (k,)."""
        return self._slopes(np.array(parameters), self.steps(parameters))

    def _slopes(self, at: Array, steps: Array) -> Array:
        with np.errstate(all="ignore"):
            rises = [rise_over_twelve_steps(self._at, at, step) for step in np.diag(steps)]
            slopes: Array = np.array(rises) / (12 * steps)
        return slopes

    def _at(self, point: Array) -> float:
        return self.value(point.tolist())

    def hessian(self, parameters: Sequence[float]) -> Array:
        """Second derivatives, shape (k, k), by the five-point rule along each two parameters.

        A mixed one is a quarter of the difference of those along the sum and the difference.
        """
        at, widths = np.array(parameters), WIDER * self.steps(parameters)
        middle, moves = self.value(parameters), np.diag(widths)
        matrix = np.diag([self._bend(at, middle, move) for move in moves])
        for i, j in combinations(range(at.size), 2):
            along = (moves[i] + moves[j], moves[i] - moves[j])
            rising, falling = (self._bend(at, middle, move) for move in along)
            matrix[i, j] = matrix[j, i] = (rising - falling) / 4.0
        with np.errstate(all="ignore"):
            found: Array = matrix / np.outer(widths, widths)
        return found

    def _bend(self, at: Array, middle: float, move: Array) -> float:
        """Second derivative along a move, in units of it."""
        near, far = (
            self._at(at + length * move) + self._at(at - length * move) for length in (1.0, 2.0)
        )
        return (16.0 * near - far - 30.0 * middle) / 12.0

    def steps(self, parameters: Sequence[float]) -> Array:
        """Steps of a numeric derivative at a point, shape (k,), shared with the curvature there."""
        at = tuple(parameters)
        steps = self._known.get(at)  # of the latest place alone, which another thread may replace
        if steps is None:
            steps = self._measured_steps(at)
            self._known.clear()
            self._known[at] = steps
        return steps

    def _measured_steps(self, parameters: Sequence[float]) -> Array:
        """A thousandth of the length over which one observation's score varies.

        That length is from the member's own scores at its own quantiles, so that it does not
        depend on the data, and is kept within the parameter's own room and away from where there
        is no likelihood.
        """
        member = self.family.at(parameters)
        with np.errstate(all="ignore"):
            first, *places, last = member.quantile(MIDDLES)
            scores, ends = member.score(np.array(places)), (first, last)
            # a quantile may be below all doubles, where the score of 0 is infinite
            scores = np.where(np.isfinite(scores), scores, 0.0)
            if ends[0] > self.family.support.low or ends[1] < self.family.support.high:
                most = FAR * np.median(np.abs(scores), axis=-1, keepdims=True)
                scores = np.clip(scores, -most, most)
            largest = np.abs(scores).max(axis=-1, keepdims=True)  # whose square may be no double
            lengths = 1.0 / largest[:, 0] / np.sqrt((scores / largest) ** 2 @ np.diff(EDGES))
            lengths = np.where(largest[:, 0] > 0.0, lengths, np.inf)
        rooms = list(map(_room, self.family.parameters(), parameters))
        steps: Array = STEP * np.minimum(lengths, rooms)
        at = np.array(parameters)
        if math.isfinite(self.value(parameters)):
            for place, reach in enumerate(np.diag(ROOM * 2.0 * WIDER * steps)):
                shorter = (0.25**i for i in range(MOST_SHORTENINGS))
                steps[place] *= next((by for by in shorter if self._known_to(at, by * reach)), 1.0)
        return steps

    def _known_to(self, at: Array, reach: Array) -> bool:
        """Whether there is a likelihood as far as this on both sides of a point."""
        return all(math.isfinite(self._at(end)) for end in (at - reach, at + reach))


def _room(parameter: Parameter, value: float) -> float:
    """Distance to the domain's edges; to another order of size of a number without unit or edge.

    A skewness of thousands hardly moves a likelihood, which at 0 is nevertheless another one.
    """
    if parameter.domain is REAL and parameter.power == 0:
        return max(1.0, abs(value))
    return min(value - parameter.domain.lower, parameter.domain.upper - value)
