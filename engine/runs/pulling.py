"""Pulling blocks for a little while, so that others get their turn."""

import time
from collections.abc import Iterator

from engine.tapes.tape import Block

__all__ = ["SLICE_SECONDS", "pull"]

SLICE_SECONDS = 0.004
"""Seconds after which somebody may want the run to be elsewhere."""


def pull(blocks: Iterator[Block]) -> list[Block]:
    """Take blocks until the slice of time is over; none when the run is."""
    pulled: list[Block] = []
    deadline = time.monotonic() + SLICE_SECONDS
    for block in blocks:
        pulled.append(block)
        if time.monotonic() > deadline:
            break
    return pulled
