"""A sample and the ways to come by one: draw it, or split it in two."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.samples.checks import bounded, frequencies, vector
from engine.samples.store import every, on_disk, parts

__all__ = ["GENERATORS", "Censored", "RandomSource", "Sample", "generator"]

Array = NDArray[np.float64]
RandomSource = np.random.Generator | np.random.RandomState

MANY = 1 << 15
PILOT = 1 << 11
CHUNK = 1 << 14
"""Values that are worked on at a time, as many as stay in the cache."""
MOST = 1e7
"""So many observations at most are told apart where rows have weights."""
DENSE = 4
"""Values are counted in place while they take at most so many bins an observation."""

GENERATORS: dict[str, Callable[[int], RandomSource]] = {
    "legacy": np.random.RandomState,
    "pcg64": np.random.default_rng,
}
"""NumPy's generators by name: the Mersenne Twister of ``np.random.seed``, and the present one."""


def generator(name: str, seed: int) -> RandomSource:
    """Start the named generator at a seed."""
    return GENERATORS[name](seed)


@dataclass(frozen=True, eq=False)
class Censored:
    """Observations known only to lie above ``low`` and not above ``high``, which may be infinite.

    All three are vectors of one length; ``weights`` are frequencies. ValueError where they are
    not, a bound is missing, or a lower one is above its upper one.
    """

    low: Array
    high: Array
    weights: Array

    def __post_init__(self) -> None:
        """Take any numbers as doubles."""
        for side in ("low", "high"):
            object.__setattr__(self, side, vector(getattr(self, side), side))
        bounded(self.low, self.high)
        object.__setattr__(self, "weights", frequencies(self.weights, self.low.size))

    def merged(self) -> Self:
        """Return the same with equal bounds once, their weights added."""
        bounds, places = np.unique(
            np.column_stack([self.low, self.high]), axis=0, return_inverse=True
        )
        weights = np.bincount(places, self.weights, len(bounds)).astype(float)
        return type(self)(bounds[:, 0].copy(), bounds[:, 1].copy(), weights)

    def pick(self, places: NDArray[np.intp]) -> Self:
        """Return those at these places."""
        return type(self)(self.low[places], self.high[places], self.weights[places])

    @property
    def middles(self) -> Array:
        """Where each observation might have been: between its bounds, or at the finite one."""
        low = np.where(np.isfinite(self.low), self.low, self.high)
        high = np.where(np.isfinite(self.high), self.high, self.low)
        return low + (high - low) / 2


