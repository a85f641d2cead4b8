"""How a run ended: which step is its estimate, and how far that is from the maximum."""

import math

from engine.distributions.base import Array
from engine.experiments.experiment import Experiment
from engine.quoting import quoted
from engine.runs.ground import Ground
from engine.runs.watch import Watch
from engine.stopping import VANISHING, Cause, Stop, reason
from engine.tapes.columns import PARAMETERS, TRAIN

__all__ = ["broken", "conclude", "told"]

FAR = 10.0
"""Times the start's distance; a way that bends may lead to a few times that."""


def conclude(
    ground: Ground, watch: Watch, end: tuple[int, Cause], last: Array, fault: Exception | None
) -> Stop:
    """Build the stop at an epoch for a cause, or for a fault where one let the path end there.

    ``last`` is the row of the last step.
    """
    epoch, cause = end
    experiment, chosen, best = watch.experiment, watch.patience.best_epoch, watch.best
    if not watch.validated:
        level = last[TRAIN] >= watch.patience.best - experiment.tolerance
        if level or cause is Cause.VANISHED:
            chosen, best = epoch, tuple(last[PARAMETERS].tolist())
    held = tuple(experiment.fixed)
    stationary = ground.score_length(best, watch.free) <= VANISHING
    short = ground.shortfall(best, experiment.fixed)
    distance = 0.0 if stationary else ground.distance(best, experiment.fixed)
    # where the score does not vanish at the maximum either, only the height tells
    there = distance is not None and distance <= VANISHING
    top = not short and (there or ground.kinked(experiment.fixed, watch.free))
    distance = 0.0 if stationary or top else _left(distance)
    below = short if stationary or distance == math.inf else 0.0
    if cause is Cause.BUDGET and (not watch.rising or _thrown(ground, experiment, distance)):
        cause = Cause.OVERSHOT
    if cause is Cause.DIVERGED and fault:
        cause = Cause.BROKEN
    sentence = reason(cause, epoch, chosen, distance, experiment.patience, held=held, below=below)
    if cause is Cause.BROKEN:
        sentence = f"{sentence} {told(fault)}"
    return Stop(epoch, cause, sentence, chosen, converged=top)


def _left(distance: float | None) -> float | None:
    """What is left of the way where the score does not vanish, which is not nothing."""
    return distance if distance is None else max(distance, math.nextafter(VANISHING, math.inf))


def _thrown(ground: Ground, experiment: Experiment, distance: float | None) -> bool:
    """Whether steps have led to where the surface is flat, much farther away than the start."""
    begun = ground.distance(ground.start, experiment.fixed)
    return distance is not None and begun is not None and distance > FAR * begun


def broken(epoch: int, fault: Exception) -> Stop:
    """Build the stop at the last step before a fault after which nothing more can be told."""
    sentence = f"{Cause.BROKEN.value.format(epoch=epoch)}. {told(fault)}"
    return Stop(epoch, Cause.BROKEN, sentence, epoch, converged=False)


def told(fault: BaseException | None) -> str:
    """Tell in a sentence what went wrong that should not."""
    return f"What broke is a fault of the program: {type(fault).__name__}, {quoted(fault)}."
