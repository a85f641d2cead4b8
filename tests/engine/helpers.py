"""What several tests share: a recorded run, a numeric derivative, and what hypothesis draws."""

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from hypothesis import strategies as st

from engine import Experiment, Step, Tape, Training
from engine.distributions import FAMILIES, Distribution
from engine.domains import ABOVE_ONE, POSITIVE, REAL, UNIT, Domain
from engine.fits.curvature import standard_errors
from engine.likelihoods.coordinates import COORDINATES
from engine.optimizers import OPTIMIZERS
from engine.samples.sample import GENERATORS, Sample
from engine.schedules import SCHEDULES
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

MODERATE = {
    REAL: (-10.0, 10.0),
    POSITIVE: (0.1, 10.0),
    UNIT: (0.05, 0.95),
    ABOVE_ONE: (1.5, 6.0),
}
"""Where in each domain the drawn parameters lie."""


ROUGH = {name for name, family in FAMILIES.items() if family.corner} | {"generalized-normal"}
"""Families whose likelihood has kinks or corners, where no derivative is."""


def record(training: Training) -> Tape:
    """Run a training to its stop and keep every step."""
    tape = Tape(len(training.start))
    for block in training.blocks():
        tape.append(block)
    return tape


def bits(steps: Iterable[Step]) -> list[str]:
    """Write steps so that two are equal only if every double is the same, signed zeros included."""
    return [repr(step) for step in steps]


def off(training: Training, parameters: Iterable[float]) -> float:
    """Measure how far parameters are from the training maximum, in standard errors."""
    best = training.training_mle
    errors = standard_errors(training.train, best or ())
    if best is None or errors is None:
        return math.inf
    return float(np.max(np.abs(np.subtract(tuple(parameters), best)) / errors))


def refusal(error: type[ValueError], function: Callable[..., Any], *arguments: Any) -> str:
    """Return the words of the error that a call raises, empty where it raises none."""
    try:
        function(*arguments)
    except error as fault:
        return str(fault)
    return ""


def derivative(function: Callable[[float], Any], at: float, step: float) -> Any:
    """Differentiate by the five-point rule, whose error falls with the fourth power of the step."""
    near = np.subtract(function(at + step), function(at - step))
    far = np.subtract(function(at + 2 * step), function(at - 2 * step))
    return (8 * near - far) / (12 * step)


def inside(domain: Domain) -> st.SearchStrategy[float]:
    """Moderate numbers of a domain."""
    return st.floats(*MODERATE[domain])


def moderate(family: type[Distribution]) -> Distribution:
    """Return one unremarkable member of a family."""
    return family.at(family.example)


def shifted(member: Distribution, index: int, value: float) -> Distribution:
    """Replace one parameter of a distribution."""
    before = member.values()
    return type(member).at((*before[:index], value, *before[index + 1 :]))


def reachable(member: Distribution, x: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Whether each value stays possible well beyond the steps of a numeric derivative."""
    kept = np.isfinite(member.log_density(x))
    for i, value in enumerate(member.values()):
        step = 3e-2 * abs(value) + 2e-5
        for v in (value - step, value + step):
            kept &= np.isfinite(shifted(member, i, v).log_density(x))
    return kept


@st.composite
def members(draw: st.DrawFn, family: type[Distribution]) -> Distribution:
    """Distributions of a family around its example."""
    values = []
    for declared, value in zip(family.parameters(), family.example, strict=True):
        if declared.domain == REAL:
            values.append(value + draw(st.floats(-0.3, 0.3)) * (abs(value) + 0.3))
        else:
            values.append(value * draw(st.floats(0.5, 1.0 if declared.domain == UNIT else 2.0)))
    return family.at(values)


@st.composite
def samples(draw: st.DrawFn, family: type[Distribution]) -> Sample:
    """Samples of a family of up to forty values."""
    size, seed = draw(st.integers(5, 40)), draw(st.integers(0, 2**32 - 1))
    return Sample(draw(members(family)).draw(size, np.random.default_rng(seed)))


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """Experiments on small drawn samples, with anything from a timid to an absurd rate."""
    family = draw(st.sampled_from(sorted(FAMILIES)))
    names = [p.name for p in FAMILIES[family].parameters()]
    table = members(FAMILIES[family]).map(lambda m: dict(zip(names, m.values(), strict=True)))
    seeds = st.integers(0, 2**32 - 1)
    return Experiment(
        family=family,
        n=draw(st.integers(10, 300)),
        generator=draw(st.sampled_from(sorted(GENERATORS))),
        seed=draw(seeds),
        optimizer=draw(st.sampled_from(sorted(OPTIMIZERS))),
        learning_rate=10.0 ** draw(st.floats(-4, 3)),
        schedule=draw(st.sampled_from(sorted(SCHEDULES))),
        coordinates=draw(st.sampled_from(sorted(COORDINATES))),
        epochs=draw(st.integers(1, 2500)),
        tolerance=10.0 ** draw(st.floats(-12, 0)),
        patience=draw(st.integers(0, 100)),
        validation=draw(st.floats(0, 0.5)),
        split_seed=draw(seeds),
        true=draw(table),
        start=draw(st.just({}) | table),
    )


def read_sample(name, column=""):
    """Read a column of a file, or its only one that holds numbers."""
    return read_observations(name, Roles(column))
