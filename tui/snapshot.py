"""A snapshot: what the panes show, frozen at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.pace import FLAT_OUT, Pace

if TYPE_CHECKING:
    from engine.runs.journey import Branch
    from engine.runs.training import Training
    from engine.tapes.tape import Tape
    from tui.fit_view import FitView
    from tui.racing import LabRace

__all__ = ["Snapshot"]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A run as it stands at epoch ``at`` of its tape, and how it is to be looked at."""

    training: Training
    tape: Tape
    at: int
    running: bool = False
    pace: Pace = FLAT_OUT
    rate: float | None = None
    """Epochs per second, while the run moves."""
    log_axis: bool = False
    per_observation: bool = False
    branch: Branch | None = None
    ghosts: tuple[Branch, ...] = ()
    """Other branches of the journey."""
    stale: Snapshot | None = None
    """The end of a run of other settings, while these have not been run."""
    race: LabRace | None = None
    """The race that was started last."""
    preparing: bool = False
    """Whether another experiment is being set up."""
    fit: FitView | None = None
    """What is known of the fit, and how it is looked at."""

    @property
    def finished(self) -> bool:
        """Whether this is the step at which the run stopped."""
        return self.tape.ends_at(self.at)

    @property
    def old_race(self) -> bool:
        """Whether the race started from another run than this one."""
        return self.race is not None and self.race.branch is not self.branch
