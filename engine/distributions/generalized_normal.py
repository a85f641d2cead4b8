"""The generalized normal distribution, also of errors, or exponential power.

    f(x) = β exp(−|z|^β) / 2αΓ(1/β),   z = (x − μ)/α,   x real, μ real, α > 0, β > 0

R: ``gnorm::dgnorm(x, mu, alpha, beta)``; SciPy: ``gennorm(shape, loc=location,
scale=scale)``. Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2,
section 24.6 (Subbotin's distribution).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.centre import centre
from engine.distributions.incomplete_gamma import log_lower_inverse, log_upper_inverse, upper
from engine.distributions.nonregular import Flaw
from engine.distributions.pointwise import Curved
from engine.domains import POSITIVE, REAL
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import REAL_LINE

__all__ = ["GeneralizedNormal"]

STARTS = (1.0, 1.5, 2.0, 3.0, 5.0, 8.0)
NEARLY_ALL = 0.999
SMOOTH = 1.5
"""Shape from which a maximum at an observation has a slope of 0 that doubles can tell."""


@final
@dataclass(frozen=True)
class GeneralizedNormal(Curved):
    """Generalized normal distribution with its location, scale and shape."""

    name = "generalized-normal"
    support = REAL_LINE
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, sec. 24.6"
    example = (1.0, 2.0, 3.0)
    degenerate = (
        "the likelihood grows without bound as the scale goes to 0; a generalized-normal "
        "needs values that differ"
    )

    location: float = parameter(REAL, "μ", "centre, median and mean, in the data's unit", 1)
    scale: float = parameter(POSITIVE, "α", "width, in the data's unit", 1)
    shape: float = parameter(POSITIVE, "β", "1 is a Laplace, 2 a normal, ∞ a uniform")

    @np.errstate(over="ignore")
    def log_density(self, x: Array) -> Array:
        """−|z|^β − log 2α − log Γ(1 + 1/β)."""
        power = (np.abs(x - self.location) / self.scale) ** self.shape
        constant = math.log(2.0) + math.log(self.scale) + math.lgamma(1.0 + 1.0 / self.shape)
        return -power - constant

    @np.errstate(over="ignore")
    def score(self, x: Array) -> Array:
        """β|z|^β/zα (0 at z = 0), (β|z|^β − 1)/α and ψ(1 + 1/β)/β² − |z|^β log |z|."""
        z = (x - self.location) / self.scale
        power = np.abs(z) ** self.shape
        by_location = self.shape * power / np.where(z == 0, 1.0, z) / self.scale
        by_scale = (self.shape * power - 1.0) / self.scale
        digamma = float(scipy.special.digamma(1.0 + 1.0 / self.shape))
        by_shape = digamma / self.shape / self.shape - scipy.special.xlogy(power, np.abs(z))
        return np.stack([by_location, by_scale, by_shape])

    def cdf(self, x: Array) -> Array:
        """½ Q(1/β, |z|^β) below the centre, Q being the upper incomplete gamma function."""
        tail = self._tail(x)
        return np.where(x < self.location, tail, 1.0 - tail)

    def survival(self, x: Array) -> Array:
        """Mirror image of the cdf."""
        tail = self._tail(x)
        return np.where(x > self.location, tail, 1.0 - tail)

    @np.errstate(divide="ignore")
    def _tail(self, x: Array) -> Array:
        logs = self.shape * np.log(np.abs(x - self.location) / self.scale)
        return 0.5 * upper(1.0 / self.shape, logs)

    def quantile(self, p: Array) -> Array:
        """μ ± α times the 1/β-th power of a gamma quantile, by its smaller tail."""
        outer = 2.0 * np.minimum(p, 1.0 - p)
        logs = np.where(
            outer < 0.5,
            log_upper_inverse(1.0 / self.shape, outer),
            log_lower_inverse(1.0 / self.shape, 1.0 - outer),
        )
        return self.location + self.scale * np.copysign(np.exp(logs / self.shape), p - 0.5)

    def draw(self, n: int, random: RandomSource) -> Array:
        """μ + αG^(1/β)U with G gamma of shape 1 + 1/β and U uniform between −1 and 1."""
        sizes = random.gamma(1.0 + 1.0 / self.shape, 1.0, n) ** (1.0 / self.shape)
        return self.location + self.scale * sizes * random.uniform(-1.0, 1.0, n)

    def curvature(self, x: Array) -> dict[tuple[int, int], Array]:
        """Minus the second derivatives; a value at the location has none by it."""
        scale, shape = self.scale, self.shape
        z = (x - self.location) / scale
        safe = np.where(z == 0, 1.0, z)
        power, log = np.abs(z) ** shape, np.log(np.abs(safe))
        digamma, trigamma = scipy.special.polygamma([0, 1], 1.0 + 1.0 / shape).tolist()
        bend = (trigamma / shape + 2.0 * digamma) / shape**3
        return {
            (0, 0): shape * (shape - 1.0) * power / safe / safe / scale / scale,
            (0, 1): shape * shape * power / safe / scale / scale,
            (1, 1): (shape * (shape + 1.0) * power - 1.0) / scale / scale,
            (0, 2): -power / safe * (1.0 + shape * log) / scale,
            (1, 2): -power * (1.0 + shape * log) / scale,
            (2, 2): bend + power * log**2,
        }

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Median, and the likeliest of a few shapes with its best scale, (β mean |d|^β)^(1/β)."""
        median, spread = centre(sample)
        if spread == 0:
            return cls(median, POSITIVE.lower, 2.0)
        distances = np.abs(sample.values - median)
        largest = float(np.max(distances))
        members = []
        for shape in STARTS:
            power = shape * sample.average((distances / largest) ** shape)
            members.append(cls(median, POSITIVE.clamp(largest * power ** (1.0 / shape)), shape))
        return max(members, key=lambda member: sample.average(member.log_density(sample.values)))

    @classmethod
    def kinks(cls, statistics: Points, values: tuple[float, ...]) -> tuple[str, Array] | None:
        """Observations, where a shape near 1 or below has a cusp, or as good as one."""
        return ("location", np.unique(statistics.values)) if values[2] < SMOOTH else None

    @classmethod
    def limits(cls, statistics: Points) -> Sequence[tuple[str, float]]:
        """A uniform on the range of the values, as the shape grows."""
        return (("shape", -statistics.n * math.log(np.ptp(statistics.values))),)

    @classmethod
    def flaw(cls, statistics: Points, values: tuple[float, ...]) -> Flaw | None:
        """A cusp on one value, whose likelihood grows without bound as the shape goes to 0.

        With a share s of the observations there, and the best scale, it does so from a shape of
        about −2 log(1 − s) downwards.
        """
        location, _, shape = values
        share = float(statistics.weights @ (statistics.values == location)) / statistics.n
        if shape >= -2.0 * math.log1p(-min(share, NEARLY_ALL)):
            return None
        return Flaw(
            f"the likelihood grows without bound as the cusp closes on the value {location:.6g}",
            "fit a laplace or a student-t, or set the shape",
        )
