"""Laws of every optimizer, run as experiments are."""

import dataclasses

import numpy as np
import pytest

from engine import Experiment, InvalidExperiment, Training
from engine.distributions import FAMILIES
from engine.optimizers import OPTIMIZERS
from engine.settings import settings
from engine.stopping import VANISHING, Cause

from .helpers import bits, record

LATENT = {"student-t", "normal-mixture", "poisson-mixture"}
"""Families with an EM algorithm."""

WANDERING = {"rmsprop", "nadam", "lion"}
"""Methods that never settle at a constant rate: their steps do not shrink with the gradient."""

PATIENT = {"nelder-mead"}
"""Methods that reach the top of the likelihood long before its score can be seen to vanish."""

BUDGET = 1500

each = pytest.mark.parametrize("name", OPTIMIZERS)


def experiment(name, family="gamma", **changes):
    if name == "em" and family not in LATENT:
        family = "student-t"
    base = {"family": family, "n": 2000, "optimizer": name, "validation": 0.0, "epochs": BUDGET}
    base |= {"start": {}, "coordinates": "standardized"}
    return Experiment.of({**base, **changes})


@each
def test_an_optimizer_says_what_it_is(name):
    optimizer = OPTIMIZERS[name]
    assert optimizer.name == name
    assert optimizer.reference
    assert "z" in optimizer.update
    assert set(optimizer.needs) <= {"value", "score", "curvature", "expectation"}
    assert optimizer.rate > 0
    for declared in settings(optimizer):
        assert declared.meaning
        assert declared.kind.check(declared.default) == declared.default
    assert {f.name for f in dataclasses.fields(optimizer)} == {s.name for s in settings(optimizer)}


@each
@pytest.mark.parametrize("family", ["normal", "gamma", "weibull", "negative-binomial", "student-t"])
def test_the_maximum_is_reached_with_the_defaults(name, family):
    if name == "em" and family not in LATENT:
        pytest.skip("the family has no EM algorithm")
    schedule = {"schedule": "cosine"} if name in WANDERING else {}
    training = Training(experiment(name, family, **schedule))
    tape = record(training)
    best = training.train.value(training.training_mle)
    assert best - tape[tape.stop.best].train <= 1e-8 * abs(best)
    if name not in WANDERING | PATIENT:
        assert tape.stop.cause is Cause.VANISHED
        assert tape.stop.converged


@each
def test_the_same_experiment_takes_the_same_steps(name):
    wanted = experiment(name, epochs=60)
    assert bits(Training(wanted)) == bits(Training(wanted))


@each
def test_a_far_start_ends_with_a_sentence_and_finite_numbers(name):
    family = "student-t" if name == "em" else "gamma"
    start = {"location": 1e3, "scale": 1e-2, "df": 0.3}
    start = start if name == "em" else {"shape": 80.0, "rate": 1e-3}
    tape = record(Training(experiment(name, family, start=start, epochs=200)))
    assert tape.stop.reason.endswith(".")
    assert np.isfinite(tape.parameters()).all()
    assert np.isfinite(tape.column("train")).all()


@each
def test_evaluations_never_go_back(name):
    tape = record(Training(experiment(name, epochs=40)))
    assert (np.diff(tape.column("evaluations")) >= 0).all()
    assert tape[-1].evaluations >= 0


def test_second_order_methods_take_few_epochs():
    for name, most in (("newton", 5), ("fisher-scoring", 8), ("bfgs", 15), ("lbfgs", 15)):
        stop = record(Training(experiment(name))).stop
        assert stop.converged
        assert stop.epoch <= most


def test_a_family_without_an_em_algorithm_is_named():
    with pytest.raises(InvalidExperiment, match="gamma has no EM algorithm"):
        Training(Experiment.of({"family": "gamma", "n": 100, "optimizer": "em"}))


def test_an_optimizer_has_its_own_rate_unless_told():
    assert Experiment.of({"optimizer": "newton"}).learning_rate == 1.0
    assert Experiment.of({"optimizer": "newton", "learning_rate": 0.5}).learning_rate == 0.5


@pytest.mark.parametrize(
    ("settings", "fault"),
    [({"beta1": 1.5}, "settings.beta1 must be"), ({"nix": 1.0}, "settings.nix is not a setting")],
)
def test_settings_that_cannot_be_are_named(settings, fault):
    with pytest.raises(InvalidExperiment, match=fault):
        Experiment.of({"optimizer": "adam", "settings": settings})


def test_settings_change_the_steps():
    plain, slow = (
        record(Training(experiment("momentum", settings=table, epochs=20)))
        for table in ({}, {"beta": 0.5})
    )
    assert plain[5].parameters != slow[5].parameters


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_newton_reaches_the_maximum_of_every_family(name):
    if FAMILIES[name].corner:
        pytest.skip("the maximum is a corner")
    training = Training(experiment("newton", name, n=500))
    stop = record(training).stop
    assert stop.converged or training.training_mle is None
    assert stop.cause is Cause.VANISHED or training.training_mle is None
    assert VANISHING == 1e-6
