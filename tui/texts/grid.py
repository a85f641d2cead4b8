"""A small table as one text, laid out sooner than rich's, for a pane that is painted often."""

from collections.abc import Sequence

from rich.text import Text

__all__ = ["grid"]


def grid(rows: Sequence[Sequence[Text]], *, apart: int) -> Text:
    """Lay out cells in columns, the first to the left and the others to the right.

    A line that is wider than there is room ends in an ellipsis.
    """
    widths = [max(cell.cell_len for cell in column) for column in zip(*rows, strict=True)]
    table = Text(no_wrap=True, overflow="ellipsis")
    for nth, (first, *others) in enumerate(rows):
        if nth:
            table.append("\n")
        table.append_text(first)
        room = widths[0] - first.cell_len
        for cell, width in zip(others, widths[1:], strict=True):
            table.append(" " * (room + apart + width - cell.cell_len)).append_text(cell)
            room = 0
    return table
