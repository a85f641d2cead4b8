"""Lines of a file or a text, handed out a piece at a time."""

import io
from collections.abc import Iterator
from typing import BinaryIO, Self

__all__ = ["Pieces", "lines_ahead", "pieces"]

PIECE = 1 << 19
"""Bytes that are looked through at a time, as many as stay in the cache."""
LONGEST = 1 << 22
"""Bytes of a line behind a piece that are taken with it."""


class Pieces:
    """Whole lines of a file from where it stands, each ended by a newline alone.

    The last line of the file counts without its end too; blank ones below it do not. A piece
    ends within a line where that is too long. ``ends`` tells where each piece ended in the file.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.ends: list[int] = []

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        lines = self.file.read(PIECE)
        rest = self.file.readline(LONGEST)
        self.ends.append(self.file.tell())
        lines += rest
        if not rest:
            lines = lines.rstrip(b"\r\n")
            if not lines:
                raise StopIteration
        if len(rest) < LONGEST and not lines.endswith(b"\n"):
            lines += b"\n"
        return lines.replace(b"\r\n", b"\n") if b"\r" in lines else lines


def lines_ahead(file: BinaryIO, most: int) -> int:
    """Estimate how many lines follow where a file stands, rather a few too many than too few.

    By the length of the first lines; about ``most``, or those of a piece, are told at the most,
    and 0 at the end of the file.
    """
    begin = file.tell()
    first = file.read(PIECE)
    size = file.seek(0, io.SEEK_END) - begin
    file.seek(begin)
    if not first:
        return 0
    lines = first.count(b"\n") + 1
    if size <= len(first):
        return lines
    return max(lines, min(most, lines * size * 51 // (50 * len(first))))


def pieces(text: bytes) -> Iterator[bytes]:
    """Cut whole lines into pieces of whole lines."""
    begin = 0
    while begin < len(text):
        end = text.rfind(b"\n", begin, begin + PIECE) + 1
        end = end or text.find(b"\n", begin) + 1
        yield text[begin:end]
        begin = end
