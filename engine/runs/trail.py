"""The trail of a run: waypoints at which its blocks begin, to compute parts of it again from."""

from bisect import bisect_right

from engine.runs.waypoint import Waypoint
from engine.tapes.spaced import Spaced

__all__ = ["Trail"]

MOST = 1 << 13
"""Waypoints that are remembered."""


class Trail:
    """One thread may add while others look."""

    def __init__(self, origin: Waypoint) -> None:
        self._passed = Spaced(origin, MOST)
        self._newest = self._latest = origin

    def add(self, at: Waypoint) -> None:
        """Remember a waypoint, unless the run has come further already."""
        if at.epoch > self._newest.epoch:
            self._newest = at
            self._passed.add(at)

    def revisit(self, at: Waypoint) -> None:
        """Remember where the run was computed again to, for what is asked next may follow it."""
        self._latest = at

    def before(self, epoch: int) -> Waypoint:
        """The nearest waypoint that is remembered at or before an epoch."""
        passed, latest = self._passed.entries, self._latest
        nearest = passed[bisect_right(passed, epoch, key=lambda at: at.epoch) - 1]
        return latest if nearest.epoch < latest.epoch <= epoch else nearest
