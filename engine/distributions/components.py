"""Members of a mixture of a known number of components, and how their parameters are written.

The weight of the last component is what the others leave, and no parameter. The order of the
components means nothing; here it is that of their first parameters, the means. McLachlan &
Peel, Finite Mixture Models, section 1.14.
"""

import math
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import make_dataclass
from functools import cache
from typing import Any, ClassVar, Self, cast

import numpy as np

from engine.distributions.base import Array, Distribution, parameter
from engine.distributions.numbered import Numbered
from engine.domains import UNIT
from engine.samples.sample import RandomSource

__all__ = ["Components"]


class Components(Numbered):
    """A family whose members are mixtures of ``component`` members."""

    known = "components"
    least = 2
    most = 9
    components: ClassVar[int]
    component: ClassVar[type[Distribution]]

    @classmethod
    def made_for(cls, number: int) -> type[Self]:
        """Declare weight and parameters of each component, without the last weight."""
        fields: list[tuple[str, type, Any]] = []
        example: list[float] = []
        for j in range(1, number + 1):
            mark = chr(ord("₀") + j)
            if j < number:
                share = parameter(UNIT, f"w{mark}", f"share of component {j}")
                fields.append((f"weight_{j}", float, share))
                example.append(round(2.0 * j / (number * (number + 1)), 2))
            for p in cls.component.parameters():
                symbol = p.symbol[0] + mark + p.symbol[1:]
                declared = parameter(p.domain, symbol, f"of component {j}: {p.meaning}", p.power)
                fields.append((f"{p.name}_{j}", float, declared))
            example += cls.unremarkable(j)
        own: dict[str, Any] = {"__module__": cls.__module__, "__doc__": cls.__doc__}
        own |= {"components": number, "example": tuple(example)}
        made = make_dataclass(cls.__name__, fields, bases=(cls,), namespace=own, frozen=True)
        return cast("type[Self]", made)

    @classmethod
    @abstractmethod
    def unremarkable(cls, place: int) -> tuple[float, ...]:
        """Parameters of a component in an example, the first at place 1."""

    @classmethod
    def split(cls, values: Sequence[float]) -> tuple[Array, Array]:
        """Weights, shape (K,), with the last, and the components' parameters, shape (K, q)."""
        width = len(cls.component.parameters())
        table = np.empty((cls.components, 1 + width))
        flat = table.ravel()
        flat[: -1 - width], flat[-width:] = values[:-width], values[-width:]
        table[-1, 0] = 1.0 - math.fsum(table[:-1, 0].tolist())
        return table[:, 0], table[:, 1:]

    @classmethod
    def joined(cls, weights: Array, rows: Array) -> tuple[float, ...]:
        """Parameters in order, moved into their domains where rounding has led out of them."""
        flat = np.column_stack([weights, rows]).ravel()
        width = rows.shape[1]
        table = np.concatenate([flat[: -1 - width], flat[-width:]])
        return tuple(np.clip(table, *cls._bounds()).tolist())

    @classmethod
    @cache
    def _bounds(cls) -> tuple[Array, Array]:
        """Least and greatest values of the parameters."""
        domains = [p.domain for p in cls.parameters()]
        return np.array([d.lower for d in domains]), np.array([d.upper for d in domains])

    def implied(self) -> dict[str, float]:
        """The last weight."""
        return {f"weight_{self.components}": float(self.split(self.values())[0][-1])}

    @classmethod
    def ordered(cls, values: tuple[float, ...]) -> tuple[float, ...]:
        """Sort the components by their parameters, the mean first."""
        weights, rows = cls.split(values)
        order = sorted(range(cls.components), key=lambda j: (*rows[j].tolist(), weights[j]))
        if order == sorted(order) or not weights[-1] > 0:
            return values
        return cls.joined(weights[order], rows[order])

    def _weighted(self) -> Iterator[tuple[float, Distribution]]:
        """Weights and components."""
        weights, rows = self.split(self.values())
        return zip(weights.tolist(), map(self.component.at, rows.tolist()), strict=True)

    def cdf(self, x: Array) -> Array:
        """Σ wⱼ F(x; θⱼ)."""
        return np.sum([weight * part.cdf(x) for weight, part in self._weighted()], axis=0)

    def survival(self, x: Array) -> Array:
        """Σ wⱼ (1 − F(x; θⱼ))."""
        return np.sum([weight * part.survival(x) for weight, part in self._weighted()], axis=0)

    def draw(self, n: int, random: RandomSource) -> Array:
        """Draws of components that are drawn by their weights."""
        ends = np.cumsum([weight for weight, _ in self._weighted()])
        places = np.searchsorted(ends[:-1], random.uniform(size=n), "right")
        x = np.empty(n)
        for j, (_, part) in enumerate(self._weighted()):
            x[places == j] = part.draw(int(np.sum(places == j)), random)
        return x
