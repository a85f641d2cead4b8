"""The terms of the likelihood, value by value, with their product and the sum of their logs."""

from __future__ import annotations

from rich.text import Text

from tui.snapshot import Snapshot
from tui.texts import format as write
from tui.widgets.pane import Picture

__all__ = ["TermsPane", "spread"]

HEADS = ("i", "xᵢ", "density", "log density", "product so far", "sum of logs")
WIDTHS = (7, 10, 11, 12, 16, 14)
MANY = "Terms are told of plain samples of at most {:,} values."


class TermsPane(Picture):
    """A row for each value, or for as many as there is room for, the first and the last."""

    BORDER_TITLE = "terms"
    tab = "train"
    at_once = ("at", "branch")

    def tell(self, snapshot: Snapshot) -> None:
        """Say how many values there are."""
        self.caption(subtitle=f"{snapshot.training.train.n:,.0f} values")

    def picture(self) -> Text:
        """Write the rows that fit."""
        from engine.likelihoods.terms import MOST, terms  # noqa: PLC0415 - heavy: after the first paint

        if (snapshot := self.snapshot) is None:
            return Text()
        training, here = snapshot.training, snapshot.tape[snapshot.at].parameters
        if (found := terms(training.family, training.ground.trained, here)) is None:
            return Text(MANY.format(MOST))
        kept = self._columns()
        lines = [Text(self._row(HEADS, kept), "bold")]
        for i in spread(found.values.size, self.content_size.height - 1):
            product = float(found.product[i])
            cells = (
                write.count(i + 1),
                write.number(float(found.values[i]), 8),
                f"{found.density[i]:.3g}",
                f"{found.logarithm[i]:.4f}",
                "0.0" if product == 0 else f"{product:.4g}",
                f"{found.total[i]:.4f}",
            )
            gone = self.palette.fitted if product == 0 else ""
            lines.append(Text(self._row(cells, kept), gone))
        return Text("\n").join(lines)

    def _columns(self) -> list[int]:
        """Columns for which there is room; those of single terms give way first."""
        for dropped in ((), (3,), (3, 2), (3, 2, 1)):
            kept = [i for i in range(len(WIDTHS)) if i not in dropped]
            if sum(WIDTHS[i] for i in kept) <= self.content_size.width:
                break
        return kept

    def _row(self, cells: tuple[str, ...], kept: list[int]) -> str:
        return "".join(cells[i].rjust(WIDTHS[i]) for i in kept)


def spread(count: int, rows: int) -> list[int]:
    """Choose places of ``count`` terms to show in so many rows: all, or first, spread and last."""
    if count <= rows:
        return list(range(count))
    ratio = count ** (1 / max(rows - 1, 1))
    places: list[int] = []
    for row in range(rows):
        places.append(max(round(ratio**row) - 1, places[-1] + 1 if places else 0))
    return places
