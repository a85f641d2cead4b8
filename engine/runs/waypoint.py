"""A waypoint: where a run stands before a step, with all that it hands on to what follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.runs.refinement import Carried

__all__ = ["Waypoint"]


@dataclass(frozen=True, slots=True, eq=False)
class Waypoint:
    """The place before the step of ``epoch``, in the coordinates of its run.

    ``evaluations`` counts those of all steps before.
    """

    epoch: int
    z: Sequence[float]
    carried: Carried
    evaluations: int
