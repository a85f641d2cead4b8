"""How lines of text are made up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["NEWLINE", "QUOTE", "Bytes", "Layout"]

Bytes = NDArray[np.uint8]

NEWLINE, QUOTE = ord("\n"), ord('"')


@dataclass(frozen=True)
class Layout:
    """How lines are made up: of how many cells, what divides them, and the decimal mark."""

    columns: int
    delimiter: str
    decimal: str
