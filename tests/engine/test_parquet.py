"""Parquet files are read where pyarrow is there, and a sentence says what to install where not."""

import io
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.files import UnreadableData
from engine.tables.columns import summaries
from engine.tables.observations import read_observations
from engine.tables.opening import open_table
from engine.tables.roles import Roles

from .helpers import read_sample, refusal


@pytest.fixture
def saved(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")

    def save(columns, **how):
        path = tmp_path / "table.bin"
        parquet.write_table(pyarrow.table(columns), path, **how)
        return str(path)

    return save


def test_a_column_is_read_to_the_last_bit_whatever_the_name_ends_with(saved):
    values = np.random.default_rng(1).normal(size=1000)
    name = saved({"x": values, "who": ["a"] * 1000}, row_group_size=300)
    assert (read_sample(name).values == values).all()


def test_nulls_are_missing_and_texts_are_told(saved):
    name = saved({"x": [1.5, None, float("nan"), 4.0], "y": ["1", "b", "", "2"], "w": [1, 2, 3, 4]})
    sample = read_observations(name, Roles("x", weights="w"))
    assert sample.values.tolist() == [1.5, 4.0]
    assert sample.weights.tolist() == [1.0, 4.0]
    assert sample.notes[0].endswith("left out: rows 2, 3.")
    told = {each.name: each for each in summaries(open_table(name))}
    assert told["y"].unusable.first == [(2, "b")]
    assert [each.kind for each in told.values()] == ["number", "mixed", "whole"]


def test_infinities_are_faults(saved):
    name = saved({"x": [1.0, float("inf")]})
    assert "row 2, column 'x': 'inf' is not a finite" in refusal(UnreadableData, read_sample, name)


def test_a_broken_file_is_one_sentence(tmp_path):
    pytest.importorskip("pyarrow")
    path = tmp_path / "x.parquet"
    path.write_bytes(b"PAR1" + b"\0" * 40)
    told = refusal(UnreadableData, open_table, str(path))
    assert "cannot be read as Parquet" in told
    assert len(told.splitlines()) == 1


def test_a_damaged_file_is_read_or_one_sentence(saved):
    path = Path(saved({"x": [float(i) for i in range(50)], "s": [f"a{i}" for i in range(50)]}))
    sound = path.read_bytes()
    for place in range(4, len(sound), 7):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 0x55]) + sound[place + 1 :])
        told = refusal(UnreadableData, lambda: list(summaries(open_table(str(path)))))
        assert told.isprintable()
        assert not told or "Parquet" in told or "rows" in told


def test_whole_numbers_beyond_exact_doubles_are_rounded_as_in_text(saved):
    name = saved({"x": [2**53 + 1, 2**60]})
    assert read_sample(name).values.tolist() == [float(2**53 + 1), float(2**60)]


def test_without_pyarrow_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    path = tmp_path / "x.parquet"
    path.write_bytes(b"PAR1" + b"\0" * 40)
    assert "'mle-tui[parquet]'" in refusal(UnreadableData, open_table, str(path))


def test_standard_input_can_be_read_more_than_once(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x,y\n1,a\n2,b\n")))
    assert read_sample("-").values.tolist() == [1.0, 2.0]
    assert read_sample("-", "x").values.tolist() == [1.0, 2.0]


def test_true_and_false_are_an_event(saved):
    name = saved({"x": [1.5, 2.5, 4.0], "seen": [True, False, True]})
    sample = read_observations(name, Roles("x", event="seen"))
    assert sample.values.tolist() == [1.5, 4.0]
    assert sample.censored.low.tolist() == [2.5]
