"""Teaching: a lesson's experiment and panes, its tasks one by one, and whether they are done."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import on, work
from textual.actions import ActionParseResult, parse
from textual.dom import DOMNode

from engine.refusal import Refusal
from tui.abilities.beginning import Beginning
from tui.keys.in_use import keyed
from tui.messages import LessonChosen
from tui.pace import STAGE
from tui.widgets.drive import DriveBar
from tui.widgets.lesson_strip import LessonStrip

if TYPE_CHECKING:
    from tui.lessons.catalogue import Lesson
    from tui.lessons.course import Course

__all__ = ["Teaching"]


class Teaching(Beginning):
    """Actions of the lessons. What the person does is looked at after every action and step."""

    asked = ""
    """A lesson to begin with: its name, number or file."""
    folder = ""
    """Where a lecturer's own lessons are."""
    course: Course | None = None
    lessons: tuple[Lesson, ...] = ()
    _marks: frozenset[str] = frozenset()
    _impatient = False

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]  # the bench's own
        self.tasks_done: dict[str, int] = {}
        self._listed: tuple[object, ...] = ()

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Note what was called, and see whether a task asked for it."""
        answered = await super().run_action(action, default_namespace, namespaces)
        if self.course is not None and answered:
            name = (parse(action) if isinstance(action, str) else action)[1]
            self.course.did[name] += 1
            self.follow()
        return answered

    def show(self) -> None:
        """Let the lesson see what is shown."""
        super().show()
        self.follow()

    def follow(self) -> None:
        """See how the task stands, and tell."""
        if self.current == "lessons":
            self.list_lessons()
        if (course := self.course) is None or (snapshot := self.snapshot()) is None:
            return
        from tui.lessons.facts import Moment  # noqa: PLC0415 - after the first paint

        progress = course.look(Moment(snapshot, self.current, course.did))
        if progress.done:
            done = self.tasks_done.get(course.lesson.name, 0)
            self.tasks_done[course.lesson.name] = max(done, course.place + 1)
        following = self.following(course.lesson)
        strip = self.screen_stack[0].query_one(LessonStrip)
        strip.tell(course, following.title if following else "")

    def following(self, lesson: Lesson) -> Lesson | None:
        """The lesson after one, in the order in which they are listed."""
        names = [each.name for each in self.lessons]
        at = names.index(lesson.name) + 1 if lesson.name in names else len(names)
        return self.lessons[at] if at < len(names) else None

    def list_lessons(self) -> None:
        """Bring the list of the lessons up to date."""
        current = self.course.lesson.name if self.course else ""
        listed = (self.lessons, tuple(self.tasks_done.items()), current)
        if not self.lessons:
            self.load_lessons()
        elif listed != self._listed:
            self._listed = listed
            from tui.widgets.lessons import LessonsTab  # noqa: PLC0415 - behind the first tab

            self.screen_stack[0].query_one(LessonsTab).tell(self.lessons, self.tasks_done, current)

    @work(group="lessons", exclusive=True)
    async def load_lessons(self) -> None:
        """Read the lessons beside the event loop, then show them."""
        if await self.lessons_read():
            self.follow()

    async def lessons_read(self) -> bool:
        """Read the lessons where that has not been done; say what is wrong with one."""
        from tui.lessons.catalogue import lessons  # noqa: PLC0415 - after the first paint

        try:
            self.lessons = self.lessons or await asyncio.to_thread(lessons, self.folder)
        except Refusal as fault:
            self.say(str(fault), severity="error")
        return bool(self.lessons)

    async def open_lesson(self, asked: str) -> bool:
        """Begin a lesson by its name, number or file, and return whether it could be; say why."""
        from tui.lessons.catalogue import lesson  # noqa: PLC0415 - after the first paint

        await self.lessons_read()
        try:
            found = await asyncio.to_thread(lesson, asked, self.folder)
        except Refusal as fault:
            self.say(str(fault), severity="error")
            return False
        return await self.begin_lesson(found)

    @on(LessonChosen)
    async def take_lesson(self, message: LessonChosen) -> None:
        """Begin the lesson that was chosen."""
        await self.begin_lesson(next(each for each in self.lessons if each.name == message.name))

    async def begin_lesson(self, lesson: Lesson) -> bool:
        """Set up a lesson's experiment, panes and first task; return whether it could be."""
        from tui.lessons.course import Course  # noqa: PLC0415 - after the first paint

        if not await self.begin(lesson.experiment):
            return False
        self.log_axis, self.pace = False, STAGE
        self.query_one(DriveBar).display = False
        self.mark(lesson.marks | {"-taught"})
        self.course = Course(lesson)
        self.action_tab(lesson.tab)
        return True

    def say(self, text: str, severity: str = "information") -> None:
        """Tell something in passing; in a lesson in place of what was told, not over its text."""
        if self.course is not None:
            self.clear_notifications()
        super().say(text, severity)

    def mark(self, marks: frozenset[str]) -> None:
        """Hide, show and highlight panes as a lesson has it, no longer as the one before."""
        screen = self.screen_stack[0]
        screen.remove_class(*self._marks, update=not marks)
        screen.add_class(*marks)
        self._marks = marks

    async def action_next_task(self) -> None:
        """Set the next task once one is done, then begin the next lesson; or say what is lacking.

        Called twice it skips what is not done.
        """
        if (course := self.course) is None:
            await self.open_lesson("1")
            return
        if not course.progress.done and not self._impatient:
            self._impatient = True
            again = keyed(self, "{next-task} again skips it.")
            self.say(f"Not yet. {'; '.join(course.progress.lacking)}. {again}")
            return
        self._impatient = False
        if not course.last:
            course.go_on()
            self.follow()
        elif following := self.following(course.lesson):
            await self.begin_lesson(following)
        else:
            self.action_leave_lesson()
            self.say("That was the last lesson.")

    def action_leave_lesson(self) -> None:
        """Leave the lesson; its experiment stays."""
        if self.course is None:
            return
        self.course, self._impatient = None, False
        self.mark(frozenset())
        self.query_one(LessonStrip).tell(None)
        self.follow()

    def action_lesson(self, change: int) -> None:
        """Move on the list of lessons."""
        from tui.widgets.lessons import LessonList  # noqa: PLC0415 - behind the first tab

        listed = self.query_one(LessonList)
        listed.highlighted = ((listed.highlighted or 0) + change) % max(listed.option_count, 1)
