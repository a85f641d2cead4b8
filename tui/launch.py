"""Opening the lab in a terminal, set up so that keys are answered promptly while it computes."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.capsule import Capsule
    from engine.training import Training
    from tui.settings import Settings

__all__ = ["launch"]

PAINTS = 1000
"""Paints a second at most. The panes are drawn less often; an answer to a key need not wait."""
SWITCH = 0.001
"""Seconds after which a computing thread hands the interpreter to the one that reads keys."""


def launch(
    training: Training | None = None,
    capsule: Capsule | None = None,
    *,
    settings: Settings,
    **asked: str,
) -> int:
    """Open the lab, as ``Lab`` does, and return its exit status when it is left."""
    os.environ.setdefault("TEXTUAL_FPS", str(PAINTS))  # Textual reads it when it is imported
    gc.disable()  # until the lab is open: a collection before then only delays it
    sys.setswitchinterval(SWITCH)
    if not sys.stdin.isatty():
        _take_the_keyboard()
    from tui.app import Lab  # noqa: PLC0415 - heavy, and only now may it be imported

    lab = Lab(training, capsule, **asked)
    lab.settings = settings
    lab.run(mouse=settings.mouse)
    return lab.return_code or 0


def _take_the_keyboard() -> None:
    """Read keys from the terminal, where standard input was something else that has been read."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError:
        from engine.files import UnreadableData  # noqa: PLC0415 - rarely needed

        raise UnreadableData("The lab has no terminal to read keys from.") from None
    os.dup2(terminal, 0)
    os.close(terminal)
