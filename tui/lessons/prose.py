"""A lesson's words as they are shown: paragraphs that wrap, lines that stand, keys marked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual.content import Content

from tui.lessons.lesson import Lesson

__all__ = ["marked", "page", "paragraphs"]

KEY = re.compile(r"`([^`]+)`")


def marked(text: str, style: str = "") -> Content:
    """Return a text in which what stands between backticks is marked as keys are."""
    parts = KEY.split(text)
    return Content.assemble(
        *((part, "$text-accent bold" if i % 2 else style) for i, part in enumerate(parts))
    )


def paragraphs(text: str) -> Iterator[str]:
    """Join the lines of each paragraph, but leave lines that begin with four spaces."""
    for block in text.split("\n\n"):
        lines = block.splitlines()
        fixed = all(line.startswith("    ") for line in lines)
        yield "\n".join(lines) if fixed else " ".join(line.strip() for line in lines)


def page(lesson: Lesson, number: int, done: int) -> Content:
    """Return all of a lesson, with so many of its tasks ticked off."""
    parts = [Content.styled(f"{number} {lesson.title}", "$text-primary bold")]
    for paragraph in paragraphs(lesson.text):
        formula = paragraph.startswith("    ")
        parts.append(Content.styled(paragraph, "$text-success") if formula else marked(paragraph))
    ticked = [
        Content.assemble(
            ("✓ " if i < done else "○ ", "$text-success" if i < done else "$text-muted"),
            marked(" ".join(task.do.split())),
        )
        for i, task in enumerate(lesson.tasks)
    ]
    parts.append(Content("\n").join(ticked))
    if lesson.references:
        parts.append(Content.styled("\n".join(lesson.references), "$text-muted"))
    return Content("\n\n").join(parts)
