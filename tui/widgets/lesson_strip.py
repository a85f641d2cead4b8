"""The lesson's task, under whatever is shown, and whether it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from tui.keys.in_use import keyed

if TYPE_CHECKING:
    from tui.lessons.course import Course

__all__ = ["LessonStrip"]


class LessonStrip(Static):
    """What is to be done, and below it what is lacking, a hint, or that it was done."""

    _told: tuple[object, ...] | None = None

    def tell(self, course: Course | None, following: str = "") -> None:
        """Show where a lesson stands; ``following`` is the title of the lesson that comes next."""
        self.display = course is not None
        told = (course, course and course.place, course and course.progress)
        if course is None or told == self._told:
            return
        from tui.lessons.prose import marked  # noqa: PLC0415 - after the first paint

        self._told = told
        lesson, progress = course.lesson, course.progress
        head = f"{lesson.title} · {course.place + 1} of {len(lesson.tasks)}  "
        task = marked(" ".join(course.task.do.split()))
        parts = [Content.assemble((head, "$text-accent bold"), task)]
        if progress.done:
            parts.append(self._done(course, following))
        else:
            if progress.hint:
                parts.append(Content.assemble(("! ", "$text-warning"), marked(progress.hint)))
            lacking = " · ".join(progress.lacking)
            parts.append(Content.styled(f"○ {lacking}", "$text-muted"))
        self.update(Content("\n").join(parts))
        self.set_class(progress.done, "-done")

    def _done(self, course: Course, following: str) -> Content:
        """That the task is done, and what comes next."""
        from tui.lessons.prose import marked  # noqa: PLC0415 - after the first paint

        key = keyed(self.app, "{next-task}")
        onward = f"`{key}` sets the next task."
        if course.last:
            onward = f"`{key}` begins “{following}”." if following else "That was the last lesson."
        said = marked(" ".join(course.task.done.split()), "$text-success")
        return Content.assemble(("✓ ", "$text-success bold"), said, " ", marked(onward))
