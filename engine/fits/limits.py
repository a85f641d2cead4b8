"""Likelihoods that a family tends to and never reaches, as a parameter runs away with others."""

from collections.abc import Callable, Iterator

from engine.distributions import FAMILIES, Distribution
from engine.fits.fitted import Fit, NoFit
from engine.fits.relatives import LIMITS
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample

__all__ = ["higher_limit"]

OTHERWISE = {"skew-normal", "von-mises", "beta-binomial"}
"""Families whose limits are not what families of those names have for parameters."""

Fitting = Callable[[type[Distribution], Sample], Fit]


def higher_limit(likelihood: Likelihood, value: float, fit: Fitting) -> tuple[str, float] | None:
    """Parameter that runs away to the highest of them, and that one, unless ``value`` is higher.

    A family has formulas for a plain sample; for others its limits are fitted, by ``fit``.
    """
    plain = likelihood.sample.plain
    limits = likelihood.family.limits(likelihood.statistics) if plain else _fitted(likelihood, fit)
    name, height = max(limits, key=lambda limit: limit[1], default=("", -float("inf")))
    return (name, height) if height >= value else None


def _fitted(likelihood: Likelihood, fit: Fitting) -> Iterator[tuple[str, float]]:
    """Log-likelihoods of what a family tends to, where that has a maximum."""
    tends: dict[str, str] = {}
    for (family, name), limit in LIMITS.items():
        if family == likelihood.family.name and family not in OTHERWISE:
            tends.setdefault(limit, name)
    for limit, name in tends.items():
        try:
            found = fit(FAMILIES[limit], likelihood.sample)
        except NoFit:
            continue
        if found.converged:
            yield name, found.log_likelihood
