"""A sample and the ways to come by one: draw it, or split it in two."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

__all__ = ["GENERATORS", "RandomSource", "Sample", "generator"]

RandomSource = np.random.Generator | np.random.RandomState

GENERATORS: dict[str, Callable[[int], RandomSource]] = {
    "legacy": np.random.RandomState,
    "pcg64": np.random.default_rng,
}
"""NumPy's generators by name: the Mersenne Twister of ``np.random.seed``, and the present one."""


def generator(name: str, seed: int) -> RandomSource:
    """Start the named generator at a seed."""
    return GENERATORS[name](seed)


@dataclass(frozen=True, eq=False)
class Sample:
    """Observations of one variable: a vector of at least one finite double."""

    values: NDArray[np.float64]

    @property
    def n(self) -> int:
        """Number of observations."""
        return self.values.size

    def split(self, fraction: float, seed: int) -> tuple[Self, Self | None]:
        """Divide at random into a training and a validation sample.

        A permutation of the legacy generator is cut as scikit-learn's ``train_test_split``
        cuts it: the first ⌈n·fraction⌉ values validate, the others train. A fraction of 0
        withholds nothing and gives no validation sample.
        """
        if fraction == 0:
            return self, None
        order = np.random.RandomState(seed).permutation(self.n)
        withheld = math.ceil(self.n * fraction)
        return (
            type(self)(self.values[order[withheld:]]),
            type(self)(self.values[order[:withheld]]),
        )
