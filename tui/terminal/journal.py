"""The log: a rotating file in the platform's state folder, never the screen.

Whatever keeps it from being written, a home that is missing or read-only, is no one's trouble.
"""

from __future__ import annotations

import logging
import os
import platform
from typing import TYPE_CHECKING

from engine.quoting import quoted_path

if TYPE_CHECKING:
    from engine.experiments.experiment import Experiment

__all__ = ["LOG", "begin_log", "tell_begun", "tell_ended", "versions"]

LOG = logging.getLogger("mle-tui")
"""Where the program tells what it does; nothing of it is written before ``begin_log``."""
LOG.addHandler(logging.NullHandler())
LOG.propagate = False

PACKAGES = ("mle-tui", "textual", "rich", "numpy", "scipy", "plotext")
LARGEST, KEPT = 512 << 10, 3
"""Bytes of the file, and how many old ones are kept."""
LINE = logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s")


class _Late(logging.Handler):
    """Opens the file when there is something to write, with the versions as its first line."""

    def __init__(self, command: str) -> None:
        super().__init__()
        self.command = command
        self.opened = False
        self.file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, and the first time who writes."""
        if not self.opened:
            self.opened, self.file = True, _file()
            self.emit(_first(self.command))
        if self.file is not None:
            self.file.handle(record)

    def close(self) -> None:
        """Close the file too."""
        if self.file is not None:
            self.file.close()
        super().close()


def begin_log(level: str, command: str) -> None:
    """Write from now on what is at a level or above it; at ``off`` nothing.

    The file is opened with the first record, so that a start waits for none of it.
    """
    for old in LOG.handlers[1:]:
        LOG.removeHandler(old)
        old.close()
    if level != "off":
        LOG.addHandler(_Late(command))
        LOG.setLevel(level.upper())


def tell_begun(experiment: Experiment) -> None:
    """Log that an experiment begins, and which."""
    sample = quoted_path(experiment.data) if experiment.data else f"{experiment.n} draws"
    LOG.info("experiment: %s by %s on %s", experiment.family, experiment.optimizer, sample)


def versions() -> dict[str, str]:
    """Return the version of Python and of everything the program stands on."""
    from importlib.metadata import version  # noqa: PLC0415 - not before the first record

    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def tell_ended(status: int) -> int:
    """Log the exit status, and return it."""
    LOG.info("exit status %d", status)
    return status


def _first(command: str) -> logging.LogRecord:
    """Say who writes, and with what."""
    told = ", ".join(f"{name} {number}" for name, number in versions().items())
    return LOG.makeRecord(LOG.name, logging.INFO, "", 0, "%s; %s", (command, told), None)


def _file() -> logging.Handler | None:
    """Open the file where that can be done at once, and where it is meant to be."""
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 - not before the first record

    from tui.configuration.places import log_file  # noqa: PLC0415

    class Quiet(RotatingFileHandler):
        """A file whose faults are not told, for the screen is not its place."""

        def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
            """Let a disk be full."""

    try:
        path = log_file()
        if not path.is_absolute() or (os.path.lexists(path) and not path.is_file()):
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        file = Quiet(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    except OSError:
        return None
    file.setFormatter(LINE)
    return file
