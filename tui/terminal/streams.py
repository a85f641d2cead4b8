"""Standard output and standard error: where one takes nothing more, that is told as such."""

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["PipeClosed", "Unwritable", "watch_streams"]

ERRORS = 2
"""Number of standard error."""


class Unwritable(Exception):  # noqa: N818 - it names the thing, not a class of error
    """Standard output takes nothing; the message is one sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Standard output cannot be written: {reason}.")


class PipeClosed(BaseException):
    """Nobody reads any more; of a BrokenPipeError click and rich end the program themselves."""


def watch_streams() -> None:
    """Let a write that fails raise Unwritable; what is told on standard error is let go.

    A pipe that is closed is no such failure. Standard input that is closed is an empty one.
    """
    if sys.stdin is None:
        nothing = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - as long as the program
        for name in ("stdin", "__stdin__"):
            setattr(sys, name, nothing)
    if sys.stdout is None:
        raise Unwritable("it is closed")
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            watched = _watched(stream)
            setattr(sys, name, watched)
            setattr(sys, f"__{name}__", watched)


def _watched(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    """Return the same stream over a descriptor that is watched."""
    raw = _Watched(stream.fileno(), "wb", closefd=False)
    return io.TextIOWrapper(
        raw if stream.write_through else io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


class _Watched(io.FileIO):
    """A descriptor whose failures are told apart from those of files."""

    def write(self, content: "ReadableBuffer", /) -> int:
        """Write it; PipeClosed where nobody reads.

        Unwritable where it fails otherwise, but for narration, which is let go.
        """
        try:
            return super().write(content)
        except BrokenPipeError:
            raise PipeClosed from None
        except OSError as fault:
            if self.fileno() != ERRORS:
                raise Unwritable((fault.strerror or "it was refused").lower()) from None
            return memoryview(content).nbytes
