"""Densities as a careful user of NumPy and SciPy writes them, to hand to a general optimiser.

Each takes θ, whose positive parameters are logarithms, so that no bounds are needed. The
reference judges everybody's answers: SciPy's own log densities, summed without rounding.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

Vector = NDArray[np.float64]
CHUNK = 100_000


@dataclass(frozen=True)
class Model:
    """A family for the peers: θ to start from, log densities, their mean gradient, and names."""

    true: tuple[float, ...]
    start: Callable[[Vector], list[float]]
    density: Callable[[Vector, Vector], Vector]
    gradient: Callable[[Vector, Vector], Vector]
    natural: Callable[[Vector], tuple[float, ...]]
    reference: Callable[..., Callable[[Vector], Vector]]

    def judged(self, parameters: tuple[float, ...], x: Vector) -> float:
        """Log-likelihood, in the engine's parameters, summed exactly."""
        log_density = self.reference(*parameters)
        parts = (log_density(x[i : i + CHUNK]) for i in range(0, x.size, CHUNK))
        with np.errstate(all="ignore"):
            return math.fsum(math.fsum(part.tolist()) for part in parts)


def normal_density(theta, x):
    z = (x - theta[0]) * math.exp(-theta[1])
    return -0.5 * math.log(2 * math.pi) - theta[1] - 0.5 * z * z


def normal_gradient(theta, x):
    z = (x - theta[0]) * math.exp(-theta[1])
    return np.array([z.mean() * math.exp(-theta[1]), np.mean(z * z) - 1])


def gamma_density(theta, x):
    a, b = np.exp(theta)
    return a * theta[1] - special.gammaln(a) + (a - 1) * np.log(x) - b * x


def gamma_gradient(theta, x):
    a, b = np.exp(theta)
    mean = x.mean()
    return np.array([a * (theta[1] - special.digamma(a) + np.log(x).mean()), a - b * mean])


def weibull_density(theta, x):
    k, log_z = math.exp(theta[0]), np.log(x) - theta[1]
    return theta[0] - theta[1] + (k - 1) * log_z - np.exp(k * log_z)


def weibull_gradient(theta, x):
    k = math.exp(theta[0])
    u = k * (np.log(x) - theta[1])
    power = np.exp(u)
    return np.array([1 + np.mean(u - u * power), k * (power.mean() - 1)])


def beta_density(theta, x):
    a, b = np.exp(theta)
    return (a - 1) * np.log(x) + (b - 1) * np.log1p(-x) - special.betaln(a, b)


def beta_gradient(theta, x):
    a, b = np.exp(theta)
    both = special.digamma(a + b)
    rises = np.log(x).mean() - special.digamma(a), np.log1p(-x).mean() - special.digamma(b)
    return np.array([a * (rises[0] + both), b * (rises[1] + both)])


def t_density(theta, x):
    df, z = math.exp(theta[2]), (x - theta[0]) * math.exp(-theta[1])
    constant = special.gammaln((df + 1) / 2) - special.gammaln(df / 2)
    constant -= 0.5 * math.log(df * math.pi) + theta[1]
    return constant - (df + 1) / 2 * np.log1p(z * z / df)


def t_gradient(theta, x):
    scale, df = math.exp(theta[1]), math.exp(theta[2])
    z = (x - theta[0]) / scale
    q = z * z / df
    weights = (df + 1) / df / (1 + q)
    constant = special.digamma((df + 1) / 2) - special.digamma(df / 2) - 1 / df
    by_df = constant - np.log1p(q).mean() + np.mean(weights * q)
    return np.array([np.mean(weights * z) / scale, np.mean(weights * z * z) - 1, 0.5 * df * by_df])


def negative_binomial_density(theta, x):
    size, mean = np.exp(theta)
    ways = special.gammaln(x + size) - special.gammaln(size) - special.gammaln(x + 1)
    return ways - size * math.log1p(mean / size) + x * (theta[1] - math.log(size + mean))


def negative_binomial_gradient(theta, x):
    size, mean = np.exp(theta)
    gap = 1 - (size + x.mean()) / (size + mean)
    by_size = special.digamma(x + size).mean() - special.digamma(size) - math.log1p(mean / size)
    return np.array([size * (by_size + gap), x.mean() - mean * (size + x.mean()) / (size + mean)])


