"""Columns are summarised as they are, and families are told by a cheap look."""

from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engine.comparisons.candidates import candidates, first_choice
from engine.distributions import FAMILIES
from engine.fits.fitting import NoFit, fit
from engine.samples.sample import Sample
from engine.tables.cells import Column
from engine.tables.columns import Summary, summaries
from engine.tables.observations import read_observations
from engine.tables.opening import open_table
from engine.tables.roles import Roles

CLINIC = (
    "Patient;Größe;Gewicht;geheilt;Datum;leer\n"
    "anna;1,72;65,5;1;2024-01-02;\n"
    "bert;1,80;;0;2024-01-03;NA\n"
    "carl;NA;81,25;1;2024-01-04;\n"
    "dora;1,65;n.v.;1;2024-02-01;.\n"
)


@pytest.fixture
def clinic(tmp_path):
    path = tmp_path / "clinic.csv"
    path.write_text(CLINIC, "utf-8")
    return {each.name: each for each in summaries(open_table(str(path)))}


def test_the_type_of_a_column_is_told(clinic):
    kinds = {name: each.kind for name, each in clinic.items()}
    assert kinds == {
        "Patient": "text",
        "Größe": "number",
        "Gewicht": "mixed",
        "geheilt": "whole",
        "Datum": "date",
        "leer": "empty",
    }
    assert [name for name, each in clinic.items() if each.usable] == ["Größe", "geheilt"]


def test_a_date_among_texts_is_a_text(tmp_path):
    path = tmp_path / "days.csv"
    path.write_text("first,then\n2024-01-02,2024-01-02\n2024-01-03,unknown\n", "utf-8")
    assert [each.kind for each in summaries(open_table(str(path)))] == ["date", "text"]


def test_missing_and_unusable_cells_are_counted_with_their_rows(clinic):
    weight = clinic["Gewicht"]
    assert (weight.n, weight.missing.count, weight.unusable.count) == (2, 1, 1)
    assert weight.missing.first == [(3, "")]
    assert weight.unusable.first == [(5, "n.v.")]
    assert clinic["Größe"].missing.first == [(4, "NA")]
    assert clinic["leer"].missing.count == 4


def test_quartiles_are_those_of_the_numbers(clinic):
    assert clinic["Größe"].quantiles == pytest.approx((1.65, 1.685, 1.72, 1.76, 1.80))
    assert clinic["Größe"].distinct == 3
    assert clinic["Patient"].quantiles == ()


FINITE = st.floats(allow_nan=False, allow_infinity=False)


@given(hnp.arrays(np.float64, st.integers(1, 40), elements=FINITE), st.integers(0, 5))
def test_a_histogram_counts_every_number_once(values, missing):
    with np.errstate(all="ignore"):
        summary = Summary.of(Column("x", np.append(values, [np.nan] * missing)))
    assert sum(summary.histogram) == summary.n == values.size
    assert summary.distinct == np.unique(values).size


@pytest.mark.parametrize(
    ("values", "first"),
    [
        ([0, 1, 1, 0, 2, 3, 1, 0], "poisson"),
        ([-1.5, 0.5, 2.5, 3.0], "normal"),
        ([0.5, 2.5, 3.0, 9.0], "gamma"),
        ([99.0, 100.5, 101.0, 102.0], "normal"),
        ([0.0, 0.5, 2.5, 3.0], "normal"),
    ],
)
def test_the_family_to_begin_with_suits_the_values(values, first):
    sample = Sample(np.array(values, float))
    assert first_choice(candidates(sample, {}), sample) == first


@pytest.mark.parametrize("name", ["ball-bearings", "red-mites", "cauchy-twenty", "nist-units"])
def test_what_cannot_hold_a_sample_cannot_be_fitted_to_it(name):
    sample = read_observations(name, Roles())
    found = candidates(sample, {"trials": 100})
    outside = [each.family for each in found if "outside the support" in each.reason]
    assert outside
    for family in outside:
        with pytest.raises(NoFit):
            fit(FAMILIES[family], sample)


def test_every_family_has_its_say():
    told = candidates(Sample(np.array([0.5, 1.5])), {})
    assert [each.family for each in told] == list(FAMILIES)
    assert {each.family: each.reason for each in told}["binomial"].endswith("trials.")


MIXED = st.tuples(st.floats(-9, 9), st.sampled_from(["a", "NA", '"b\nc"', "2"]))


ENCODINGS = ["utf-8", "utf-8-sig", "latin-1", "utf-16", "utf-16-le", "utf-16-be"]


@given(st.lists(MIXED, min_size=9), st.sampled_from(ENCODINGS), st.booleans())
def test_a_glimpse_holds_the_first_rows_of_all(tmp_path_factory, rows, encoding, accented):
    path = tmp_path_factory.mktemp("glimpse") / "data.csv"
    head = "x,größe\n" if accented else "x,y\n"
    path.write_text(head + "".join(f"{x!r},{y}\n" for x, y in rows), encoding)
    table = open_table(str(path))
    assert table.header == head.strip().split(",")
    with mock.patch("engine.tables.text_table.GLIMPSE", 60):
        found = table.glimpse()
    whole = table.read([0, 1])
    if found is not None:
        n = len(found.lines)
        assert n < len(rows)
        assert [found.lines[i] for i in range(n)] == [whole.lines[i] for i in range(n)]
        for one, all_of_it in zip(found, whole, strict=True):
            assert one.values.tobytes() == all_of_it.values[:n].tobytes()
            assert one.missing.count <= all_of_it.missing.count


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("seen", range(300, 310))
def test_a_glimpse_ends_with_a_whole_row_however_it_is_written(tmp_path, encoding, seen):
    path = tmp_path / "data.csv"
    path.write_text("x,y\n" + "".join(f"{n},Ἀ\n" for n in range(99)), encoding, "replace")
    with mock.patch("engine.tables.text_table.GLIMPSE", seen):
        found = open_table(str(path)).glimpse()
    assert found is not None
    assert found.columns[0].values.tolist() == list(range(len(found.lines)))
    assert 25 < len(found.lines) < 99


def test_a_short_table_has_no_glimpse(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("x\n1\n2\n", "utf-8")
    assert open_table(str(path)).glimpse() is None
