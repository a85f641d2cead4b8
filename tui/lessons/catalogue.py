"""The lessons: those that come with the program in their order, and a lecturer's own."""

import os
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from engine.files import UnreadableData, read_text
from engine.quoting import quoted, quoted_path
from tui.lessons.lesson import Lesson
from tui.lessons.reading import InvalidLesson, read_lesson

__all__ = ["ORDER", "InvalidLesson", "Lesson", "lesson", "lessons"]

ORDER = (
    "likelihood",
    "logarithm",
    "gradient",
    "step",
    "training",
    "rates",
    "schedules",
    "stopping",
    "seeds",
    "coordinates",
    "families",
    "data",
)
"""Lessons that come with the program, in the order in which they are taught."""


def lessons(folder: str = "") -> tuple[Lesson, ...]:
    """Read every lesson: the program's own, then those of a folder by name.

    Where no folder is given, ``MLE_TUI_LESSONS`` may name one. InvalidLesson and
    UnreadableData where a file cannot be read.
    """
    own = resources.files(__package__).joinpath("texts")
    known = [read_lesson(name, own.joinpath(f"{name}.toml").read_text("utf-8")) for name in ORDER]
    return (*known, *_from(folder or os.environ.get("MLE_TUI_LESSONS", "")))


def lesson(name: str, folder: str = "") -> Lesson:
    """Read a lesson by its name, its number, or its file; InvalidLesson where there is none."""
    if name.endswith(".toml"):
        return read_lesson(Path(name).stem, read_text(name))
    known = lessons(folder)
    for number, each in enumerate(known, 1):
        if name in (each.name, str(number)):
            return each
    names = ", ".join(each.name for each in known)
    raise InvalidLesson(f"There is no lesson {quoted(name)}; there are {names}.")


def _from(folder: str) -> Iterator[Lesson]:
    """Read the lessons of a folder."""
    if not folder:
        return
    if not Path(folder).is_dir():
        raise UnreadableData(f"{quoted_path(folder)} is not a folder of lessons.")
    for file in sorted(Path(folder).glob("*.toml")):
        yield read_lesson(file.stem, read_text(str(file)))
