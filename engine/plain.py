"""Lines of plain decimal numbers to a matrix, at the speed of a compiled parser.

SciPy's Matrix Market reader (fast_matrix_market, which stands on fast_float) parses one number
a line on every core and rounds correctly, but passes over whatever follows a number. So the
bytes are looked through first, a piece at a time and between its reads.
"""

from collections.abc import Iterator
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

__all__ = ["matrix"]

PIECE = 1 << 17
"""Bytes that are looked through at a time, as many as stay in the cache."""
DIGITS = b"0123456789"
MALFORMED = (b"..", b"e.", b"e-.", b"e+.", b"ee", b"e-e", b"e+e")
"""What numbers without their digits never hold: two points or exponents, or one after the other."""


class _NotPlain(Exception):  # noqa: N818 - it ends a parse that was a try
    """The text holds something else than numbers."""


def matrix(text: bytes, columns: int, delimiter: str, decimal: str) -> NDArray[np.float64] | None:
    """Parse whole lines of decimal numbers, each line with as many; None where one is not so.

    Every cell must be a number as ``engine.fields.NUMBER`` has them, and finite, with nothing
    around it; the result is (lines, columns). A −0 becomes 0.
    """
    from scipy.io import mmread  # noqa: PLC0415 - heavy, and only a long file needs it

    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n")
    lines = int(np.count_nonzero(np.frombuffer(text, np.uint8) == ord("\n")))
    if not lines or not text.endswith(b"\n"):
        return None
    source = _Source(text, lines, columns, delimiter, decimal)
    try:
        found = np.asarray(mmread(cast("BinaryIO", source)), float).reshape(lines, columns)
    except (_NotPlain, ValueError, OverflowError):
        return None
    return found if np.isfinite(found).all() else None


class _Source:
    """A file in Matrix Market's format, as its reader sees it: one number a line."""

    def __init__(self, text: bytes, lines: int, columns: int, delimiter: str, decimal: str) -> None:
        marks = delimiter.encode() + decimal.encode()
        self.skeletal = bytes.maketrans(marks + b"E", b",.e")
        """Delimiters become commas, and the decimal mark a point."""
        self.one_a_line = bytes.maketrans(marks, b"\n.")
        self.foreign = b"".join(c for c in (b",", b".") if c not in marks)
        """Characters that the marks replace, and that must not be there by themselves."""
        self.leading = np.isin(np.arange(256), list(delimiter.encode() + b"\neE"))
        """Whether a sign may follow a byte."""
        self.line = b"," * (columns - 1) + b"\n"
        self.head = b"%%%%MatrixMarket matrix array real general\n%d 1\n" % (lines * columns)
        self.pieces = _pieces(text)

    def read(self, _: int = -1) -> bytes:
        """Return the next piece, of whatever size; nothing at the end."""
        if head := self.head:
            self.head = b""
            return head
        piece = next(self.pieces, b"")
        self._check(piece)
        return piece.translate(self.one_a_line)

    def _check(self, piece: bytes) -> None:
        """Refuse a piece that the reader would take for other numbers than it holds."""
        if any(piece.count(mark) for mark in self.foreign):
            raise _NotPlain
        skeleton = piece.translate(self.skeletal, DIGITS)
        ends = skeleton.translate(None, b"-+.e")
        if ends != self.line * (len(ends) // len(self.line)):
            raise _NotPlain
        if any(pair in skeleton for pair in (MALFORMED if b"e" in skeleton else MALFORMED[:1])):
            raise _NotPlain
        at = np.frombuffer(b"\n" + piece, np.uint8)
        for sign in b"-+":
            if sign in skeleton and not self.leading[at[np.flatnonzero(at == sign) - 1]].all():
                raise _NotPlain
        if b"e" in skeleton:
            self._check_exponents(at)

    @staticmethod
    def _check_exponents(at: NDArray[np.uint8]) -> None:
        """Refuse exponents without digits."""
        exponents = np.flatnonzero((at == ord("e")) | (at == ord("E")))
        after = at[exponents + 1]
        signed = (after == ord("-")) | (after == ord("+"))
        after[signed] = at[exponents[signed] + 2]
        if not ((after >= ord("0")) & (after <= ord("9"))).all():
            raise _NotPlain


def _pieces(text: bytes) -> Iterator[bytes]:
    """Cut whole lines into pieces of whole lines."""
    begin = 0
    while begin < len(text):
        end = text.rfind(b"\n", begin, begin + PIECE) + 1
        end = end or text.find(b"\n", begin) + 1
        yield text[begin:end]
        begin = end
