"""Tables are read as they were meant, however they are written, and at speed the same."""

import csv
import io
import math
from contextlib import ExitStack
from unittest import mock

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from engine.files import UnreadableData
from engine.tables import dialect
from engine.tables.cells import MISSING, Lines, is_missing, number
from engine.tables.dialect import Dialect, Found
from engine.tables.layout import Layout
from engine.tables.observations import read_observations
from engine.tables.opening import open_table
from engine.tables.plain import numbers
from engine.tables.reading import SHORT, Reading
from engine.tables.roles import Roles
from engine.tables.segment import pieces

from .helpers import read_sample, refusal

WRITTEN = {
    "semicolons and decimal commas": b"who;x\na;1,5\nb;-2,25\nc;3\n",
    "decimal commas in a single column": b"x\n1,5\n-2,25\n3\n",
    "quoted decimal commas": b'x\n"1,5"\n"-2,25"\n"3"\n',
    "pipes": b"who|x\na, a|1.5\nb|-2.25\nc|3\n",
    "tabs and decimal commas": b"who\tx\na\t1,5\nb\t-2,25\nc\t3\n",
    "UTF-16, little end first": b"\xff\xfe" + "größe;x\na;1,5\nb;-2,25\nc;3\n".encode("utf-16-le"),
    "UTF-16, big end first": b"\xfe\xff" + "größe,x\na,1.5\nb,-2.25\nc,3\n".encode("utf-16-be"),
    "Latin-1": "größe,x\na,1.5\nb,-2.25\nc,3\n".encode("latin-1"),
    "UTF-8 with a mark": b"\xef\xbb\xbf" + "größe,x\na,1.5\nb,-2.25\nc,3\n".encode(),
}


@pytest.fixture
def saved(tmp_path):
    def save(content):
        path = tmp_path / "data.csv"
        path.write_bytes(content)
        return str(path)

    return save


@pytest.mark.parametrize("content", WRITTEN.values(), ids=WRITTEN)
def test_how_a_table_is_written_is_found(saved, content):
    assert read_sample(saved(content), "x").values.tolist() == [1.5, -2.25, 3.0]


def test_a_header_in_another_encoding_is_read(saved):
    assert open_table(saved(WRITTEN["Latin-1"])).header == ["größe", "x"]
    assert open_table(saved(WRITTEN["UTF-16, little end first"])).header == ["größe", "x"]


@pytest.mark.parametrize(
    ("content", "column", "values"),
    [
        (b"1.5\n2.5\n", "", [1.5, 2.5]),
        (b"1,2\n3,4\n", "column 2", [2.0, 4.0]),
        (b"1;2,5\n3;4,5\n", "column 2", [2.5, 4.5]),
        (b"alice,1\nbob,2\n", "column 2", [1.0, 2.0]),
        (b"NA,1\n3,2\n", "column 1", [3.0]),
        (b"\xef\xbb\xbf1\n2\n", "", [1.0, 2.0]),
    ],
)
def test_columns_without_a_header_are_numbered_and_it_is_told(saved, content, column, values):
    sample = read_sample(saved(content), column)
    assert sample.values.tolist() == values
    assert sample.notes[0].startswith("The first row holds numbers")


def test_a_header_of_numbers_can_be_told(saved):
    name = saved(b"2019,2020\n1,2\n3,4\n")
    sample = read_observations(name, Roles("2020"), Dialect(header="yes"))
    assert sample.values.tolist() == [2.0, 4.0]
    assert sample.notes == ()


def test_what_is_told_goes_before_what_is_found(saved):
    name = saved(b'x\n"1,500"\n"2,250"\n')
    told = read_observations(name, Roles(), Dialect(decimal="comma"))
    assert told.values.tolist() == [1.5, 2.25]
    name = saved(b"a,b;c\n1,2;3\n")
    told = read_observations(name, Roles("a"), Dialect(delimiter="comma", decimal="point"))
    assert told.values.tolist() == [1.0]
    assert open_table(name).header == ["a,b", "c"]


