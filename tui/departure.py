"""Leaving when the system asks for it: the session is kept, the terminal left as it was.

A program is asked to end by SIGTERM, and told by SIGHUP that its terminal is gone, or that it is
to end without delay. Exit statuses are those of a shell, 128 and the signal's number.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from tui.last_session import keep

if TYPE_CHECKING:
    from tui.abilities.playing import Playing

__all__ = ["Ended", "end_on_signals", "leave_on_signals"]

PATIENCE = 2.0
"""Seconds after which a lab that was asked to end is gone, whatever it does."""
AT_ONCE = 0.7
"""Seconds after which a lab without a terminal is gone."""
MOMENT = 0.1
"""Seconds that a terminal has to take the last words."""
LAST_WORDS = (
    b"\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l"
    b"\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h"
)
"""No marks of pastes, mouse, focus and keys; lines that wrap, the shell's screen, a cursor."""


Handler = Callable[[int, "FrameType | None"], None]


class Ended(BaseException):
    """A signal that ends the program; ``status`` is what it exits with."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.status = 128 + number


def end_on_signals() -> None:
    """Let Ended be raised by the signals that end a program, so that nothing is left half done."""

    def end(number: int, frame: FrameType | None) -> NoReturn:
        """Unwind the program from wherever it is."""
        raise Ended(number)

    _handle(end, end)


def leave_on_signals(lab: Playing) -> None:
    """Let a lab keep its session and leave on the signals that end a program.

    An interrupt does what the key for it does.
    """
    attributes = _attributes()

    def leave(number: int, frame: FrameType | None) -> None:
        """Keep the session and close the lab, or be gone if that takes too long."""
        status = 128 + number
        _after(PATIENCE, lambda: _break_off(status, attributes))
        with contextlib.suppress(Exception):  # it must leave even where it cannot keep
            keep(lab)
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise Ended(number) from None
        loop.call_soon_threadsafe(lambda: lab.exit(return_code=status))

    def vanish(number: int, frame: FrameType | None) -> None:
        """Keep the session and be gone, setting back a terminal that is there after all."""
        status = 128 + number
        _after(AT_ONCE, lambda: _break_off(status, attributes))
        try:
            keep(lab)
        finally:
            _break_off(status, attributes)

    def interrupt(number: int, frame: FrameType | None) -> None:
        """Do what the key does."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise KeyboardInterrupt from None
        loop.call_soon_threadsafe(lab.action_interrupt)

    _handle(leave, vanish)
    signal.signal(signal.SIGINT, interrupt)


def _handle(terminate: Handler, hang_up: Handler) -> None:
    """Set both handlers, but none for a signal that whoever started this had it ignore."""
    for name, handler in (("SIGTERM", terminate), ("SIGHUP", hang_up)):
        number = getattr(signal, name, None)  # not every platform has both
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _after(seconds: float, act: Callable[[], object]) -> None:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()


def _attributes() -> list[object] | None:
    """How the terminal is set, where there is one."""
    with contextlib.suppress(Exception):  # no such module, no terminal, or one that is gone
        import termios  # noqa: PLC0415 - not on every platform

        return termios.tcgetattr(0)
    return None


def _break_off(status: int, attributes: list[object] | None) -> NoReturn:
    """Set the terminal back by hand, as far as it listens, and be gone within a moment.

    A line that is full may never take a byte more, so it is a thread that waits for it.
    """
    try:
        last = threading.Thread(target=_set_back, args=(attributes,), daemon=True)
        last.start()
        last.join(MOMENT)
    finally:
        os._exit(status)


def _set_back(attributes: list[object] | None) -> None:
    """Write the last words, and nothing behind them; a terminal that is gone need not hear them."""
    with contextlib.suppress(Exception):
        line = sys.__stderr__.fileno() if sys.__stderr__ else 2
        if _in_background(line):
            return
        terminal = os.dup(line)
        os.dup2(os.open(os.devnull, os.O_WRONLY), line)  # a frame may still be on its way
        os.write(terminal, LAST_WORDS)
        if attributes is not None:
            import termios  # noqa: PLC0415 - not on every platform

            termios.tcsetattr(0, termios.TCSANOW, attributes)  # type: ignore[arg-type]


def _in_background(line: int) -> bool:
    """Whether the terminal is another program's for now, and none of this one's to set back."""
    with contextlib.suppress(OSError, AttributeError):  # no such call on every platform
        return os.tcgetpgrp(line) != os.getpgrp()
    return False
