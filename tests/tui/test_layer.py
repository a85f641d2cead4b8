"""Layers read as the cells they are made of, and one shows through another where it is blank."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from tui.pictures.cells import Piece, joined
from tui.pictures.layer import Layer
from tui.pictures.raster import Raster

CELLS = st.tuples(st.sampled_from("a█ ┤σ"), st.sampled_from(["", "#111111", "bold #222222"]))


def styled(text: Text) -> list[tuple[str, str]]:
    """Each character and its style."""
    styles = [""] * len(text.plain)
    for span in text.spans:
        styles[span.start : span.end] = [str(span.style)] * (span.end - span.start)
    return list(zip(text.plain, styles, strict=True))


def seen(text: Text) -> list[tuple[str, str]]:
    """The same, but for the colour of blanks, which cannot be seen."""
    return [(c, "" if c == " " else style) for c, style in styled(text)]


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=5)
    )
)
def test_a_layer_reads_as_its_cells(rows: list[list[Piece]]) -> None:
    layer = Layer.of(rows, (len(rows[0]), len(rows)))
    assert seen(layer.text()) == seen(joined(rows))


def test_cells_beyond_its_size_are_left_out_and_short_rows_are_filled() -> None:
    layer = Layer.of([[("a", ""), ("b", ""), ("c", "")], [("d", "")], [("e", "")]], (2, 2))
    assert layer.text().plain == "ab\nd "


def test_lines_lie_over_what_is_below_and_bars_shine_through() -> None:
    bars = Layer.of([[(c, "#0000ff" if c != "|" else "#888888") for c in "|▟██"]], (4, 1))
    raster = Raster(3, 1)
    raster.polyline(np.array([0.0, 3.0]), np.array([0.0, 0.0]), "#ff0000")
    assert styled(bars.under(raster.lines(), 1).text()) == [
        ("|", "#888888"),
        ("⠉", "#ff0000"),
        ("⠉", "#ff0000 on #0000ff"),
        ("█", "#0000ff"),
    ]


def test_marks_are_lines_too() -> None:
    raster = Raster(2, 1)
    raster.mark(2.0, 0.0, "●", "#ff0000")
    below = Layer.of([[("x", ""), ("y", "")]], (2, 1))
    assert styled(below.under(raster.lines(), 0).text()) == [("x", ""), ("●", "#ff0000")]


def test_blanks_go_with_what_is_before_them_but_for_its_ground() -> None:
    cells = [("a", ""), (" ", ""), ("b", "#ff0000"), (" ", ""), ("c", "#ff0000"), (" ", "")]
    text = Layer.of([cells, [("d", "#ff0000 on #0000ff"), *cells[1:]]], (6, 2)).text()
    spans = [(text.plain[s.start : s.end], str(s.style)) for s in text.spans]
    ground = "#ff0000 on #0000ff"
    assert spans == [("b c ", "#ff0000"), ("d", ground), ("b c ", "#ff0000")]
