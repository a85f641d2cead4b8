"""Where an experiment's sample comes from."""

from engine.distributions.families import NUMBERS
from engine.experiments.experiment import Experiment
from engine.samples.sample import Sample, generator
from engine.tables.dialect import CHOICES, Dialect
from engine.tables.observations import read_observations
from engine.tables.roles import COLUMNS, ROLES, Roles

__all__ = ["FROM_FILE", "ORIGIN", "READ_AS", "dialect", "obtain", "roles", "same_sample"]

FROM_FILE = ("data", "column", *ROLES, *CHOICES)
"""Fields of an experiment that say where in a file the sample is."""
READ_AS = (*FROM_FILE[1:], *NUMBERS)
"""Fields that say how a file is read, and the numbers that a family is made for."""
DRAWN = ("family", "components", "trials", "true", "n", "generator", "seed")
"""Fields that say how the sample is drawn."""
ORIGIN = (*DRAWN, *FROM_FILE)


def obtain(experiment: Experiment) -> Sample:
    """Draw or read the experiment's sample; UnreadableData where a file gives none."""
    if experiment.origin is None:
        return read_observations(experiment.data, roles(experiment), dialect(experiment))
    random = generator(experiment.generator, experiment.seed)
    return Sample(experiment.origin.draw(experiment.n, random))


def roles(experiment: Experiment) -> Roles:
    """Which column of the experiment's file is what."""
    columns = {name: getattr(experiment, name) for name in COLUMNS}
    return Roles.within(experiment.truncate_below, experiment.truncate_above, **columns)


def dialect(experiment: Experiment) -> Dialect:
    """What the experiment tells of how its file is written."""
    return Dialect(**{name: getattr(experiment, name) for name in CHOICES})


def same_sample(one: Experiment, other: Experiment) -> bool:
    """Whether two experiments learn from the same sample, so that it need not be had twice.

    What is read does not depend on the family, what is drawn does.
    """
    fields = FROM_FILE if one.data else ORIGIN
    return all(getattr(one, name) == getattr(other, name) for name in fields)
