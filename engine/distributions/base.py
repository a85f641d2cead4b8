"""What a distribution is: a frozen value whose fields are its parameters."""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Self, final

import numpy as np
from numpy.typing import NDArray

from engine.distributions.nonregular import NonRegular
from engine.domains import Domain
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import Support

__all__ = ["Array", "Distribution", "Parameter", "parameter"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Parameter:
    """One parameter: its contract name, its domain, its textbook symbol and what it means."""

    name: str
    domain: Domain
    symbol: str
    meaning: str
    power: int = 0
    """Of the data's unit, in which it is counted: 1 for a mean, 2 for a variance, −1 for a rate."""


def parameter(domain: Domain, symbol: str, meaning: str, power: int = 0) -> Any:
    """Declare a field of a distribution as a parameter."""
    return dataclasses.field(
        metadata={"domain": domain, "symbol": symbol, "meaning": meaning, "power": power},
    )


class Distribution(NonRegular, ABC):
    """A member of a parametric family, with what maximum likelihood needs of the family.

    An instance has its parameters as fields and answers as one distribution. The class
    methods speak for the family: they condense a sample into ``statistics``, an object of
    the family's choosing that holds all the likelihood needs, and evaluate the likelihood
    from it at parameters given one by one, in the order of the fields.
    """

    name: ClassVar[str]
    support: ClassVar[Support]
    reference: ClassVar[str]
    example: ClassVar[tuple[float, ...]]
    """Parameters of an unremarkable member, for a first experiment and for tests."""
    known: ClassVar[str] = ""
    """Name of the whole number that the family is made for, trials or components; mostly none.

    It is a class attribute of that name.
    """

    @final
    @classmethod
    @cache
    def parameters(cls) -> tuple[Parameter, ...]:
        """Declared parameters, in order."""
        fields = dataclasses.fields(cls)  # type: ignore[arg-type]  # every family is a dataclass
        return tuple(Parameter(f.name, **f.metadata) for f in fields)

    @final
    @classmethod
    @cache
    def names(cls) -> tuple[str, ...]:
        """Names of the parameters, in order."""
        return tuple(p.name for p in cls.parameters())

    @classmethod
    @final
    def admits(cls, values: Iterable[float]) -> bool:
        """Whether values for all parameters, in order, lie in their domains."""
        return all(p.domain.contains(v) for p, v in zip(cls.parameters(), values, strict=True))

    @classmethod
    @final
    def at(cls, values: Iterable[float]) -> Self:
        """Return the member of the family with these parameters, in order."""
        return cls(*values)

    @final
    def values(self) -> tuple[float, ...]:
        """Parameters as floats, in order."""
        return tuple(float(getattr(self, name)) for name in self.names())

    def implied(self) -> dict[str, float]:
        """What follows from the parameters and is printed among them, by name."""
        return {}

    @classmethod
    @final
    def by_name(cls, values: Sequence[float]) -> dict[str, float]:
        """Parameters by name, and what they imply."""
        return dict(zip(cls.names(), values, strict=True)) | cls.at(values).implied()

    @classmethod
    def knowing(cls, number: int) -> "type[Distribution]":
        """Return the family made for another number of what ``known`` names."""
        raise TypeError(f"{cls.name} is made for no number, not even {number}")

    @classmethod
    def ordered(cls, values: tuple[float, ...]) -> tuple[float, ...]:
        """Return the one way to write the parameters, where several mean the same member."""
        return values

    @abstractmethod
    def log_density(self, x: Array) -> Array:
        """Log density at each value, shape (n,)."""

    @abstractmethod
    def score(self, x: Array) -> Array:
        """Derivative of the log density by each parameter, shape (k, n)."""

    @abstractmethod
    def cdf(self, x: Array) -> Array:
        """Probability of a value at most x, shape (n,)."""

    @abstractmethod
    def survival(self, x: Array) -> Array:
        """Probability of a value above x, shape (n,), exact in the upper tail too."""

    @abstractmethod
    def quantile(self, p: Array) -> Array:
        """Value below which the probability is p, shape (n,)."""

    @abstractmethod
    def draw(self, n: int, random: RandomSource) -> Array:
        """Draw n independent values."""

    @classmethod
    @abstractmethod
    def condense(cls, sample: Sample) -> Any:
        """Statistics that stand for the sample in the likelihood."""

    @classmethod
    @abstractmethod
    def guess(cls, sample: Sample) -> Self:
        """Return a cheap, robust place to start from."""

    @classmethod
    def starts(cls, sample: Sample) -> Sequence[Self]:
        """Return places to begin a search from; several where the surface may have hills."""
        return (cls.guess(sample),)

    @classmethod
    def closed_form(cls, statistics: Any) -> Self | None:
        """Return the exact maximum where a formula for it exists."""
        return None

    @classmethod
    def improved(cls, statistics: Any, values: Sequence[float]) -> tuple[float, ...]:
        """One step of the EM algorithm, where the family is a mixture or has a latent scale."""
        raise TypeError(f"{cls.name} has no EM algorithm")

    @classmethod
    @abstractmethod
    def log_likelihood(cls, statistics: Any, *parameters: Any) -> Any:
        """Sum of the log densities; floats or arrays of parameters alike, by broadcasting."""

    @classmethod
    @abstractmethod
    def mean_score(cls, statistics: Any, *parameters: Any) -> tuple[float, ...]:
        """Gradient of the log-likelihood by the parameters, divided by n.

        It is what an epoch of ascent costs, so it works in plain floats and may raise
        ArithmeticError where they overflow.
        """

    @classmethod
    @abstractmethod
    def information(cls, statistics: Any, *parameters: Any) -> Array:
        """Observed information: minus the Hessian of the log-likelihood, shape (k, k)."""
