"""A capsule: a session, branches and all, as a text from which it can be replayed.

It holds what determines every step and, to be compared, the digits of the last ones seen. The
steps themselves are computed again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self, final

from engine.capsules import envelope
from engine.capsules.envelope import InvalidCapsule
from engine.capsules.recorded import FREE, Part, checked, entries, named, whole
from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.files import read_text
from engine.optimizers import OPTIMIZERS
from engine.quoting import quoted_path, shown
from engine.runs.journey import Branch, Journey

__all__ = ["Capsule", "InvalidCapsule", "is_line", "read_capsule"]

FORMAT = "mle-tui capsule"
FIELDS = (FORMAT, "experiment", "branches", "shown", "epoch", "race", "race_from")
OF_PART = ("parent", "at", "changes", "hand", "upto", "log_likelihood", "parameters")


@final
@dataclass(frozen=True)
class Capsule:
    """A recorded session; InvalidCapsule where it cannot be.

    ``experiment`` is the first run's, ``parts`` has each branch behind the one that it leaves,
    ``shown`` is the place of the one on the screen and ``epoch`` the step there. ``race`` are
    the optimizers that raced, from ``race_from``, a branch and an epoch, or from the start of
    the first run.
    """

    experiment: Experiment
    parts: tuple[Part, ...]
    shown: int
    epoch: int
    race: tuple[str, ...] = ()
    race_from: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        parts = checked(self.parts, self.experiment)
        object.__setattr__(self, "parts", parts)
        whole(self.shown, 0, len(parts) - 1, "shown")
        whole(self.epoch, 0, parts[self.shown].upto, "epoch")
        object.__setattr__(self, "race", self._racing())
        object.__setattr__(self, "race_from", self._starting())

    def _racing(self) -> tuple[str, ...]:
        names = entries(self.race, "race")
        for i, name in enumerate(names):
            if not isinstance(name, str) or name not in OPTIMIZERS:
                raise InvalidCapsule(f"race[{i}] must be an optimizer, not {shown(name)}.")
            if name in names[:i]:
                raise InvalidCapsule(f"race[{i}] must be another one, for {name} races already.")
        return tuple(names)

    def _starting(self) -> tuple[int, int] | None:
        if self.race_from is None:
            return None
        if not self.race:
            raise InvalidCapsule("race_from must be null where there is no race.")
        place = entries(self.race_from, "race_from")
        if len(place) != 2:
            raise InvalidCapsule("race_from must be two numbers, a branch and an epoch.")
        branch = whole(place[0], 0, len(self.parts) - 1, "race_from[0]")
        return branch, whole(place[1], 0, self.parts[branch].upto, "race_from[1]")

    @classmethod
    def of(
        cls,
        journey: Journey,
        shown: Branch,
        epoch: int,
        race: Sequence[str] = (),
        race_from: tuple[Branch, int] | None = None,
    ) -> Self:
        """Record a journey as it stands, with every branch that another one depends on.

        A branch on which nothing was seen yet is computed to its first step.
        """
        looked = [(shown, epoch), *([race_from] if race_from else [])]
        branches = _with_ancestors([*journey.branches, *(branch for branch, _ in looked)])
        newest = {branch: branch.seen for branch in branches}
        for branch, step in looked:
            newest[branch] = max(newest[branch], step)
        return cls(
            branches[0].training.experiment,
            tuple(_recorded(branch, newest[branch], branches) for branch in branches),
            branches.index(shown),
            epoch,
            tuple(race),
            (branches.index(race_from[0]), race_from[1]) if race_from else None,
        )

    @classmethod
    def read(cls, given: str) -> Self:
        """Read a text or a line; InvalidCapsule says in a sentence what is wrong with it."""
        document = envelope.opened(given)
        if not isinstance(document, dict) or FORMAT not in document:
            raise InvalidCapsule(f'This is no capsule: "{FORMAT}" is not among its fields.')
        whole(document[FORMAT], envelope.VERSION, envelope.VERSION, f'"{FORMAT}"')
        values = named(document, FIELDS, "")
        branches = enumerate(entries(values["branches"], "branches"))
        parts = tuple(Part(**named(part, OF_PART, f"branches[{i}]")) for i, part in branches)
        rest = {name: values[name] for name in ("shown", "epoch", "race", "race_from")}
        return cls(_experiment(values["experiment"]), parts, **rest)

    def to_text(self) -> str:
        """Write a JSON document; reading it back gives an equal capsule."""
        return envelope.text(self.to_mapping())

    def to_line(self) -> str:
        """Write the same as one line without spaces, to be pasted."""
        return envelope.line(self.to_mapping())

    def to_mapping(self) -> dict[str, Any]:
        """Return plain values, the format first."""
        return {
            FORMAT: envelope.VERSION,
            "experiment": self.experiment.to_mapping(),
            "branches": [part.to_mapping() for part in self.parts],
            "shown": self.shown,
            "epoch": self.epoch,
            "race": list(self.race),
            "race_from": self.race_from and list(self.race_from),
        }


def is_line(given: str) -> bool:
    """Whether a text is a capsule's one line and no file's name."""
    return envelope.LINE.match(given.strip()) is not None


def read_capsule(given: str) -> Capsule:
    """Read a capsule's file, or a capsule that is given as a line or a text itself.

    UnreadableData where there is no such file, InvalidCapsule where it holds no capsule.
    """
    if is_line(given) or given.lstrip().startswith("{"):
        return Capsule.read(given)
    content = read_text(given, envelope.LARGEST)
    try:
        return Capsule.read(content)
    except InvalidCapsule as fault:
        raise InvalidCapsule(f"{quoted_path(given)}: {fault}") from None


def _experiment(values: object) -> Experiment:
    if not isinstance(values, dict):
        raise InvalidCapsule(f"experiment must be a table of fields, not {shown(values)}.")
    try:
        return Experiment.of(values)
    except InvalidExperiment as fault:
        raise InvalidCapsule(f"experiment.{next(iter(fault.faults.values()))}") from None


def _with_ancestors(branches: Iterable[Branch]) -> list[Branch]:
    """Each branch behind all that lead to it, those included that gave way to others."""
    return list(dict.fromkeys(each for branch in branches for each in branch.lineage))


def _recorded(branch: Branch, newest: int, branches: list[Branch]) -> Part:
    upto = branch.reach(newest)
    step = branch.tape[upto]
    return Part(
        parent=None if branch.parent is None else branches.index(branch.parent),
        at=branch.fork,
        changes={name: value for name, value in branch.changes.items() if name in FREE},
        hand=branch.hand,
        upto=upto,
        log_likelihood=step.train,
        parameters=step.parameters,
    )
