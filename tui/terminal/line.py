"""The line to the terminal: what is written to it, and how far behind it is.

A pseudo-terminal takes in some thousand bytes at once, however slow the line behind it. When it
is full it holds up who writes, and lets go once nearly all has gone out. How long that took tells
how fast the line is, and from then on how long what is written will be on its way.
"""

import io
import math
import os
import time

__all__ = ["Line"]

PIECE = 512
"""Bytes that are written at once."""
HELD_UP = 0.01
"""Seconds after which a piece was held up."""
HELD = 18_000
"""Bytes, about, that go out while a piece is held up."""
SURE = 0.95
"""Share of a speed that was found that is made use of."""
FORESEEN = 0.3
"""Seconds behind at which it is no wonder that a piece is held up."""
LATE = 1.5
"""Times the speed that was believed, above which a piece was only late, on a busy machine."""
SLOW = 50_000
"""Bytes a second below which a drawing is too much for one turn."""
TURN = 0.2
"""Seconds that a turn may take on a slow line."""
ROW = 400
"""Bytes of a row of a drawing, about."""
BELIEVED = 60.0
"""Seconds after which the line may have become a faster one."""


class Line(io.TextIOBase):
    """A file to write to as to a terminal. One thread writes while another asks how it goes."""

    def __init__(self, descriptor: int, spelling: tuple[str, str] = ("utf-8", "replace")) -> None:
        super().__init__()
        self._descriptor, self._spelling = descriptor, spelling
        self._began: float | None = None
        self._speed = 0.0
        self._measured = 0.0
        self._arrival = 0.0

    def fileno(self) -> int:
        """Return the terminal's number."""
        return self._descriptor

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return os.isatty(self._descriptor)

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Write a text piece by piece, in its encoding and with its way round what that lacks."""
        content = memoryview(text.encode(*self._spelling))
        for begin in range(0, len(content), PIECE):
            self._put(content[begin : begin + PIECE])
        return len(text)

    @property
    def behind(self) -> float:
        """Seconds until what was written has arrived, as far as is known; 0 on a fast line."""
        now, began = time.monotonic(), self._began
        held_up = 0.0 if began is None else now - began
        return max(self._arrival - now, held_up if held_up > HELD_UP else 0.0, 0.0)

    @property
    def rows_at_once(self) -> int:
        """How many rows of a drawing may be painted before something else is; 0 for all."""
        return max(int(self._speed * TURN / ROW), 1) if 0 < self._speed < SLOW else 0

    def _put(self, piece: memoryview) -> None:
        """Write a piece, and learn from the time that it took."""
        self._began = began = time.monotonic()
        try:
            left = piece
            while left:
                left = left[os.write(self._descriptor, left) :]
        finally:
            self._began = None
        self._learn(began, time.monotonic())
        if self._speed:
            now = time.monotonic()
            self._arrival = max(self._arrival, now) + len(piece) / self._speed

    def _learn(self, began: float, now: float) -> None:
        """Measure the speed, if a piece was held up and not only late."""
        if now - self._measured > BELIEVED:
            self._speed = 0.0
        if now - began <= HELD_UP:
            return
        found, believed = HELD / (now - began), self._speed or math.inf
        if found < LATE * believed:
            # what is held up unforeseen goes slower than was believed
            believed *= 1.0 if self._arrival - began > FORESEEN else SURE
            self._speed, self._measured = min(SURE * found, believed), now
            self._arrival = now
