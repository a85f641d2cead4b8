"""Saving a file beside those that are there, never over one."""

import itertools
from pathlib import Path

__all__ = ["save_new"]


def save_new(stem: str, suffix: str, text: str, folder: str = ".") -> Path:
    """Write ``stem-1.suffix``, or the first number that is free; OSError where it cannot be."""
    for number in itertools.count(1):
        place = Path(folder) / f"{stem}-{number}{suffix}"
        try:
            with place.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            continue
        return place.resolve()
    raise AssertionError  # pragma: no cover - the numbers do not end
