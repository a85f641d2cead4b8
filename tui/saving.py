"""Saving a file whole or not at all: beside those that are there, or in place of one."""

import itertools
import os
import time
from contextlib import suppress
from pathlib import Path

__all__ = ["save_as", "save_new", "save_over"]

ABANDONED = 3600.0
"""Seconds after which nobody works at a draft any more."""


def save_new(stem: str, suffix: str, text: str, folder: str = ".") -> Path:
    """Write ``stem-1.suffix``, or the first number that is free; OSError where it cannot be."""
    for number in itertools.count(1):
        place = Path(folder) / f"{stem}-{number}{suffix}"
        if os.path.lexists(place):
            continue
        try:
            return save_as(place, text)
        except FileExistsError:
            continue
    raise AssertionError  # pragma: no cover - the numbers do not end


def save_as(place: Path, text: str) -> Path:
    """Write a new file; FileExistsError where there is one, OSError where it cannot be.

    The text is written under another name first, so that no half of it ever has this one.
    """
    draft = _draft(place)
    try:
        with draft.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
        _take_name(draft, place, text)
    finally:
        draft.unlink(missing_ok=True)
    return place.resolve()


def save_over(place: Path, text: str) -> None:
    """Put a file in place of the one there; OSError where it cannot be.

    Whenever this is broken off, the file there is the old one or the new one, whole.
    """
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = _draft(place)
    _sweep(place)
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    finally:
        with suppress(OSError):
            draft.unlink()


def _sweep(place: Path) -> None:
    """Remove drafts that were left behind where a program was killed while it saved."""
    with suppress(OSError):
        for each in place.parent.glob(f".{place.name[:99]}.*"):
            if time.time() - each.stat().st_mtime > ABANDONED:
                each.unlink()


def _draft(place: Path) -> Path:
    """Another name beside a place, which nothing has."""
    return place.with_name(f".{place.name[:99]}.{os.urandom(4).hex()}")


def _take_name(draft: Path, place: Path, text: str) -> None:
    """Give a draft its name if that is free, also where the file system has no links."""
    try:
        place.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:
        with place.open("x", encoding="utf-8", newline="") as file:
            try:
                file.write(text)
                file.flush()
            except OSError:
                place.unlink(missing_ok=True)
                raise
