"""Every bundled sample can be read, says where it is from, and is the published one."""

import pytest

from engine.datasets import datasets
from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

TOTALS = {
    "ball-bearings": (23, 23),
    "nist-units": (20, 20),
    "remissions": (21, 21),
    "air-conditioning": (12, 12),
    "nickel": (31, 31),
    "red-mites": (8, 150),
    "horse-kicks": (5, 200),
    "old-faithful": (272, 272),
    "death-notices": (10, 1096),
    "sea-levels": (65, 65),
    "cauchy-twenty": (20, 20),
    "speed-of-light": (100, 100),
    "ten-points": (10, 10),
}


def test_all_of_them_are_here():
    assert set(datasets()) == set(TOTALS)


@pytest.mark.parametrize("name", TOTALS)
def test_a_name_is_enough_to_read_it(name):
    sample = read_observations(name, Roles())
    assert (sample.n, sample.total) == TOTALS[name]
    assert datasets()[name].title
    assert datasets()[name].source
    assert (sample.censored is None) is (name not in {"nist-units", "remissions"})


PUBLISHED = {
    "remissions": ("exponential", (9 / 359,)),
    "speed-of-light": ("normal", (299.8524, 0.0790105478190518**2 * 99 / 100)),
}
"""Relapses over weeks at risk, as every textbook has it of these patients, and NIST's digits."""


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_fit_gives_the_published_estimate(name):
    family, parameters = PUBLISHED[name]
    fitted = fit(FAMILIES[family], read_observations(name, Roles()))
    assert fitted.parameters == pytest.approx(parameters, rel=1e-9)


def test_a_file_goes_before_a_bundled_sample_of_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nickel").write_text("nickel\n1\n2\n", "utf-8")
    assert read_observations("nickel", Roles()).values.tolist() == [1.0, 2.0]
