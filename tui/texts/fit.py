"""A fit as text for people: the estimates as a table, and below it what the fit is worth."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from engine.comparisons.ranking import CRITERIA
from engine.fits.fitting import Fit
from tui.texts import format as write
from tui.texts.printing import has_room, print_whole, printer

__all__ = [
    "criteria",
    "derived",
    "estimate_cells",
    "estimates_text",
    "filled",
    "goodness",
    "print_fit",
    "span_text",
]

GAP = "   "
"""Between numbers that stand in one line."""


def print_fit(told: dict[str, Any], kinds: tuple[str, ...], level: float) -> None:
    """Print the estimates as a table, and below it what the fit is worth."""
    console = printer()
    table = _table(told, kinds, level, stacked=False)
    if not has_room(console, table):
        table = _table(told, kinds, level, stacked=True)
    print_whole(console, table)
    for parts in (criteria(told), derived(told["derived"]), goodness(told["goodness_of_fit"])):
        if parts:
            console.print(filled(parts, console.width if console.is_terminal else None))
    console.print(Text(told["verdict"]))
    for each in told["diagnoses"]:
        console.print(Text(f"{each['name']}: {each['finding']} {each['advice']}", "dim"))


def _table(told: dict[str, Any], kinds: tuple[str, ...], level: float, *, stacked: bool) -> Table:
    """Estimates with their intervals beside them, or below where they are stacked."""
    title = f"{told['family']}, n = {told['weight_total']:,.10g}"
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("parameter", no_wrap=True)
    spans = [f"{write.percent(level)} {kind}" for kind in kinds]
    for head in ("estimate", "standard error", *(() if stacked else spans)):
        table.add_column(head, justify="right", no_wrap=True)
    for name, estimate in told["estimates"].items():
        value, error, *found = estimate_cells(estimate, kinds)
        table.add_row(name, value, error, *(() if stacked else found))
        if stacked:
            for each, span in zip(spans, found, strict=True):
                table.add_row(f"  {each}", span)
    return table


def filled(parts: Sequence[str], width: int | None) -> str:
    """Parts in as few lines as they need, none of them broken that has room in one."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}{GAP}{part}" if lines else ""
        if longer and (width is None or len(longer) <= width):
            lines[-1] = longer
        else:
            lines.append(part)
    return "\n".join(lines)


def estimate_cells(told: dict[str, Any], kinds: tuple[str, ...]) -> list[str]:
    """Write a parameter's value, its standard error and its intervals."""
    error = told["standard_error"]
    beside = "fixed" if told["fixed"] else write.parameter(error)
    spans = (span_text(told[kind]) for kind in kinds)
    return [write.parameter(told["value"], error=error), beside, *spans]


def criteria(told: Mapping[str, Any]) -> list[str]:
    """Write the log-likelihood and the information criteria that there are."""
    named = {"log-likelihood": told["log_likelihood"]}
    named |= {name: told[key] for key, name in CRITERIA.items()}
    return [f"{name} {write.criterion(v)}" for name, v in named.items() if v is not None]


def estimates_text(fitted: Fit) -> str:
    """Each parameter with its estimate, in six digits or as many as its standard error leaves."""
    declared = fitted.likelihood.family.parameters()
    errors = fitted.standard_errors or (None,) * len(declared)
    known = {p.name: error for p, error in zip(declared, errors, strict=True)}
    found = fitted.estimates.items()
    return ", ".join(f"{n} {write.sized(value, 6, known.get(n))}" for n, value in found)


def derived(told: dict[str, dict[str, float | None]]) -> list[str]:
    """Write what follows from the estimates, with standard errors in parentheses."""
    written = []
    for name, each in told.items():
        if each["value"] is not None:
            error = each["standard_error"]
            beside = "" if error is None else f" ({write.parameter(error)})"
            written.append(f"{name} {write.parameter(each['value'], error=error)}{beside}")
    return written


def goodness(told: dict[str, Any]) -> list[str]:
    """Write the distances, or chi-squared for counts, with the p-values there are."""
    written = []
    for key, name in (("ks", "KS"), ("cvm", "CvM"), ("ad", "AD")):
        if told[key] is not None:
            chance = (told["p_values"] or {}).get(key)
            beside = "" if chance is None else f" (p {chance:.2g})"
            written.append(f"{name} {write.parameter(told[key], 4)}{beside}")
    if counted := told["chi_squared"]:
        line = f"chi-squared {write.parameter(counted['statistic'], 4)}"
        if counted["p_value"] is None:
            line += f" in {counted['cells']} cells, too few for a p-value by chi-squared"
        else:
            degrees = "degree" if counted["df"] == 1 else "degrees"
            line += f" on {counted['df']} {degrees} of freedom, p {counted['p_value']:.2g}"
        if counted["p_value_bootstrap"] is not None:
            line += f", by bootstrap p {counted['p_value_bootstrap']:.2g}"
        written.append(line)
    return written


def span_text(interval: tuple[float | None, float | None] | None) -> str:
    """Write an interval, of which an end may be open."""
    return write.MISSING if interval is None else write.span(*interval)
