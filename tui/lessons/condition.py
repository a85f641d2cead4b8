"""A condition of a lesson: a fact of the moment, compared with what it should be."""

import re
from dataclasses import dataclass

__all__ = ["Condition", "Value"]

Value = bool | float | str
"""What a fact can be."""

ORDER = re.compile(r"(<=|>=|!=|<|>|=)\s*(.*)", re.DOTALL)
WORDS = {"<=": "at most ", ">=": "at least ", "<": "below ", ">": "above ", "!=": "not ", "=": ""}


@dataclass(frozen=True, slots=True)
class Condition:
    """That a fact is equal to, unequal to, above or below a bound.

    In a lesson it is written as the bound itself, or as ``"<= 1"``, ``">= 2"``, ``"< 0"``,
    ``"> 0"``, ``"!= 42"``.
    """

    fact: str
    operator: str
    bound: Value

    @classmethod
    def of(cls, fact: str, written: object) -> "Condition":
        """Read a condition; ValueError says what is wrong with it."""
        if isinstance(written, bool | int | float):
            return cls(fact, "=", written)
        if not isinstance(written, str):
            raise ValueError(f"{fact} must be a number, a word, true or false")
        if (parts := ORDER.fullmatch(written)) is None:
            return cls(fact, "=", written)
        operator, bound = parts.groups()
        try:
            return cls(fact, operator, float(bound))
        except ValueError:
            if operator == "!=":
                return cls(fact, operator, bound)
        raise ValueError(f"{fact} is compared by {operator} with what is not a number") from None

    def met(self, value: Value | None) -> bool:
        """Whether a fact is as it should be; one that is not known is not."""
        if value is None:
            return False
        if self.operator in "!=":
            return (value == self.bound) == (self.operator == "=")
        if isinstance(value, str) or isinstance(self.bound, str):
            return False
        return {
            "<=": value <= self.bound,
            ">=": value >= self.bound,
            "<": value < self.bound,
            ">": value > self.bound,
        }[self.operator]

    @property
    def wanted(self) -> str:
        """The bound in words."""
        if self.operator == "!=" and not self.bound:
            return "any"
        return WORDS[self.operator] + told(self.bound)


def told(value: Value | None) -> str:
    """Write a fact in a word."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value or "none"
    return f"{value:,.0f}" if value == int(value) and abs(value) < 1e7 else f"{value:.3g}"
