"""A lesson: an experiment, a text in plain words, and tasks that see what the person did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui.lessons.condition import Condition
from tui.lessons.facts import Moment, fact

if TYPE_CHECKING:
    from engine.experiments.experiment import Experiment

__all__ = ["Hint", "Lesson", "Task"]


@dataclass(frozen=True, slots=True)
class Hint:
    """What to say while some conditions hold and the task is not done."""

    when: tuple[Condition, ...]
    say: str


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, how it is seen that it was, and what to say then."""

    do: str
    when: tuple[Condition, ...]
    done: str
    hints: tuple[Hint, ...] = ()

    def met(self, moment: Moment) -> bool:
        """Whether all conditions hold."""
        return holds(self.when, moment)

    def lacking(self, moment: Moment) -> list[tuple[Condition, Any]]:
        """List the conditions that do not hold, each with the fact as it is."""
        facts = ((each, fact(each.fact, moment)) for each in self.when)
        return [(each, value) for each, value in facts if not each.met(value)]

    def hint(self, moment: Moment) -> str:
        """What to say to a person who did something else; nothing where nothing fits."""
        return next((hint.say for hint in self.hints if holds(hint.when, moment)), "")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as its file has it.

    ``tab`` is where it begins; ``hide``, ``show`` and ``highlight`` name panes. ``text`` is
    made of paragraphs, between which lines that begin with four spaces stand as they are.
    """

    name: str
    title: str
    about: str
    text: str
    experiment: Experiment
    tasks: tuple[Task, ...]
    tab: str = "train"
    hide: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    highlight: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    @property
    def marks(self) -> frozenset[str]:
        """Classes of the screen by which panes are hidden, shown and highlighted."""
        marked = {"-hide-": self.hide, "-show-": self.show, "-lit-": self.highlight}
        return frozenset(mark + name for mark, names in marked.items() for name in names)


def holds(conditions: tuple[Condition, ...], moment: Moment) -> bool:
    """Whether all conditions hold at a moment."""
    return all(each.met(fact(each.fact, moment)) for each in conditions)