def test_an_encoding_that_is_told_must_fit(saved):
    fault = refusal(UnreadableData, open_table, saved(b"x\n\xff\n"), Dialect(encoding="utf-8"))
    assert "not UTF-8 text: byte 3 cannot be read." in fault


@pytest.mark.parametrize("content", [b"x\n1\n2\n4\n", b"x\r1\r", "größe;x\na;1\nb;2\n".encode()])
def test_lines_of_single_bytes_are_no_utf_16(saved, content):
    fault = refusal(UnreadableData, open_table, saved(content), Dialect(encoding="utf-16"))
    assert "is not UTF-16 text: it has lines, and no zero byte." in fault


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("header", ["x", "ਊ", "\u0a0d\u0d0a"])
def test_utf_16_is_read_whatever_its_bytes_look_like(saved, encoding, header):
    table = open_table(saved(f"{header}\n1\n".encode(encoding)), Dialect(encoding="utf-16"))
    assert table.header == [header]
    assert table.numeric == [True]


def test_bytes_that_are_no_text_far_below_are_a_cell_like_others(saved):
    content = b"name,x\n" + b"a,1\n" * 100_000 + b"\xff,2\n"
    assert read_sample(saved(content), "x").n == 100_001


@pytest.mark.parametrize("cell", ["", " ", "NA", "na", "NaN", "nan", ".", "-"])
def test_missing_values_are_left_out_and_told_with_their_rows(saved, cell):
    name = saved(f"x,y\n1,a\n{cell},b\n2,c\n{cell},d\n".encode())
    sample = read_sample(name, "x")
    assert sample.values.tolist() == [1.0, 2.0]
    assert len(sample.notes) == 1
    assert sample.notes[0].startswith("2 values are missing in column 'x' of '")
    assert sample.notes[0].endswith("' and left out: rows 3, 5.")


def test_no_more_rows_are_told_than_can_be_read(saved):
    name = saved(b"x,y\n1,a\n" + b",b\n" * 9)
    assert read_sample(name, "x").notes[0].endswith("left out: rows 3, 4, 5, 6, 7, ….")


def test_a_missing_value_takes_its_weight_and_event_along(saved):
    name = saved(b"x,w,e\n1,2,1\nNA,3,1\n5,4,0\n")
    sample = read_observations(name, Roles("x", weights="w", event="e"))
    assert sample.values.tolist() == [1.0]
    assert sample.weights.tolist() == [2.0]
    assert sample.censored.low.tolist() == [5.0]
    assert sample.censored.weights.tolist() == [4.0]


@pytest.mark.parametrize("role", ["weights", "event"])
def test_a_weight_or_an_event_cannot_be_missing(saved, role):
    roles = Roles("x", **{role: "w"})
    told = refusal(UnreadableData, read_observations, saved(b"x,w\n1,1\n2,\n"), roles)
    assert "row 3, column 'w': the cell is empty." in told


def test_a_fault_below_a_missing_value_is_told_with_its_own_row(saved):
    roles = Roles("x", below=0.0)
    told = refusal(UnreadableData, read_observations, saved(b"x\n1\nNA\n-3\n"), roles)
    assert "row 4: the observation is outside" in told


CELLS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(["1.", ".5", "1e5", "-2E-3", "00012", "12345678901234567890.123"]),
    st.text("0123456789.-+eE ,;_n", max_size=6),
)


FORMS = st.sampled_from(["{!r}", "{:.6g}", "{:.17g}", "{:.3f}", "{:.20e}", "{:.0f}"])


@given(st.lists(st.tuples(FORMS, st.floats(allow_nan=False, allow_infinity=False)), min_size=1))
@example([("{!r}", 5e-324), ("{:.0f}", 1.7976931348623157e308), ("{!r}", 2.2250738585072014e-308)])
@example([("{!r}", 9007199254740993.0), ("{!r}", 0.1), ("{:.20e}", 7.2057594037927933e16)])
def test_the_fast_parser_is_float_to_the_last_bit(written):
    cells = [form.format(value) for form, value in written]
    found = numbers(pieces("\n".join([*cells, ""]).encode()), len(cells), Layout(1, ",", "."), [0])
    assert found.odd == []
    assert (found.values[:, 0] + 0.0).tobytes() == (np.array(cells, float) + 0.0).tobytes()


