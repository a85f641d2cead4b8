"""Opening the lab in a terminal, set up so that keys are answered promptly while it computes."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from typing import TYPE_CHECKING

from tui.departure import leave_on_signals
from tui.last_session import keep, place
from tui.priority import priority_loop
from tui.terminal.line import Line

if TYPE_CHECKING:
    from engine.capsules.capsule import Capsule
    from engine.runs.training import Training
    from tui.app import Lab
    from tui.configuration.settings import Settings

__all__ = ["has_screen", "launch", "let_answers_be_painted"]

PAINTS = 1000
"""Paints a second at most. The panes are drawn less often; an answer to a key need not wait."""
SWITCH = 0.0001
"""Seconds after which a computing thread hands the interpreter to the one that reads keys."""


DRAWN_ON_PAPER = ("dumb", "unknown")
"""Kinds of terminals that only ever add to what is there."""


def let_answers_be_painted() -> None:
    """Have Textual paint as soon as there is something; it reads this when it is imported."""
    os.environ.setdefault("TEXTUAL_FPS", str(PAINTS))


def has_screen() -> bool:
    """Whether standard output is a terminal that the lab can be drawn on."""
    return sys.stdout.isatty() and os.environ.get("TERM") not in DRAWN_ON_PAPER


def launch(
    training: Training | None = None,
    capsule: Capsule | None = None,
    *,
    settings: Settings,
    greeting: str = "",
    **asked: str,
) -> int:
    """Open the lab, as ``Lab`` does, telling a greeting; return its exit status when left."""
    gc.disable()  # until the lab is open: a collection before then only delays it
    sys.setswitchinterval(SWITCH)
    if not sys.stdin.isatty():
        _take_the_keyboard()
    line = _line()
    from tui.app import Lab  # noqa: PLC0415 - heavy, and only now may it be imported

    lab = Lab(training, capsule, **asked)
    lab.settings, lab.greeting, lab.line = settings, greeting, line
    leave_on_signals(lab)
    with asyncio.Runner(loop_factory=priority_loop) as runner:
        runner.run(lab.run_async(mouse=settings.mouse))
    _keep(lab)
    return lab.return_code or 0


def _keep(lab: Lab) -> None:
    """Keep the session for ``--resume``; where it cannot be, say so and leave all the same."""
    try:
        keep(lab)
    except OSError as fault:
        from engine.quoting import quoted_path  # noqa: PLC0415 - rarely needed

        where, why = quoted_path(place().parent), (fault.strerror or "it was refused").lower()
        print(f"mle-tui: The session cannot be kept in {where}: {why}.", file=sys.stderr)


def _line() -> Line:
    """Let Textual draw on standard error, where that is the terminal, or on standard output."""
    was = sys.__stderr__
    spelling = (was.encoding, was.errors or "replace") if was else ("utf-8", "replace")
    line = Line(os.dup(2 if os.isatty(2) else 1), spelling)
    sys.__stderr__ = line  # type: ignore[misc, assignment] # Textual asks for this one
    return line


def _take_the_keyboard() -> None:
    """Read keys from the terminal, where standard input was something else that has been read."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        from engine.files import UnreadableData  # noqa: PLC0415 - rarely needed

        raise UnreadableData("The lab has no terminal to read keys from.") from None
    os.dup2(terminal, 0)
    os.close(terminal)
