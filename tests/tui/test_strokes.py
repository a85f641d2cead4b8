"""Lines of one chart are told apart by how they are drawn, not by colour alone."""

import numpy as np
import pytest

from engine.experiments.experiment import Experiment
from engine.runs.training import Training
from engine.tapes.tape import Tape
from tui.palette import DARK
from tui.pictures.raster import Raster
from tui.pictures.run import density_curves, likelihood_curves
from tui.pictures.strokes import DASHED, DOTTED, SOLID, kept
from tui.snapshot import Snapshot


def drawn(stroke: str) -> str:
    raster = Raster(12, 1)
    raster.polyline(np.array([0.0, 23.0]), np.array([0.0, 0.0]), "#111111", stroke)
    return raster.layer().text().plain


@pytest.mark.parametrize(
    ("stroke", "looks"),
    [(SOLID, "⠉" * 12), (DASHED, "⠉⠉⠉   ⠉⠉⠉   "), (DOTTED, "⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ")],
)
def test_a_stroke_leaves_out_as_much_as_it_draws(stroke: str, looks: str) -> None:
    assert drawn(stroke) == looks


@pytest.mark.parametrize("stroke", [SOLID, DASHED, DOTTED])
def test_dots_that_are_drawn_twice_count_once(stroke: str) -> None:
    x, y = np.arange(40), np.arange(40) // 3
    once = kept(x, y, stroke)
    twice = kept(np.repeat(x, 2), np.repeat(y, 2), stroke)
    assert twice.tolist() == np.repeat(once, 2).tolist()
    assert kept(y, x, stroke).tolist() == once.tolist()
    assert kept(x[:0], y[:0], stroke).size == 0


def test_no_two_curves_of_a_chart_have_the_same_stroke() -> None:
    training = Training(Experiment(n=100, epochs=5))
    tape = Tape(len(training.start))
    for block in training.blocks():
        tape.append(block)
    snapshot = Snapshot(training, tape, len(tape) - 1)
    for curves in (likelihood_curves(snapshot, DARK), density_curves(snapshot, 40, DARK)[1]):
        strokes = [curve.stroke for _, curve in curves]
        assert len(set(strokes)) == len(strokes) >= 2
