"""What a run shows: the two charts, drawn from its tape up to a step."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from engine.likelihoods.truncated import Truncated
from engine.runs.training import Training
from engine.samples.histogram import histogram
from engine.tapes.tape import Tape
from tui.palette import Palette
from tui.pictures.charts import density_chart, line_chart
from tui.pictures.curve import Curve, thin
from tui.pictures.strokes import DASHED, DOTTED, SOLID
from tui.snapshot import Snapshot

__all__ = ["density", "density_curves", "likelihood_curves", "log_likelihood"]

Array = NDArray[np.float64]

FINEST = 500
"""Stretches of a curve that are told apart where its logarithms are taken."""

_histogram = lru_cache(maxsize=8)(histogram)


def log_likelihood(snapshot: Snapshot, size: tuple[int, int], palette: Palette) -> Text:
    """Draw the log-likelihoods of training and validation over the epochs.

    On the logarithmic axis, the gap to the best instead: for the training sample to its
    maximum where one is known, otherwise and for validation to the best step so far.
    Per observation the two samples share a scale, and leaving out the first twentieth of
    the epochs shows both curves climb. Other branches show their training sample.
    """
    curves = [curve for _, curve in likelihood_curves(snapshot, palette)]
    return line_chart(curves, size, palette, log=snapshot.log_axis, growing=snapshot.running)


def likelihood_curves(snapshot: Snapshot, palette: Palette) -> list[tuple[str, Curve]]:
    """Return the curves of that chart with their names, those of other branches first."""
    end = snapshot.at + 1
    begin = end // 20 if snapshot.per_observation and not snapshot.log_axis else 0
    parts = [(ghost.tape, (max(ghost.fork, begin), ghost.seen + 1)) for ghost in snapshot.ghosts]
    curves = [
        ("another branch", _curve(snapshot, tape, "train", part, (palette.ghost, DOTTED)))
        for tape, part in parts
    ]
    shown = {"train": (palette.train, SOLID)}
    if snapshot.training.validation is not None:
        shown["validation"] = palette.validation, DASHED
    for name, look in shown.items():
        curves.append((name, _curve(snapshot, snapshot.tape, name, (begin, end), look)))
    return curves


def _curve(
    snapshot: Snapshot, tape: Tape, name: str, part: tuple[int, int], look: tuple[str, str]
) -> Curve:
    """One log-likelihood over a part of a tape, in a colour and a stroke."""
    training = snapshot.training
    likelihood = training.train if name == "train" else training.validation
    epochs, values = tape.outline(name, *part)
    values = np.array(values)  # once out of the tape's rows, and computed with in place
    if snapshot.log_axis and values.size:
        highest = _maximum(training) if name == "train" else None
        np.subtract(values.max() if highest is None else highest, values, out=values)
        values[values <= 0] = np.nan
    if snapshot.per_observation and likelihood is not None:
        values /= likelihood.n
    curve = Curve(epochs, values, look[0], stroke=look[1])
    if snapshot.log_axis:
        curve = thin(curve, FINEST)
        curve = replace(curve, y=np.log10(curve.y))
    return curve


@lru_cache(maxsize=8)
def _maximum(training: Training) -> float | None:
    """Log-likelihood of the training sample at its maximum, where one is known."""
    maximum = training.training_mle
    return None if maximum is None else training.train.value(maximum)


def density(snapshot: Snapshot, size: tuple[int, int], palette: Palette) -> Text:
    """Draw the sample's histogram with the initial, the true and the present density."""
    bars, curves = density_curves(snapshot, size[0], palette)
    return density_chart(bars, [curve for _, curve in curves], size, palette)


def density_curves(
    snapshot: Snapshot, columns: int, palette: Palette
) -> tuple[tuple[Array, Array], list[tuple[str, Curve]]]:
    """Return that chart's histogram, and its curves with their names.

    A truncated sample has its laws' densities divided by the probability of being observed.
    """
    training, sample = snapshot.training, snapshot.training.sample
    whole = training.family.support.whole
    bars = _histogram(sample, 2 * columns, whole=whole)
    x = np.linspace(bars[1][0], bars[1][-1], 3 * columns)
    shown = [
        ("start", training.family.at(snapshot.tape[0].parameters), palette.initial, DOTTED),
        ("true", training.experiment.origin, palette.true, DASHED),
        ("fit", training.family.at(snapshot.tape[snapshot.at].parameters), palette.fitted, SOLID),
    ]
    at: Array = np.rint(x) if whole else x
    curves = [
        (name, Curve(x, Truncated.of(law, sample).density(at), color, stroke=stroke))
        for name, law, color, stroke in shown
        if law is not None
    ]
    return bars, curves
