"""When and why training stops.

Prechelt, Early Stopping: But When? (Neural Networks: Tricks of the Trade, 1998), for
patience; the score in standard errors for convergence, as only a vanishing score shows a
maximum.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

__all__ = ["VANISHING", "Cause", "Patience", "Stop", "brief", "in_errors", "reason"]

VANISHING = 1e-6
"""A score of at most this many standard errors counts as zero."""
MANY = 99.5


class Cause(Enum):
    """What ended a run, as the beginning of a sentence."""

    VANISHED = "The score vanished at epoch {epoch:,}"
    NEAR = "The maximum came near at epoch {epoch:,}"
    PATIENCE = "No better validation in {patience:,} epochs, at epoch {epoch:,}"
    LEVEL = "Validation became level at epoch {epoch:,}"
    STEADY = "The log-likelihood became steady at epoch {epoch:,}"
    BUDGET = "The budget ran out at epoch {epoch:,}"
    OVERSHOT = "The steps overshoot, and the budget ran out at epoch {epoch:,}"
    EVALUATIONS = "The evaluations ran out at epoch {epoch:,}"
    SECONDS = "The seconds ran out at epoch {epoch:,}"
    DIVERGED = "The steps diverged after epoch {epoch:,}"
    BROKEN = "The run broke off after epoch {epoch:,}"


ADVICE = {
    Cause.BUDGET: "try more epochs or a higher rate",
    Cause.OVERSHOT: "try a tenth of the rate, or one that decays",
    Cause.EVALUATIONS: "try more evaluations",
    Cause.SECONDS: "try more seconds",
    Cause.DIVERGED: "try a tenth of the rate",
}


@dataclass(frozen=True, slots=True)
class Stop:
    """The end of a run: at which epoch, for what cause, in a sentence fit to show.

    ``best`` is the epoch of the estimate: the best by validation where there is a validation
    sample, else the last. ``converged`` is said of the estimate, and only if its score
    vanishes and no higher maximum is known.
    """

    epoch: int
    cause: Cause
    reason: str
    best: int
    converged: bool


@dataclass(slots=True)
class Patience:
    """Early stopping on a watched series: give up after so long without a new best.

    As in the article, a value that is no better than the best and within ``tolerance`` of
    it ends the run at once. A ``patience`` of 0 waits for ever.
    """

    patience: int
    tolerance: float
    best: float = -math.inf
    best_epoch: int = 0
    waited: int = field(default=0)

    def watch(self, epoch: int, values: list[float]) -> tuple[int, Cause] | None:
        """Take in the values of consecutive epochs, the first as given; say where to stop."""
        for current, value in enumerate(values, epoch):
            if value > self.best:
                self.best, self.best_epoch, self.waited = value, current, 0
                continue
            self.waited += 1
            if self.best - value < self.tolerance:
                return current, Cause.LEVEL
            if self.waited == self.patience:
                return current, Cause.PATIENCE
        return None


def reason(  # noqa: PLR0913 - all that the sentence tells
    cause: Cause,
    epoch: int,
    best: int,
    distance: float | None,
    patience: int,
    *,
    held: Sequence[str] = (),
    below: float = 0.0,
) -> str:
    """Say in one sentence why a run stopped at ``epoch`` and how good its estimate is.

    ``best`` is the epoch of the estimate, ``distance`` how far off the maximum of the training
    data is, in standard errors, None where none is known, and infinite where it has no curvature
    to tell by. ``held`` names the parameters over which there is none to be found, ``below`` is
    by how much a stationary estimate, or one infinitely far off, is lower than the maximum.
    """
    told = cause.value.format(epoch=epoch, patience=patience)
    if distance is None:
        return f"{told}: no maximum of the training data could be shown, and the fit says why."
    there = "there" if best == epoch else f"at epoch {best:,}"
    told += f": the estimate {there} is {_standing(distance, below)}"
    if held:
        told += f" with {' and '.join(held)} held"
    if below and math.isfinite(distance):
        return f"{told}; try another start or a lower rate."
    if cause not in ADVICE or (distance <= VANISHING and cause is not Cause.DIVERGED):
        return f"{told}."
    return f"{told}; {ADVICE[cause]}."


def _standing(distance: float, below: float) -> str:
    """Say where an estimate stands."""
    if 0.0 < below < math.inf:
        lower = f"{below:.2g} below the maximum of the training data in log-likelihood"
        return lower if math.isinf(distance) else f"a stationary point, {lower}"
    if distance <= VANISHING:
        return "the maximum of the training data"
    if math.isfinite(distance):
        return f"{in_errors(distance)} from the maximum"
    return "far from the maximum"


def brief(number: float) -> str:
    """Two digits, or all before the point."""
    return f"{number:.2g}" if number < MANY else f"{number:,.0f}"


def in_errors(distance: float) -> str:
    """A distance in standard errors, in words."""
    told = brief(distance)
    return f"{told} standard error" if told == "1" else f"{told} standard errors"
