"""Families are made for the numbers that they need, and for nothing else."""

import pytest

from engine.distributions import FAMILIES
from engine.distributions.families import NUMBERS, family
from engine.experiments.experiment import Experiment, InvalidExperiment

from .helpers import refusal


def test_numbers_are_those_that_families_need():
    assert set(NUMBERS) == {"components", "trials"}


def test_families_without_a_number_are_themselves():
    assert family("gamma", {"trials": 3}) is FAMILIES["gamma"]


def test_trials_are_told_and_components_may_be():
    assert family("binomial", {"trials": 7}).trials == 7
    assert family("normal-mixture", {}).components == 2
    assert family("normal-mixture", {"components": 4}).components == 4
    assert "needs the number of its trials" in refusal(ValueError, family, "binomial", {})


def test_an_experiment_draws_from_the_family_that_it_is_made_for():
    experiment = Experiment.of({"family": "poisson-mixture", "components": 3})
    assert list(experiment.true) == ["weight_1", "mean_1", "weight_2", "mean_2", "mean_3"]
    assert Experiment.from_toml(experiment.to_toml()) == experiment
    assert Experiment.of({"family": "binomial", "trials": 30}).distribution.trials == 30


@pytest.mark.parametrize("components", [1, 10, 2.5, "two"])
def test_a_number_that_cannot_be_is_named(components):
    with pytest.raises(InvalidExperiment, match="components must be"):
        Experiment.of({"family": "normal-mixture", "components": components})
