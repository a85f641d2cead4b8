"""Likelihoods that a family tends to and never reaches, as a parameter runs away with others."""

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from engine.distributions import FAMILIES, Distribution
from engine.fits.fitted import Fit, NoFit
from engine.fits.relatives import LIMITS
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample

__all__ = ["higher_limit"]

OTHERWISE = {"skew-normal", "von-mises", "beta-binomial"}
"""Families whose limits are not what families of those names have for parameters."""


class _Tail(NamedTuple):
    """A family with a parameter held, as which another one's tail is, and what runs away to it."""

    family: str
    held: Mapping[str, float]
    runs_away: str


TAILS = {
    "birnbaum-saunders": (
        _Tail("gamma", {"shape": 0.5}, "shape"),
        _Tail("inverse-gamma", {"shape": 0.5}, "shape"),
    )
}
"""What families tend to where half of their mass goes to 0, and where half goes to infinity.

(√(x/β) − √(β/x))/α is √(x/α²β) in the end, or −√(β/α²x): a normal's square and its inverse. It is
a limit of samples in which that half cannot be seen.
"""


class _Fitting(Protocol):
    """``fit``, which stands on this."""

    def __call__(
        self, family: type[Distribution], sample: Sample, fixed: Mapping[str, float] | None = None
    ) -> Fit:
        """Maximise the likelihood of a sample."""


def higher_limit(likelihood: Likelihood, value: float, fit: _Fitting) -> tuple[str, float] | None:
    """Parameter that runs away to the highest of them, and that one, unless ``value`` is higher.

    A family has formulas for a plain sample; for others its limits are fitted, by ``fit``.
    """
    plain = likelihood.sample.plain
    limits = likelihood.family.limits(likelihood.statistics) if plain else _fitted(likelihood, fit)
    name, height = max(limits, key=lambda limit: limit[1], default=("", -float("inf")))
    return (name, height) if height >= value else None


def _fitted(likelihood: Likelihood, fit: _Fitting) -> Iterator[tuple[str, float]]:
    """Log-likelihoods of what a family tends to, where that has a maximum."""
    name, tends = likelihood.family.name, list(_tails(likelihood))
    if name not in OTHERWISE:
        ways = {limit: way for (family, way), limit in reversed(LIMITS.items()) if family == name}
        tends += [_Tail(limit, {}, way) for limit, way in ways.items()]
    for limit, held, way in tends:
        try:
            found = fit(FAMILIES[limit], likelihood.sample, held)
        except NoFit:
            continue
        if found.converged:
            yield way, found.log_likelihood


def _tails(likelihood: Likelihood) -> Iterator[_Tail]:
    """What a family tends to where a truncation hides the half of its mass that runs away."""
    known = TAILS.get(likelihood.family.name, ())
    low, high = likelihood.sample.truncation or (0.0, math.inf)
    for tail, hidden in zip(known, (low > 0.0, high < math.inf), strict=False):
        if hidden:
            yield tail