def mixture_parts(theta, x):
    """Log densities of two weighted normals, and their standardised values."""
    logs = -np.logaddexp(0, -theta[0]), -np.logaddexp(0, theta[0])
    z = [(x - theta[i]) * math.exp(-theta[i + 2]) for i in (1, 2)]
    constant = 0.5 * math.log(2 * math.pi)
    return [logs[i] - theta[3 + i] - constant - 0.5 * z[i] * z[i] for i in (0, 1)], z


def mixture_density(theta, x):
    return np.logaddexp(*mixture_parts(theta, x)[0])


def mixture_gradient(theta, x):
    (first, second), z = mixture_parts(theta, x)
    share = special.expit(first - second)
    by_mean, by_sd = [], []
    for i, part in enumerate((share, 1 - share)):
        by_mean.append(np.mean(part * z[i]) * math.exp(-theta[3 + i]))
        by_sd.append(np.mean(part * (z[i] * z[i] - 1)))
    return np.array([share.mean() - special.expit(theta[0]), *by_mean, *by_sd])


def mixture_reference(weight, mean1, variance1, mean2, variance2):
    first = stats.norm(mean1, math.sqrt(variance1))
    second = stats.norm(mean2, math.sqrt(variance2))
    logs = math.log(weight), math.log1p(-weight)
    return lambda x: np.logaddexp(logs[0] + first.logpdf(x), logs[1] + second.logpdf(x))


def weibull_start(x):
    k = 1.28 / np.log(x).std()
    return [math.log(k), np.log(x).mean() + 0.58 / k]


def beta_start(x):
    mean = x.mean()
    total = mean * (1 - mean) / x.var() - 1
    return [math.log(mean * total), math.log((1 - mean) * total)]


def exponentials(theta):
    return tuple(np.exp(theta).tolist())


MODELS = {
    "normal": Model(
        (7.2, 7.84), lambda x: [np.median(x), math.log(x.std())],
        normal_density, normal_gradient,
        lambda t: (t[0], math.exp(2 * t[1])),
        lambda mean, variance: stats.norm(mean, math.sqrt(variance)).logpdf,
    ),
    "gamma": Model(
        (3.0, 0.5), lambda x: [math.log(x.mean() ** 2 / x.var()), math.log(x.mean() / x.var())],
        gamma_density, gamma_gradient, exponentials,
        lambda shape, rate: stats.gamma(shape, scale=1 / rate).logpdf,
    ),
    "weibull": Model(
        (1.5, 2.0), weibull_start, weibull_density, weibull_gradient, exponentials,
        lambda shape, scale: stats.weibull_min(shape, scale=scale).logpdf,
    ),
    "beta": Model(
        (2.0, 3.0), beta_start, beta_density, beta_gradient, exponentials,
        lambda a, b: stats.beta(a, b).logpdf,
    ),
    "student-t": Model(
        (1.0, 2.0, 4.0), lambda x: [np.median(x), math.log(0.7 * stats.iqr(x)), math.log(5)],
        t_density, t_gradient,
        lambda t: (t[0], math.exp(t[1]), math.exp(t[2])),
        lambda location, scale, df: stats.t(df, location, scale).logpdf,
    ),
    "negative-binomial": Model(
        (2.0, 6.0),
        lambda x: [math.log(x.mean() ** 2 / max(x.var() - x.mean(), 0.1)), math.log(x.mean())],
        negative_binomial_density, negative_binomial_gradient, exponentials,
        lambda size, mean: stats.nbinom(size, size / (size + mean)).logpmf,
    ),
    "normal-mixture": Model(
        (0.4, 0.0, 1.0, 4.0, 2.25),
        lambda x: [0.0, *np.quantile(x, [0.25, 0.75]), *[math.log(x.std() / 2)] * 2],
        mixture_density, mixture_gradient,
        lambda t: (special.expit(t[0]), t[1], math.exp(2 * t[3]), t[2], math.exp(2 * t[4])),
        mixture_reference,
    ),
}  # fmt: skip
"""By the engine's names; the mixture's parameters are its first weight, then means and variances
in turn."""
