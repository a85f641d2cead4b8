"""A journey: a run, and the runs that branch from it, under other rules or by hand.

Every branch has a tape that begins with the steps it shares with the one it leaves. Nothing of
what was recorded is ever changed, so that a ghost of the old way stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.runs.hand import walked
from engine.runs.pulling import pull
from engine.runs.training import Training
from engine.runs.waypoint import Waypoint
from engine.tapes.columns import EVALUATIONS
from engine.tapes.tape import Block, Tape

__all__ = ["Branch", "Journey", "grow"]

Values = tuple[float, ...]


@dataclass(eq=False)
class Branch:
    """A run with its tape, and where it leaves which other one.

    At epoch ``fork`` of ``parent`` the parameters are moved by ``hand``, a step each, and from
    there the run goes on with ``changes`` of the experiment. ``seen`` is the newest epoch that
    somebody looked at; the tape may be ahead of it.
    """

    training: Training
    tape: Tape
    parent: "Branch | None" = None
    fork: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)
    hand: tuple[Values, ...] = ()
    seen: int = 0

    def __post_init__(self) -> None:
        self._blocks: Iterator[Block] = self.training.blocks()

    @property
    def begin(self) -> int:
        """Epoch from which the run goes on by itself."""
        return self.training.origin.epoch

    @property
    def lineage(self) -> list["Branch"]:
        """The first run, and what leads from it to this one."""
        line = [self]
        while line[-1].parent is not None:
            line.append(line[-1].parent)
        return line[::-1]

    def pull(self) -> None:
        """Compute steps for a little while; whole blocks, which do not depend on who pulls."""
        for block in pull(self._blocks):
            self.tape.append(block)

    def reach(self, epoch: int) -> int:
        """Compute until the tape holds an epoch or the run stops; return the epoch got to."""
        while self.tape.stop is None and len(self.tape) <= epoch:
            self.tape.append(next(self._blocks))
        return min(epoch, len(self.tape) - 1)

    def rules(self, epoch: int) -> Experiment:
        """What is to hold from a step on; between moves by hand, what is held is held there."""
        experiment = self.training.experiment
        if not self.fork < epoch < self.begin:
            return experiment
        return replace(experiment, fixed=self.held(self.hand[epoch - self.fork - 1]))

    def held(self, place: Sequence[float]) -> dict[str, float]:
        """The parameters that are held, at their values at a place."""
        names = self.training.family.names()
        fixed = self.training.experiment.fixed
        return {n: v for n, v in zip(names, place, strict=True) if n in fixed}

    def onward(self, epoch: int) -> tuple[Training, Waypoint]:
        """Where it stands before a step of its tape, and the run in whose coordinates that is."""
        branch = self
        while branch.parent is not None and epoch <= branch.fork and epoch < branch.begin:
            branch = branch.parent
        if epoch >= branch.begin:
            return branch.training, branch.training.waypoint(epoch)
        training = Training(branch.rules(epoch), ground=branch.training.ground)
        spent = branch.tape[epoch - 1].evaluations
        place = branch.hand[epoch - branch.fork - 1]
        return training, training.placed(place, epoch, spent)


class Journey:
    """Branches in the order of their making, the first run before all others.

    ``branches`` is a tuple that is never changed in place, so that putting an earlier one back
    undoes what was done since.
    """

    def __init__(self, training: Training) -> None:
        self.branches: tuple[Branch, ...] = (
            Branch(training, Tape(len(training.start), training.again)),
        )

    def branch(self, leaving: Branch, epoch: int, changes: Mapping[str, Any]) -> Branch:
        """Go on from a step under other rules; InvalidExperiment where those cannot be.

        A branch on which no step was looked at yet gives way to the new one.
        """
        return self._grow(leaving, epoch, changes, ())

    def drive(self, leaving: Branch, epoch: int, place: Sequence[float]) -> Branch:
        """Move the parameters by hand, as one step; a held one is held at its new value.

        InvalidExperiment where there is no log-likelihood.
        """
        moved = leaving.held(place)
        changes = {"fixed": moved} if moved != dict(leaving.rules(epoch).fixed) else {}
        return self._grow(leaving, epoch, changes, (tuple(place),))

    def _grow(
        self, leaving: Branch, epoch: int, changes: Mapping[str, Any], hand: tuple[Values, ...]
    ) -> Branch:
        young = leaving.parent is not None and epoch == leaving.begin >= leaving.seen
        kept = tuple(b for b in self.branches if not (young and b is leaving))
        if young and leaving.parent is not None:
            changes, hand = {**leaving.changes, **changes}, leaving.hand + hand
            leaving, epoch = leaving.parent, leaving.fork
        grown = grow(leaving, epoch, changes, hand)
        self.branches = (*kept, grown)
        return grown


def grow(
    parent: Branch, epoch: int, changes: Mapping[str, Any], hand: tuple[Values, ...]
) -> Branch:
    """Make a branch; InvalidExperiment where the rules or the places cannot be.

    IndexError where the tape does not hold the epoch.
    """
    if not 0 <= epoch < len(parent.tape):
        raise IndexError(f"the tape holds no epoch {epoch}")
    source, at = parent.onward(epoch)
    experiment = replace(parent.rules(epoch), **changes)
    training = source.branch(at, experiment)
    tape = parent.tape.forked(epoch)
    if hand:
        way = _driven(source.branch(at, replace(experiment, fixed={})), at, parent, hand)
        tape.made(epoch, lambda begin, end: way.rows[begin - epoch : end - epoch])
        tape.append(way)
        spent = int(way.rows[-1, EVALUATIONS])
        training = training.branch(training.placed(hand[-1], epoch + len(hand), spent), experiment)
    if experiment.fixed != source.experiment.fixed:
        _check(training, [training.parameters(training.origin)], training.origin, "fixed")
    tape.made(training.origin.epoch, training.again)
    return Branch(training, tape, parent, epoch, dict(changes), hand, training.origin.epoch)


def _driven(free: Training, at: Waypoint, parent: Branch, hand: tuple[Values, ...]) -> Block:
    """Steps from a waypoint along the way of the hand, but for the one that it leads to."""
    for place in hand:
        for declared, value in zip(free.family.parameters(), place, strict=True):
            if not declared.domain.contains(value):
                fault = f"{declared.name} must be {declared.domain.description}, not {value:g}."
                raise InvalidExperiment({"start": fault})
    # what is shown at the step is an average of places, where those are averaged
    way = _check(free, [parent.tape[at.epoch].parameters, *hand], at, "start")
    return Block(way.rows[:-1], way.seconds)


def _check(training: Training, points: Sequence[Values], at: Waypoint, field: str) -> Block:
    """Measure points from a waypoint on; InvalidExperiment where one has no log-likelihood."""
    way = walked(training, points, at)
    if len(way.rows) < len(points):
        raise InvalidExperiment({field: "There is no log-likelihood there."})
    return way
