"""The article's steps against its own loop and SciPy's density, on a sample split by hand."""

import numpy as np
import pytest
from scipy import stats

from engine.reports.progress import row

CHECKED = [0, 1, 2, 299, 300, 1023, 1024, 1025, 5000, 9999, 10_000]


@pytest.fixture(scope="module")
def split():
    values = np.random.RandomState(42).normal(7.2, 2.8, 100_000)
    order = np.random.RandomState(42).permutation(100_000)
    return values[order[20_000:]], values[order[:20_000]]


def log_likelihood(values, mean, variance):
    return np.sum(stats.norm.logpdf(values, mean, np.sqrt(variance)))


@pytest.mark.parametrize("epoch", CHECKED)
def test_a_step_measures_its_own_parameters(tape, split, epoch):
    step = tape[epoch]
    train, validation = split
    assert step.epoch == epoch
    assert step.train == pytest.approx(log_likelihood(train, *step.parameters), rel=1e-13)
    assert step.validation == pytest.approx(log_likelihood(validation, *step.parameters), rel=1e-13)


@pytest.mark.parametrize("epoch", CHECKED)
def test_a_step_holds_the_gradient_at_its_parameters(tape, split, epoch):
    mean, variance = tape[epoch].parameters
    error = split[0] - mean
    gradient = np.mean(error) / variance, (np.mean(error**2) / variance - 1) / (2 * variance)
    assert tape[epoch].gradient_norm == pytest.approx(np.hypot(*gradient), rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("epoch", [1, 2, 300, 1024, 1025, 10_000])
def test_a_row_joins_the_steps_before_and_after_its_update(tape, epoch):
    line, before, after = row(tape, epoch), tape[epoch - 1], tape[epoch]
    assert line.epoch == after.epoch
    assert line.train_log_likelihood == before.train
    assert line.validation_log_likelihood == before.validation
    assert line.gradient_norm == before.gradient_norm
    assert line.learning_rate == before.learning_rate == 0.1
    assert line.parameters == after.parameters


def test_the_articles_own_loop_takes_the_same_path(tape, split):
    train, validation = split
    mean, variance = 0.0, 1.0
    for epoch in range(1, 101):
        train_ll = log_likelihood(train, mean, variance)
        val_ll = log_likelihood(validation, mean, variance)
        error = train - mean
        grad_mean = np.mean(error / variance)
        grad_variance = -1 / (2 * variance) + np.mean(error**2) / (2 * variance**2)
        mean += 0.1 * grad_mean
        variance = max(variance + 0.1 * grad_variance, 0)
        line = row(tape, epoch)
        assert line.train_log_likelihood == pytest.approx(train_ll, rel=1e-12)
        assert line.validation_log_likelihood == pytest.approx(val_ll, rel=1e-12)
        assert line.parameters == pytest.approx((mean, variance), rel=1e-12)


def test_the_estimate_is_the_step_whose_own_likelihood_is_best(tape):
    column = tape.column("validation")
    assert tape[tape.best()].validation == column.max()
    assert tape.stop.best == tape.best()


def test_every_step_counts_one_evaluation(tape):
    assert tape.column("evaluations").tolist() == list(range(1, 10_002))
