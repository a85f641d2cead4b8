"""Likelihoods that a family tends to and never reaches, as a parameter runs away with others."""

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from engine.distributions import FAMILIES, Distribution
from engine.fits.fitted import Fit, NoFit
from engine.fits.relatives import LIMITS
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample

__all__ = ["SLACK", "Limit", "higher_limit"]

OTHERWISE = {"von-mises", "beta-binomial"}
"""Families whose limits are not what families of those names have for parameters."""


SLACK = 1e-7
"""Log-likelihood by which a place that is nearly there may be above its limit, by rounding."""


class Limit(NamedTuple):
    """A parameter that runs away, the log-likelihood there, and the family that is tended to."""

    runs_away: str
    height: float
    family: str = ""
    """Empty where ``relatives.limit`` names it."""


class _Tail(NamedTuple):
    """A family with a parameter held, as which another one's tail is, and what runs away to it."""

    family: str
    held: Mapping[str, float]
    """NaN for the end of what can be observed."""
    runs_away: str


def _power(runs_away: str) -> tuple[_Tail]:
    return (_Tail("pareto", {"minimum": math.nan}, runs_away),)


def _exponential(runs_away: str) -> tuple[_Tail]:
    return (_Tail("exponential", {}, runs_away),)


TAILS: dict[str, tuple[_Tail, ...]] = {
    "normal": _exponential("mean"),
    "logistic": _exponential("location"),
    "gumbel": _exponential("location"),
    "lognormal": _power("log_mean"),
    "loglogistic": _power("scale"),
    "weibull": _power("shape"),
    "lomax": _power("scale"),
    "birnbaum-saunders": (
        _Tail("gamma", {"shape": 0.5}, "shape"),
        _Tail("inverse-gamma", {"shape": 0.5}, "shape"),
    ),
}
"""What families tend to where mass that cannot be seen runs away below what can, and above.

log(x/μ)² is nearly linear in log x far from μ, as (x/λ)ᵏ is where k is small; and
(√(x/β) − √(β/x))/α is √(x/α²β) in the end, or −√(β/α²x): a normal's square and its inverse.
"""


class _Fitting(Protocol):
    """``fit``, which stands on this."""

    def __call__(
        self, family: type[Distribution], sample: Sample, fixed: Mapping[str, float] | None = None
    ) -> Fit:
        """Maximise the likelihood of a sample."""


def higher_limit(likelihood: Likelihood, value: float, fit: _Fitting) -> Limit | None:
    """The highest limit, unless ``value`` is higher.

    A family has formulas for a plain sample; for others its limits are fitted, by ``fit``.
    """
    if likelihood.sample.plain:
        limits = [Limit(*each) for each in likelihood.family.limits(likelihood.statistics)]
    else:
        limits = list(_fitted(likelihood, fit))
    highest = max(limits, key=lambda limit: limit.height, default=None)
    return highest if highest is not None and highest.height >= value else None


def _fitted(likelihood: Likelihood, fit: _Fitting) -> Iterator[Limit]:
    """What a family tends to, where that has a maximum."""
    name, tends = likelihood.family.name, list(_tails(likelihood))
    if name not in OTHERWISE:
        ways = {limit: way for (family, way), limit in reversed(LIMITS.items()) if family == name}
        tends += [_Tail(limit, {}, way) for limit, way in ways.items()]
    for family, held, way in tends:
        try:
            found = fit(FAMILIES[family], likelihood.sample, held)
        except NoFit:
            continue
        if found.converged:
            yield Limit(way, found.log_likelihood, family)


def _tails(likelihood: Likelihood) -> Iterator[_Tail]:
    """What a family tends to where a truncation hides the part of its mass that runs away."""
    known = TAILS.get(likelihood.family.name, ())
    low, high = likelihood.sample.truncation or (0.0, math.inf)
    for tail, end, hidden in zip(known, (low, high), (low > 0.0, high < math.inf), strict=False):
        if hidden:
            held = {name: end if math.isnan(value) else value for name, value in tail.held.items()}
            yield tail._replace(held=held)
