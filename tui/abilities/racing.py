"""Racing: optimizers from the place shown, which of them, by which clock, and which are seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on, work

from engine.refusal import Refusal
from tui.abilities.playing import Playing
from tui.keys.in_use import keyed
from tui.messages import LaneChosen
from tui.player import Player

if TYPE_CHECKING:
    from tui.racing import LabRace

__all__ = ["Racing"]


class Racing(Playing):
    """Actions of the race. On its tab the keys play it, and the run goes along."""

    lanes: tuple[str, ...] = ()
    """Optimizers that were chosen to race; those by default where none were."""
    clock = "evaluations"

    @property
    def fresh_race(self) -> LabRace | None:
        """The race, unless it is of other settings than the run."""
        race, session = self.race, self.session
        return race if race and session and race.branch is session.branch else None

    @property
    def player(self) -> Player | None:
        """The race on its tab; elsewhere, and where there is none or an old one, the run."""
        return (self.current == "race" and self.fresh_race) or super().player

    def show(self) -> None:
        """Let the race stand where the run does before everything is shown."""
        if self.session is None:
            return
        if self.race and self.current != "race":
            self.race.armed = False
        if race := self.fresh_race:
            race.follow()
            if race.behind and not race.running and self.current == "race":
                self.catch_up(race)
        screen, race = self.screen_stack[0], self.fresh_race
        screen.query_one("Standings").display = self.race is not None
        screen.query_one("RaceMap").display = race is not None and len(race.start) > 1
        super().show()

    @work(group="catch up")
    async def catch_up(self, race: LabRace) -> None:
        """Compute the lanes up to where the run was moved to."""
        await race.reach()
        self.show()

    @work(group="race", exclusive=True)
    async def action_race(self) -> None:
        """Race from the place shown; on the race's tab, again from where it started."""
        if self.session:
            await self.start_race(self.chosen_lanes())

    @work(group="race", exclusive=True)
    async def action_lanes(self) -> None:
        """Ask for the optimizers, and race."""
        from tui.screens.lanes import LanesScreen  # noqa: PLC0415 - only when it is asked for

        if self.session is None:
            return
        self.halt()
        if lanes := await self.push_screen_wait(LanesScreen(self.chosen_lanes())):
            self.lanes = lanes
            await self.start_race(lanes)

    def chosen_lanes(self) -> tuple[str, ...]:
        """Optimizers that race next."""
        from tui.pictures.lanes import default_lanes  # noqa: PLC0415 - heavy: after the first paint

        own = self.session.training.experiment.optimizer if self.session else ""
        return self.lanes or default_lanes(own)

    async def start_race(self, optimizers: Sequence[str]) -> None:
        """Set a race up, go to its tab and let it run; say why where it cannot be."""
        from tui.begin_race import begin_race  # noqa: PLC0415

        if (session := self.session) is None:
            return
        self.halt()
        again = self.current == "race" and self.fresh_race
        try:
            race = await begin_race(
                session, again.epoch if again else session.at, optimizers, self.clock
            )
        except Refusal as fault:
            self.say(str(fault), severity="error")
            return
        if session is not self.session:
            return
        self.race = race
        self.action_tab("race")
        self.play(race)

    def action_clock(self) -> None:
        """Count by the other clock."""
        self.clock = "seconds" if self.clock == "evaluations" else "evaluations"
        if self.race and self.race.clock != self.clock:
            self.race.switch()
        self.show()

    def action_arm(self) -> None:
        """Let the next digit mute a lane, or leave the digits to the tabs again."""
        if self.race is None:
            self.say(keyed(self, "There is no race yet; {race} starts one."))
            return
        self.race.armed = not self.race.armed
        self.show()

    def action_disarm(self) -> None:
        """Leave the digits to the tabs."""
        if self.race:
            self.race.armed = False
            self.show()

    def action_mute(self, digit: int) -> None:
        """Mute the lane of a digit, or let it be seen again."""
        if self.race is None:
            return
        self.race.armed = False
        if digit <= len(self.race.names):
            self.race.mute(self.race.names[digit - 1])
        else:
            self.say(f"There is no lane {digit}.")
        self.show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave digits and escape to others unless a lane is about to be muted."""
        if action in ("mute", "disarm"):
            return self.race is not None and self.race.armed
        return super().check_action(action, parameters)

    @on(LaneChosen)
    def toggle_lane(self, message: LaneChosen) -> None:
        """Mute the lane that was clicked on or entered, or let it be seen again."""
        if self.race and message.name in self.race.names:
            self.race.mute(message.name)
            self.show()
