"""The log: a rotating file in the platform's state folder, never the screen.

Whatever keeps it from being written, a home that is missing or read-only, is no one's trouble.
"""

import logging
import os
import platform
from importlib.metadata import version
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tui.places import log_file

__all__ = ["LOG", "begin_log", "versions"]

LOG = logging.getLogger("mle-tui")
LOG.addHandler(logging.NullHandler())
LOG.propagate = False

PACKAGES = ("mle-tui", "numpy", "scipy", "textual", "rich", "plotext")
LARGEST, KEPT = 512 << 10, 3
"""Bytes of the file, and how many old ones are kept."""


class _Quiet(RotatingFileHandler):
    """A handler whose faults are not told."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Let a disk be full."""


def begin_log(level: str, command: str) -> None:
    """Begin to write at a level, or at ``off`` nothing; the versions and the command first."""
    for old in LOG.handlers[1:]:
        LOG.removeHandler(old)
        old.close()
    if level == "off" or (handler := _handler(log_file())) is None:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(level.upper())
    told = ", ".join(f"{name} {number}" for name, number in versions().items())
    LOG.info("begin: %s; %s", command, told)


def versions() -> dict[str, str]:
    """Return the version of Python and of everything the program stands on."""
    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def _handler(path: Path) -> logging.Handler | None:
    """Open the file where that can be done, and nothing that would wait or is elsewhere."""
    try:
        if not path.is_absolute() or (os.path.lexists(path) and not path.is_file()):
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        return _Quiet(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True)
    except OSError:
        return None
