"""One experiment gives the same steps, to the last bit, however it is iterated."""

import dataclasses

import pytest
from hypothesis import given, settings

from engine import Experiment, InvalidExperiment, Tape, Training, preset
from engine.likelihoods.coordinates import COORDINATES
from engine.stopping import Cause

from .helpers import bits, experiments, record, refusal

SMALL = Experiment(n=60, seed=7, epochs=3000, patience=0, tolerance=0.0)
CASES = {
    **{name: dataclasses.replace(SMALL, coordinates=name) for name in COORDINATES},
    "one-epoch": dataclasses.replace(SMALL, epochs=1),
    "before-a-block-ends": dataclasses.replace(SMALL, epochs=1022),
    "as-a-block-ends": dataclasses.replace(SMALL, epochs=1023),
    "as-a-block-begins": dataclasses.replace(SMALL, epochs=1024),
    "no-validation": dataclasses.replace(SMALL, validation=0.0),
    "another-generator": dataclasses.replace(SMALL, generator="pcg64"),
    "guessed-start": dataclasses.replace(SMALL, start={}),
}
ENDINGS = {
    Cause.PATIENCE: dataclasses.replace(SMALL, patience=20),
    Cause.LEVEL: dataclasses.replace(SMALL, tolerance=1e-3),
    Cause.DIVERGED: dataclasses.replace(SMALL, coordinates="unconstrained", learning_rate=1e3),
    Cause.VANISHED: dataclasses.replace(SMALL, start={}, coordinates="standardized"),
    Cause.BUDGET: SMALL,
}
EVERY = [
    pytest.param(experiment, id=getattr(name, "name", name))
    for name, experiment in (CASES | ENDINGS).items()
]


async def awaited(experiment):
    return [step async for step in Training(experiment)]


async def streamed(experiment):
    training = Training(experiment)
    tape = Tape(len(training.start))
    async for batch in training.stream():
        for block in batch:
            tape.append(block)
    return list(tape)


@pytest.mark.parametrize(
    ("cause", "experiment"), ENDINGS.items(), ids=lambda c: getattr(c, "name", "")
)
def test_the_cases_end_in_every_way(cause, experiment):
    assert record(Training(experiment)).stop.cause is cause


@pytest.mark.parametrize("experiment", EVERY)
async def test_all_ways_to_iterate_agree(experiment):
    training = Training(experiment)
    steps = bits(training)
    assert bits(training) == steps
    assert bits(Training(experiment)) == steps
    assert bits(record(training)) == steps
    assert bits(await awaited(experiment)) == steps
    assert bits(await streamed(experiment)) == steps


@pytest.mark.parametrize("experiment", EVERY)
def test_an_experiment_from_a_file_takes_the_same_steps(experiment):
    read = Experiment.from_toml(experiment.to_toml())
    assert bits(Training(read)) == bits(Training(experiment))


async def test_the_article_has_one_path(tape):
    steps = bits(tape)
    assert bits(Training(preset("article"))) == steps
    assert bits(await awaited(preset("article"))) == steps


def test_two_runs_of_one_training_may_be_interleaved():
    training = Training(SMALL)
    pairs = list(zip(training, training, strict=True))
    assert bits(a for a, _ in pairs) == bits(b for _, b in pairs) == bits(Training(SMALL))


def test_a_larger_budget_continues_the_same_path():
    short = bits(Training(dataclasses.replace(SMALL, epochs=1500)))
    long = bits(Training(SMALL))
    assert short[:1500] == long[:1500]


@given(experiments())
@settings(max_examples=20)
async def test_drawn_experiments_have_one_path(experiment):
    told = refusal(InvalidExperiment, lambda: list(Training(experiment)))
    if told:
        with pytest.raises(InvalidExperiment) as again:
            await awaited(experiment)
        assert str(again.value) == told
        return
    steps = bits(Training(experiment))
    assert bits(Training(Experiment.from_toml(experiment.to_toml()))) == steps
    assert bits(await awaited(experiment)) == steps
    assert bits(await streamed(experiment)) == steps
