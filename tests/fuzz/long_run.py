"""A run of very many steps: what it adds to the memory, and that every step is there.

python -m tests.fuzz.long_run 10000000
"""

import os
import sys
from pathlib import Path

from engine import Experiment, Training
from engine.runs.journey import Journey

MOST = 50e6
"""Bytes by which memory may grow."""
PLACES = 7


def resident() -> int:
    """Bytes of this process that are in memory."""
    pages = Path("/proc/self/statm").read_text("utf-8").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def main(steps: int) -> int:
    """Run, and look at steps anywhere on the way; tell the most that memory grew."""
    settings = {"n": 1000, "epochs": steps, "patience": 0, "tolerance": 0.0, "near": 0.0}
    training = Training(Experiment.of({**settings, "learning_rate": 1e-7}))
    branch = Journey(training).branches[0]
    branch.reach(1000)
    before = resident()
    grown, seen = 0, {}
    while branch.tape.stop is None:
        branch.pull()
        grown = max(grown, resident() - before)
        seen.setdefault(len(branch.tape) // (steps // PLACES), branch.tape[-1])
    lost = [step.epoch for step in seen.values() if branch.tape[step.epoch].train != step.train]
    grown = max(grown, resident() - before)
    print(f"{len(branch.tape):,} steps grew memory by {grown / 1e6:.0f} MB.")
    if lost or grown > MOST:
        print(f"Other steps than before: {lost}; at most {MOST / 1e6:.0f} MB.", file=sys.stderr)
    return int(bool(lost) or grown > MOST)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
