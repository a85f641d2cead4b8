"""A CSV file gives its column as a sample, however it was saved."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.files import read_text

from .helpers import read_sample

HAPPY = {
    "plain": b"x\n1\n2\n3\n",
    "no newline at the end": b"x\n1\n2\n3",
    "byte-order mark": b"\xef\xbb\xbfx\n1\n2\n3\n",
    "carriage returns": b"x\r\n1\r\n2\r\n3\r\n",
    "old carriage returns": b"x\r1\r2\r3\r",
    "quoted cells": b'"x"\n"1"\n"2"\n"3"\n',
    "spaces": b" x \n 1\n2 \n 3 \n",
    "blank lines": b"x\n1\n\n2\n  \n3\n\n",
    "signs and exponents": b"x\n+1\n2.0e0\n.3e1\n",
    "a label beside": b"name,x\nalice,1\nbob,2\ncarol,3\n",
    "quoted commas": b'name,x\n"alice, a.",1\n"bob ""b""",2\ncarol,3\n',
    "quoted line ends": b'name,x\n"alice\nanna",1\nbob,2\ncarol,3\n',
    "other line separators": "name,x\na\u2028b,1\nc\x0bd,2\ne\x85f,3\n".encode(),
    "an unnamed column beside": b",x\na,1\nb,2\nc,3\n",
    "numbers among other scripts": "größe,x\n١,1\nβ,2\nγ,3\n".encode(),
}


@pytest.fixture
def saved(tmp_path):
    def save(content, name="data.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return save


@pytest.mark.parametrize("content", HAPPY.values(), ids=HAPPY)
def test_the_only_numeric_column_is_found(saved, content):
    sample = read_sample(saved(content))
    assert sample.values.tolist() == [1.0, 2.0, 3.0]
    assert sample.values.dtype == np.float64


@pytest.mark.parametrize("content", HAPPY.values(), ids=HAPPY)
def test_a_column_is_found_by_name(saved, content):
    assert read_sample(saved(content), "x").values.tolist() == [1.0, 2.0, 3.0]


def test_one_of_several_numeric_columns_is_taken_by_name(saved):
    name = saved(b"a,b,c\n1,10,x\n2,20,y\n")
    assert read_sample(name, "b").values.tolist() == [10.0, 20.0]


def test_a_single_row_is_a_sample(saved):
    assert read_sample(saved(b"x\n5\n")).values.tolist() == [5.0]


def test_an_odd_file_name_is_a_file_name(saved):
    assert read_sample(saved(b"x\n5\n", "a b'\"\\é\x1b[31m.csv")).n == 1


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=50))
def test_numbers_are_read_to_the_last_bit(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("numbers") / "data.csv"
    path.write_text("x\n" + "".join(f"{v!r}\n" for v in values))
    assert list(map(repr, read_sample(str(path)).values.tolist())) == list(map(repr, values))


def test_text_is_read_without_its_byte_order_mark(saved):
    assert read_text(saved(b"\xef\xbb\xbfn = 5\n")) == "n = 5\n"


@pytest.mark.parametrize("divider", [",", "\t"])
def test_columns_are_divided_as_the_header_is(tmp_path, divider):
    path = tmp_path / "x.txt"
    path.write_text(f"a{divider}b\n1{divider}2\n3{divider}4\n", "utf-8")
    assert read_sample(str(path), "b").values.tolist() == [2.0, 4.0]
