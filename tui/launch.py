"""Opening the lab in a terminal, set up so that keys are answered promptly while it computes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.capsule import Capsule
    from engine.training import Training

__all__ = ["launch"]

PAINTS = 1000
"""Paints a second at most. The panes are drawn less often; an answer to a key need not wait."""
SWITCH = 0.001
"""Seconds after which a computing thread hands the interpreter to the one that reads keys."""


def launch(training: Training | None = None, capsule: Capsule | None = None) -> int:
    """Open the lab, as ``Lab`` does, and return its exit status when it is left."""
    os.environ.setdefault("TEXTUAL_FPS", str(PAINTS))  # Textual reads it when it is imported
    sys.setswitchinterval(SWITCH)
    from tui.app import Lab  # noqa: PLC0415 - heavy, and only now may it be imported

    lab = Lab(training, capsule)
    lab.run()
    return lab.return_code or 0
