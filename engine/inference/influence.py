"""How much each observation pulls the estimates: what leaving it out would change.

To first order, leaving out a row of weight w and score s moves the maximum by −w I⁻¹ s, I being
the observed information, so that the row pulls the estimates by

    θ̂ − θ̂₍ᵢ₎ ≈ wᵢ I⁻¹ sᵢ = −H⁻¹ wᵢ sᵢ

which is told in standard errors of the estimates (Cook & Weisberg, Residuals and Influence in
Regression, 1982, section 5.2; Pregibon, Annals of Statistics 9, 1981, section 4). The pulls of
all rows add up to nothing at a maximum. The exact change takes a fit of the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.distributions.base import Array
from engine.fits.fitting import Fit, fit
from engine.likelihoods.rows import Rows, rows, without

__all__ = ["Influence", "influence", "refitted"]


@dataclass(frozen=True, eq=False)
class Influence:
    """The rows of a fit's sample at its estimate, and the pull of each, shape (n, k).

    A pull is that of the whole row, in standard errors; fixed parameters are not pulled. It is
    None where the fit has no covariance: at a corner one observation alone holds an estimate.
    """

    rows: Rows
    pull: Array | None

    @property
    def largest(self) -> Array | None:
        """Size of the greatest pull of each row on any parameter, shape (n,)."""
        return None if self.pull is None else np.max(np.abs(self.pull), axis=1)


def influence(fitted: Fit) -> Influence:
    """Measure every row at the estimate, in one pass and without a single refit."""
    likelihood = fitted.likelihood
    found = rows(likelihood.family, likelihood.sample, fitted.parameters)
    errors, matrix = fitted.standard_errors, fitted.covariance
    if errors is None or matrix is None:
        return Influence(found, None)
    # a fixed parameter has no error, and no pull either
    units = np.where(np.array(errors) > 0, errors, 1.0)
    with np.errstate(all="ignore"):
        pull = found.weight[:, None] * (found.score @ matrix) / units
    return Influence(found, pull)


def refitted(fitted: Fit, places: Sequence[int]) -> Fit:
    """Fit the sample without the rows at these places: what leaving them out does exactly.

    The search begins where that of the whole sample did, from all its starts. ValueError
    where fewer rows are left than parameters are free; NoFit where the rest has no maximum.
    """
    likelihood = fitted.likelihood
    left = likelihood.sample.n - len(set(places))
    if left < fitted.free:
        raise ValueError(f"{fitted.free} parameters need at least as many rows, not {left}")
    return fit(likelihood.family, without(likelihood.sample, places), fitted.held)
