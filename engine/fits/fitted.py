"""What a fit found: the best point of a likelihood, how precise it is and what it is worth."""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from engine.distributions.base import Array, Distribution
from engine.distributions.nonregular import Flaw
from engine.fits.boundless import boundless
from engine.fits.climbing import Summit
from engine.fits.curvature import deviations
from engine.fits.frame import USUAL, Frame
from engine.fits.relatives import limit
from engine.likelihoods.likelihood import Likelihood
from engine.stopping import VANISHING

__all__ = ["Fit", "NoFit"]

MOST_HILLS = 4
BESIDE = 1e-3
"""Standard errors beside a maximum at which the log-likelihood is half of their square below it."""
UNHELD = (
    "This is a maximum, but double precision does not hold its curvature at values of such a "
    "size; rescale them."
)
COARSE = (
    "This is as near to a maximum as doubles come so far from 0: the score is {:.2g} standard "
    "errors from vanishing; subtract {:.15g} from all values."
)
UNMEASURED = (
    "This is no maximum that could be shown: the score has no value here; try another family or "
    "rescale the data."
)
UNCURVED = (
    "This is no maximum: the surface is not curved downwards here, so a parameter may be at its "
    "boundary or not determined by the data; try a simpler family."
)


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
    tends: str = ""
    """The family that it tends to there, where that is not the usual one."""
    hills: tuple[Summit, ...] = ()
    """Lower maxima that the search came upon, the highest first."""
    starts: int = 1
    """Places that the search began from."""
    flaw: Flaw | None = None
    """Why the point is no estimate, however high the likelihood is there."""
    frame: Frame = USUAL
    """Origin and unit in which the fit was found."""
    inner: "Fit | None" = None
    """The fit as seen from there, with all digits of its parameters; None where that is here."""

    @classmethod
    def at_corner(
        cls, likelihood: Likelihood, top: Summit, fixed: frozenset[str] = frozenset()
    ) -> Self:
        """Return a maximum that has no curvature to measure, at a corner or a kink."""
        return cls(
            likelihood,
            top.parameters,
            top.value,
            covariance=None,
            score=None,
            evaluations=top.evaluations,
            converged=True,
            fixed=fixed,
        )

    @property
    def distribution(self) -> Distribution:
        """The fitted member of the family."""
        return self.likelihood.family.at(self.parameters)

    @property
    def estimates(self) -> dict[str, float]:
        """Parameters by name, and what they imply."""
        return self.likelihood.family.by_name(self.parameters)

    @property
    def held(self) -> dict[str, float]:
        """Fixed parameters and their values."""
        names = self.likelihood.family.names()
        pairs = zip(names, self.parameters, strict=True)
        return {name: value for name, value in pairs if name in self.fixed}

    @property
    def free(self) -> int:
        """Number of parameters that were estimated."""
        return len(self.parameters) - len(self.fixed)

    @property
    def standard_errors(self) -> tuple[float, ...] | None:
        """Square roots of the covariance's diagonal."""
        return deviations(self.covariance)

    @property
    def curvature(self) -> list[float] | None:
        """Eigenvalues of the free parameters' information, scaled to a unit diagonal, ascending.

        All are 1 where the estimates do not depend on each other; one near 0 is a ridge.
        """
        if self.covariance is None:
            return None
        errors = np.sqrt(np.diag(self.covariance))
        free = errors > 0
        correlation = self.covariance[np.ix_(free, free)] / np.outer(errors[free], errors[free])
        information = np.linalg.inv(correlation)
        scale = np.sqrt(np.diag(information))
        found: list[float] = np.linalg.eigvalsh(information / np.outer(scale, scale)).tolist()
        return found

    @property
    def beyond(self) -> bool:
        """Whether it is a maximum by its score, of whose curvature doubles hold nothing."""
        return self.covariance is None and self.score is not None and self.score <= VANISHING

    @property
    def coarse(self) -> bool:
        """Whether it is next to a maximum, to which no double comes so far from 0."""
        return (
            not self.converged
            and self.covariance is not None
            and self.inner is not None
            and self.inner.converged
        )

    @property
    def at_maximum(self) -> bool:
        """Whether its log-likelihood is that of the maximum to a millionth."""
        near = self.coarse and self.score is not None and self.score <= BESIDE
        return self.converged or near

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
    def limit(self) -> str:
        """Family that this one tends to where the likelihood does not fall; empty if unknown."""
        return self.tends or limit(self.likelihood.family.name, self.level)

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
        if self.flaw:
            return f"This is no estimate: {self.flaw}."
        if self.level and not self.limit:
            why = boundless(self.likelihood.sample, self.level)
            return f"This is no maximum: {why}{self._lower()}."
        if self.level:
            return (
                "This is no maximum: the likelihood does not fall with "
                f"{' and '.join(self.level)}; fit {self.limit}, which the family tends to there"
                f"{self._lower()}."
            )
        return self._unshown(self.score)

    def _unshown(self, score: float) -> str:
        """Say why a place where a climb ended is not shown to be a maximum."""
        if self.covariance is None:
            return UNHELD if self.beyond else UNCURVED
        if self.coarse:
            return COARSE.format(score, self.frame.origin)
        if not math.isfinite(score):
            return UNMEASURED
        return (
            f"This is no maximum: the score is {score:.2g} standard errors from vanishing; "
            "try another family or rescale the data."
        )

    def _lower(self) -> str:
        """Say where the lower hills are, with their log-likelihoods."""
        names = self.likelihood.family.names()
        told = [
            " and ".join(
                f"{name} {value:.6g}"
                for name, value in zip(names, hill.parameters, strict=True)
                if name not in self.fixed
            )
            + f" ({hill.value:.6f})"
            for hill in self.hills[:MOST_HILLS]
        ]
        are = "lower hills are" if told[1:] else "a lower hill is"
        return f"; {are} at {', '.join(told)}" if told else ""