@dataclass(frozen=True, eq=False)
class Sample:
    """Observations of one variable: finite doubles, and bounds where no value was seen.

    ``weights`` are frequencies, one for each value: a value of weight w counts as w equal
    observations. ``truncation`` is the range outside which nothing could have been observed.
    ``notes`` are sentences on how it was come by, such as on what was left out; ``line`` tells
    from which line of a file a row is. ValueError where these are no vectors of one length, or a
    weight is below 0; that values are finite is asked by what works on them.
    """

    values: Array
    weights: Array | None = None
    censored: Censored | None = None
    truncation: tuple[float, float] | None = None
    notes: tuple[str, ...] = ()
    line: Callable[[int], int] | None = None

    def __post_init__(self) -> None:
        """Take any numbers as doubles."""
        object.__setattr__(self, "values", vector(self.values, "values"))
        if self.weights is not None:
            weights = frequencies(self.weights, self.values.size)
            object.__setattr__(self, "weights", weights)

    @property
    def n(self) -> int:
        """Number of rows: values and censored observations."""
        return self.values.size + (0 if self.censored is None else self.censored.low.size)

    @property
    def total(self) -> float:
        """Number of observations: the sum of the frequencies."""
        return self.seen + (0 if self.censored is None else float(self.censored.weights.sum()))

    @property
    def seen(self) -> float:
        """Number of the observations that are values."""
        return float(self.values.size if self.weights is None else self.weights.sum())

    def observable(self, *, whole: bool) -> tuple[float, float]:
        """Bounds above the first of which, and not above the second, anything could be observed.

        The truncation's lower end could itself be observed, which matters to whole numbers.
        """
        low, high = self.truncation or (-math.inf, math.inf)
        return (math.ceil(low) - 1.0 if whole and math.isfinite(low) else low), high

    @property
    def plain(self) -> bool:
        """Whether every observation is a value, from the whole range."""
        return self.censored is None and self.truncation is None

    def imputed(self) -> Self:
        """Return a plain sample with a likely value in place of each censored observation."""
        if self.censored is None:
            return self
        values = np.concatenate([self.values, self.censored.middles])
        weights = np.concatenate([self.frequencies, self.censored.weights])
        return type(self)(values, weights)

    @property
    def frequencies(self) -> Array:
        """Weights, which are ones where none are given; many ones take no memory."""
        if self.weights is not None:
            return self.weights
        n = self.values.size
        return np.ones(n) if n < MANY else np.broadcast_to(1.0, n)

    def chunks(self, many: int = CHUNK) -> Iterator[tuple[Array, Array | None]]:
        """Values and their weights, so many at a time."""
        for part in parts(self.values, many):
            yield self.values[part], None if self.weights is None else self.weights[part]

    @cached_property
    def ends(self) -> tuple[float, float]:
        """Least and greatest value."""
        if not on_disk(self.values):
            return float(self.values.min()), float(self.values.max())
        least, greatest = zip(*((x.min(), x.max()) for x, _ in self.chunks()), strict=True)
        return float(min(least)), float(max(greatest))

    @cached_property
    def tally(self) -> tuple[Array, Array] | None:
        """Distinct values and their frequencies, where all are small whole numbers from 0 on.

        One pass, in which values are counted and found to be whole at once.
        """
        totals, most = np.zeros(0), DENSE * self.values.size + CHUNK
        for x, weights in self.chunks():
            whole = np.floor(x)
            if not (x.max() < most and (whole == x).all()):
                return None
            try:
                found = np.bincount(whole.astype(np.int64), weights, totals.size).astype(float)
            except ValueError:  # a number below 0, which costs a pass to ask for
                return None
            found[: totals.size] += totals
            totals = found
        filled = np.flatnonzero(totals)
        return filled.astype(float), totals[filled]

    @property
    def pilot(self) -> Self:
        """A few thousand of the values, evenly from the whole."""
        step = max(1, self.values.size // PILOT)
        weights = None if self.weights is None else self.weights[::step]
        return type(self)(every(self.values, step), weights)

    def average(self, of: Array) -> float:
        """Mean over the observations of a function's values."""
        return float(np.average(of, weights=self.weights))

    def quantile(self, p: float) -> float:
        """Value below which a fraction p of the observations lies."""
        return self.quantiles(p)[0]

    def quantiles(self, *p: float) -> list[float]:
        """Values below which these fractions of the observations lie."""
        if self.weights is None:
            found = np.quantile(self.values, p)
        else:
            found = np.quantile(self.values, p, weights=self.weights, method="inverted_cdf")
        return [float(each) for each in found]

    def split(self, fraction: float, seed: int) -> tuple[Self, Self | None]:
        """Divide at random into a training and a validation sample.

        A permutation of the legacy generator is cut as scikit-learn's ``train_test_split``
        cuts it: the first ⌈n·fraction⌉ values validate, the others train. A fraction of 0
        withholds nothing and gives no validation sample. A value of weight w is w observations,
        each of which may go to either part; weights that are no whole numbers stay together.
        """
        if fraction == 0:
            return self, None
        rows = self._observations()
        order = np.random.RandomState(seed).permutation(self.n if rows is None else rows.size)
        withheld = math.ceil(order.size * fraction)
        if rows is None:
            return self.pick(order[withheld:]), self.pick(order[:withheld])
        return self._counted(rows[order[withheld:]]), self._counted(rows[order[:withheld]])

    def _observations(self) -> NDArray[np.intp] | None:
        """Row of each observation; None where rows are observations, or weights not whole."""
        hidden = np.zeros(0) if self.censored is None else self.censored.weights
        weights = np.concatenate([self.frequencies, hidden])
        if self.weights is None or (weights != np.floor(weights)).any() or weights.sum() > MOST:
            return None
        return np.repeat(np.arange(weights.size), weights.astype(np.intp))

    def _counted(self, rows: NDArray[np.intp]) -> Self:
        """Return the sample of the observations whose rows are given, each row once."""
        kept, counts = np.unique(rows, return_counts=True)
        part = self.pick(kept)
        weights, seen = counts.astype(float), part.values.size
        censored = part.censored
        if censored is not None:
            censored = Censored(censored.low, censored.high, weights[seen:])
        return type(self)(part.values, weights[:seen], censored, self.truncation, self.notes)

    def pick(self, places: NDArray[np.intp]) -> Self:
        """Return the sample of the rows at these places: the values, then what is censored."""
        seen = places[places < self.values.size]
        weights = None if self.weights is None else self.weights[seen]
        if self.censored is None:
            return type(self)(self.values[seen], weights, None, self.truncation, self.notes)
        hidden = places[places >= self.values.size] - self.values.size
        censored = self.censored.pick(hidden) if hidden.size else None
        return type(self)(self.values[seen], weights, censored, self.truncation, self.notes)
