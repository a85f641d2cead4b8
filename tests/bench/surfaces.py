"""How soon the first picture of a surface is there, for every family of two parameters or more.

The sample has 100,000 values; the time is that of the survey and of the drawing in a pane of a
terminal of 120×40, from the start of a run.
"""

import statistics
import time

from engine.distributions import FAMILIES
from engine.distributions.families import NUMBERS, family
from engine.experiments.experiment import Experiment
from engine.runs.training import Training
from engine.tapes.tape import Tape
from tui.palette import DARK
from tui.snapshot import Snapshot
from tui.survey import Survey

N = 100_000
SIZE = (62, 34)
TRIALS = 20
SLOWEST = 3


def snapshot(name: str) -> Snapshot | None:
    """The start of a run of a family, its maximum known; None of one parameter."""
    known = {"trials": TRIALS} if FAMILIES[name].known == "trials" else {}
    made = family(name, {number: known.get(number) or 0 for number in NUMBERS} if known else {})
    if len(made.parameters()) < 2:
        return None
    true = {p.name: v for p, v in zip(made.parameters(), made.example, strict=True)}
    training = Training(Experiment(family=name, n=N, true=true, start={}, validation=0, **known))
    _ = training.training_mle
    tape = Tape(len(training.start))
    tape.append(next(training.blocks()))
    return Snapshot(training, tape, 0)


def first_picture(shown: Snapshot, *, profile: bool) -> float:
    """Seconds until the map is drawn."""
    survey = Survey(profile=profile)
    began = time.perf_counter()
    survey.look(shown, SIZE).map_picture(SIZE, DARK)
    return time.perf_counter() - began


def table() -> None:
    """Print the median and the slowest families."""
    shown = {name: found for name in FAMILIES if (found := snapshot(name)) is not None}
    print(f"first picture of a surface, n = {N:,}, {len(shown)} families, ms (at most 500)")
    for told, profile in (("others profiled out", True), ("others held", False)):
        first_picture(next(iter(shown.values())), profile=profile)
        spent = {name: 1e3 * first_picture(s, profile=profile) for name, s in shown.items()}
        slow = sorted(spent, key=spent.__getitem__)[-SLOWEST:]
        print(f"  {told:<20} median {statistics.median(spent.values()):>6.0f}  slowest ", end="")
        print(", ".join(f"{name} {spent[name]:.0f}" for name in reversed(slow)))


if __name__ == "__main__":
    table()
