"""The final report as text, for the lab and for standard output alike."""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from engine.reports.report import Report
from tui.texts import format as write
from tui.texts.grid import grid

__all__ = ["render_report"]

MOST_COLUMNS = 4
"""Parameters from which on each has a row instead of a column."""
UNBOUNDED = 1000, 1000
"""Columns and rows of what scrolls by."""


@dataclass(frozen=True)
class _Section:
    """One line of the report: its title, long and brief, and a number for each parameter."""

    title: str
    brief: str
    values: tuple[float, ...] | None
    written: Callable[[float], str] = write.parameter
    style: str = ""
    errors: tuple[float, ...] | None = None
    """Standard errors, by which a parameter has its digits."""

    def cells(self, count: int) -> Iterator[Text]:
        """Text for each parameter."""
        for told in self._told() if self.values else (write.MISSING,) * count:
            yield Text(told, self.style)

    def _told(self) -> Iterable[str]:
        values = self.values or ()
        if not self.errors:
            return map(self.written, values)
        pairs = zip(values, self.errors, strict=True)
        return (write.parameter(value, error=error) for value, error in pairs)


def render_report(
    told: Report, *, brief: bool = False, size: tuple[int, int] = UNBOUNDED
) -> RenderableType:
    """Lay out the six sections and the sentence on the stop, in so many columns and rows.

    ``brief`` shortens the titles and leaves out how an error divides into its two causes, as is
    done where there are too few rows. Where the table is too wide, symbols stand for names, or
    rows for columns.
    """
    width, height = size
    table, ends = _laid_out(told, width, brief=brief)
    rows = sum(len(textwrap.wrap(end.plain, width)) for end in ends)
    if not brief and table.plain.count("\n") + 1 + rows > height:
        table, ends = _laid_out(told, width, brief=True)
    return Group(table, *ends)


def _laid_out(told: Report, width: int, *, brief: bool) -> tuple[Text, list[Text]]:
    """The table, and the sentences below it."""
    table = Text()
    for table in _tables(told, brief=brief):
        if max(map(cell_len, table.plain.splitlines())) <= width:
            break
    ends = [Text(told.stop.reason if told.stop else "", "italic")]
    if not brief:
        ends[:0] = [Text(f"The estimate's {n} is {v:.6f}.", "dim") for n, v in told.implied.items()]
    if told.stop and not brief and (sentence := told.price.sentence):
        ends.insert(0, Text(sentence, "dim"))
    return table, ends


def _tables(told: Report, *, brief: bool) -> Iterator[Text]:
    """The same in less and less room."""
    pairs = zip(told.names, told.symbols, strict=True)
    named = [name if name == symbol else f"{name} {symbol}" for name, symbol in pairs]
    if len(told.names) <= MOST_COLUMNS:
        yield _columns(told, named, brief=brief)
        yield _columns(told, told.symbols, brief=brief)
        yield _columns(told, told.symbols, brief=brief, apart=1)
    yield _rows(told, told.names, brief=brief)
    yield _rows(told, told.symbols, brief=brief)
    yield _rows(told, told.symbols, brief=True)


def _sections(told: Report) -> list[_Section]:
    far = "" if told.stop else " so far"
    estimate = "4 Estimate" if told.stop else "4 So far"
    errors = told.standard_errors
    return [
        _Section("2 Target distribution", "2 Target", told.target, errors=errors),
        _Section("3 Sample MLE", "3 Sample MLE", told.sample_mle, errors=errors),
        _Section(f"4 Estimate{far}", estimate, told.estimate, style="bold", errors=errors),
        _Section("5 Initial parameters", "5 Initial", told.initial, errors=errors),
        _Section("6 Estimation errors", "6 Errors", told.errors, write.error, "bold"),
        _Section("  by withheld data", "", told.withheld, write.error, "dim"),
        _Section("  by stopping early", "", told.early, write.error, "dim"),
        _Section("  Standard errors", "  Std. errors", told.standard_errors, write.error),
    ]


def _columns(told: Report, heads: Sequence[str], *, brief: bool, apart: int = 2) -> Text:
    """A column for each parameter."""
    took = [write.duration(told.seconds), *("" for _ in heads[1:])]
    rows = [
        [Text(), *(Text(head, "bold") for head in heads)],
        [Text(("1 Training duration", "1 Duration")[brief]), *map(Text, took)],
    ]
    for section in _sections(told):
        if section.brief or not brief:
            title = Text(section.brief if brief else section.title, section.style)
            rows.append([title, *section.cells(len(told.names))])
    return grid(rows, apart=apart)


def _rows(told: Report, heads: Sequence[str], *, brief: bool) -> Text:
    """A row for each parameter, and fewer sections where there is little room."""
    sections = [s for s in _sections(told) if s.brief and (not brief or s.brief[0] in "34 ")]
    rows = [[Text(), *(Text(s.brief.lstrip("0123456789 "), "bold") for s in sections)]]
    columns = [section.cells(len(told.names)) for section in sections]
    rows += [[Text(head), *cells] for head, *cells in zip(heads, *columns, strict=True)]
    took = f"1 Training duration  {write.duration(told.seconds)}\n"
    return Text(took, no_wrap=True, overflow="ellipsis").append_text(grid(rows, apart=1))
