"""Student's t distribution with a location and a scale.

    f(x) = Γ((ν + 1)/2) / (Γ(ν/2) √(νπ) σ) · (1 + z²/ν)^(−(ν + 1)/2),   z = (x − μ)/σ,
    x real, μ real, σ > 0, ν > 0

R: ``dt((x - location)/scale, df)/scale``; SciPy: ``t(df, loc=location, scale=scale)``.
Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, chapter 28. With ν
near 0 and the location on a value every likelihood is unbounded (Fernández & Steel,
Multivariate Student-t regression models, Biometrika 1999); the estimate is a local maximum.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.logarithms import log1p_excess, log1p_square, sum_of_logs
from engine.distributions.nonregular import Flaw
from engine.distributions.pointwise import Summed
from engine.distributions.student_constant import LARGE, log_constant, slope_of_constant
from engine.distributions.student_ecme import ecme_step
from engine.distributions.student_starts import Start, at_heaps, at_median
from engine.distributions.student_tails import lower, quantile
from engine.domains import POSITIVE, REAL
from engine.samples.points import Points, all_ones, total
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import REAL_LINE

__all__ = ["StudentT"]

LEAST = 1e-3

LARGEST = float(np.finfo(float).max)
ALONE = 100.0
"""Scales around a spike within which there is only its value."""


@final
@dataclass(frozen=True)
class StudentT(Summed):
    """Student's t distribution with its location, scale and degrees of freedom."""

    name = "student-t"
    support = REAL_LINE
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 28"
    example = (1.0, 2.0, 4.0)
    at_once = True

    location: float = parameter(REAL, "μ", "centre and median, in the data's unit", 1)
    scale: float = parameter(POSITIVE, "σ", "width, in the data's unit", 1)
    df: float = parameter(POSITIVE, "ν", "tails: 1 is Cauchy's, many are a normal's")

    def log_density(self, x: Array) -> Array:
        """Log of the constant − log σ − (ν + 1)/2 log(1 + z²/ν)."""
        t = (x - self.location) / self.scale / math.sqrt(self.df)
        tail = 0.5 * (self.df + 1.0) * log1p_square(t)
        return log_constant(self.df) - math.log(self.scale) - tail

    def score(self, x: Array) -> Array:
        """(ν + 1)z/h²σ, ν(z² − 1)/h²σ and the derivative by ν, with h² = ν + z²."""
        z = (x - self.location) / self.scale
        h = np.hypot(math.sqrt(self.df), z)
        by_location = (self.df + 1.0) / h * (z / h) / self.scale
        by_scale = self.df * ((np.abs(z) - 1.0) / h) * ((np.abs(z) + 1.0) / h) / self.scale
        share, t = (z / h) ** 2, z / math.sqrt(self.df)
        excess = np.where(
            np.abs(t) < 1.0, log1p_excess(np.clip(t, -1.0, 1.0) ** 2), log1p_square(t) - share
        )
        by_df = slope_of_constant(self.df) + 0.5 * (share / self.df - excess)
        return np.stack([by_location, by_scale, by_df])

    @staticmethod
    def _logs(x: Array, weights: Array, centre: float, unit: float) -> tuple[float, Array, Array]:
        """Σw log(1 + q), t and 1 + q, where q = t² and t = z/√ν."""
        t = x - centre
        t *= 1.0 / unit
        q = t * t
        q += 1.0
        logs = sum_of_logs(q) if all_ones(weights) else math.inf
        # 1 + q is at least 1, so that a product of many is beyond a double or has all its digits
        return logs if math.isfinite(logs) else float(weights @ np.log(q)), t, q

    @classmethod
    def total(cls, x: Array, weights: Array, *parameters: float) -> float:
        """Σ w log f(x), from logarithms alone at moderate ν."""
        location, scale, df = parameters
        if not LEAST < df < LARGE:
            return super().total(x, weights, *parameters)
        logs = cls._logs(x, weights, location, scale * math.sqrt(df))[0]
        return total(weights) * (log_constant(df) - math.log(scale)) - 0.5 * (df + 1.0) * logs

    @classmethod
    def _totals(cls, x: Array, weights: Array, location: float, scale: float, df: float) -> Array:
        """Σw and Σw log(1 + q), Σw h, Σw h², Σw t h and Σw t h², where h = 1/(1 + q)."""
        logs, t, q = cls._logs(x, weights, location, scale * math.sqrt(df))
        h = np.divide(1.0, q, out=q)
        inside = h if all_ones(weights) else weights * h
        first, second, pull = weights @ h, inside @ h, inside @ t
        h *= inside
        return np.array([total(weights), logs, first, second, pull, h @ t])

    @classmethod
    def _slopes(
        cls, totals: Array, location: float, scale: float, df: float
    ) -> tuple[float, Array]:
        """Log-likelihood and score from these sums."""
        n, logs, inside, _, pull, _ = totals.tolist()
        outside = n - inside
        value = n * (log_constant(df) - math.log(scale)) - 0.5 * (df + 1.0) * logs
        by_location = (df + 1.0) / math.sqrt(df) / scale * pull
        by_scale = ((df + 1.0) * outside - n) / scale
        by_df = n * slope_of_constant(df) + 0.5 * ((df + 1.0) / df * outside - logs)
        return value, np.array([by_location, by_scale, by_df])

    @classmethod
    def sums(cls, x: Array, weights: Array, *parameters: float) -> tuple[float, Array]:
        """Log density and score from a few sums.

        Elsewhere than at moderate ν, where these would cancel, term by term.
        """
        if not LEAST < parameters[2] < LARGE:
            return cls.at(parameters).plain_sums(x, weights)
        return cls._slopes(cls._totals(x, weights, *parameters), *parameters)

    @classmethod
    def jet(cls, statistics: Points, *parameters: float) -> tuple[float, Array, Array]:
        """Value, score and minus the second derivatives, from the same sums."""
        _, scale, df = parameters
        if not LEAST < df < LARGE:
            return super().jet(statistics, *parameters)
        totals = statistics.added_up(lambda x, weights: cls._totals(x, weights, *parameters))
        n, _, first, second, pull, pulls = totals.tolist()
        pull, pulls = pull * math.sqrt(df), pulls * math.sqrt(df)
        outside, both, a = n - first, first - second, (df + 1.0) / df
        trigamma = scipy.special.zeta(2.0, np.array([df + 1.0, df]) / 2.0)
        bend = 0.25 * float(trigamma[0] - trigamma[1]) + 0.5 / df**2
        entries = {
            (0, 0): a * (2.0 * second - first) / scale / scale,
            (0, 1): 2.0 * a * pulls / scale / scale,
            (0, 2): (pull / df - a * (pull - pulls)) / df / scale,
            (1, 1): ((df + 1.0) * (outside + 2.0 * both) - n) / scale / scale,
            (1, 2): (a * both - outside) / scale,
            (2, 2): -n * bend + 0.5 * (outside / df**2 + (a * both - outside) / df),
        }
        matrix = np.empty((3, 3))
        for (i, j), entry in entries.items():
            matrix[i, j] = matrix[j, i] = entry
        return *cls._slopes(totals, *parameters), matrix

    @classmethod
    def information(cls, statistics: Points, *parameters: float) -> Array:
        """Minus the second derivatives; elsewhere than at moderate ν those of the scores."""
        if not LEAST < parameters[2] < LARGE:
            return super().information(statistics, *parameters)
        return cls.jet(statistics, *parameters)[2]

    def cdf(self, x: Array) -> Array:
        """Half of the regularised incomplete beta function at ν/(ν + z²), below the centre."""
        return lower(self.df, (x - self.location) / self.scale)

    def survival(self, x: Array) -> Array:
        """Mirror image of the cdf."""
        return lower(self.df, (self.location - x) / self.scale)

    def quantile(self, p: Array) -> Array:
        """Inverse of the cdf."""
        return self.location + self.scale * quantile(self.df, p)

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own t draws, moved and stretched; those beyond a double at its edge."""
        draws = self.location + self.scale * random.standard_t(self.df, n)
        return np.clip(draws, -LARGEST, LARGEST)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Median, and the likeliest of a few ν with the scale that has the sample's quartiles."""
        return cls(*at_median(sample))

    @classmethod
    def starts(cls, sample: Sample) -> Sequence[Self]:
        """The guess, and heaps of the sample that are not where it expects them."""
        best = cls.guess(sample)
        return best, *(cls(*start) for start in at_heaps(sample, Start(*best.values())))

    @classmethod
    def improved(cls, statistics: Points, values: Sequence[float]) -> tuple[float, ...]:
        """One step of the ECME algorithm, after which the likelihood is no lower."""
        return ecme_step(cls, statistics, values)

    @classmethod
    def limits(cls, statistics: Points) -> Sequence[tuple[str, float]]:
        """A normal, as ν grows."""
        mean = statistics.average(statistics.values)
        variance = statistics.average((statistics.values - mean) ** 2)
        return (("df", -0.5 * statistics.n * (math.log(2.0 * math.pi * variance) + 1.0)),)

    @classmethod
    def flaw(cls, statistics: Points, values: tuple[float, ...]) -> Flaw | None:
        """A spike on one value, with a share s of the observations, where ν is below s/(1 − s)."""
        location, scale, df = values
        near = np.abs(statistics.values - location) <= ALONE * scale
        share = float(statistics.weights @ near) / statistics.n
        if df * (1.0 - share) >= share or np.ptp(statistics.values[near]) > 0.0:
            return None
        value = float(statistics.values[near][0]) + 0.0  # without the sign of −0
        return Flaw(
            f"the likelihood grows without bound as the scale goes to 0 at the value {value:.6g}",
            "fit a cauchy or a normal, or set df",
        )

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """Half of the sample at one value."""
        if statistics.largest_share < 0.5:
            return None
        return (
            "one value is half of the sample or more, and the likelihood grows without bound as "
            "the scale goes to 0; a student-t needs more values that differ"
        )
