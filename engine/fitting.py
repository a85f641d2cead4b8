"""``fit``: the converged maximum of a likelihood.

What is said to be a maximum has a vanishing score, in standard errors, and a positive
definite information, or is a corner of the likelihood that the family has a formula for.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.distributions.base import Array, Distribution
from engine.inference import covariance, score_in_standard_errors
from engine.likelihood import Likelihood
from engine.newton import FreeSurface, Summit, climb, level_directions
from engine.sample import Sample
from engine.stopping import VANISHING
from engine.support import outside

__all__ = ["Fit", "NoFit", "fit", "maximum"]


MOST_HILLS = 4


class NoFit(ValueError):  # noqa: N818 - it names the thing, not a class of error
    """A sample under which the family's likelihood has no maximum; the message says why."""


@dataclass(frozen=True, eq=False)
class Fit:
    """The maximum of a likelihood, or the best point where none could be shown.

    ``covariance`` is the inverse of the free parameters' observed information, with zeros
    for fixed ones, and ``score`` the score's length in standard errors. Both are None where
    the maximum is a corner; the covariance also where the information is not positive
    definite.
    """

    likelihood: Likelihood
    parameters: tuple[float, ...]
    log_likelihood: float
    covariance: Array | None
    score: float | None
    evaluations: int
    converged: bool
    fixed: frozenset[str]
    level: tuple[str, ...] = ()
    """Parameters along which the likelihood does not fall: their maximum is at no finite value."""
    hills: tuple[Summit, ...] = ()
    """Lower maxima that the search came upon, the highest first."""

    @property
    def distribution(self) -> Distribution:
        """The fitted member of the family."""
        return self.likelihood.family.at(self.parameters)

    @property
    def free(self) -> int:
        """Number of parameters that were estimated."""
        return len(self.parameters) - len(self.fixed)

    @property
    def standard_errors(self) -> tuple[float, ...] | None:
        """Square roots of the covariance's diagonal."""
        return (
            None if self.covariance is None else tuple(np.sqrt(np.diag(self.covariance)).tolist())
        )

    @property
    def aic(self) -> float:
        """Akaike's criterion, 2k − 2ℓ."""
        return 2.0 * self.free - 2.0 * self.log_likelihood

    @property
    def aicc(self) -> float | None:
        """AIC corrected for small samples (Hurvich & Tsai 1989); None where n ≤ k + 1."""
        room = self.likelihood.n - self.free - 1.0
        return self.aic + 2.0 * self.free * (self.free + 1.0) / room if room > 0 else None

    @property
    def bic(self) -> float:
        """Schwarz's criterion, k log n − 2ℓ."""
        return self.free * math.log(self.likelihood.n) - 2.0 * self.log_likelihood

    @property
    def verdict(self) -> str:
        """What the fit is worth, in one sentence."""
        if self.score is None:
            return "This is the exact maximum; it is a corner, which has no curvature to go by."
        if self.converged:
            return (
                f"This is a maximum: its score is {self.score:.1g} standard errors and its "
                f"information positive definite{self._lower()}."
            )
        if self.level:
            return (
                "This is no maximum: the likelihood does not fall with "
                f"{' and '.join(self.level)}, so the family runs into a simpler one at its "
                "boundary; try that one."
            )
        if self.covariance is None:
            return (
                "This is no maximum: the surface is not curved downwards here, so a parameter "
                "may be at its boundary or not determined by the data; try a simpler family."
            )
        return (
            f"This is no maximum: the score is {self.score:.2g} standard errors from vanishing; "
            "try another family or rescale the data."
        )

    def _lower(self) -> str:
        """Say where the lower hills are, with their log-likelihoods."""
        names = [p.name for p in self.likelihood.family.parameters()]
        told = [
            " and ".join(
                f"{name} {value:.6g}"
                for name, value in zip(names, hill.parameters, strict=True)
                if name not in self.fixed
            )
            + f" ({hill.value:.6f})"
            for hill in self.hills[:MOST_HILLS]
        ]
        return f"; lower hills are at {', '.join(told)}" if told else ""


def fit(
    family: type[Distribution], sample: Sample, fixed: Mapping[str, float] | None = None
) -> Fit:
    """Maximise the likelihood of a sample, some parameters held at given values.

    NoFit where values lie outside the support or the likelihood has no maximum; KeyError
    where ``fixed`` names no parameter of the family.
    """
    if fault := outside(family.support, sample.values, family.name):
        raise NoFit(fault)
    likelihood = Likelihood(family, sample)
    places = {p.name: i for i, p in enumerate(family.parameters())}
    held = {places[name]: value for name, value in (fixed or {}).items()}
    formula = sample.plain and not held
    best = family.closed_form(likelihood.statistics) if formula else None
    if best is None and formula and (obstacle := family.obstacle(likelihood.statistics)):
        raise NoFit(obstacle)
    surface = FreeSurface(likelihood, held)
    if best is not None and family.corner:
        value = likelihood.value(best.values())
        return Fit(likelihood, best.values(), value, None, None, 1, True, frozenset())
    starts = [best] if best is not None else family.starts(_observable(family, sample))
    summits = [climb(surface, start.values()) for start in starts]
    top, *lower = _distinct(surface, summits)
    score = score_in_standard_errors(likelihood, top.parameters, surface.free)
    level = level_directions(surface, top.parameters) if score <= VANISHING else []
    return Fit(
        likelihood,
        top.parameters,
        top.value,
        covariance(likelihood, top.parameters, surface.free),
        score,
        sum(summit.evaluations for summit in summits),
        score <= VANISHING and not level,
        frozenset(fixed or {}),
        tuple(family.parameters()[place].name for place in level),
        tuple(lower),
    )


def _distinct(surface: FreeSurface, summits: list[Summit]) -> list[Summit]:
    """Order summits from the highest, each hill once, and only those that are hills."""
    found: list[Summit] = []
    for summit in sorted(summits, key=lambda each: -each.value):
        parameters = np.array(summit.parameters)
        known = any(np.allclose(parameters, hill.parameters, rtol=1e-4) for hill in found)
        score = score_in_standard_errors(surface.likelihood, summit.parameters, surface.free)
        if not found or (not known and score <= VANISHING):
            found.append(summit)
    return found


def maximum(family: type[Distribution], sample: Sample) -> tuple[float, ...] | None:
    """Return the parameters of the maximum, where one could be shown."""
    try:
        fitted = fit(family, sample)
    except NoFit:
        return None
    return fitted.parameters if fitted.converged else None


def _observable(family: type[Distribution], sample: Sample) -> Sample:
    """Return a plain sample to guess a start from: censored observations as likely values."""
    if sample.plain:
        return sample
    likely = sample.imputed()
    values = np.floor(likely.values) if family.support.whole else likely.values
    inside = family.support.contains(values)
    if not inside.any():
        raise NoFit(f"no observation can be a value of {family.name}")
    return Sample(values[inside], likely.frequencies[inside])
