"""What a capsule records of each branch, and whether it can be, in one sentence where not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from engine.capsules.envelope import InvalidCapsule
from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.fields import Number, Whole
from engine.quoting import quoted, shown
from engine.runs.ground import GROUND
from engine.settings import settings

__all__ = ["FREE", "Part", "checked", "entries", "named", "whole"]

Values = tuple[float, ...]

MOST_BRANCHES = 1000
LATEST = 2 * 10**9
"""No epoch is later: a budget, and as much again by hand."""
NUMBER = Number()
FREE = frozenset(s.name for s in settings(Experiment)) - set(GROUND)
"""Fields of an experiment that a run can change on its way."""


@dataclass(frozen=True)
class Part:
    """One branch: where it leaves which other one, how, and the digits at the last step seen.

    ``parent`` is the place of another part, which comes earlier; None for the first run. At
    epoch ``at`` of it, ``hand`` moves the parameters and ``changes`` of the rules begin to hold.
    ``log_likelihood``, a sum over the training sample, and ``parameters`` are those of ``upto``.
    """

    parent: int | None
    at: int
    changes: Mapping[str, Any]
    hand: tuple[Values, ...]
    upto: int
    log_likelihood: float
    parameters: Values

    def to_mapping(self) -> dict[str, Any]:
        """Return plain values."""
        changes = {k: dict(v) if isinstance(v, Mapping) else v for k, v in self.changes.items()}
        lists = {"hand": [list(p) for p in self.hand], "parameters": list(self.parameters)}
        return {**vars(self), "changes": changes, **lists}


def checked(parts: Sequence[Part], first: Experiment) -> tuple[Part, ...]:
    """Return the parts with every value in its own type; InvalidCapsule names what cannot be.

    ``first`` is the experiment of the first run, whose rules the branches change in turn.
    """
    if not 1 <= len(parts) <= MOST_BRANCHES:
        raise InvalidCapsule(f"branches must be 1 to {MOST_BRANCHES:,}, not {len(parts):,}.")
    rules, found = [first], []
    for i, part in enumerate(parts):
        path = f"branches[{i}]"
        found.append(_checked(part, i, rules, path) if i else _begun(part, first, path))
    return tuple(found)


def _begun(part: Part, first: Experiment, path: str) -> Part:
    """Check the first run."""
    if part.parent is not None:
        raise InvalidCapsule(f"{path}.parent must be null, for the first run leaves no other.")
    for name in ("changes", "hand"):
        value = getattr(part, name)
        if not isinstance(value, Mapping | list | tuple) or value:
            raise InvalidCapsule(f"{path}.{name} must be empty, for the first run leaves no other.")
    whole(part.at, 0, 0, f"{path}.at")
    return _measured(replace(part, changes=MappingProxyType({}), hand=()), first, path)


def _checked(part: Part, i: int, rules: list[Experiment], path: str) -> Part:
    """Check a branch against those before, and append its rules to theirs."""
    parent = whole(part.parent, 0, i - 1, f"{path}.parent")
    whole(part.at, 0, LATEST // 2, f"{path}.at")
    changes = part.changes
    if not isinstance(changes, Mapping):
        raise InvalidCapsule(f"{path}.changes must be a table of fields, not {shown(changes)}.")
    for name in changes:
        if name not in FREE:
            raise InvalidCapsule(f"{path}.changes: {quoted(name)} is no field that a run changes.")
    experiment = _possible(lambda: replace(rules[parent], **changes), f"{path}.changes")
    rules.append(experiment)
    taken = MappingProxyType({name: getattr(experiment, name) for name in changes})
    hand = entries(part.hand, f"{path}.hand")
    places = tuple(_place(p, experiment, f"{path}.hand[{j}]") for j, p in enumerate(hand))
    return _measured(replace(part, changes=taken, hand=places), experiment, path)


def _possible(make: Callable[[], Experiment], path: str) -> Experiment:
    """Make an experiment, or tell the first of its faults."""
    try:
        return make()
    except InvalidExperiment as fault:
        raise InvalidCapsule(f"{path}.{next(iter(fault.faults.values()))}") from None


def _measured(part: Part, experiment: Experiment, path: str) -> Part:
    """Check how far it was seen and the digits there."""
    return replace(
        part,
        upto=whole(part.upto, part.at + len(part.hand), LATEST, f"{path}.upto"),
        log_likelihood=_number(part.log_likelihood, f"{path}.log_likelihood"),
        parameters=_place(part.parameters, experiment, f"{path}.parameters"),
    )


def _place(values: object, experiment: Experiment, path: str) -> Values:
    """Check a number for each parameter, in its domain."""
    declared = experiment.distribution.parameters()
    given = entries(values, path)
    if len(given) != len(declared):
        raise InvalidCapsule(f"{path} must be {len(declared)} numbers, not {len(given):,}.")
    place = tuple(_number(value, f"{path}[{i}]") for i, value in enumerate(given))
    for i, (parameter, value) in enumerate(zip(declared, place, strict=True)):
        if not parameter.domain.contains(value):
            wanted = parameter.domain.description
            raise InvalidCapsule(f"{path}[{i}] must be {wanted}, not {value:g}.")
    return place


def entries(value: object, path: str) -> Sequence[Any]:
    """Check for a list."""
    if not isinstance(value, list | tuple):
        raise InvalidCapsule(f"{path} must be a list, not {shown(value)}.")
    return value


def named(value: object, names: Sequence[str], path: str) -> Mapping[str, Any]:
    """Check for an object with exactly these fields; ``path`` is what leads to them."""
    if not isinstance(value, Mapping):
        raise InvalidCapsule(f"{path or 'The capsule'} must be an object, not {shown(value)}.")
    for name in value:
        if name not in names:
            raise InvalidCapsule(
                f"{path or 'The capsule'}: {quoted(name)} is no field of a capsule."
            )
    for name in names:
        if name not in value:
            raise InvalidCapsule(f"{path}{'.' if path else ''}{name} is missing.")
    return value


def whole(value: object, low: int, high: int, path: str) -> int:
    """Check for a whole number from ``low`` to ``high``."""
    try:
        return Whole(low, high).check(value)
    except ValueError as reason:
        told = f"must be {low}, not {shown(value)}" if low == high else reason
        raise InvalidCapsule(f"{path} {told}.") from None


def _number(value: object, path: str) -> float:
    try:
        return NUMBER.check(value)
    except ValueError as reason:
        raise InvalidCapsule(f"{path} {reason}.") from None
