"""A lesson on its way: which task is set, whether it is done, and what is lacking."""

from collections import Counter
from dataclasses import dataclass, field

from tui.lessons.condition import Condition, Value, told
from tui.lessons.facts import Moment, words
from tui.lessons.lesson import Lesson, Task

__all__ = ["Course", "Progress"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How a task stands: done, or with a hint and what is lacking, as it is and as wanted."""

    done: bool
    lacking: tuple[str, ...] = ()
    hint: str = ""


@dataclass(eq=False)
class Course:
    """A lesson, the task that is set, and how often each action was called since it was set.

    A task that was done once stays done.
    """

    lesson: Lesson
    place: int = 0
    progress: Progress = Progress(done=False)
    did: Counter[str] = field(default_factory=Counter)

    @property
    def task(self) -> Task:
        """The task that is set."""
        return self.lesson.tasks[self.place]

    @property
    def last(self) -> bool:
        """Whether the task is the last one."""
        return self.place == len(self.lesson.tasks) - 1

    def look(self, moment: Moment) -> Progress:
        """See what the person did."""
        if self.progress.done:
            return self.progress
        if not (lacking := self.task.lacking(moment)):
            self.progress = Progress(done=True)
        else:
            told_of = tuple(_lacks(each, value) for each, value in lacking)
            self.progress = Progress(False, told_of, self.task.hint(moment))
        return self.progress

    def go_on(self) -> None:
        """Set the next task."""
        self.place += 1
        self.progress = Progress(done=False)
        self.did.clear()


def _lacks(condition: Condition, value: Value | None) -> str:
    """Say how a fact is, and how it should be."""
    name = words(condition.fact)
    if condition.fact.startswith("did.") or (condition.bound is True and value is False):
        return f"{name}: not yet"
    return f"{name}: {told(value)}, wanted {condition.wanted}"
