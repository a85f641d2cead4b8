"""The last session, kept in the platform's folder for such, to be gone on with by ``--resume``."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.capsules.capsule import Capsule
    from tui.abilities.base import Bench

__all__ = ["captured", "keep", "last_session", "place"]

TRIES = 50
PAUSE = 0.01
"""Seconds in which a branch that is being begun may have its first step."""


def place() -> Path:
    """Where the last session is kept."""
    from tui.configuration.places import state_folder  # noqa: PLC0415 - after the first paint

    return state_folder() / "session.json"


def last_session() -> Capsule:
    """Read the last session.

    UnreadableData where there is none, InvalidCapsule where its file is damaged.
    """
    from engine.capsules.capsule import read_capsule  # noqa: PLC0415
    from engine.files import UnreadableData  # noqa: PLC0415

    try:
        if not place().exists():
            raise UnreadableData("There is no session to go on with yet.")
    except OSError as fault:
        raise UnreadableData(f"The last session cannot be read: {fault.strerror}.") from None
    return read_capsule(str(place()))


def keep(lab: Bench) -> None:
    """Keep the lab's session, if anything was seen of it; OSError where that cannot be written."""
    if capsule := captured(lab):
        from tui.saving import save_over  # noqa: PLC0415

        save_over(place(), capsule.to_text())


def captured(lab: Bench) -> Capsule | None:
    """Record the lab's session as it stands, whatever goes on; nothing if nothing was done yet."""
    from engine.capsules.capsule import Capsule  # noqa: PLC0415

    if (session := lab.session) is None:
        return None
    branches = session.journey.branches
    if len(branches) == 1 and branches[0].seen == 0:
        return None
    race = lab.race if lab.race and lab.race.session is session else None
    raced = (race.names, (race.branch, race.epoch)) if race else ()
    for _ in range(TRIES):
        try:
            capsule = Capsule.of(session.journey, session.branch, session.at, *raced)
            break
        except ValueError:  # a generator that is at work in another thread cannot be asked
            time.sleep(PAUSE)
    else:
        return None
    data = capsule.experiment.data
    if not data or not Path(data).is_file():
        return capsule
    # it is gone on with from any folder
    return replace(capsule, experiment=replace(capsule.experiment, data=str(Path(data).resolve())))
