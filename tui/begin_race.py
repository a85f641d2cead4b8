"""How a race in the lab begins: from a step of the run, or as a capsule recorded it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from engine.capsules.capsule import Capsule
from engine.runs.race import CLOCKS, Race
from tui.racing import LabRace
from tui.session import Session

__all__ = ["begin_race", "raced_again"]


async def begin_race(
    session: Session, epoch: int, optimizers: Sequence[str], clock: str = CLOCKS[0]
) -> LabRace:
    """Set a race up from an epoch of a session, beside the event loop.

    InvalidExperiment where none of the lanes can be.
    """
    training, parameters = session.training, session.tape[epoch].parameters
    names = [p.name for p in training.family.parameters()]
    start = dict(zip(names, parameters, strict=True))

    def prepare() -> Race:
        """Set the race up and let it spend its first."""
        experiment = replace(training.experiment, start=start)
        sample = training.ground.trained
        race = Race(experiment, optimizers, clock=clock, sample=sample, lenient=True)
        while not race.over and race.spent_by_all <= 0:
            race.advance()
        _ = race.best
        return race

    return LabRace(await asyncio.to_thread(prepare), session, epoch)


async def raced_again(session: Session, capsule: Capsule) -> LabRace | None:
    """Set up the race that a capsule recorded; None where it was on another branch, or none."""
    number, epoch = capsule.race_from or (0, 0)
    if not capsule.race or session.journey.branches[number] is not session.branch:
        return None
    return await begin_race(session, epoch, capsule.race)
