"""A program in a real pseudo-terminal, for tests that press keys and read the screen."""

import os
import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic

import pexpect
import pyte
import pytest

__all__ = ["Terminal"]

PATIENCE = 60
"""Seconds that anything may take."""
LONGEST = 5 * PATIENCE
"""Seconds in which a program ends, whatever it writes until then."""
LOCALE = {"LC_ALL", "LC_CTYPE", "LANG"}
UNINHERITED = ("COLUMNS", "LINES", "LC_ALL", "LC_CTYPE", "LANG", "NO_COLOR", "MLE_TUI_ASCII")


class Terminal:
    """A program in a pseudo-terminal, with the screen it has painted."""

    def __init__(
        self,
        *arguments: str,
        columns: int = 80,
        lines: int = 24,
        folder: Path | None = None,
        fed: Path | None = None,
        line: str = "",
        environment: Mapping[str, str | None] | None = None,
    ) -> None:
        """Start it, with a file directed into its standard input where one is given.

        ``line`` is one for a shell in which ``{}`` stands for the program. The locale and the
        wish for no colours are those of ``environment`` alone, in which None unsets.
        """
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.written = b""
        inherited = {k: v for k, v in os.environ.items() if k not in UNINHERITED}
        wanted = {**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        if not LOCALE & (environment or {}).keys():
            wanted["LC_ALL"] = "C.UTF-8"
        wanted |= environment or {}
        self.environment = {name: value for name, value in wanted.items() if value is not None}
        program = [sys.executable, "-m", "tui", *arguments]
        if fed:
            line = f"exec {{}} < {shlex.quote(str(fed))}"
        if line:
            program = ["/bin/sh", "-c", line.format(shlex.join(program))]
        self.process = pexpect.spawn(
            program[0],
            program[1:],
            dimensions=(lines, columns),
            env=self.environment,
            timeout=PATIENCE,
            cwd=folder,
        )

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    def wait_for(self, seen: Callable[[str], bool]) -> str:
        """Read what the program writes until its screen is as wanted."""
        # a cursor that blinks is written for ever
        end = monotonic() + PATIENCE
        while not seen(self.text):
            try:
                if monotonic() > end:
                    raise pexpect.TIMEOUT("the screen goes on changing")
                self.read()
            except pexpect.TIMEOUT:
                pytest.fail(f"waited in vain before this screen:\n{self.text}")
        return self.text

    def wait_for_end(self) -> int:
        """Read to the end; return the exit status, negative for a signal."""
        end = monotonic() + LONGEST
        try:
            while monotonic() < end:
                self.read()
            pytest.fail(f"waited in vain for the end, at this screen:\n{self.text}")
        except pexpect.EOF:
            self.process.close()
        status = self.process.exitstatus
        return -self.process.signalstatus if status is None else status

    def read(self) -> None:
        chunk = self.process.read_nonblocking(65536, timeout=PATIENCE)
        self.written += chunk
        # pyte knows neither the keyboard protocol's nor synchronised output's sequences
        for private in (b"\x1b[>1u", b"\x1b[<u", b"\x1b[?2026$p", b"\x1b[?2048$p"):
            chunk = chunk.replace(private, b"")
        self.stream.feed(chunk)
