"""Going on with a session that was kept: in the lab, or printed where there is no screen."""

from engine.capsules.capsule import Capsule, InvalidCapsule, read_capsule
from engine.experiments.experiment import InvalidExperiment
from engine.files import UnreadableData, opened
from tui.commands.replay import replay_command
from tui.configuration.settings import Settings
from tui.last_session import last_session, place
from tui.launch import has_screen, launch

__all__ = ["reopen", "resume_session"]


def reopen(given: str, settings: Settings) -> int:
    """Open the lab on a recorded session, or without a terminal print its replay."""
    if not has_screen():
        return int(replay_command.main([given], "mle-tui replay", standalone_mode=False) or 0)
    return launch(capsule=_with_input(read_capsule(given)), settings=settings)


def resume_session(settings: Settings) -> int:
    """Go on with the last session; where it cannot be, tell so over a new one."""
    if not has_screen():
        last_session()
        return reopen(str(place()), settings)
    try:
        return launch(capsule=_with_input(last_session()), settings=settings)
    except (InvalidCapsule, InvalidExperiment, UnreadableData) as fault:
        return launch(greeting=str(fault), settings=settings)


def _with_input(capsule: Capsule) -> Capsule:
    """Read what a session needs of standard input, before keys are read from there."""
    if capsule.experiment.data == "-":
        with opened("-"):
            pass
    return capsule
