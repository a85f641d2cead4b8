"""A function that remembers what it found out about a value, while that value is in use."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

__all__ = ["remembered"]

Value = TypeVar("Value")
Rest = ParamSpec("Rest")
Result = TypeVar("Result")


def remembered(
    function: Callable[Concatenate[Value, Rest], Result],
) -> Callable[Concatenate[Value, Rest], Result]:
    """Ask a function once for each value, told apart by identity, and its other arguments.

    What it raises is not remembered.
    """
    known: WeakKeyDictionary[Any, dict[Hashable, Result]] = WeakKeyDictionary()

    @wraps(function)
    def asked(value: Value, /, *args: Rest.args, **others: Rest.kwargs) -> Result:
        """Look the answer up, or ask."""
        answers = known.setdefault(value, {})
        question = args, tuple(others.items())
        if question not in answers:
            answers[question] = function(value, *args, **others)
        return answers[question]

    return asked
