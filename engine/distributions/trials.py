"""Families of the successes among a known number of trials."""

from dataclasses import make_dataclass, replace
from typing import ClassVar, Self, cast

from engine.distributions.numbered import Numbered
from engine.samples.support import Support

__all__ = ["OfTrials"]


def _up_to(trials: int) -> Support:
    """Whole numbers from 0 to the number of trials."""
    return Support(f"whole numbers 0 to {trials}", 0.0, float(trials), closed=True, whole=True)


class OfTrials(Numbered):
    """A family that has a class, with a support of its own, for each number of trials."""

    known = "trials"
    trials: ClassVar[int] = 10
    support = replace(_up_to(trials), description="whole numbers 0 to the number of trials")

    @classmethod
    def made_for(cls, number: int) -> type[Self]:
        """Return the same with other trials and another support."""
        own = {"__module__": cls.__module__, "trials": number, "support": _up_to(number)}
        made = make_dataclass(cls.__name__, (), bases=(cls,), namespace=own, frozen=True)
        return cast("type[Self]", made)