HOSTILE = st.one_of(
    CELLS,
    st.sampled_from(["", " ", "NA", "nan", "inf", "1_000", "١٢", "1e400", "1e-400", " 1.5 ", "+2"]),
    st.sampled_from(['"1.5"', '"a,b"', '"a""b"', '"a\nb"', '"a"b', 'a"b', '"', "\0", "\r", "\xa0"]),
)
ROWS = st.lists(st.lists(HOSTILE, min_size=3, max_size=3), min_size=1, max_size=8)


def outcome(content, places, short, few=8, cut=8):
    how = Found(",", ".", "utf-8-sig", header=True)
    seams = (
        mock.patch("engine.tables.segment.PIECE", 50),
        mock.patch("engine.tables.reading.AT_ONCE", 9),
    )
    careful = (
        mock.patch("engine.tables.reading.SHORT", short),
        mock.patch("engine.tables.conversion.FEW", short),
    )
    columns = (
        mock.patch("engine.tables.marks.FEW", few),
        mock.patch("engine.tables.cutting.FEW", cut),
    )
    with ExitStack() as stack:
        for patch in (*seams, *careful, *columns):
            stack.enter_context(patch)
        try:
            found = Reading("data.csv", ["a", "b", "c"], how, places).read(io.BytesIO(content))
        except UnreadableData as fault:
            return str(fault)
    lines = [found.lines[row] for row in range(len(found.lines))]
    return lines, [(c.name, c.missing, c.unusable, c.values + 0.0) for c in found]


PICKED = st.sampled_from([[0], [1], [2], [0, 1], [1, 2], [0, 2], [2, 1], [0, 1, 2]])


@given(ROWS, st.sampled_from(["\n", "\r\n"]), PICKED, st.data())
@example([["1-2", "3", "x"]], "\n", [0], None)
@example([["1e", "3", "4"], ["1", "2", "0"]], "\n", [0, 1], None)
@example([["w", "1", "2"], ["", "v", "2"]] * 9, "\n", [0, 1], None)
@example([["1", "2", "3"], ["", "", ""], ["3", "4", "5"]], "\n", [1], None)
@example([["1", "2", "3"], ["4", "", "6"], ["", " ", ""], ["3", "", "5"]], "\n", [1], None)
@example([[x] * 3 for x in ("0.0", '"a\nb"', repr(1e16 + 2), repr(1e16 + 4))], "\n", [1], None)
@example([['"a,b"', "2", "9"], ["x", "NA", "1"], ["1", '"3.5"', "1.5"]], "\n", [2, 1], None)
@example(
    [["a", "1" * 70, "2"], ["b", "1", "0." + "3" * 90], ["c", "5", "x" * 99]], "\n", [1, 2], None
)
def test_a_table_is_read_at_speed_as_it_is_with_care(rows, end, places, data):
    last = end if data is None else data.draw(st.sampled_from([end, "", end + end]))
    content = ("a,b,c\n" + end.join(",".join(row) for row in rows) + last).encode()
    few = 8 if data is None else data.draw(st.sampled_from([2, 8]))
    careful = outcome(content, places, 1 << 30)
    for cut in (1.5, 8):
        assert_the_same(outcome(content, places, 0, few, cut), careful)


def assert_the_same(fast, careful):
    if isinstance(careful, str):
        assert fast == careful
    else:
        assert fast[0] == careful[0]
        for one, other in zip(fast[1], careful[1], strict=True):
            assert one[:3] == other[:3]
            assert one[3].tobytes() == other[3].tobytes()


