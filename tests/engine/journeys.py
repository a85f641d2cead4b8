"""Journeys that hypothesis draws: a small run, and what is done to it one after the other."""

import math

import numpy as np
from hypothesis import strategies as st

from engine import Experiment, InvalidExperiment, Training
from engine.runs.journey import Branch, Journey

SMALL = Experiment(n=60, seed=7, epochs=200, patience=0, tolerance=0.0, near=0.0)
GAMMA = Experiment.of(
    {"family": "gamma", "n": 50, "epochs": 200, "validation": 0.0, "learning_rate": 0.3}
)
RULES = [
    {},
    {"learning_rate": 0.2},
    {"optimizer": "momentum"},
    {"optimizer": "adam", "learning_rate": 0.05},
    {"optimizer": "lbfgs", "learning_rate": 1.0},
    {"optimizer": "newton", "learning_rate": 1.0},
    {"optimizer": "coordinate-ascent", "learning_rate": 1.0},
    {"optimizer": "nelder-mead", "learning_rate": 1.0},
    {"batch": 16},
    {"average_from": 20},
    {"schedule": "plateau"},
    {"schedule": "cosine"},
    {"noise": 0.1, "clip": 0.5, "batch": 0},
    {"fixed": {}},
    {"epochs": 90},
]
"""Changes of the rules; any may follow upon any other."""

MOVES = st.tuples(
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from(["branch", "drive", "hold"]),
    st.integers(0, len(RULES) - 1),
    st.floats(0.3, 3.0),
    st.integers(0, 40),
)
"""Which branch, where on it, what is done, by which rules, how far, and how long it is watched."""


def start(experiment: Experiment = SMALL, upto: int = 80) -> tuple[Journey, Branch]:
    """A journey whose first run was watched for a while."""
    journey = Journey(Training(experiment))
    return journey, watch(journey.branches[0], upto)


def watch(branch: Branch, epochs: int) -> Branch:
    """Look at a branch for so many epochs from its begin on."""
    branch.seen = branch.reach(branch.begin + epochs) if epochs else branch.seen
    return branch


def rows(branch: Branch, upto: int | None = None) -> bytes:
    """The tape's rows as their bits."""
    length = len(branch.tape) if upto is None else upto
    return branch.tape.rows(0, length).tobytes()


def move(journey: Journey, drawn: tuple) -> Branch | None:
    """Make a move that was drawn; None where there is no such branch."""
    which, where, kind, rule, far, epochs = drawn
    leaving = journey.branches[math.floor(which * (len(journey.branches) - 1))]
    seen = len(leaving.tape) - 1
    epoch = round(where * min(seen, 120))
    try:
        if kind == "branch":
            made = journey.branch(leaving, epoch, RULES[rule])
        else:
            here = np.array(leaving.tape[epoch].parameters)
            place = tuple((here * [far, 1.0 / far]).tolist())
            name = leaving.training.family.parameters()[rule % 2].name
            value = {name: place[rule % 2]}
            made = (
                journey.drive(leaving, epoch, place)
                if kind == "drive"
                else journey.branch(leaving, epoch, {"fixed": value})
            )
    except InvalidExperiment:
        return None
    made.reach(made.begin)
    return watch(made, epochs)


def wandered(first: Experiment, drawn: list) -> Journey:
    """A journey of drawn moves."""
    journey, _ = start(first)
    for each in drawn:
        move(journey, each)
    return journey
