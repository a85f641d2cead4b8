"""Surfacing: moving the start, the place and the window on the surface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from tui.abilities.steering import Steering
from tui.messages import Picked

if TYPE_CHECKING:
    from tui.widgets.surface import SurfaceTab

__all__ = ["Surfacing"]

STEPS = 40
"""Steps of the start from one end of the window to the other."""
PAN = 0.1
NUDGE = 0.1
FAR = 200_000
"""Steps that are computed ahead of the place when the start was moved."""


class Surfacing(Steering):
    """Actions on the surface's window, and on what is in it."""

    @property
    def surface(self) -> SurfaceTab:
        """The surface's tab."""
        from tui.widgets.surface import SurfaceTab  # noqa: PLC0415 - behind the first tab

        return self.query_one(SurfaceTab)

    def action_grip(self) -> None:
        """Let the arrows move something else."""
        self.surface.take_another_grip()
        self.show()

    async def action_pull(self, across: int, up: int) -> None:
        """Move what the arrows move: by a fortieth of the window, or a tenth of an error."""
        session, survey = self.session, self.surface.survey
        if session is None or survey is None or not survey.axes:
            return
        moves = (across or up, 0) if len(survey.axes) == 1 else (across, up)
        if self.surface.grip == "window":
            survey.pan(PAN * moves[0], PAN * moves[1])
            self.show()
        elif self.surface.grip == "place":
            for axis, move in zip(survey.axes, moves, strict=False):
                if move:
                    await self.drive_to(session.nudged(axis.place, NUDGE * move))
        else:
            start = session.tape[0].parameters
            shares = [axis.position(start[axis.place]) for axis in survey.axes]
            moved = [share + move / STEPS for share, move in zip(shares, moves, strict=False)]
            await self.start_at(moved)

    @on(Picked)
    async def pick(self, message: Picked) -> None:
        """Take the start, or the place where that is what arrows move, to where it was clicked."""
        session, survey = self.session, self.surface.survey
        if session is None or survey is None:
            return
        if self.surface.grip != "place":
            await self.start_at([message.across, message.up])
            return
        here = list(session.tape[session.at].parameters)
        for axis, share in zip(survey.axes, (message.across, message.up), strict=True):
            here[axis.place] = axis.value(share)
        await self.drive_to(tuple(here))

    async def start_at(self, shares: list[float]) -> None:
        """Begin again with the start at fractions of the window, and compute the whole path."""
        session, survey = self.session, self.surface.survey
        if session is None or survey is None:
            return
        names = [p.name for p in session.training.family.parameters()]
        start = dict(zip(names, session.tape[0].parameters, strict=True))
        for axis, share in zip(survey.axes, shares, strict=False):
            start[names[axis.place]] = axis.domain.clamp(axis.value(share))
        await self.restart_at(start)
        self.ahead()

    @work(group="ahead", exclusive=True)
    async def ahead(self) -> None:
        """Compute the path from a start that was moved, and show it as it grows."""
        session = self.session
        while session and session is self.session and not session.tape.stop:
            if len(session.tape) > FAR:
                break
            await session.reach(len(session.tape))
            self.show()

    def action_zoom(self, steps: int) -> None:
        """Look closer, or from further off."""
        if self.surface.survey:
            self.surface.survey.zoom(steps)
            self.show()

    def action_window(self, mode: str) -> None:
        """See the whole path, or the region of the maximum."""
        if self.surface.survey:
            self.surface.survey.follow(mode)
            self.show()

    def action_axes(self) -> None:
        """Choose the next two parameters."""
        if self.surface.survey:
            self.surface.survey.turn()
            self.show()

    def action_others(self) -> None:
        """Hold the other parameters where they are, or profile them out."""
        if self.surface.survey:
            self.surface.survey.profile = not self.surface.survey.profile
            self.show()
