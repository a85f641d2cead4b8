"""The final report: the article's six sections, and what it left out.

Left out were the standard errors beside the errors, the two causes of an error, and where
and why training stopped.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.distributions.base import Distribution
from engine.fits.curvature import standard_errors
from engine.reports.price import Price, price
from engine.reports.progress import Row, rows
from engine.runs.training import Training
from engine.stopping import Stop
from engine.tapes.tape import Step, Tape

__all__ = ["Report", "document", "report", "row_entry"]

Values = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run has come to, at its end or so far. Parameters are in the family's order.

    ``sample_mle`` maximises the likelihood of the whole sample, ``training_mle`` that of
    its training part, with what is held held. ``errors`` is |sample_mle − estimate|, the sum
    or difference of what ``withheld`` data cost, |sample_mle − training_mle|, and what
    stopping early cost, |training_mle − estimate|. ``standard_errors`` are from the curvature
    of the training likelihood at its maximum, or at the estimate where no formula gives that.
    Log-likelihoods are sums over ``n`` observations.
    """

    names: tuple[str, ...]
    symbols: tuple[str, ...]
    seconds: float
    target: Values | None
    sample_mle: Values | None
    training_mle: Values | None
    estimate: Values
    initial: Values
    errors: Values | None
    withheld: Values | None
    early: Values | None
    standard_errors: Values | None
    implied: Mapping[str, float]
    """What follows from the estimate, such as a mixture's last weight."""
    estimate_epoch: int
    last: Step
    train_log_likelihood: float
    validation_log_likelihood: float | None
    train_n: float
    validation_n: float
    stop: Stop | None
    price: Price


def report(training: Training, tape: Tape, at: int | None = None) -> Report:
    """Sum up a run: its estimate once it has stopped, or the best step up to ``at``."""
    stop = tape.stop if at is None or at >= len(tape) - 1 else None
    chosen = tape[stop.best if stop else tape.best(None if at is None else at + 1)]
    whole, trained = training.sample_mle, training.training_mle
    origin = training.experiment.origin
    family, fixed = training.family.parameters(), training.experiment.fixed
    free = [place for place, p in enumerate(family) if p.name not in fixed]
    return Report(
        names=tuple(p.name for p in family),
        symbols=tuple(p.symbol for p in family),
        seconds=tape.seconds,
        target=origin.values() if origin else None,
        sample_mle=whole,
        training_mle=trained,
        estimate=chosen.parameters,
        initial=tape[0].parameters,
        errors=_apart(whole, chosen.parameters),
        withheld=_apart(whole, trained),
        early=_apart(trained, chosen.parameters),
        standard_errors=standard_errors(training.train, trained or chosen.parameters, free),
        implied=training.family.at(chosen.parameters).implied(),
        estimate_epoch=chosen.epoch,
        last=tape[-1 if at is None else at],
        train_log_likelihood=chosen.train,
        validation_log_likelihood=chosen.validation,
        train_n=training.train.n,
        validation_n=training.validation.n if training.validation else 0,
        stop=stop,
        price=price(training, chosen.parameters),
    )


def row_entry(row: Row, family: type[Distribution]) -> dict[str, Any]:
    """Return a row of the progress as a document has it."""
    return {
        "epoch": row.epoch,
        "train_log_likelihood": row.train_log_likelihood,
        "validation_log_likelihood": row.validation_log_likelihood,
        "parameters": family.by_name(row.parameters),
        "gradient_norm": row.gradient_norm,
        "learning_rate": row.learning_rate,
    }


def _apart(a: Values | None, b: Values | None) -> Values | None:
    return None if a is None or b is None else tuple(np.abs(np.subtract(a, b)).tolist())


def document(
    training: Training,
    tape: Tape,
    every: int,
    at: int | None = None,
    table: Iterable[Row] | None = None,
) -> dict[str, Any]:
    """Return a run, up to a step or all of it, as the JSON that scripts rely on.

    ``table`` has its rows, where they are there already.
    """
    told, family = report(training, tape, at), training.family
    stop = told.stop

    def named(values: Values | None) -> dict[str, float] | None:
        """A member's parameters by name."""
        return None if values is None else family.by_name(values)

    maximum, estimate = named(told.sample_mle), family.by_name(told.estimate)
    errors = None if maximum is None else {n: abs(v - estimate[n]) for n, v in maximum.items()}

    return {
        "experiment": training.experiment.to_mapping(),
        "rows": [
            row_entry(row, family)
            for row in (rows(tape, every, upto=at) if table is None else table)
        ],
        "stop": stop and {"epoch": stop.epoch, "reason": stop.reason, "converged": stop.converged},
        "report": {
            "duration_seconds": told.seconds,
            "target": named(told.target),
            "sample_mle": maximum,
            "training_mle": named(told.training_mle),
            "estimate": estimate,
            "estimate_epoch": told.estimate_epoch,
            "initial": named(told.initial),
            "errors": errors,
            "standard_errors": told.standard_errors
            and dict(zip(told.names, told.standard_errors, strict=True)),
            "price": dataclasses.asdict(told.price),
        },
    }
