"""A dossier's lines fit their columns, and all of it is in them, whatever the room."""

from hypothesis import given
from hypothesis import strategies as st

from engine.reports.dossier import Dossier, Quantity, Section, Table
from tui.texts.dossier import dossier_lines
from tui.texts.written import written

NUMBERS = [3.224643e-11, 22.566589, -195870.32, 0.5, 1e9, 7.2, 33.765151]


def dossier(columns: int) -> Dossier:
    header = ("", *(f"parameter {i}" for i in range(columns)))
    rows = tuple(
        (title, *(Quantity(NUMBERS[i % len(NUMBERS)]) for i in range(columns)))
        for title in ("6 Estimation errors", "Standard errors")
    )
    section = Section("Results", ("A sentence of several words.",), (Table(header, rows),), "mle x")
    return Dossier("A title", (section,))


@given(st.integers(1, 9), st.integers(36, 200))
def test_every_line_fits_and_every_number_is_there(columns: int, width: int) -> None:
    told = dossier(columns)
    lines = [line.text for line in dossier_lines(told, width)]
    assert all(len(line) <= width for line in lines)
    words = " ".join(lines).split()
    for row in told.sections[0].tables[0].rows:
        for cell in row[1:]:
            assert written(cell) in words
    assert "…" not in " ".join(lines)


def test_columns_stand_beside_each_other_while_there_is_room() -> None:
    heads = [
        line.text.count("parameter") for line in dossier_lines(dossier(2), 19 + 2 + 11 + 2 + 11)
    ]
    assert max(heads) == 2
    heads = [
        line.text.count("parameter") for line in dossier_lines(dossier(2), 19 + 2 + 11 + 2 + 10)
    ]
    assert max(heads) == 1


def test_nothing_of_a_hostile_name_is_markup_or_control() -> None:
    name = "[/]\x1b]52;c;aGk=\x07[bold red]x\u202e"
    told = Dossier(name, (Section(name, (name,), (Table((name,), ((name,),)),), name),))
    text = "".join(line.text for line in dossier_lines(told, 80))
    assert text.isprintable()
    assert text.count(r"[/]\x1b]52;c;aGk=\x07[bold red]x\u202e") == 6
