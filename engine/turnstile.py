"""A turnstile: threads that compute stop at it while another thread needs the interpreter.

Python runs one thread at a time. One that computes in many small steps takes turns with the one
that has to answer, and each waits for the other at every turn; it is better to wait once.
"""

import threading
import time

__all__ = ["COMPUTING", "Turnstile"]

LONGEST = 0.05
"""Seconds after which its keeper is believed to be held up, perhaps by who waits here."""


class _Waited(threading.local):
    """Seconds that a thread has waited."""

    seconds = 0.0


class Turnstile:
    """Shut and opened by one thread, its keeper, and passed by all others while it is open.

    Who is to pass looks whether it is ``shut``, which costs next to nothing, and waits if so.
    """

    def __init__(self) -> None:
        self.shut = False
        self._opened = threading.Event()
        self._keeper = 0
        self._waited = _Waited()

    def close(self) -> None:
        """Let nobody through but the thread that calls this."""
        self._keeper = threading.get_ident()
        self._opened.clear()
        self.shut = True

    def open(self) -> None:
        """Let everybody through."""
        self.shut = False
        self._opened.set()

    def wait(self) -> None:
        """Wait until it is open, at most ``LONGEST`` seconds; then it is."""
        if threading.get_ident() == self._keeper:
            return
        began = time.perf_counter()
        if not self._opened.wait(LONGEST):
            self.open()
        self._waited.seconds += time.perf_counter() - began

    def clock(self) -> float:
        """Seconds of a clock that stands still while the thread that asks waits here."""
        return time.perf_counter() - self._waited.seconds


COMPUTING = Turnstile()
"""Every step of a run, and of a climb to a maximum, passes this one."""
