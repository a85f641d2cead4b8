"""Kinds of settings: what a value must be, how text becomes one, and the reason when it cannot.

A setting is declared once, as a dataclass field with a kind in its metadata. The same kind
validates a TOML file, parses a command-line flag and checks a widget as it is typed.
"""

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, final

from engine.quoting import shown

__all__ = ["Bound", "Choice", "Kind", "Number", "PerName", "Text", "Whole"]

MOST_NAMED = 6
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


class Kind(ABC):
    """What a setting may hold."""

    @property
    @abstractmethod
    def description(self) -> str:
        """What is asked for, to follow the words 'must be'."""

    @abstractmethod
    def check(self, value: object) -> Any:
        """Return the value in its own type; ValueError with the reason where it does not fit."""

    @abstractmethod
    def parse(self, text: str) -> Any:
        """Turn typed text into a value; ValueError with the reason where it does not fit."""

    @final
    def refuse(self, value: object) -> ValueError:
        """Build the one sentence that says what was expected and what was found."""
        return ValueError(f"must be {self.description}, not {shown(value)}")


@final
@dataclass(frozen=True)
class Number(Kind):
    """A finite number between two bounds, each of which may be excluded."""

    low: float = -math.inf
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False

    @property
    def description(self) -> str:
        """The bounds in words."""
        low = f"{'above' if self.open_low else 'at least'} {self.low:g}"
        high = f"{'below' if self.open_high else 'at most'} {self.high:g}"
        bounds = [low] * math.isfinite(self.low) + [high] * math.isfinite(self.high)
        return " ".join(["a number", " and ".join(bounds)]).rstrip()

    def check(self, value: object) -> float:
        """Accept a finite int or float inside the bounds."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.refuse(value)
        try:
            number = float(value)
        except OverflowError:
            raise self.refuse(value) from None
        above = self.low < number or (number == self.low and not self.open_low)
        below = number < self.high or (number == self.high and not self.open_high)
        if not (math.isfinite(number) and above and below):
            raise self.refuse(value)
        return number

    def parse(self, text: str) -> float:
        """Read a plain decimal number: no underscores, no other scripts, no 'nan'."""
        if not NUMBER.fullmatch(text.strip()):
            raise self.refuse(text)
        return self.check(float(text))


@final
@dataclass(frozen=True)
class Whole(Kind):
    """A whole number between two bounds, both included."""

    low: int
    high: int

    @property
    def description(self) -> str:
        """The bounds in words."""
        return f"a whole number from {self.low:,} to {self.high:,}"

    def check(self, value: object) -> int:
        """Accept an int inside the bounds, or a float that is one, as 1e5 is."""
        if isinstance(value, float) and value.is_integer():
            return self.check(int(value))
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.refuse(value)
        if not self.low <= value <= self.high:
            raise self.refuse(value)
        return value

    def parse(self, text: str) -> int:
        """Read digits; commas between thousands are allowed as they are how we print them."""
        digits = text.strip()
        if not re.fullmatch(r"[+-]?(\d{1,18}|\d{1,3}(,\d{3}){1,5})", digits, re.ASCII):
            raise self.refuse(text)
        return self.check(int(digits.replace(",", "")))


@final
@dataclass(frozen=True)
class Choice(Kind):
    """One name out of a registry, which is asked only when it is needed.

    ``others`` are other ways to write some of the names.
    """

    options: Callable[[], tuple[str, ...]]
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def description(self) -> str:
        """The names, or of very many the first."""
        names = self.options()
        if len(names) <= MOST_NAMED:
            return "one of " + ", ".join(names)
        return f"one of {', '.join(names[:MOST_NAMED])}, … ({len(names)} in all)"

    def check(self, value: object) -> str:
        """Accept one of the names."""
        if not isinstance(value, str):
            raise self.refuse(value)
        name = self.others.get(value, value)
        if name not in self.options():
            raise self.refuse(value)
        return name

    def parse(self, text: str) -> str:
        """Read a name."""
        return self.check(text if text in self.others else text.strip())


@final
@dataclass(frozen=True)
class Text(Kind):
    """Any text; empty means none."""

    @property
    def description(self) -> str:
        """Always the same."""
        return "text"

    def check(self, value: object) -> str:
        """Accept a string."""
        if not isinstance(value, str):
            raise self.refuse(value)
        return value

    def parse(self, text: str) -> str:
        """Take the text as it is."""
        return text


@final
@dataclass(frozen=True)
class Bound(Kind):
    """A finite number, or none, which is written as nothing."""

    @property
    def description(self) -> str:
        """Always the same."""
        return "a number, or nothing"

    def check(self, value: object) -> float | None:
        """Accept None, or a finite int or float."""
        if value is None:
            return None
        try:
            return Number().check(value)
        except ValueError:
            raise self.refuse(value) from None

    def parse(self, text: str) -> float | None:
        """Read a plain decimal number, or nothing."""
        if not text.strip():
            return None
        try:
            return Number().parse(text)
        except ValueError:
            raise self.refuse(text) from None


@final
@dataclass(frozen=True)
class PerName(Kind):
    """A number for each of several names, such as a distribution's parameters."""

    @property
    def description(self) -> str:
        """The shape of the table."""
        return "a table of names and numbers"

    def check(self, value: object) -> dict[str, float]:
        """Accept a mapping from names to finite numbers."""
        if not isinstance(value, Mapping):
            raise self.refuse(value)
        number = Number()
        checked = {}
        for name, item in value.items():
            try:
                checked[str(name)] = number.check(item)
            except ValueError as reason:
                raise ValueError(f"{shown(name)} {reason}") from None
        return checked

    def parse(self, text: str) -> dict[str, float]:
        """Read 'name=number, name=number'."""
        pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
        if any(not equals for _, equals, _ in pairs):
            raise ValueError(f"must be NAME=NUMBER, not {shown(text)}")
        names = [name.strip() for name, _, _ in pairs]
        if len(set(names)) < len(names):
            raise ValueError(f"must give each name one number, not {shown(text)}")
        return {name.strip(): Number().parse(number) for name, _, number in pairs}
