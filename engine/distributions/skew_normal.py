"""The skew-normal distribution.

    f(x) = 2 φ(z) Φ(αz) / ω,   z = (x − ξ)/ω,   x real, ξ real, ω > 0, α real

R: ``sn::dsn(x, xi, omega, alpha)``; SciPy: ``skewnorm(shape, loc=location, scale=scale)``.
Azzalini & Capitanio, The Skew-Normal and Related Families, chapter 2. At α = 0 the score
of α is proportional to that of the location, so no search should start there.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.centre import centre
from engine.distributions.inversion import root, smaller_tail
from engine.distributions.owen import long_side, short_side
from engine.distributions.pointwise import Curved
from engine.domains import POSITIVE, REAL
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import REAL_LINE

__all__ = ["SkewNormal"]

LOG_2_OVER_PI = math.log(2.0 / math.pi)
STEEP = 10.0
NEARLY = 0.01
"""Log-likelihood, or so, by which a start is below the half of a normal that it is nearly."""
SKEWNESSES = (0.01, 0.9)
"""Of a start: the least keeps off α = 0, and none can be above 0.995."""


@final
@dataclass(frozen=True)
class SkewNormal(Curved):
    """Skew-normal distribution with its location, scale and shape."""

    name = "skew-normal"
    support = REAL_LINE
    reference = "Azzalini & Capitanio, The Skew-Normal and Related Families, ch. 2"
    example = (1.0, 2.0, 3.0)
    degenerate = (
        "the likelihood grows without bound as the scale goes to 0; a skew-normal needs "
        "values that differ"
    )

    location: float = parameter(REAL, "ξ", "centre of the unskewed bell, in the data's unit", 1)
    scale: float = parameter(POSITIVE, "ω", "width of the unskewed bell, in the data's unit", 1)
    shape: float = parameter(REAL, "α", "skewness: 0 is a normal, ±∞ half of one")

    @np.errstate(over="ignore")
    def log_density(self, x: Array) -> Array:
        """½ log(2/π) − log ω − z²/2 + log Φ(αz)."""
        z = (x - self.location) / self.scale
        bell = 0.5 * (LOG_2_OVER_PI - z**2) - math.log(self.scale)
        return bell + scipy.special.log_ndtr(self.shape * z)

    def score(self, x: Array) -> Array:
        """(z − αr)/ω, (z(z − αr) − 1)/ω and zr, with r = φ(αz)/Φ(αz)."""
        z = (x - self.location) / self.scale
        r = math.sqrt(2.0 / math.pi) / scipy.special.erfcx(-self.shape * z / math.sqrt(2.0))
        slope = z - self.shape * r
        return np.stack([slope / self.scale, (z * slope - 1.0) / self.scale, z * r])

    def cdf(self, x: Array) -> Array:
        """Φ(z) − 2T(z, α), by the side whose terms do not cancel."""
        z = (x - self.location) / self.scale
        return long_side(-z, -self.shape) if self.shape < 0 else short_side(z, self.shape)

    def survival(self, x: Array) -> Array:
        """Φ(−z) + 2T(z, α), likewise."""
        z = (x - self.location) / self.scale
        return short_side(-z, -self.shape) if self.shape < 0 else long_side(z, self.shape)

    def quantile(self, p: Array) -> Array:
        """Invert the cdf by the logarithm of the smaller tail."""
        standard = SkewNormal(0.0, 1.0, self.shape)
        upper = p > 0.5
        target = smaller_tail(p)

        def excess(z: Array) -> tuple[Array, Array]:
            """Log of the nearer tail over its target, signed so that it rises, and its slope."""
            tail = np.empty(z.shape)
            tail[upper], tail[~upper] = standard.survival(z[upper]), standard.cdf(z[~upper])
            value = np.log(tail / target)
            return np.where(upper, -value, value), np.exp(standard.log_density(z)) / tail

        with np.errstate(all="ignore"):
            z = root(excess, np.zeros(p.shape))
        z = np.select([p <= 0, p >= 1], [-np.inf, np.inf], z)
        return self.location + self.scale * z

    def draw(self, n: int, random: RandomSource) -> Array:
        """ξ + ω(α|U| + V)/√(1 + α²) of two standard normals."""
        half, whole = np.abs(random.normal(size=n)), random.normal(size=n)
        h = math.hypot(1.0, self.shape)
        return self.location + self.scale * (self.shape / h * half + whole / h)

    def curvature(self, x: Array) -> dict[tuple[int, int], Array]:
        """Minus the second derivatives, with r' = −r(αz + r) and u = z − αr."""
        scale, shape = self.scale, self.shape
        z = (x - self.location) / scale
        r = math.sqrt(2.0 / math.pi) / scipy.special.erfcx(-shape * z / math.sqrt(2.0))
        r_slope = -r * (shape * z + r)
        u, u_slope = z - shape * r, 1.0 - shape * shape * r_slope
        u_shape = -r - shape * z * r_slope
        return {
            (0, 0): u_slope / scale / scale,
            (0, 1): (u + z * u_slope) / scale / scale,
            (1, 1): (2.0 * z * u + z * z * u_slope - 1.0) / scale / scale,
            (0, 2): -u_shape / scale,
            (1, 2): -z * u_shape / scale,
            (2, 2): -z * z * r_slope,
        }

    @classmethod
    def starts(cls, sample: Sample) -> Sequence[Self]:
        """Return the guess, and from either end one that is steep and one that is nearly half.

        The surface may rise towards an infinite shape beyond a lower hill (Azzalini &
        Capitanio, Statistical applications of the multivariate skew normal distribution, 1999),
        to where all of the sample lies behind where the half begins.
        """
        found = [cls.guess(sample)]
        for end, scale, way in _halves(sample.values, sample.average):
            before = NEARLY / max(sample.total, 1.0)
            found += [
                cls(end, POSITIVE.clamp(scale), way * STEEP),
                cls(end - way * before * scale, POSITIVE.clamp(scale), way * STEEP / before),
            ]
        return found

    @classmethod
    def limits(cls, statistics: Points) -> Sequence[tuple[str, float]]:
        """The half of a normal that begins at the least or the greatest value."""
        scales = [scale for _, scale, _ in _halves(statistics.values, statistics.average)]
        if not scales:
            return ()
        height = 0.5 * (LOG_2_OVER_PI - 1.0) - math.log(min(scales))
        return (("shape", statistics.n * height),)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Member with the sample's mean, variance and, within limits, skewness."""
        median, spread = centre(sample)
        if spread == 0:
            return cls(median, POSITIVE.lower, 0.0)
        z = (sample.values - median) / spread
        mean = sample.average(z)
        deviation = math.sqrt(sample.average((z - mean) ** 2))
        skewness = sample.average(((z - mean) / deviation) ** 3)
        size = min(max(abs(skewness), SKEWNESSES[0]), SKEWNESSES[1]) ** (2.0 / 3.0)
        square = math.pi / 2.0 * size / (size + (2.0 - math.pi / 2.0) ** (2.0 / 3.0))
        delta = math.copysign(math.sqrt(square), skewness)
        scale = deviation / math.sqrt(1.0 - 2.0 * square / math.pi)
        location = mean - scale * delta * math.sqrt(2.0 / math.pi)
        return cls(
            median + spread * location,
            POSITIVE.clamp(spread * scale),
            delta / math.sqrt(1.0 - square),
        )


def _halves(
    values: Array, average: Callable[[Array], float]
) -> Iterator[tuple[float, float, float]]:
    """Where halves of a normal begin, at either end of some values, how wide, and which way."""
    for end, way in ((float(values.min()), 1.0), (float(values.max()), -1.0)):
        distance = np.abs(values - end)
        if (largest := float(distance.max())) > 0.0:
            yield end, largest * math.sqrt(average((distance / largest) ** 2)), way
