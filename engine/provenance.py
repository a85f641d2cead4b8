"""Where an experiment's sample comes from."""

from engine.experiment import Experiment
from engine.files import read_sample
from engine.sample import Sample, generator

__all__ = ["obtain", "same_sample"]


def obtain(experiment: Experiment) -> Sample:
    """Draw or read the experiment's sample; UnreadableData where a file gives none."""
    if experiment.origin is None:
        return read_sample(experiment.data, experiment.column)
    random = generator(experiment.generator, experiment.seed)
    return Sample(experiment.origin.draw(experiment.n, random))


def same_sample(one: Experiment, other: Experiment) -> bool:
    """Whether two experiments learn from the same sample, so that it need not be had twice.

    What is read does not depend on the family, what is drawn does.
    """
    fields: tuple[str, ...] = ("data", "column")
    if not one.data:
        fields += ("family", "components", "trials", "true", "n", "generator", "seed")
    return all(getattr(one, name) == getattr(other, name) for name in fields)
