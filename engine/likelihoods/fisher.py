"""Fisher information of one observation, by quadrature over the distribution's own quantiles.

    I(θ) = E ∇log f ∇log fᵀ,   which is also −E ∇² log f

A double exponential rule (Takahasi & Mori, Double exponential formulas for numerical
integration, 1974) over the probability bears the poles that scores may have at both ends;
for counts the sum runs over the counts themselves.
"""

import numpy as np

from engine.distributions.base import Array, Distribution

__all__ = ["fisher_information"]

STEPS = np.arange(-3.2, 3.2001, 0.1)
MOST_COUNTS = 10_000
NEGLIGIBLE = 1e-14


def fisher_information(member: Distribution) -> Array:
    """Expected information, shape (k, k), to about six digits."""
    with np.errstate(all="ignore"):
        x, weights = _counts(member) if member.support.whole else _nodes(member)
        scores = member.score(x)
    kept = np.isfinite(scores).all(axis=0) & (weights > 0)
    found: Array = (scores[:, kept] * weights[kept]) @ scores[:, kept].T
    return found


def _nodes(member: Distribution) -> tuple[Array, Array]:
    """Quantiles at the rule's probabilities, and their weights."""
    inner = np.pi / 2.0 * np.sinh(STEPS)
    p = 1.0 / (1.0 + np.exp(-2.0 * inner))
    weights = 0.1 * np.pi / 4.0 * np.cosh(STEPS) / np.cosh(inner) ** 2
    return member.quantile(p), weights


def _counts(member: Distribution) -> tuple[Array, Array]:
    """Counts and their probabilities; where they range wide, some stand for those behind them."""
    low, high = member.quantile(np.array([NEGLIGIBLE, 1.0 - NEGLIGIBLE]))
    if high - low < MOST_COUNTS:
        x = np.arange(low, high + 1.0)
        return x, np.exp(member.log_density(x))
    x = np.unique(np.floor(low - 1.0 + np.geomspace(1.0, high - low + 2.0, MOST_COUNTS)))
    return x[:-1] + 1.0, -np.diff(member.survival(x))
