"""What a run shows: the two charts, drawn from its tape up to a step."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from engine.tape import Tape
from engine.training import Training
from tui.charts import Curve, density_chart, line_chart
from tui.palette import Palette
from tui.snapshot import Snapshot

__all__ = ["density", "log_likelihood"]

Array = NDArray[np.float64]

BEYOND = 0.06


def log_likelihood(snapshot: Snapshot, size: tuple[int, int], palette: Palette) -> Text:
    """Draw the log-likelihoods of training and validation over the epochs.

    On the logarithmic axis, the gap to the best instead: for the training sample to its
    maximum where one is known, otherwise and for validation to the best step so far.
    Per observation the two samples share a scale, and leaving out the first twentieth of
    the epochs shows both curves climb. Other branches show their training sample.
    """
    end = snapshot.at + 1
    begin = end // 20 if snapshot.per_observation and not snapshot.log_axis else 0
    parts = [(ghost.tape, (max(ghost.fork, begin), ghost.seen + 1)) for ghost in snapshot.ghosts]
    curves = [_curve(snapshot, tape, "train", part, palette.ghost) for tape, part in parts]
    shown = [("train", palette.train)]
    if snapshot.training.validation is not None:
        shown.append(("validation", palette.validation))
    curves += [_curve(snapshot, snapshot.tape, name, (begin, end), color) for name, color in shown]
    return line_chart(curves, size, palette, log=snapshot.log_axis, growing=snapshot.running)


def _curve(snapshot: Snapshot, tape: Tape, name: str, part: tuple[int, int], color: str) -> Curve:
    """One log-likelihood over a part of a tape, as it is to be looked at."""
    training = snapshot.training
    likelihood = training.train if name == "train" else training.validation
    epochs, values = tape.outline(name, *part)
    if snapshot.log_axis and values.size:
        maximum = training.training_mle if name == "train" else None
        best = float(values.max())
        if likelihood is not None and maximum is not None:
            best = likelihood.value(maximum)
        values = best - values
    if snapshot.per_observation and likelihood is not None:
        values = values / likelihood.n
    if snapshot.log_axis:
        values = np.log10(np.where(values > 0, values, np.nan))
    return Curve(epochs, values, color)


def density(snapshot: Snapshot, size: tuple[int, int], palette: Palette) -> Text:
    """Draw the sample's histogram with the initial, the true and the present density."""
    training = snapshot.training
    histogram = _histogram(training, 2 * size[0])
    x = np.linspace(histogram[1][0], histogram[1][-1], 3 * size[0])
    shown = [
        (training.family.at(snapshot.tape[0].parameters), palette.initial),
        (training.experiment.origin, palette.true),
        (training.family.at(snapshot.tape[snapshot.at].parameters), palette.fitted),
    ]
    at: Array = np.rint(x) if training.family.support.whole else x
    with np.errstate(all="ignore"):
        curves = [Curve(x, np.exp(d.log_density(at)), c) for d, c in shown if d is not None]
    return density_chart(histogram, curves, size, palette)


@lru_cache(maxsize=8)
def _histogram(training: Training, most: int) -> tuple[Array, Array]:
    """Heights and edges: a bin for each count; else at most so many, fewer for small samples.

    Of far tails, only as much is shown as leaves the bulk of the sample its room.
    """
    values = training.sample.values
    least, low, high, greatest = np.quantile(values, [0.0, 0.005, 0.995, 1.0])
    low, high = max(least, 2 * low - high), min(greatest, 2 * high - low)
    if training.family.support.whole:
        counts, edges = np.histogram(values, np.arange(low - 0.5, high + 1.0))
    else:
        margin = BEYOND * (high - low) or 1.0
        bins = min(most, 2 * int(np.log2(values.size) + 1)) if values.size < 5000 else most
        counts, edges = np.histogram(values, bins, (low - margin, high + margin))
    return counts / np.diff(edges) / values.size, edges
