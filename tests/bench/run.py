"""Speed, as ratios against named peers measured in the same run. Begin it with ``make bench``."""

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import adam
import costs
import first_paint
import fits
import latency
import neighbours
import reading
import resident
import slow_line
import surfaces
from article_loop import ascend

from engine.presets import preset
from engine.runs.training import Training
from engine.tapes.tape import Tape

ROUNDS = 7
ARTICLE_EPOCHS = 20


def epochs() -> None:
    """Epochs a second: the article's loop beside ours, every step kept on the tape."""
    training = Training(preset("article"))
    experiment = training.experiment
    train, validation = training.sample.split(experiment.validation, experiment.split_seed)
    assert validation is not None
    ascend(train.values, validation.values, 2, experiment.learning_rate)
    theirs, ours = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ascend(train.values, validation.values, ARTICLE_EPOCHS, experiment.learning_rate)
        theirs.append(ARTICLE_EPOCHS / (time.perf_counter() - began))
        tape = Tape(len(training.start))
        began = time.perf_counter()
        for block in training.blocks():
            tape.append(block)
        ours.append((len(tape) - 1) / (time.perf_counter() - began))
        assert len(tape) == experiment.epochs + 1
    ratio = statistics.median(b / a for a, b in zip(theirs, ours, strict=True))
    print(f"epochs a second, n = {experiment.n:,}, median of {ROUNDS} rounds in turn")
    print(f"  the article's loop (NumPy, scipy.stats; {ARTICLE_EPOCHS} epochs) ", end="")
    print(f"{statistics.median(theirs):>12,.0f}")
    print(f"  mle-tui (all {experiment.epochs:,} epochs, every step kept)   ", end="")
    print(f"{statistics.median(ours):>12,.0f}")
    print(f"  ratio {ratio:,.0f} (at least 1,000, target 3,000)")


def paint() -> None:
    """First paint of the lab beside that of a minimal Textual app."""
    pairs = [(first_paint.minimal(), *first_paint.lab()) for _ in range(ROUNDS)]
    minimal, painted, ready = (1e3 * statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(painted / minimal for minimal, painted, _ in pairs)
    print(f"time to the screen in a pseudo-terminal, ms, median of {ROUNDS} rounds in turn")
    print(f"  a minimal Textual app, first paint          {minimal:>12,.0f}")
    print(f"  the lab, first paint                        {painted:>12,.0f}")
    print(f"  the lab, ready to run                       {ready:>12,.0f}")
    print(f"  ratio of the first paints {ratio:.2f} (at most 1.6)")


if __name__ == "__main__":
    epochs()
    adam.table()
    paint()
    neighbours.table()
    latency.table()
    slow_line.table()
    surfaces.table()
    fits.table()
    costs.table()
    reading.table()
    resident.table()
