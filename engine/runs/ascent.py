"""A stretch of ascent: where so many updates of an optimizer lead, in plain floats."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Self

import numpy as np

from engine.distributions.base import Array
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers import Optimizer
from engine.runs.limits import Limits
from engine.turnstile import COMPUTING

__all__ = ["Path", "ascend"]


@dataclass(slots=True)
class Path:
    """Where a stretch of ascent went, one entry a step, and where it would go next."""

    k: int
    z: Sequence[float] = ()
    state: Any = None
    rates: list[float] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)
    """Evaluations of each step beyond its gradient."""
    visited: list[Sequence[float]] = field(default_factory=list)
    slopes: list[Sequence[float]] = field(default_factory=list)
    fault: Exception | None = None
    """What broke it off, if something did that should not."""
    cut: int = 0
    """Steps after which a limit ended it, if one did."""

    def add(self, z: Sequence[float], gradient: Sequence[float], rate: float, extra: int) -> None:
        """Append a step."""
        self.visit(z, gradient, rate)
        self.extra.append(extra)

    def visit(self, z: Sequence[float], gradient: Sequence[float], rate: float) -> None:
        """Append a step whose evaluations are known once it is updated."""
        self.visited.append(z)
        self.slopes.append(gradient)
        self.rates.append(rate)

    def break_off(self, fault: Exception) -> None:
        """End it where a gradient or an update raised an error.

        A step whose update leads beyond doubles is one still; measuring it says whether it has
        numbers. What else went wrong is told, and leaves only the steps before it.
        """
        updated = len(self.extra)
        if isinstance(fault, ArithmeticError):
            self.extra += [0] * (len(self.visited) - updated)
        else:
            self.fault = fault
            del self.visited[updated:], self.slopes[updated:], self.rates[updated:]

    def ending(self, z: Sequence[float], state: Any) -> Self:
        """Set where to go on from."""
        self.z, self.state = z, state
        return self

    @property
    def places(self) -> Array:
        """Coordinates of the steps, shape (steps, k)."""
        return _table(self.visited, self.k)

    @property
    def gradients(self) -> Array:
        """Gradients there, of the same shape."""
        return _table(self.slopes, self.k)


def ascend(  # noqa: PLR0913 - all that determines a stretch
    coordinates: Coordinates,
    optimizer: Optimizer[Any],
    rates: Sequence[float],
    z: Sequence[float],
    state: Any,
    *,
    limits: Limits | None = None,
) -> Path:
    """Take a step for every rate and look one further, or go as far as limits or doubles do."""
    score, bounds, direct = coordinates.score, coordinates.bounds, optimizer.step
    path = Path(len(z))
    places, gradients, extra = path.visited, path.slopes, path.extra
    here = list(z)
    try:
        for rate in rates:
            if COMPUTING.shut:
                COMPUTING.wait()
            gradient = score(*here)
            gradients.append(gradient)
            places.append(here)
            direction, state, beyond = direct(coordinates, here, gradient, state)
            extra.append(beyond)
            here = here.copy()
            for i, component in enumerate(direction):
                here[i] += rate * component
            for i, low, high in bounds:
                if not low < here[i] < high:
                    here[i] = min(max(low, here[i]), high)
            if limits is not None and limits.spend(1 + beyond):
                path.cut = len(places)
                break
        gradients.append(score(*here))
        places.append(here)
        extra.append(0)
    except Exception as fault:  # noqa: BLE001 - it is told, and the steps before it are kept
        path.break_off(fault)
    path.rates = [*rates, 0.0][: len(places)]
    return path.ending(here, state)


def _table(vectors: Sequence[Sequence[float]], k: int) -> Array:
    """Stack vectors of k floats as rows, the fastest way from Python floats."""
    return np.fromiter(chain.from_iterable(vectors), float, k * len(vectors)).reshape(-1, k)
