"""The price of stopping early: how far an estimate is from the maxima it did not wait for.

The distance is in standard errors (``separation``), and half its square is about the
log-likelihood that is left.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engine.fits.curvature import separation
from engine.likelihoods.likelihood import Likelihood
from engine.runs.training import Training
from engine.stopping import brief, in_errors

__all__ = ["Price", "apart", "price"]


@dataclass(frozen=True, slots=True)
class Price:
    """Distances in standard errors, and log-likelihoods below the maximum, of two samples.

    ``training`` is what was trained on, ``whole`` all of it; None where no maximum is known.
    """

    training_distance: float | None
    training_gap: float | None
    whole_distance: float | None
    whole_gap: float | None

    @property
    def sentence(self) -> str:
        """What was given up, in standard errors and log-likelihood; empty where it is unknown."""
        prices = [(self.training_distance, self.training_gap, "by stopping here")]
        if (self.whole_distance, self.whole_gap) != prices[0][:2]:
            prices.append((self.whole_distance, self.whole_gap, "with what was withheld"))
        costs = [
            f"{in_errors(distance)} and {brief(gap)} of log-likelihood {place}"
            for distance, gap, place in prices
            if distance is not None and gap is not None
        ]
        return f"Given up: {'; '.join(costs)}." if costs else ""


def price(training: Training, parameters: Sequence[float]) -> Price:
    """Compare an estimate with the maximum of the training part and of the whole sample."""
    return Price(
        *apart(training.train, training.training_mle, parameters),
        *apart(training.whole, training.sample_mle, parameters),
    )


def apart(
    likelihood: Likelihood, best: Sequence[float] | None, parameters: Sequence[float]
) -> tuple[float | None, float | None]:
    """Distance from a maximum in standard errors, and the log-likelihood below it.

    None where there is no maximum or no curvature.
    """
    if best is None:
        return None, None
    gap = likelihood.value(best) - likelihood.value(parameters)
    distance = separation(likelihood, parameters, best)
    return distance, max(gap, 0.0) if math.isfinite(gap) else None
