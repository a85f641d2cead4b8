"""A sample that is written is read back as it was, whatever is known of its observations."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.distributions import FAMILIES
from engine.experiments.experiment import Experiment
from engine.experiments.written_sample import written
from engine.runs.training import Training
from engine.samples.rounding import as_intervals
from engine.samples.sample import Censored, Sample
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

FINITE = st.integers(-(10**8), 10**8).map(lambda whole: whole / 997)
FREQUENCY = st.integers(1, 9).map(float)


@st.composite
def samples(draw):
    values = draw(st.lists(FINITE, min_size=2, max_size=8, unique=True))
    weights = draw(st.none() | st.lists(FREQUENCY, min_size=len(values), max_size=len(values)))
    ends = draw(
        st.lists(st.tuples(FINITE, st.floats(0.5, 9.0), st.sampled_from("lr ")), max_size=4)
    )
    truncation = draw(st.sampled_from([None, (-2e6, np.inf), (-np.inf, 2e6), (-2e6, 2e6)]))
    hidden = None
    if ends:
        low = np.array([-np.inf if side == "l" else low for low, _, side in ends])
        high = np.array([np.inf if side == "r" else low + width for low, width, side in ends])
        hidden = Censored(low, high, np.ones(len(ends)))
    return Sample(
        np.array(values), None if weights is None else np.array(weights), hidden, truncation
    )


def bounds(sample):
    """Every observation as its two ends with its weight, in order."""
    rows = [(v, v, w) for v, w in zip(sample.values, sample.frequencies, strict=True)]
    if (hidden := sample.censored) is not None:
        rows += zip(hidden.low, hidden.high, hidden.weights, strict=True)
    return sorted(rows)


@given(samples())
def test_a_sample_is_read_back(tmp_path_factory, sample):
    text, fields = written(sample)
    file = tmp_path_factory.mktemp("written") / "sample.csv"
    file.write_text(text, "utf-8")
    again = Training(Experiment.of({"family": "normal", "data": str(file), **fields})).sample
    assert bounds(again) == bounds(sample)
    assert (again.truncation or (-np.inf, np.inf)) == (sample.truncation or (-np.inf, np.inf))


@pytest.mark.parametrize("name", ["remissions", "horse-kicks", "ball-bearings"])
def test_a_bundled_sample_has_the_same_likelihood(tmp_path: Path, name: str):
    sample = read_observations(name, Roles())
    text, fields = written(sample)
    (tmp_path / "again.csv").write_text(text, "utf-8")
    again = Training(
        Experiment.of(
            {
                "family": "geometric" if name == "horse-kicks" else "gamma",
                "data": str(tmp_path / "again.csv"),
                **fields,
            }
        )
    )
    family = FAMILIES[again.experiment.family]
    point = family.example
    assert again.whole.value(point) == type(again.whole)(family, sample).value(point)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_run_begins_where_no_value_was_seen_itself(name: str):
    family = Experiment.of({"family": name, "data": "x"}).distribution
    values = family.at(family.example).draw(60, np.random.default_rng(1))
    width, least = (1.0, -np.inf) if family.support.whole else (0.01, family.support.low)
    sample = as_intervals(Sample(values), width, least)
    training = Training(Experiment.of({"family": name, "data": "x", "epochs": 20}), sample)
    tape = [step.train for step in training]
    assert np.isfinite(tape).all()
