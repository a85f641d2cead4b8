"""References: maxima of the bundled samples, computed apart from the engine, and how near it is.

Each was found at 30 digits by other means; ``datasets/references.toml`` tells by which.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from engine import toml
from engine.datasets import datasets
from engine.distributions.families import family
from engine.files import UnreadableData
from engine.fits.fitted import Fit
from engine.fits.fitting import NoFit, fit
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

__all__ = ["Comparison", "Reference", "compared", "references"]

MOST = 15
"""Digits that a double can be trusted to hold."""
ENOUGH, ENOUGH_HIGH = 6, 10
"""Digits of the estimates and of the log-likelihood that agree where all is well.

The likelihood is flat at its maximum: half its digits are what an estimate can be held to.
"""


@dataclass(frozen=True)
class Reference:
    """The maximum of a family's likelihood for a bundled sample."""

    name: str
    family: str
    log_likelihood: float
    estimates: Mapping[str, float]
    fixed: Mapping[str, float] = field(default_factory=dict)
    components: int | None = None


@dataclass(frozen=True)
class Comparison:
    """Leading digits that a fit shares with its reference; ``reason`` where there is no fit."""

    reference: Reference
    digits: int = 0
    likelihood_digits: int = 0
    converged: bool = False
    reason: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the fit is the maximum, and its digits are enough."""
        enough = self.digits >= ENOUGH and self.likelihood_digits >= ENOUGH_HIGH
        return self.converged and enough


@lru_cache(maxsize=1)
def references() -> dict[str, Reference]:
    """Return every reference by the name of its sample."""
    files = resources.files("engine.datasets")
    table = toml.loads(files.joinpath("references.toml").read_text("utf-8"))
    return {name: Reference(name, **table[name]) for name in datasets() if name in table}


def compared() -> Iterator[Comparison]:
    """Fit every bundled sample anew and compare, one after the other."""
    for reference in references().values():
        told = {} if reference.components is None else {"components": reference.components}
        known = datasets()[reference.name]
        roles = Roles(column=known.column, weights=known.weights, event=known.event)
        try:
            sample = read_observations(known.path, roles)
            fitted = fit(family(reference.family, told), sample, dict(reference.fixed))
        except (NoFit, UnreadableData) as reason:
            yield Comparison(reference, reason=str(reason))
        else:
            yield _compare(reference, fitted)


def _compare(reference: Reference, fitted: Fit) -> Comparison:
    names = fitted.likelihood.family.names()
    found = dict(zip(names, fitted.parameters, strict=True))
    digits = [_shared(float(found[name]), value) for name, value in reference.estimates.items()]
    high = _shared(fitted.log_likelihood, reference.log_likelihood)
    return Comparison(reference, min(digits), high, bool(fitted.converged))


def _shared(found: float, expected: float) -> int:
    """Count the leading digits in which two numbers agree: −log₁₀ of the relative difference."""
    if found == expected:
        return MOST
    if not math.isfinite(found):
        return 0
    return min(max(math.floor(-math.log10(abs(found / expected - 1.0))), 0), MOST)
