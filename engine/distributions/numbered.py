"""Families made for a whole number that is known beforehand, of trials or of components.

Each number has a class of its own, made when it is first asked for. Pickle knows such a
class by the family and the number, and makes it again.
"""

import copyreg
from abc import ABCMeta, abstractmethod
from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar, Self, final

from engine.distributions.base import Distribution
from engine.distributions.pointwise import Pointwise

__all__ = ["Numbered"]


class _Made(ABCMeta):
    """Class of these classes, by which pickle tells them from others."""


class Numbered(Pointwise, metaclass=_Made):
    """A family that has a class for each number of what ``known`` names."""

    least: ClassVar[int] = 1
    most: ClassVar[int]
    family: "ClassVar[type[Numbered]]"
    """The class in whose definition the family has its name."""

    def __init_subclass__(cls) -> None:
        """Take a class that gives itself a name for the family."""
        super().__init_subclass__()
        if "name" in vars(cls):
            cls.family = cls

    @classmethod
    @final
    def knowing(cls, number: int) -> type[Distribution]:
        """Return the class for a number, always the same one; ValueError where there is none."""
        if number != int(number) or not cls.least <= number <= cls.most:
            raise ValueError(
                f"{cls.known} of a {cls.name} must be a whole number from {cls.least} to "
                f"{cls.most}, not {number}"
            )
        return _class(cls.family, int(number))

    @classmethod
    @abstractmethod
    def made_for(cls, number: int) -> type[Self]:
        """Make the class for a number."""


@cache
def _class(family: type[Numbered], number: int) -> type[Numbered]:
    return family if _number(family) == number else family.made_for(number)


def _number(family: type[Numbered]) -> int | None:
    return getattr(family, family.known, None)


def _reduced(made: type[Numbered]) -> str | tuple[Callable[..., Any], tuple[Any, ...]]:
    """Tell pickle the name of a class in its module, or the family and the number."""
    family = getattr(made, "family", made)
    return made.__qualname__ if made is family else (family.knowing, (_number(made),))


copyreg.pickle(_Made, _reduced)  # type: ignore[arg-type]  # it takes any class with this metaclass
