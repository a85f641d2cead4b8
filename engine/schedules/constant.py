"""The constant rate.

    η(t) = η₀

Polyak, Gradient methods for the minimisation of functionals (1963): a constant rate
converges linearly where it is small for the curvature.
"""

from dataclasses import dataclass
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from engine.schedules.base import Schedule

__all__ = ["Constant"]


@final
@dataclass(frozen=True)
class Constant(Schedule):
    """The same rate throughout."""

    name = "constant"
    formula = "η(t) = η₀"
    reference = "Polyak (1963), USSR Comput. Math. Math. Phys. 3, 864–878"

    def shape(self, count: int) -> float:
        """One."""
        return 1.0

    def rates(self, counts: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
        """The one rate, without asking for each."""
        return np.full(counts.shape, self.learning_rate)
