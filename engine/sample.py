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
    """Observations of one variable: a vector of at least one finite double.

    ``weights`` are frequencies, one for each value: a value of weight w counts as w equal
    observations.
    """

    values: NDArray[np.float64]
    weights: NDArray[np.float64] | None = None

    @property
    def n(self) -> int:
        """Number of values."""
        return self.values.size

    @property
    def total(self) -> float:
        """Number of observations: the sum of the frequencies."""
        return self.n if self.weights is None else float(self.weights.sum())

    @property
    def frequencies(self) -> NDArray[np.float64]:
        """Weights, which are ones where none are given."""
        return np.ones(self.n) if self.weights is None else self.weights

    def average(self, of: NDArray[np.float64]) -> float:
        """Mean over the observations of a function's values."""
        return float(np.average(of, weights=self.weights))

    def quantile(self, p: float) -> float:
        """Value below which a fraction p of the observations lies."""
        if self.weights is None:
            return float(np.quantile(self.values, p))
        return float(np.quantile(self.values, p, weights=self.weights, method="inverted_cdf"))

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
        return self._pick(order[withheld:]), self._pick(order[:withheld])

    def _pick(self, places: NDArray[np.intp]) -> Self:
        weights = None if self.weights is None else self.weights[places]
        return type(self)(self.values[places], weights)
