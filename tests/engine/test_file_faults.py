"""Each fault of a file is one sentence that names the file and the place, and holds no control."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Training, UnreadableData
from engine.files import opened, read_text
from engine.samples.store import Store

from .helpers import read_sample, refusal

CONTENTS = {
    "empty": (b"", "", ["is empty"]),
    "only a byte-order mark": (b"\xef\xbb\xbf", "", ["is empty"]),
    "only blank lines": (b"\n\n\n", "", ["is empty"]),
    "header only": (b"a,b\n", "", ["no rows"]),
    "header and blank lines": (b"a,b\n\n,\n", "", ["no rows"]),
    "ragged, short": (b"a,b\nx,1\ny\n", "", ["row 3", "1", "2"]),
    "ragged, long": (b"a,b\nx,1\ny,2,3\n", "b", ["row 3", "3", "2"]),
    "Latin-1 text": (b"x\n1\n\xff\n", "", ["row 3", "column 'x'", "'ÿ'"]),
    "cut UTF-16": ("x\n1\n".encode("utf-16")[:-1], "", ["not UTF-16 text"]),
    "only missing cells": (b"a,b\n,1\nNA,2\n", "a", ["column 'a'", "every value is missing"]),
    "open quote": (b'x\n1\n"2\n3\n', "", ["row"]),
    "text cell": (b"x\n1\nabc\n", "", ["row 3", "column 'x'", "'abc'"]),
    "row after blank lines": (b"x\n\n1\n\nabc\n", "", ["row 5", "column 'x'", "'abc'"]),
    "row after a long cell": (b'n,x\n"a\nb",1\nc,abc\n', "", ["row 4", "column 'x'", "'abc'"]),
    "too large": (b"x\n1\n1e400\n", "", ["row 3", "column 'x'", "'1e400'"]),
    "underscore": (b"x\n1\n1_000\n", "", ["row 3", "column 'x'", "'1_000'"]),
    "thousands, or not": (b'x\n1\n"1,500"\n', "", ["row 3", "'1,500'", "--decimal comma"]),
    "both decimal marks": (b'x\n1.5\n"1,5"\n', "", ["row 3", "column 'x'", "'1,5'"]),
    "other digits": ("x\n1\n١٢\n".encode(), "", ["row 3", "column 'x'", "'١٢'"]),
    "inf": (b"x\n1\n-inf\n", "", ["row 3", "column 'x'", "'-inf'"]),
    "NUL in a cell": (b"x\n1\n2\x00\n", "", ["row 3"]),
    "NUL in the header": (b"x\x00y\n1\nabc\n", "", ["row 1", "NUL"]),
    "control sequence in a cell": (b"x\n1\n\x1b[31m2\n", "", ["row 3", r"\x1b[31m2"]),
    "control sequence in the header": (b"x\x1b]0;y\x07\n1\nz\n", "", ["row 3", r"x\x1b]0;y\x07"]),
    "C1 control in a cell": ("x\n1\n\x9b31m\n".encode(), "", ["row 3", r"\x9b31m"]),
    "direction override": ("x\n1\n\u202e2\n".encode(), "", ["row 3", r"\u202e2"]),
    "two of a name": (b"x,x\n1,2\n", "x", ["two columns 'x'"]),
    "three of a name": (b"x,x,x\n1,2,3\n", "x", ["columns 'x'"]),
    "unknown column": (b"a,b\n1,2\n", "c", ["no column 'c'", "'a'", "'b'"]),
    "hostile column": (b"a\x1b[0m,b\n1,2\n", "\x1b[2J", [r"'\x1b[2J'", r"'a\x1b[0m'"]),
    "several numeric columns": (b"a,b\n1,2\n", "", ["several numeric columns", "'a'", "'b'"]),
    "thousands and a comma": (b"x;y\n1.234,5;1\n7;2\n", "x", ["'1.234,5'", "thousands set apart"]),
    "thousands by spaces": ("x;y\n1\u202f234,5;1\n7;2\n".encode(), "x", ["thousands set apart"]),
    "numbers beside a text": (b"t,a,b\nx,1,2\n", "", ["one of 'a', 'b' with"]),
    "no numeric column": (b"a,b\nx,y\n", "", ["no numeric column", "'a'", "'b'"]),
    "an endless cell": (b"x\n1\n" + b"9" * 200_000 + b"\n", "", ["row 3"]),
    "an endless header": (b"x" * 100_000 + b",y\n1,2\n", "", ["several numeric columns"]),
    "many columns": (b",".join(b"c%d" % i for i in range(5000)) + b"\n1,2\n", "z", ["'c0'"]),
}


def refused(name, column=""):
    """Check that a file is refused as it should be, and return the sentence."""
    with pytest.raises(UnreadableData) as caught:
        read_sample(name, column)
    text = str(caught.value)
    assert not any(c < " " or "\x7f" <= c <= "\x9f" for c in text)
    assert text.isprintable()
    assert text.endswith(".")
    assert ". " not in text
    assert len(text) < 2000
    assert caught.value.__cause__ is None
    return text


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("content", "column", "told"), CONTENTS.values(), ids=CONTENTS)
def test_content(place, content, column, told):
    (place / "data.csv").write_bytes(content)
    text = refused("data.csv", column)
    assert text.startswith("'data.csv'")
    assert [words for words in told if words not in text] == []


def test_eight_control_bytes_may_yet_be_in_a_text(place):
    (place / "data.csv").write_bytes(b"x,t\n1,\xff" + b"\x07" * 8 + b"\n")
    assert read_sample("data.csv", "x").values.tolist() == [1.0]
    (place / "data.csv").write_bytes(b"x,t\n1,\xff" + b"\x07" * 9 + b"\n")
    assert refused("data.csv", "x") == "'data.csv' is no text: it is full of control bytes."


def test_a_missing_file(place):
    assert "'none.csv' cannot be read: no such file" in refused("none.csv")


def test_a_directory(place):
    assert refused(".") == "'.' is a directory, not a file."


def test_a_pipe_is_refused_without_waiting_for_it(place):
    os.mkfifo("pipe.csv")
    assert refused("pipe.csv") == "'pipe.csv' is not a regular file."


def test_a_device(place):
    assert "not a regular file" in refused("/dev/null")


def test_a_dangling_link(place):
    (place / "link.csv").symlink_to("nowhere")
    assert "'link.csv' cannot be read" in refused("link.csv")


def test_a_circular_link(place):
    (place / "link.csv").symlink_to("link.csv")
    assert "'link.csv' cannot be read" in refused("link.csv")


@pytest.mark.parametrize("name", ["\x00", "a\x00b", "\ud800", "x" * 5000, "\x1b[31m", "a\nb"])
def test_a_name_that_no_file_has(place, name):
    assert "cannot be read" in refused(name)


def test_a_file_within_a_file(place):
    (place / "data.csv").write_bytes(b"x\n1\n")
    assert "cannot be read" in refused("data.csv/x")


def test_a_control_sequence_in_the_name_of_a_file(place):
    (place / "\x1b[31m.csv").write_bytes(b"")
    assert refused("\x1b[31m.csv").startswith(r"'\x1b[31m.csv' is empty")


def test_text_has_a_largest_size(place):
    (place / "big.toml").write_bytes(b"#" * ((1 << 20) + 1))
    with pytest.raises(UnreadableData, match=r"'big.toml' is larger than 1 MB\."):
        read_text("big.toml")


@given(st.binary(max_size=80))
def test_any_bytes_are_a_sample_or_a_refusal(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("bytes") / "data.csv"
    path.write_bytes(b"x,y\n" + content)
    told = refusal(UnreadableData, read_sample, str(path), "x")
    assert not told or told.isprintable()


def test_a_training_hands_the_sentence_on(place):
    with pytest.raises(UnreadableData, match=r"'none.csv' cannot be read"):
        Training(Experiment.of({"data": "none.csv"}))


def test_what_is_raised_where_a_file_is_used_goes_on_as_it_is(place):
    (place / "data.csv").write_bytes(b"x\n1\n")
    for fault in (ValueError("other"), OSError(28, "No space left on device")):
        with pytest.raises(type(fault)) as caught, opened("data.csv"):
            raise fault
        assert caught.value is fault


def test_a_file_that_breaks_off_while_it_is_read(place, monkeypatch):
    (place / "data.csv").write_bytes(b"x\n1\n")
    with opened("data.csv") as file:
        monkeypatch.setattr(file.raw, "raw", Broken())
        with pytest.raises(UnreadableData, match=r"^'data.csv' cannot be read: input/output error"):
            file.read()
        monkeypatch.undo()


class Broken:
    """What a file is read from on a disk that fails."""

    def tell(self):
        return 0

    def readinto(self, _):
        raise OSError(5, "Input/output error")


def test_values_that_the_disk_has_no_room_for(place, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    (place / "data.csv").write_bytes(b"x\n1\n")
    monkeypatch.setattr(Store, "add", full)
    assert refused("data.csv") == "'data.csv' cannot be kept: no space left on device."


def test_a_text_in_another_encoding(place):
    (place / "exp.toml").write_bytes("n = 5 # \xe9".encode("latin-1"))
    with pytest.raises(UnreadableData, match=r"'exp.toml' is not UTF-8 text: byte 9 cannot be"):
        read_text("exp.toml")
