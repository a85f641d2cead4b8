"""Some whole lines of a file, counted ahead and then handed out a piece at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Self

import numpy as np

from engine.layout import NEWLINE

__all__ = ["Segment", "pieces"]

PIECE = 1 << 19
"""Bytes that are looked through at a time, as many as stay in the cache."""


@dataclass(frozen=True)
class Segment:
    """Bytes of a file from ``begin`` to before ``end``, in which there are so many lines."""

    begin: int
    end: int
    lines: int

    @classmethod
    def ahead(cls, file: BinaryIO, most: int) -> Self:
        """Count the lines from where the file stands, about as many as told at the most.

        The last line of a file counts without its end too; blank ones below it do not. The
        file is left standing anywhere.
        """
        begin, lines, open_end, last_block = file.tell(), 0, 0, b""
        while lines < most:
            block = file.read(PIECE)
            if not block:
                blank = last_block[len(last_block.rstrip(b"\r\n")) :].partition(b"\n")[2]
                lines += (open_end > 0) - blank.count(b"\n")
                return cls(begin, file.tell() - len(blank), lines)
            last_block = block
            lines += int(np.count_nonzero(np.frombuffer(block, np.uint8) == NEWLINE))
            last = block.rfind(b"\n") + 1
            open_end = len(block) - last if last else open_end + len(block)
        return cls(begin, file.tell() - open_end, lines)

    def pieces(self, file: BinaryIO) -> Iterator[bytes]:
        """Read the lines, some at a time, each ended by a newline alone; the last one too."""
        file.seek(self.begin)
        left = self.end - self.begin
        while left:
            lines = file.read(min(PIECE, left))
            lines += file.readline(left - len(lines))
            left -= len(lines)
            if not left and not lines.endswith(b"\n"):
                lines += b"\n"
            yield lines.replace(b"\r\n", b"\n") if b"\r" in lines else lines


def pieces(text: bytes) -> Iterator[bytes]:
    """Cut whole lines into pieces of whole lines."""
    begin = 0
    while begin < len(text):
        end = text.rfind(b"\n", begin, begin + PIECE) + 1
        end = end or text.find(b"\n", begin) + 1
        yield text[begin:end]
        begin = end
