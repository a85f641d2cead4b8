"""What follows from a fit: moments and quantiles of its distribution, with standard errors.

The delta method: a function g of the parameters has the standard error √(∇gᵀ Σ ∇g), Σ being
their covariance (Pawitan, In All Likelihood, section 4.8; Casella & Berger, Statistical
Inference, section 5.5.4). It is as good as g is straight within a few standard errors.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from engine.distributions.base import Array, Distribution
from engine.expectations import summary
from engine.fits.fitting import Fit

__all__ = ["Derived", "derived"]

STEP = 1e-3
ROOM = 4.0
"""A step is at most the way to the domain's edge over this, for two steps are taken."""


@dataclass(frozen=True)
class Derived:
    """One derived quantity, in the data's unit or its square.

    ``value`` is None where it is infinite or undefined, ``standard_error`` also where the fit
    has no covariance, where the quantity ceases to exist nearby, and for a quantile of
    counts, which the parameters move by jumps.
    """

    name: str
    value: float | None
    standard_error: float | None


def derived(fitted: Fit, probabilities: Iterable[float] = (0.5,)) -> tuple[Derived, ...]:
    """Moments, quantiles at these probabilities, and what the family's parameters imply.

    They are those of the whole distribution, also where the sample was censored or
    truncated. ValueError where a probability is not between 0 and 1.
    """
    asked = tuple(probabilities)
    for p in asked:
        if not 0 < p < 1:
            raise ValueError(f"a quantile needs a probability between 0 and 1, not {p!r}")
    values = _quantities(fitted.distribution, asked)
    errors = _standard_errors(fitted, asked, values)
    jumping = {_name(p) for p in asked} if fitted.likelihood.family.support.whole else set()
    return tuple(
        Derived(
            name,
            value if math.isfinite(value) else None,
            error if math.isfinite(error) and name not in jumping else None,
        )
        for (name, value), error in zip(values.items(), errors, strict=True)
    )


def _name(p: float) -> str:
    return "median" if p == 0.5 else f"quantile {float(p)!r}"


def _quantities(member: Distribution, probabilities: tuple[float, ...]) -> dict[str, float]:
    """Every quantity by name; NaN where it does not exist."""
    with np.errstate(all="ignore"):
        quantiles = member.quantile(np.array(probabilities, dtype=float)).tolist()
        moments = summary(member)
    return {
        **{name: math.nan if value is None else value for name, value in moments.items()},
        **{_name(p): value for p, value in zip(probabilities, quantiles, strict=True)},
        **member.implied(),
    }


def _standard_errors(
    fitted: Fit, probabilities: tuple[float, ...], values: dict[str, float]
) -> list[float]:
    """√(∇gᵀ Σ ∇g) of every quantity; NaN where it cannot be had."""
    if fitted.covariance is None:
        return [math.nan] * len(values)
    with np.errstate(all="ignore"):
        slopes = _gradients(fitted, probabilities, len(values))
        # in units of the parameters' own errors, as squares of small ones are 0 to a double
        units = np.sqrt(np.diag(fitted.covariance))[:, np.newaxis]
        moves = np.where(units > 0.0, slopes * units, 0.0)
        longest = np.maximum(np.max(np.abs(moves), axis=0), np.finfo(float).tiny)
        correlation = np.nan_to_num(fitted.covariance / units / units.T)
        squares = np.einsum("ij,ik,jk->k", correlation, moves / longest, moves / longest)
        errors: list[float] = (longest * np.sqrt(np.maximum(squares, 0.0))).tolist()
    return errors


def _gradients(fitted: Fit, probabilities: tuple[float, ...], count: int) -> Array:
    """Derivative of each quantity by each parameter, shape (k, count), by the five-point rule.

    A step is a thousandth of the standard error that one observation would give the
    parameter, the others known: one of the whole sample's would drown in the quantities'
    rounding as samples grow. Fixed parameters have zeros, for they do not vary.
    """
    family, at = fitted.likelihood.family, fitted.parameters
    information = np.diag(fitted.likelihood.condensed.information(at))
    steps = STEP * np.sqrt(fitted.likelihood.n / information)
    slopes = np.zeros((len(at), count))

    def slope(place: int, width: float) -> Array:
        """Rise between two points, over the distance that doubles have between them."""
        below, above = (
            (*at[:place], at[place] + side, *at[place + 1 :]) for side in (-width, width)
        )
        low, high = (
            np.array(list(_quantities(family.at(x), probabilities).values()))
            for x in (below, above)
        )
        rises: Array = (high - low) / np.float64(above[place] - below[place])
        return rises

    for place, declared in enumerate(family.parameters()):
        if declared.name not in fitted.fixed:
            edges = at[place] - declared.domain.lower, declared.domain.upper - at[place]
            step = min(float(steps[place]), min(edges) / ROOM)
            slopes[place] = (4.0 * slope(place, step) - slope(place, 2.0 * step)) / 3.0
    return slopes
