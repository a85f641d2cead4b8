"""What contradicts itself in an experiment whose fields are each fine alone, by rules."""

import math
from collections.abc import Callable, Iterator, Mapping

from engine.experiments.declared import Declared
from engine.optimizers import OPTIMIZERS
from engine.quoting import LONGEST, quoted
from engine.schedules import SCHEDULES
from engine.settings import checked, settings

__all__ = ["contradictions", "path"]

Fault = tuple[str, str]
"""A field, or the path to a number in a table, and the sentence on it."""


def contradictions(declared: Declared) -> dict[str, str]:
    """Return the sentences by field; of several on one field the last, which says most."""
    return dict(fault for rule in RULES for fault in rule(declared))


def path(*names: str) -> str:
    """Join names with dots, those that are no plain words in quotes."""
    plain = (n.isascii() and n.isidentifier() and len(n) <= LONGEST for n in names)
    return ".".join(n if p else quoted(n) for n, p in zip(names, plain, strict=True))


def _true(declared: Declared) -> Iterator[Fault]:
    """The parameters that a sample is drawn from."""
    yield from _misnamed(declared, "true", required=not declared.data)


def _start(declared: Declared) -> Iterator[Fault]:
    """A start, which has all parameters or none."""
    yield from _misnamed(declared, "start", required=bool(declared.start))


def _fixed(declared: Declared) -> Iterator[Fault]:
    """Parameters that are held, which must leave one."""
    yield from _misnamed(declared, "fixed", required=False)
    if len(declared.fixed) >= len(declared.distribution.parameters()):
        yield "fixed", "fixed holds every parameter; leave one free to be learned."


def _misnamed(declared: Declared, field: str, *, required: bool) -> Iterator[Fault]:
    """Faults of a table that should hold each parameter of the family in its domain."""
    table: Mapping[str, float] = getattr(declared, field)
    parameters = {p.name: p.domain for p in declared.distribution.parameters()}
    expected = " and ".join(parameters)
    for name in [name for name in table if name not in parameters]:
        required = False  # one that is wanted may be meant
        where = path(field, name)
        yield where, f"{where} is not a parameter of {declared.family}, which has {expected}."
    for name, domain in parameters.items():
        where = path(field, name)
        if name in table and not domain.contains(table[name]):
            yield where, f"{where} must be {domain.description}, not {table[name]:g}."
        elif name not in table and required:
            yield where, f"{where} is missing; it must be {domain.description}."


def _drawn(declared: Declared) -> Iterator[Fault]:
    """True parameters of data that nobody drew."""
    if declared.data and declared.true:
        yield "true", "true belongs to a sample that is drawn, not to data from a file."


def _roleless(declared: Declared) -> Iterator[Fault]:
    """Fields that say what a file holds, without a file."""
    if declared.data:
        return
    for name in ("column", "weights", "event", "lower", "upper"):
        if getattr(declared, name):
            yield name, f"{name} needs a data file to be a column of."
    for name in ("truncate_below", "truncate_above"):
        if getattr(declared, name) is not None:
            yield name, f"{name} belongs to data from a file, not to a sample that is drawn."


def _truncated(declared: Declared) -> Iterator[Fault]:
    """A range without room."""
    low, high = declared.truncate_below, declared.truncate_above
    if low is not None and high is not None and not low < high:
        yield "truncate_below", "truncate_below must be less than truncate_above."


def _bounded(declared: Declared) -> Iterator[Fault]:
    """Columns of bounds, of which there are two, in place of the values and their events."""
    if bool(declared.lower) != bool(declared.upper):
        one, other = ("lower", "upper") if declared.upper else ("upper", "lower")
        yield one, f"{one} is missing; {other} needs it."
    if declared.lower and (declared.column or declared.event):
        which = "column" if declared.column else "event"
        yield which, f"{which} must be empty where lower and upper bound the values."


def _settings(declared: Declared) -> Iterator[Fault]:
    """Settings of another optimizer, or that it does not take."""
    yield from _unsettled(declared, "settings", declared.optimizer, OPTIMIZERS[declared.optimizer])


def _schedule_settings(declared: Declared) -> Iterator[Fault]:
    """Settings of another schedule, likewise."""
    schedule = SCHEDULES[declared.schedule]
    yield from _unsettled(declared, "schedule_settings", declared.schedule, schedule)


def _unsettled(declared: Declared, field: str, owner: str, declaring: type) -> Iterator[Fault]:
    """Faults of a table that should hold settings of an optimizer or a schedule."""
    known = {s.name: s.kind for s in settings(declaring)}
    for name, value in getattr(declared, field).items():
        where = path(field, name)
        if name not in known:
            expected = f", which has {', '.join(known)}" if known else ""
            yield where, f"{where} is not a setting of {owner}{expected}."
            continue
        try:
            checked(known[name], value)
        except ValueError as reason:
            yield where, f"{where} {reason}."


def _rates(declared: Declared) -> Iterator[Fault]:
    """Rates of parameters that are none, or that do not go up."""
    names = declared.distribution.names()
    for name, rate in declared.rates.items():
        where = path("rates", name)
        if name not in names:
            yield where, f"{where} is not a parameter of {declared.family}."
        elif not rate > 0:
            yield where, f"{where} must be a number above 0, not {rate:g}."


def _validation(declared: Declared) -> Iterator[Fault]:
    """Too few values left to train on."""
    trained = declared.n - math.ceil(declared.n * declared.validation)
    if not declared.data and trained < len(declared.distribution.parameters()):
        yield "validation", f"validation leaves {trained} of {declared.n} values to train on."


RULES: tuple[Callable[[Declared], Iterator[Fault]], ...] = (
    _true,
    _start,
    _fixed,
    _drawn,
    _roleless,
    _truncated,
    _bounded,
    _settings,
    _schedule_settings,
    _rates,
    _validation,
)
