"""Which simpler family a family becomes, and where.

Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions, and Johnson, Kemp & Kotz,
Univariate Discrete Distributions, in each family's chapter.
"""

from collections.abc import Iterable

__all__ = ["LIMITS", "SPECIAL_CASES", "limit"]

LIMITS: dict[tuple[str, str], str] = {
    ("student-t", "df"): "normal",
    ("generalized-normal", "shape"): "uniform",
    ("generalized-gamma", "shape"): "lognormal",
    ("gompertz", "shape"): "exponential",
    ("gompertz", "rate"): "exponential",
    ("lomax", "shape"): "exponential",
    ("lomax", "scale"): "exponential",
    ("burr", "shape1"): "weibull",
    ("burr", "scale"): "weibull",
    ("burr", "shape2"): "pareto",
    ("von-mises", "concentration"): "uniform",
    ("negative-binomial", "size"): "poisson",
    ("zero-inflated-poisson", "zero_probability"): "poisson",
    ("beta-binomial", "alpha"): "binomial",
    ("beta-binomial", "beta"): "binomial",
}
"""Family to which another tends as one of its parameters goes to the edge of its domain."""

SPECIAL_CASES: dict[tuple[str, str], dict[float, str]] = {
    ("student-t", "df"): {1.0: "cauchy"},
    ("skew-normal", "shape"): {0.0: "normal"},
    ("generalized-normal", "shape"): {1.0: "laplace", 2.0: "normal"},
    ("gev", "shape"): {0.0: "gumbel"},
    ("gamma", "shape"): {1.0: "exponential"},
    ("weibull", "shape"): {1.0: "exponential", 2.0: "rayleigh"},
    ("nakagami", "shape"): {0.5: "half-normal", 1.0: "rayleigh", 1.5: "maxwell"},
    ("generalized-gamma", "shape"): {1.0: "weibull"},
    ("generalized-gamma", "power"): {1.0: "gamma"},
    ("generalized-pareto", "shape"): {0.0: "exponential"},
    ("burr", "shape1"): {1.0: "loglogistic"},
    ("negative-binomial", "size"): {1.0: "geometric"},
}
"""Family that another is where one of its parameters has a certain value inside its domain."""


def limit(family: str, names: Iterable[str]) -> str:
    """Family that another tends to as parameters run away together; empty where unknown."""
    known = {LIMITS.get((family, name), "") for name in names}
    return known.pop() if len(known) == 1 else ""
