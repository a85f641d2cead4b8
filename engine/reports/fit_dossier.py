"""The dossier of a fit, from the document that scripts rely on, so that both say the same."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.comparisons.ranking import CRITERIA
from engine.reports.dossier import Cell, Quantity, Section, Span, Table

__all__ = ["fit_sections"]

NAMES = {"ks": "Kolmogorov–Smirnov", "cvm": "Cramér–von Mises", "ad": "Anderson–Darling"}
UNKNOWN = Quantity(None, "share")


def fit_sections(
    told: Mapping[str, Any], kinds: tuple[str, ...], level: float
) -> tuple[Section, ...]:
    """Return a fit's verdict, its estimates with intervals, what follows, and how well it fits.

    ``told`` is what ``fit_document`` returns, ``kinds`` the intervals that were asked for.
    """
    found = [
        Section(
            "The maximum",
            (told["verdict"],),
            (_estimates(told, kinds, level), Table(("", "value"), tuple(_measures(told)))),
        ),
        Section("Goodness of fit", _poor(told), _goodness(told["goodness_of_fit"])),
    ]
    if told["derived"]:
        rows = tuple(
            (name, _known(each), Quantity(each["standard_error"]))
            for name, each in told["derived"].items()
        )
        table = Table(("", "value", "standard error"), rows)
        found.append(Section("What follows from the estimates", tables=(table,)))
    if told["diagnoses"]:
        lines = (f"{d['name']}: {d['finding']} {d['advice']}" for d in told["diagnoses"])
        found.append(Section("Diagnoses", tuple(lines)))
    return tuple(found)


def _estimates(told: Mapping[str, Any], kinds: tuple[str, ...], level: float) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, estimate in told["estimates"].items():
        error = "fixed" if estimate["fixed"] else Quantity(estimate["standard_error"])
        spans = [Quantity(None) if (s := estimate[kind]) is None else Span(*s) for kind in kinds]
        rows.append((name, _known(estimate), error, *spans))
    heads = (f"{100 * level:.15g} % {kind}" for kind in kinds)
    return Table(("parameter", "estimate", "standard error", *heads), tuple(rows))


def _known(told: Mapping[str, Any]) -> Quantity:
    """A value as exactly as it is known."""
    return Quantity(told["value"], error=told["standard_error"])


def _measures(told: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    """Sizes of the sample, log-likelihood, criteria, and how near the maximum is."""
    yield "Observations", Quantity(told["weight_total"], "count")
    if told["weight_total"] != told["n"]:
        yield "Rows", Quantity(told["n"], "count")
    if told["censored"]:
        yield "Censored rows", Quantity(told["censored"], "count")
    yield "Log-likelihood", Quantity(told["log_likelihood"], "criterion")
    for key, name in CRITERIA.items():
        yield name, Quantity(told[key], "criterion")
    yield "Score in standard errors", Quantity(told["score_in_standard_errors"], "share")
    yield "Likelihood evaluations", Quantity(told["evaluations"], "count")


def _goodness(told: Mapping[str, Any]) -> tuple[Table, ...]:
    """Distances of a density, chi-squared of counts, and the p-values that there are."""
    chances = told["p_values"] or {}
    rows: list[tuple[Cell, ...]] = [
        (name, Quantity(told[key]), Quantity(chances.get(key), "share"))
        for key, name in NAMES.items()
        if told[key] is not None
    ]
    if counted := told["chi_squared"]:
        title = f"Chi-squared, {counted['df']} degrees of freedom, {counted['cells']} cells"
        chance = counted["p_value_bootstrap"]
        by = "p by bootstrap" if chance is not None else "p by chi-squared"
        chance = counted["p_value"] if chance is None else chance
        rows.append((f"{title}; {by}", Quantity(counted["statistic"]), Quantity(chance, "share")))
    if all(row[-1] == UNKNOWN for row in rows):
        rows = [row[:-1] for row in rows]
    return (Table(("statistic", "value", "p")[: len(rows[0])], tuple(rows)),) if rows else ()


def _poor(told: Mapping[str, Any]) -> tuple[str, ...]:
    """Say what is missing for a test."""
    measured = told["goodness_of_fit"]
    if measured["p_values"] is None and measured["ks"] is not None:
        return ("A p-value after fitting needs a bootstrap, which was not asked for.",)
    if measured["ks"] is None and measured["chi_squared"] is None:
        return ("The sample determines no range over which a distance could be measured.",)
    return ()
