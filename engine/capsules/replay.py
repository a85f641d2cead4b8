"""A capsule's session computed again, and whether its digits are the same.

The clock is no part of a session: two runs never spend a second alike, so that a limit of
seconds is lifted and the steps are those that were seen.
"""

from dataclasses import replace

from engine.capsules.capsule import Capsule
from engine.capsules.envelope import InvalidCapsule
from engine.capsules.recorded import Part
from engine.experiments.experiment import InvalidExperiment
from engine.runs.journey import Branch, Journey, grow
from engine.runs.race import Race
from engine.runs.training import Training

__all__ = ["difference", "differences", "raced", "replay"]


def replay(capsule: Capsule) -> Journey:
    """Compute every branch as far as it was seen, or to where it ends now.

    UnreadableData or InvalidExperiment where there is no such sample any more, InvalidCapsule
    where a branch cannot be.
    """
    journey = Journey(Training(replace(capsule.experiment, seconds=0.0)))
    branches = list(journey.branches)
    for i, part in enumerate(capsule.parts):
        if part.parent is not None:
            branches.append(_grown(branches[part.parent], part, i))
        branches[i].seen = branches[i].reach(part.upto)
    journey.branches = tuple(branches)
    return journey


def _grown(parent: Branch, part: Part, i: int) -> Branch:
    """Make a branch again."""
    end = parent.reach(part.at)
    if end < part.at:
        raise InvalidCapsule(
            f"branches[{i}].at must not be {part.at:,}, "
            f"for branches[{part.parent}] ends at epoch {end:,}."
        )
    changes = {name: value for name, value in part.changes.items() if name != "seconds"}
    try:
        return grow(parent, part.at, changes, part.hand)
    except InvalidExperiment as fault:
        raise InvalidCapsule(
            f"branches[{i}] cannot be: {next(iter(fault.faults.values()))}"
        ) from None


def differences(capsule: Capsule, journey: Journey) -> list[str]:
    """Tell in a sentence each where digits are not those recorded; none: all are the same."""
    pairs = zip(capsule.parts, journey.branches, strict=True)
    found = (difference(part, branch, i) for i, (part, branch) in enumerate(pairs, 1))
    return [sentence for sentence in found if sentence]


def difference(part: Part, branch: Branch, number: int) -> str | None:
    """Tell where a branch's digits are not those recorded, the first; ``number`` is to name it."""
    if len(branch.tape) <= part.upto:
        end = len(branch.tape) - 1
        return f"Branch {number} ends at epoch {end:,}, and was recorded to epoch {part.upto:,}."
    step = branch.tape[part.upto]
    names = ("log-likelihood", *branch.training.family.names())
    now, then = (step.train, *step.parameters), (part.log_likelihood, *part.parameters)
    for name, value, recorded in zip(names, now, then, strict=True):
        # zero and minus zero are equal, and not the same digits
        if repr(value) != repr(recorded):
            where = f"Branch {number}, epoch {part.upto:,}"
            return f"{where}: the {name} is {value!r}, and was recorded as {recorded!r}."
    return None


def raced(capsule: Capsule, journey: Journey) -> Race | None:
    """Return the race of a session that was replayed, yet to be run; None where none was.

    It is held under the rules of the branch that it starts from.
    """
    if not capsule.race:
        return None
    number, epoch = capsule.race_from or (0, 0)
    branch = journey.branches[number]
    experiment = branch.training.experiment
    if capsule.race_from is not None:
        names = branch.training.family.names()
        step = branch.tape[branch.reach(epoch)]
        start = dict(zip(names, step.parameters, strict=True))
        experiment = replace(experiment, start=start)
    return Race(experiment, capsule.race, sample=branch.training.ground.trained)
