"""A sample too large for the memory stands on disk, and everything is as it would be in memory."""

import mmap

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.distributions import FAMILIES
from engine.files import UnreadableData
from engine.fits.fitting import fit
from engine.inference.goodness import distances
from engine.samples import ordered, store
from engine.samples.histogram import histogram
from engine.samples.sample import Sample
from engine.samples.store import Store, every, known, on_disk, parts
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

from .helpers import refusal

PATCHED = {
    "engine.samples.store.MOST": 1_000,
    "engine.samples.store.BEHIND": 1 << 14,
    "engine.samples.ordered.RANGE": 4_096,
}


@pytest.fixture
def small(monkeypatch):
    for name, most in PATCHED.items():
        monkeypatch.setattr(name, most)
    monkeypatch.setattr("engine.samples.ordered.BEHIND", PATCHED["engine.samples.store.BEHIND"])


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "large.csv"
    x = np.random.default_rng(8).gamma(3.0, 2.0, 50_000)
    weights = np.random.default_rng(9).integers(1, 4, x.size)
    cells = ["NA" if row % 1_000 == 7 else repr(value) for row, value in enumerate(x.tolist())]
    rows = (f"{cell},{weight}\n" for cell, weight in zip(cells, weights.tolist(), strict=True))
    path.write_text("x,w\n" + "".join(rows), "utf-8")
    return str(path)


def stored(values):
    kept = Store()
    for begin in range(0, values.size, 700):
        kept.add(values[begin : begin + 700])
    return kept.joined()


@pytest.mark.parametrize("roles", [Roles("x"), Roles("x", weights="w"), Roles("x", below=0.0)])
@pytest.mark.parametrize("family", ["normal", "gamma", "student-t"])
def test_a_fit_has_the_same_digits_on_disk_as_in_memory(file, roles, family, request):
    near = read_observations(file, roles)
    request.getfixturevalue("small")
    far = read_observations(file, roles)
    assert not on_disk(near.values)
    assert on_disk(far.values)
    assert far.notes == near.notes
    one, other = (fit(FAMILIES[family], sample) for sample in (near, far))
    assert one.converged
    assert other.parameters == one.parameters
    assert other.log_likelihood == one.log_likelihood
    assert (other.covariance == one.covariance).all()
    here, there = (distances(one.distribution, sample) for sample in (near, far))
    assert there.ks == pytest.approx(here.ks, rel=1e-9)
    assert there.cvm == pytest.approx(here.cvm, rel=1e-9)
    assert there.ad == pytest.approx(here.ad, rel=1e-9)


def test_a_fault_far_down_in_a_large_file_is_told_with_its_row(file, small):
    told = refusal(UnreadableData, read_observations, file, Roles("x", above=20.0))
    line = int(told.partition(", row ")[2].partition(":")[0])
    x = read_observations(file, Roles("x")).values
    first = int(np.argmax(x > 20.0))
    assert line == first + 2 + sum(row <= first for row in range(7, 50_000, 999))


def test_a_picture_is_of_evenly_spaced_values(file, monkeypatch, small):
    monkeypatch.setattr("engine.samples.ordered.THIN", 10_000)
    sample = read_observations(file, Roles("x"))
    assert ordered.thinned(sample).values.tolist() == sample.values[::5].tolist()
    heights, edges = histogram(sample, 40, whole=False)
    assert np.sum(heights * np.diff(edges)) == pytest.approx(1.0, abs=0.01)


@given(st.integers(0, 2**32 - 1), st.integers(2, 5_000), st.integers(1, 3_000))
def test_values_are_the_same_wherever_they_stand(seed, n, step):
    values = np.random.default_rng(seed).integers(0, 50, n) / 7.0
    values[::9] = np.nan
    with pytest.MonkeyPatch.context() as patch:
        for name, most in PATCHED.items():
            patch.setattr(name, most // 8)
        far = stored(values)
        assert on_disk(far) == (n > store.MOST)
        np.testing.assert_array_equal(far, values)
        np.testing.assert_array_equal(every(far, step), values[::step])
        seen, gone = known(far)
        assert seen.tolist() == values[~np.isnan(values)].tolist()
        assert gone.tolist() == np.flatnonzero(np.isnan(values)).tolist()
        distinct, counts = map(np.concatenate, zip(*ordered.ordered(Sample(seen)), strict=True))
    found = np.unique(seen, return_counts=True)
    assert distinct.tolist() == found[0].tolist()
    assert counts.tolist() == found[1].tolist()


def test_a_pass_gives_its_pages_back(monkeypatch, small):
    far, given_back = stored(np.arange(100_000.0)), []
    monkeypatch.setattr(store, "_map", lambda _: type("Map", (), {"madvise": given_back.append}))
    assert sum(far[part].size for part in parts(far, 1_000)) == far.size
    assert set(given_back) == {mmap.MADV_DONTNEED}
    assert len(given_back) == 6
