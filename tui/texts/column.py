"""A column's summary as a row of cells, and in words."""

from __future__ import annotations

from rich.text import Text

from engine.quoting import quoted
from engine.tables.columns import Summary
from tui.browsing import shown
from tui.preview import Preview, Verdict, flaws
from tui.texts import format as write

__all__ = ["cells", "explained", "heads"]

HEADS = ("", "column", " type", "n", "miss", "min", "¼", "median", "¾", "max", "")
LEFT = ("", "column", "type")
"""Heads over texts, which begin at the left."""
SIGNS = {"column": "●", "weights": "w", "event": "e", "lower": "l", "upper": "u"}
"""What marks a column's role."""
LEAST, MOST = 10, 30
"""Characters of a column's name."""
NARROW, FEW = 100, 9
"""In a window of fewer characters, so many families are named."""
OTHERS = 68
"""Characters that the other cells of a row take."""


def heads() -> list[Text]:
    """Return the heads of the columns."""
    return [Text(each) if each in LEFT else _right(each, "") for each in HEADS]


def cells(summary: Summary, role: str, width: int) -> list[Text]:
    """Return the cells of a column's row in a window of so many characters."""
    style = "bold" if role else ("" if summary.usable else "dim")
    name = shown(summary.name) or "(no name)"
    told = Text(name, style)
    told.truncate(min(max(width - OTHERS, LEAST), MOST), overflow="ellipsis")
    numbers = [write.number(value, 6) for value in summary.quantiles] or [write.MISSING] * 5
    return [
        Text(f"{SIGNS.get(role, ' ')} ", style),
        told,
        Text(f" {summary.kind}", style),
        _right(write.brief(summary.n), style),
        _right(write.brief(summary.missing.count + summary.unusable.count), style),
        *(_right(number, style) for number in numbers),
        Text(" " + bars(summary.histogram), style),
    ]


def bars(counts: tuple[int, ...]) -> str:
    """Draw a histogram in a line; an empty bin stays empty."""
    if not counts:
        return ""
    drawn = write.spark([max(count, 1e-9) for count in counts])
    return "".join(bar if count else " " for bar, count in zip(drawn, counts, strict=True))


def _right(text: str, style: str) -> Text:
    return Text(f" {text}", style, justify="right")


def explained(summary: Summary, preview: Preview, verdict: Verdict | None, width: int) -> Text:
    """Tell of the column under the cursor, then of all that are chosen, briefly where narrow."""
    lines = [Text.assemble((quoted(summary.name), "bold"), f": {_of(summary)}")]
    roles = ", ".join(
        f"{'value' if role == 'column' else role} {quoted(name)}"
        for role, name in preview.chosen.items()
    )
    lines.append(Text.assemble(("Chosen: ", "bold"), roles or "none"))
    if preview.first:
        lines.append(Text(f"That is of the first {preview.first:,} rows; reading on …"))
    elif verdict is None:
        lines.append(Text("Looking …"))
    elif verdict.family:
        begins = Text.assemble(verdict.count, " Begins with ", (verdict.family, "bold"), ".")
        lines += [begins, *(Text(note, "italic") for note in verdict.notes)]
        lines.append(Text(_held(verdict, FEW if width < NARROW else len(verdict.able))))
        if width >= NARROW and verdict.unable:
            lines.append(Text(verdict.unable, "dim"))
    return Text("\n").join(lines)


def _of(summary: Summary) -> str:
    """What a column holds, in words."""
    kinds = {
        "whole": "whole numbers",
        "number": "numbers",
        "mixed": "numbers among other cells, so it cannot be learned from",
        "empty": "nothing",
        "date": "dates, which cannot be learned from",
        "text": "text",
    }
    parts = [kinds[summary.kind]]
    if summary.n:
        parts.append(f"{summary.distinct:,} distinct")
    if flaw := flaws(summary):
        parts.append(flaw)
    return "; ".join(parts) + "."


def _held(verdict: Verdict, most: int) -> str:
    """Name the families that can hold what is chosen, the first of them."""
    able = verdict.able
    more = f" and {len(able) - most} more" if len(able) > most else ""
    return f"{len(able)} of {verdict.asked} families can hold it: {', '.join(able[:most])}{more}."
