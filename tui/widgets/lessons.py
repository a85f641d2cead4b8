"""The lessons' tab: which there are, and the words of the one under the cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.keys.keymap import bindings
from tui.messages import LessonChosen
from tui.widgets.pane import Placed

if TYPE_CHECKING:
    from tui.lessons.lesson import Lesson

__all__ = ["LessonList", "LessonsTab"]


class LessonList(OptionList, Placed):
    """Titles in their order, those that were done ticked off; enter begins one."""

    place = "lessons"
    BINDINGS = bindings("lessons")
    BORDER_TITLE = "lessons"
    BORDER_SUBTITLE = "enter begins"


class LessonsTab(Container):
    """The list beside the words of the lesson under the cursor."""

    def __init__(self) -> None:
        super().__init__(id="lessons")
        self.lessons: Sequence[Lesson] = ()
        self.done: Mapping[str, int] = {}

    def compose(self) -> ComposeResult:
        """Lay out list and words."""
        yield LessonList(markup=False)
        with VerticalScroll(id="words", can_focus=True):
            yield Static(id="prose")

    def tell(self, lessons: Sequence[Lesson], done: Mapping[str, int], current: str = "") -> None:
        """Show the lessons, each with how many of its tasks were done; choose the current one."""
        self.lessons, self.done = lessons, dict(done)
        listed = self.query_one(LessonList)
        names = [lesson.name for lesson in lessons]
        chosen = names.index(current) if current in names else listed.highlighted or 0
        listed.clear_options()
        listed.add_options(
            Option(self._title(number, lesson)) for number, lesson in enumerate(lessons, 1)
        )
        listed.highlighted = chosen

    def _title(self, number: int, lesson: Lesson) -> Content:
        done = self.done.get(lesson.name, 0)
        mark = "✓" if done == len(lesson.tasks) else "◦" if done else " "
        return Content.assemble((f"{mark} ", "$text-success"), f"{number:>2} {lesson.title}")

    @on(OptionList.OptionHighlighted)
    def show_words(self, event: OptionList.OptionHighlighted) -> None:
        """Show the words of the lesson under the cursor."""
        from tui.lessons.prose import page  # noqa: PLC0415 - after the first paint

        event.stop()
        lesson = self.lessons[event.option_index]
        words = page(lesson, event.option_index + 1, self.done.get(lesson.name, 0))
        self.query_one("#prose", Static).update(words)
        self.query_one("#words").scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Have the lesson begun."""
        event.stop()
        self.post_message(LessonChosen(self.lessons[event.option_index].name))
