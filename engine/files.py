"""A user's file, opened with care, or one clear sentence on why not.

A file is hostile until read: it is opened as a plain file only, its size is bounded, and
whatever of it appears in a message is escaped, so that no control character survives.
"""

import io
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from engine.quoting import quoted_path
from engine.refusal import Refusal

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["LARGEST", "UnreadableData", "opened", "read_text", "refusing"]

LARGEST = 4 << 30
LARGEST_TEXT = 1 << 20
PIECE = 1 << 20


class UnreadableData(Refusal):
    """A file that gives no sample; the message is one sentence naming file, row and column."""


@contextmanager
def opened(name: str, largest: int = LARGEST) -> Iterator[BinaryIO]:
    """Open a file to read its bytes; UnreadableData where it is none, or larger than allowed.

    The name ``-`` stands for standard input, which is read to its end once and kept, so that
    it can be opened again like a file. What is raised where the file is used goes on as it is.
    """
    if name == "-":
        yield _kept(getattr(sys.stdin, "buffer", None), largest)
        return
    status = _status(name)
    if status.st_size > largest:
        raise _too_large(name, largest)
    with refusing(name, "read"):
        raw = Path(name).open("rb", buffering=0)  # noqa: SIM115 - closed below
    with raw:
        yield io.BufferedReader(_UpTo(raw, status.st_size or largest, name))
        if _changed(status, os.fstat(raw.fileno())):
            raise UnreadableData(f"{quoted_path(name)} changed while it was read; try again.")


@contextmanager
def refusing(name: str, done: str) -> Iterator[None]:
    """Turn an OSError into UnreadableData: the file cannot be read, or kept, and why."""
    try:
        yield
    except OSError as fault:
        reason = (fault.strerror or str(fault)).lower()
        raise UnreadableData(f"{quoted_path(name)} cannot be {done}: {reason}.") from None


def read_text(name: str, largest: int = LARGEST_TEXT) -> str:
    """Read a UTF-8 text file, with or without a byte-order mark; UnreadableData otherwise."""
    with opened(name, largest) as file:
        content = file.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnreadableData(
            f"{quoted_path(name)} is not {fault.encoding.upper()} text: "
            f"byte {fault.start + 1} cannot be read."
        ) from None
    return io.StringIO(text, newline=None).read()


def _status(name: str) -> os.stat_result:
    """Size and time of a regular file; UnreadableData where a name is that of none."""
    if not name:
        raise UnreadableData("The name of the file is empty.")
    try:
        with refusing(name, "read"):
            status = Path(name).stat()
    except UnreadableData:
        raise
    except ValueError:  # one with a NUL, or of no bytes
        reason = "the name is not one a file can have"
        raise UnreadableData(f"{quoted_path(name)} cannot be read: {reason}.") from None
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableData(f"{quoted_path(name)} is a directory, not a file.")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableData(f"{quoted_path(name)} is not a regular file.")
    return status


class _UpTo(io.RawIOBase):
    """A file's first bytes, so that one that grows as fast as it is read comes to an end."""

    def __init__(self, raw: io.FileIO, end: int, name: str) -> None:
        self.raw, self.end, self.name = raw, end, name

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place of the file."""
        return self.raw.seek(offset, whence)

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read as much as is left up to the end."""
        left = max(self.end - self.raw.tell(), 0)
        with refusing(self.name, "read"):
            return self.raw.readinto(memoryview(buffer)[:left])


def _changed(before: os.stat_result, after: os.stat_result) -> bool:
    """Whether a file was written to."""
    return (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)


def _kept(stream: BinaryIO | None, largest: int) -> BinaryIO:
    """Return all of a stream as a file that stands at its beginning."""
    if stream is None or stream.closed:
        raise UnreadableData("'-' cannot be read: there is no standard input.")
    file = _spooled(stream, largest)
    file.seek(0)
    return file


@lru_cache(maxsize=1)
def _spooled(stream: BinaryIO, largest: int) -> BinaryIO:
    """Copy a stream to a file without a name, which goes when the program does."""
    if stream.isatty():
        raise UnreadableData("'-' is standard input, into which no file is directed.")
    with refusing("-", "kept"):
        file = tempfile.TemporaryFile()  # noqa: SIM115 - kept open as long as the program runs
        while piece := _piece(stream):
            file.write(piece)
            if file.tell() > largest:
                file.close()
                raise _too_large("-", largest)
        file.flush()
    return file


def _piece(stream: BinaryIO) -> bytes:
    with refusing("-", "read"):
        return stream.read(PIECE)


def _too_large(name: str, largest: int) -> UnreadableData:
    return UnreadableData(f"{quoted_path(name)} is larger than {largest >> 20:,} MB.")
