"""The final report as text, for the lab and for standard output alike."""

from collections.abc import Callable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from engine.report import Report
from tui import format as write

__all__ = ["render_report"]

Values = tuple[float, ...] | None


def render_report(told: Report, *, brief: bool = False) -> RenderableType:
    """Lay out the six sections, one column for each parameter, and the sentence on the stop.

    ``brief`` shortens the titles and leaves out how an error divides into its two causes.
    """
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    for _ in told.names:
        table.add_column(justify="right", no_wrap=True)

    def section(
        titles: tuple[str, str],
        values: Values,
        written: Callable[[float], str] = write.parameter,
        style: str = "",
    ) -> None:
        cells = [written(v) for v in values] if values else [write.MISSING] * len(told.names)
        table.add_row(Text(titles[brief], style), *(Text(cell, style) for cell in cells))

    heads = [f"{name} {s}" for name, s in zip(told.names, told.symbols, strict=True)]
    table.add_row("", *(Text(head, "bold") for head in heads))
    table.add_row(("1 Training duration", "1 Duration")[brief], write.duration(told.seconds))
    section(("2 Target distribution", "2 Target"), told.target)
    section(("3 Sample MLE", "3 Sample MLE"), told.sample_mle)
    far = "" if told.stop else " so far"
    section(
        (f"4 Estimate{far}", "4 Estimate" if told.stop else "4 So far"), told.estimate, style="bold"
    )
    section(("5 Initial parameters", "5 Initial"), told.initial)
    section(("6 Estimation errors", "6 Errors"), told.errors, write.error, "bold")
    if not brief:
        section(("  by withheld data", ""), told.withheld, write.error, "dim")
        section(("  by stopping early", ""), told.early, write.error, "dim")
    section(("  Standard errors", "  Std. errors"), told.standard_errors, write.error)
    return Group(table, Text(told.stop.reason if told.stop else "", "italic"))
