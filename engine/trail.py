"""The trail of a run: waypoints at which its blocks begin, to compute parts of it again from."""

from bisect import bisect_right

from engine.waypoint import Waypoint

__all__ = ["Trail"]

MOST = 1 << 13
"""Waypoints that are remembered; of more, every second one is forgotten."""


class Trail:
    """One thread may add while others look."""

    def __init__(self, origin: Waypoint) -> None:
        self._passed = {origin.epoch: origin}
        self._latest = origin

    def add(self, at: Waypoint) -> None:
        """Remember a waypoint behind all others."""
        self._passed[at.epoch] = at
        if len(self._passed) > MOST:
            self._passed = dict(list(self._passed.items())[::2])

    def revisit(self, at: Waypoint) -> None:
        """Remember where the run was computed again to, for what is asked next may follow it."""
        self._latest = at

    def before(self, epoch: int) -> Waypoint:
        """The nearest waypoint that is remembered at or before an epoch."""
        passed, latest = self._passed, self._latest
        epochs = list(passed)
        nearest = passed[epochs[bisect_right(epochs, epoch) - 1]]
        return latest if nearest.epoch < latest.epoch <= epoch else nearest
