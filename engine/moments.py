"""Mean and variance of a sample to the last digits, whatever its offset and size.

Sums are taken about a fixed shift inside the data and accumulated in double-double
arithmetic (Knuth, The Art of Computer Programming 2, section 4.2.2, theorem B), so that
the subtraction which gives the variance cancels nothing that matters.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

__all__ = ["Moments", "double_double_sum"]

CHUNK = 1 << 15
PILOT = 1024


def double_double_sum(values: NDArray[np.float64]) -> tuple[float, float]:
    """Sum a vector as an unevaluated pair (high, low) of doubles.

    Halves are added pairwise by the error-free TwoSum until one value is left; the
    rounding errors are summed beside. The relative error of high + low is of the order
    of n·2⁻¹⁰⁶ times the condition of the sum.
    """
    high, low = values, 0.0
    while high.size > 1:
        half = high.size // 2
        a, b = high[:half], high[half : 2 * half]
        total = a + b
        virtual = total - a
        low += float(np.sum((a - (total - virtual)) + (b - virtual)))
        high = total if 2 * half == high.size else np.append(total, high[-1])
    return (float(high[0]) if high.size else 0.0), low


def _add(x: tuple[float, float], y: tuple[float, float]) -> tuple[float, float]:
    total = x[0] + y[0]
    virtual = total - x[0]
    error = (x[0] - (total - virtual)) + (y[0] - virtual)
    return total, x[1] + y[1] + error


@dataclass(frozen=True, slots=True)
class Moments:
    """The sufficient statistics of a normal sample.

    ``n`` is the number of observations, ``mean`` their arithmetic mean and ``variance``
    the mean squared deviation from it (divisor n), in the data's units and their square.
    """

    n: float
    mean: float
    variance: float

    @property
    def size(self) -> int:
        """How many terms a likelihood on these has: they stand for the sample as one."""
        return 1

    @classmethod
    def of(cls, values: NDArray[np.float64], weights: NDArray[np.float64] | None = None) -> Self:
        """Condense a vector and its frequencies; not finite where squares overflow."""
        with np.errstate(all="ignore"):
            return cls._of(values, weights)

    @classmethod
    def _of(cls, values: NDArray[np.float64], weights: NDArray[np.float64] | None) -> Self:
        shift = float(np.median(values[:: max(values.size // PILOT, 1)]))
        first = second = (0.0, 0.0)
        for begin in range(0, values.size, CHUNK):
            deviations = values[begin : begin + CHUNK] - shift
            squares = deviations * deviations
            if weights is not None:
                deviations = deviations * weights[begin : begin + CHUNK]
                squares = squares * weights[begin : begin + CHUNK]
            first = _add(first, double_double_sum(deviations))
            second = _add(second, double_double_sum(squares))
        n = float(values.size if weights is None else weights.sum())
        offset = (first[0] + first[1]) / n
        variance = (second[0] - offset * first[0] + (second[1] - offset * first[1])) / n
        return cls(n, shift + offset, 0.0 if variance < 0 else variance)
