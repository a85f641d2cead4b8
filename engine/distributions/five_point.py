"""Numerical slopes by the five-point rule.

    f′(x) = (8 (f(x + h) − f(x − h)) − (f(x + 2h) − f(x − 2h))) / 12h + O(h⁴)

Abramowitz & Stegun, Handbook of Mathematical Functions, formula 25.3.6.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["rise_over_twelve_steps"]

Array = NDArray[np.float64]


def rise_over_twelve_steps(of: Callable[[Array], Any], at: Array, step: Array) -> Any:
    """Return 12h f′, by which the tangent at a point rises over twelve steps.

    The function may have numbers for values, or arrays.
    """
    near = of(at + step) - of(at - step)
    far = of(at + 2 * step) - of(at - 2 * step)
    return 8 * near - far
