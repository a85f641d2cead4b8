"""What a lesson can ask about a moment of the lab, each fact by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.lessons.condition import Value

if TYPE_CHECKING:
    from tui.snapshot import Snapshot

__all__ = ["FACTS", "TABLES", "Moment", "fact", "words"]


@dataclass(frozen=True, slots=True)
class Moment:
    """What is shown, where, and how often each action was called since the task was set."""

    snapshot: Snapshot
    tab: str
    did: Mapping[str, int]


def _apart(snapshot: Snapshot, epoch: int) -> tuple[float | None, float | None]:
    """How far a step is from the maximum, in standard errors and in log-likelihood."""
    from engine.reports.price import apart  # noqa: PLC0415 - heavy: after the first paint

    training = snapshot.training
    return apart(training.train, training.training_mle, snapshot.tape[epoch].parameters)


def _given_up(snapshot: Snapshot) -> float | None:
    stop = snapshot.tape.stop
    return _apart(snapshot, stop.best)[0] if stop and snapshot.finished else None


def _truth(snapshot: Snapshot) -> float | None:
    from engine.reports.price import apart  # noqa: PLC0415 - heavy: after the first paint

    training = snapshot.training
    if (true := training.experiment.origin) is None:
        return None
    return apart(training.whole, training.sample_mle, true.values())[0]


def _gain(snapshot: Snapshot) -> float:
    train = snapshot.tape.column("train")
    return float(train[snapshot.at] - train[0])


def _product(snapshot: Snapshot) -> float | None:
    from engine.likelihoods.terms import terms  # noqa: PLC0415 - heavy: after the first paint

    training, here = snapshot.training, snapshot.tape[snapshot.at].parameters
    found = terms(training.family, training.ground.trained, here)
    return float(found.product[-1]) if found else None


FACTS: Mapping[str, tuple[str, Callable[[Moment], Value | None]]] = {
    "epoch": ("the epoch", lambda m: m.snapshot.at),
    "log_likelihood": ("the log-likelihood", lambda m: m.snapshot.tape[m.snapshot.at].train),
    "gap": ("the log-likelihood below its maximum", lambda m: _apart(m.snapshot, m.snapshot.at)[1]),
    "gain": ("the gain since the start", lambda m: _gain(m.snapshot)),
    "distance": (
        "standard errors from the maximum",
        lambda m: _apart(m.snapshot, m.snapshot.at)[0],
    ),
    "given_up": ("standard errors given up by stopping", lambda m: _given_up(m.snapshot)),
    "truth": ("standard errors from maximum to truth", lambda m: _truth(m.snapshot)),
    "gradient": ("the gradient's length", lambda m: m.snapshot.tape[m.snapshot.at].gradient_norm),
    "product": ("the product of the densities", lambda m: _product(m.snapshot)),
    "running": ("running", lambda m: m.snapshot.running),
    "stopped": ("run to its end", lambda m: m.snapshot.finished),
    "converged": (
        "converged",
        lambda m: (
            m.snapshot.finished and bool(m.snapshot.tape.stop and m.snapshot.tape.stop.converged)
        ),
    ),
    "branches": ("branches", lambda m: 1 + len(m.snapshot.ghosts)),
    "nudges": (
        "moves by hand",
        lambda m: sum(len(b.hand) for b in m.snapshot.branch.lineage) if m.snapshot.branch else 0,
    ),
    "lanes": (
        "optimizers in the race",
        lambda m: len(m.snapshot.race.names) if m.snapshot.race else 0,
    ),
    "log_axis": ("the logarithmic axis", lambda m: m.snapshot.log_axis),
    "per_observation": ("divided by n", lambda m: m.snapshot.per_observation),
    "pace": ("the pace", lambda m: m.snapshot.pace.name),
    "tab": ("the tab", lambda m: m.tab),
}
"""Facts by name: in words, and how they are found. None is a fact that is not known."""

TABLES = ("parameter", "did", "start", "true", "rates", "fixed", "settings", "schedule_settings")
"""What has parts, which follow a dot: ``parameter.mean``, ``did.ledger``, ``rates.mean``."""


def fact(name: str, moment: Moment) -> Value | None:
    """Return a fact of the moment; besides those of ``FACTS`` every field of the experiment."""
    if name in FACTS:
        return FACTS[name][1](moment)
    table, dot, part = name.partition(".")
    training = moment.snapshot.training
    if not dot:
        value = getattr(training.experiment, name)
        return value if isinstance(value, bool | int | float | str) else None
    if table == "did":
        return moment.did.get(part, 0)
    if table == "parameter":
        names = [p.name for p in training.family.parameters()]
        values = moment.snapshot.tape[moment.snapshot.at].parameters
        return dict(zip(names, values, strict=True)).get(part)
    found: Mapping[str, float] = getattr(training.experiment, table)
    return found.get(part)


def words(name: str) -> str:
    """Return a fact's name as it is told."""
    if name in FACTS:
        return FACTS[name][0]
    table, dot, part = name.partition(".")
    if table == "did":
        return f"“{part.replace('_', ' ')}”"
    own = {"parameter": part, "rates": f"rate of the {part}"}
    told = own.get(table, f"{part} of the {table}") if dot else name
    return told.replace("_", " ")