@given(st.data(), st.sampled_from([(",", "."), (";", ","), ("\t", "."), ("|", ",")]))
def test_a_table_is_read_back_to_the_last_bit(tmp_path_factory, data, marks):
    delimiter, decimal = marks
    number_or_none = st.none() | st.floats(allow_nan=False, allow_infinity=False)
    values = data.draw(st.lists(number_or_none, min_size=1, max_size=30))
    assume(any(value is not None for value in values))
    path = tmp_path_factory.mktemp("table") / "data.csv"
    with path.open("w", newline="", encoding=data.draw(st.sampled_from(["utf-8", "utf-16"]))) as f:
        writer = csv.writer(f, delimiter=delimiter)
        writer.writerow(["who", "x"])
        for value in values:
            text = data.draw(st.sampled_from(["NA", "-"])) if value is None else repr(value)
            writer.writerow(['a "b", c; d', text.replace(".", decimal)])
    told = Dialect(decimal="comma" if decimal == "," else "point")
    sample = read_observations(str(path), Roles("x"), told)
    kept = [value for value in values if value is not None]
    assert list(map(repr, sample.values.tolist())) == list(map(repr, kept))


def test_a_long_file_is_read_the_same_with_and_without_a_text_column(tmp_path):
    rng = np.random.default_rng(3)
    values = rng.normal(0, 1e3, (20_000, 3))
    plain, mixed = tmp_path / "plain.csv", tmp_path / "mixed.csv"
    rows = [",".join(map(repr, row)) for row in values.tolist()]
    plain.write_text("a,b,c\n" + "\n".join(rows), "utf-8")
    mixed.write_text("a,b,c,d\n" + "".join(f"{row},x\n" for row in rows), "utf-8")
    assert plain.stat().st_size > SHORT
    for place, name in enumerate("abc"):
        assert (read_sample(str(plain), name).values == values[:, place]).all()
        assert (read_sample(str(mixed), name).values == values[:, place]).all()


def test_a_fault_in_a_long_file_is_told_with_its_row(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("x\n" + "1.5\n" * 60_000 + "1.5.2\n" + "1\n" * 10, "utf-8")
    told = refusal(UnreadableData, read_sample, str(path))
    assert "row 60002, column 'x': '1.5.2' is not a finite number." in told


def test_segments_are_joined_without_a_seam(tmp_path, monkeypatch):
    monkeypatch.setattr("engine.tables.reading.AT_ONCE", 10_000)
    monkeypatch.setattr("engine.tables.segment.PIECE", 10_000)
    path = tmp_path / "long.csv"
    values = np.arange(50_000.0)
    path.write_text("x\n" + "".join(f"{v:.0f}\n" for v in values) + "NA\n7\n", "utf-8")
    sample = read_sample(str(path))
    assert sample.values.tolist() == [*values.tolist(), 7.0]
    assert sample.notes[0].endswith("left out: row 50,002.")


@pytest.mark.parametrize("order", [1, -1])
def test_lines_may_be_more_or_fewer_than_their_beginning_tells(tmp_path, monkeypatch, order):
    monkeypatch.setattr("engine.tables.segment.PIECE", 10_000)
    path = tmp_path / "long.csv"
    values = np.append(np.arange(9.0), 1 / np.arange(3.0, 9.0)).repeat(5_000)[::order]
    path.write_text("x\n" + "".join(f"{v!r}\n" for v in values.tolist()) + "\n", "utf-8")
    assert read_sample(str(path), "x").values.tolist() == values.tolist()


def test_a_line_beyond_all_lengths_is_refused(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("x,y\n" + "1,2\n" * 60_000 + "3," + "4" * (1 << 23) + "\n5,6\n", "utf-8")
    told = refusal(UnreadableData, read_sample, str(path), "x")
    assert "row 60002" in told


def test_lines_are_found_by_their_rows():
    lines = Lines()
    for part in (range(2, 5), [], [7, 8, 12], [13, 14]):
        lines.add(part)
    assert [lines[row] for row in range(len(lines))] == [2, 3, 4, 7, 8, 12, 13, 14]


@given(st.text(max_size=5))
def test_no_cell_is_a_number_and_missing(cell):
    assert not is_missing(cell) or math.isnan(number(cell))
    assert is_missing(cell) == (cell.lower() in MISSING)


def test_every_choice_of_a_dialect_is_one_of_its_fields():
    assert list(dialect.CHOICES) == list(Dialect.__dataclass_fields__)
