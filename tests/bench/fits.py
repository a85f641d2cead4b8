"""Fits: ours beside the fastest peer that reaches the maximum.

Each family is measured in a fresh process, everybody on the same values and in turn. What is
timed is a call as a session under way sees it: everybody's turn begins with a call that is not
timed, for it finds the caches as somebody else left them, and goes on with calls that are. An
answer reaches the maximum when its log-likelihood is no more than a millionth below the best
of all. Run as a script, it measures one family and prints JSON.
"""

import gc
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from in_r import InR, lacking
from models import MODELS
from peers import peers

from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.samples.sample import Sample

OURS = "mle-tui"
SIZES = (10_000, 100_000, 1_000_000)
"""The first warms everybody up and foretells who is too slow for the next."""

ROUNDS, TURN, PATIENCE = 5, 0.05, 1.5
"""A turn is over once its timed calls have taken so many seconds, and the rounds once all have."""

LIMIT, BEHIND = 20.0, 10.0
"""Left out: who would take more seconds, or at the last size that many times the fastest's."""

LOST = 1e-6
HELPED = ("gradient", "NumPy")
"""In the names of contenders that somebody wrote formulas for, besides the log-density."""
TARGETS = {
    "normal": 1,
    "gamma": 1,
    "beta": 5,
    "weibull": 20,
    "student-t": 20,
    "normal-mixture": 40,
    "negative-binomial": 100,
}


def values(family, n):
    """Draws from the model's true member; mixtures are drawn here, by their components."""
    random, true = np.random.default_rng(5), MODELS[family].true
    if family == "normal-mixture":
        weight, *components = true
        first, second = (
            random.normal(mean, variance**0.5, n)
            for mean, variance in (components[:2], components[2:])
        )
        return np.where(random.random(n) < weight, first, second)
    return FAMILIES[family].at(true).draw(n, random)


def ours(family):
    """Our fit, its parameters in the order of the reference."""

    def answer(x):
        fitted = fit(FAMILIES[family], Sample(x))
        if family != "normal-mixture":
            return fitted.parameters
        found = fitted.distribution
        return tuple(
            getattr(found, name)
            for name in ("weight_1", "mean_1", "variance_1", "mean_2", "variance_2")
        )

    return answer


def seconds(contender, x):
    """Seconds of a call, and its answer; who works in a process of its own has a clock there."""
    if isinstance(contender, InR):
        return contender.timed()
    began = time.perf_counter()
    answer = contender(x)
    return time.perf_counter() - began, answer


def turn(contender, x):
    """Seconds of each call in a turn, and the last answer; nobody pays for others' garbage."""
    gc.collect()
    contender(x)
    times = []
    while sum(times) < TURN:
        spent, answer = seconds(contender, x)
        times.append(spent)
    return times, answer


def race(contenders, x):
    """Median seconds of a call and last answer of each, None for one that raises; by turns."""
    times, answers = {name: [] for name in contenders}, {}
    for _ in range(ROUNDS):
        for name, contender in contenders.items():
            if sum(times[name]) > PATIENCE or answers.get(name, 0) is None:
                continue
            try:
                spent, answers[name] = turn(contender, x)
                times[name] += spent
            except Exception:  # noqa: BLE001 - a peer may fail in any way it likes
                answers[name] = None
    return {name: statistics.median(spent or [0.0]) for name, spent in times.items()}, answers


def measure(family):
    """Race everybody at every size; what became of each, by size and name."""
    model, report, slow = MODELS[family], {}, {}
    contenders = {OURS: ours(family), **peers(family)}
    for n in SIZES:
        x = values(family, n)
        chosen = {name: each for name, each in contenders.items() if name not in slow}
        times, answers = race(chosen, x)
        heights = {name: model.judged(a, x) for name, a in answers.items() if a is not None}
        best = max(heights.values())
        rows = {name: {"left out": spent} for name, spent in slow.items()}
        for name in chosen:
            lost = best - heights[name] if name in heights else None
            rows[name] = {"seconds": times[name], "lost": lost}
        report[n] = rows
        fastest = min((rows[name]["seconds"] for name in alone(correct(rows))), default=LIMIT)
        bound = LIMIT / 10 if n == SIZES[0] else min(LIMIT / 10, BEHIND * fastest)
        slow = {name: 10 * spent for name, spent in slow.items()}
        slow |= {name: 10 * times[name] for name in chosen if name != OURS and times[name] > bound}
    return report


def correct(rows):
    """Names of the peers that reach the maximum."""
    return [
        name
        for name, row in rows.items()
        if name != OURS and row.get("lost") is not None and row["lost"] <= LOST
    ]


def alone(names):
    """Those that are given the log-density and no more, or a package's own way."""
    return [name for name in names if not any(word in name for word in HELPED)]


def apart(script, *arguments):
    """What a script prints as JSON in a process of its own; None where it fails."""
    done = subprocess.run(
        [sys.executable, script, *arguments],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    if done.returncode:
        print(f"  {' '.join(arguments)} failed\n{done.stderr[-800:]}")
        return None
    return json.loads(done.stdout)


def known():
    return [family for family in TARGETS if family in FAMILIES]


def table() -> None:
    """Race every family and print who won and who failed."""
    print(f"fits, median call of up to {ROUNDS} turns after a call that is not timed, ms; a peer")
    print(f"counts if it loses at most {LOST:g} of log-likelihood; ratio = fastest such peer /")
    print("mle-tui, of the packages as they are, with the log-density; then of those for which")
    print("formulas were written by hand too")
    print(f"  {'family':<18}{'n':>10}{OURS:>10}{'peer':>10}{'ratio':>8}{'target':>8}  fastest peer")
    notes = []
    for family in known():
        report = apart(__file__, family) or {}
        for n, rows in list(report.items())[1:]:
            notes += remarks(family, int(n), rows)
            mine, reached = rows[OURS], correct(rows)
            line = f"  {family:<18}{int(n):>10,}{1e3 * mine['seconds']:>10.1f}"
            if not reached:
                print(f"{line}  no peer reaches the maximum", flush=True)
                continue
            for group, target in ((alone(reached), TARGETS[family]), (reached, "")):
                name = min(group, key=lambda each, rows=rows: rows[each]["seconds"], default="")
                if name and (target or not alone([name])):
                    spent = rows[name]["seconds"]
                    ratio = f"{spent / mine['seconds']:>8.1f}{target:>8}"
                    print(f"{line}{1e3 * spent:>10.1f}{ratio}  {name}", flush=True)
    print("who failed, and who was left out:")
    if reason := lacking():
        print(f"  fitdistrplus and MASS are not among the peers: {reason}")
    print("\n".join(notes))


def remarks(family, n, rows):
    """One line for each contender that lost log-likelihood, raised, or was left out."""
    for name, row in rows.items():
        if "left out" in row:
            what = f"left out, would take about {row['left out']:.2g} s"
        elif row["lost"] is None:
            what = "raised an error"
        elif row["lost"] > LOST:
            what = f"lost {row['lost']:.2g} of log-likelihood in {1e3 * row['seconds']:,.0f} ms"
        else:
            continue
        yield f"  {family:<18}{n:>10,}  {name:<30}{what}"


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
