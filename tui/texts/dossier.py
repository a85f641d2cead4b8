"""A dossier as text: sections below each other, and tables in as many parts as there is room."""

import io
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text
from textual.strip import Strip

from engine.quoting import harmless
from engine.reports.dossier import Dossier, Section, Table
from tui.texts.written import numeric, written

__all__ = ["dossier_lines", "render_dossier"]

GAP = 2


def render_dossier(told: Dossier, width: int) -> RenderableType:
    """Lay out the title and every section in so many columns; nothing is cut."""
    parts: list[RenderableType] = [Text(harmless(told.title), "bold")]
    for section in told.sections:
        parts += ["", *_section(section, width)]
    return Group(*parts)


def dossier_lines(told: Dossier, width: int) -> list[Strip]:
    """Lay a dossier out in lines of so many columns, to be painted as they come into view."""
    console = Console(file=io.StringIO(), width=width, color_system=None, legacy_windows=False)
    lines = console.render_lines(render_dossier(told, width))
    return [Strip(line, width) for line in lines]


def _section(section: Section, width: int) -> Iterator[RenderableType]:
    yield Rule(Text(harmless(section.title), "bold"), align="left", style="dim")
    for sentence in section.sentences:
        yield Text(harmless(sentence))
    for i, table in enumerate(section.tables):
        if i or section.sentences:
            yield ""
        yield from _parts(table, width)
    if section.command:
        yield Text(harmless(section.command), "bold", overflow="fold")


def _parts(table: Table, width: int) -> Iterator[RenderableType]:
    """Divide a table's columns, of which the first stands in every part."""
    texts = [table.header, *(tuple(map(written, row)) for row in table.rows)]
    widths = [max(map(cell_len, column)) + GAP for column in zip(*texts, strict=True)]
    part, room = [0], width + GAP - widths[0]
    for column in range(1, len(widths)):
        if widths[column] > room and len(part) > 1:
            yield from (_grid(table, part), "")
            part, room = [0], width + GAP - widths[0]
        part.append(column)
        room -= widths[column]
    yield _grid(table, part)


def _grid(table: Table, columns: list[int]) -> Grid:
    grid = Grid.grid(padding=(0, GAP, 0, 0))
    for column in columns:
        right = bool(table.rows) and numeric(table.rows[0][column])
        grid.add_column(justify="right" if right else "left", overflow="fold")
    grid.add_row(*(Text(harmless(table.header[column]), "dim") for column in columns))
    for row in table.rows:
        grid.add_row(*(Text(written(row[column])) for column in columns))
    return grid
