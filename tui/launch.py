"""Opening the lab in a terminal, set up so that keys are answered promptly while it computes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tui.departure import leave_on_signals
from tui.last_session import keep

if TYPE_CHECKING:
    from engine.capsule import Capsule
    from engine.training import Training
    from tui.app import Lab

__all__ = ["has_screen", "launch"]

PAINTS = 1000
"""Paints a second at most. The panes are drawn less often; an answer to a key need not wait."""
SWITCH = 0.001
"""Seconds after which a computing thread hands the interpreter to the one that reads keys."""


DRAWN_ON_PAPER = ("dumb", "unknown")
"""Kinds of terminals that only ever add to what is there."""


def has_screen() -> bool:
    """Whether standard output is a terminal that the lab can be drawn on."""
    return sys.stdout.isatty() and os.environ.get("TERM") not in DRAWN_ON_PAPER


def launch(
    training: Training | None = None,
    capsule: Capsule | None = None,
    offered: str = "",
    greeting: str = "",
) -> int:
    """Open the lab, as ``Lab`` does, telling a greeting; return its exit status when left."""
    os.environ.setdefault("TEXTUAL_FPS", str(PAINTS))  # Textual reads it when it is imported
    sys.setswitchinterval(SWITCH)
    if not sys.stdin.isatty():
        _take_the_keyboard()
    if not (sys.stderr and sys.stderr.isatty()):
        _draw_on_standard_output()
    from tui.app import Lab  # noqa: PLC0415 - heavy, and only now may it be imported

    lab = Lab(training, capsule, offered)
    lab.greeting = greeting
    leave_on_signals(lab)
    lab.run()
    _keep(lab)
    return lab.return_code or 0


def _keep(lab: Lab) -> None:
    """Keep the session for ``--resume``; where it cannot be, say so and leave all the same."""
    try:
        keep(lab)
    except OSError as fault:
        print(f"mle-tui: The session cannot be kept: {fault.strerror}.", file=sys.stderr)


def _draw_on_standard_output() -> None:
    """Let Textual draw there, where standard error goes elsewhere; it draws on what it began as."""
    sys.__stderr__ = open(os.dup(1), "w", encoding="utf-8")  # type: ignore[misc]  # noqa: SIM115, PTH123


def _take_the_keyboard() -> None:
    """Read keys from the terminal, where standard input was something else that has been read."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        from engine.files import UnreadableData  # noqa: PLC0415 - rarely needed

        raise UnreadableData("The lab has no terminal to read keys from.") from None
    os.dup2(terminal, 0)
    os.close(terminal)
