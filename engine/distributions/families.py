"""Families by name, made for the number of trials or components that they need."""

from collections.abc import Mapping

from engine.distributions import FAMILIES, Distribution

__all__ = ["NUMBERS", "families", "family"]

NUMBERS = tuple(sorted({each.known for each in FAMILIES.values() if each.known}))
"""Names of the numbers that some family is made for."""

ASSUMED = {"components": 2}


def family(name: str, numbers: Mapping[str, int]) -> type[Distribution]:
    """Return the family of a name, made for the number that it needs.

    A mixture has two components where none are told. ValueError where the number is
    missing or cannot be; KeyError where there is no such family.
    """
    found = FAMILIES[name]
    if not found.known:
        return found
    number = numbers.get(found.known, ASSUMED.get(found.known))
    if number is None:
        raise ValueError(f"a {name} needs the number of its {found.known}")
    return found.knowing(number)


def families(numbers: Mapping[str, int]) -> tuple[list[type[Distribution]], dict[str, str]]:
    """Return every family that can be made for these numbers, and by name why others cannot."""
    made, left_out = [], {}
    for name in FAMILIES:
        try:
            made.append(family(name, numbers))
        except ValueError as reason:
            left_out[name] = str(reason)
    return made, left_out
