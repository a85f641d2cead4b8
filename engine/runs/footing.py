"""What is wrong with the place where a run would begin, when there is no first step."""

import math
from collections.abc import Sequence

from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.runs.ground import Ground

__all__ = ["no_footing"]


def no_footing(experiment: Experiment, ground: Ground, start: Sequence[float]) -> InvalidExperiment:
    """Return the refusal of a start, of what is held there, or of the sample if it was guessed."""
    what = _obstacle(ground, start)
    given = experiment.start and not ground.notes
    named = "the start" if given else "the guessed start"
    if experiment.fixed:
        held = " and ".join(f"{name} held at {value:g}" for name, value in experiment.fixed.items())
        told = f"fixed: with {held} {named} has {what}; hold other values or begin elsewhere."
        return InvalidExperiment({"fixed": told})
    if given:
        return InvalidExperiment({"start": f"start has {what}; begin nearer to the data."})
    return experiment.unusable(f"{named} has {what}; begin elsewhere")


def _obstacle(ground: Ground, start: Sequence[float]) -> str:
    """Say what a step there would be without."""
    if not math.isfinite(ground.train.value(start)):
        return "no finite log-likelihood"
    if ground.validation is not None and not math.isfinite(ground.validation.value(start)):
        return "no finite log-likelihood of the values withheld for validation"
    return "a log-likelihood too steep for double precision"
